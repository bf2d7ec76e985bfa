"""`quotecli report`: a page of the library, or of what --from names, whole or of some articles."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run


def test_the_page_is_written_whole(ask: Run, tmp_path: Path) -> None:
    done = ask("report", "-o", "page.html")
    assert (done.returncode, done.stdout) == (0, "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert page.count("<article ") == 2


def test_filters_and_a_limit_choose_the_articles(ask: Run) -> None:
    assert ask("report", "--speaker", "Whitfield").stdout.count("<article ") == 1
    done = ask("report", "--limit", "1")
    assert done.stdout.count("<article ") == 1
    assert "1 article more than --limit 1 is left out." in done.stderr


def test_an_input_that_cannot_be_read_is_told_and_the_rest_is_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge is safe, Tomas Lund said on Monday.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    done = run("report", "--from", "a.txt", "--from", "b.pdf")
    assert done.returncode == 3
    assert "b.pdf" in done.stderr
    assert done.stdout.count("<article ") == 1
