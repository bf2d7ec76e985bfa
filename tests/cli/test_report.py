"""`quotecli report`: a page of the library, or of what --from names, whole or of some articles."""

from __future__ import annotations

import json
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


def test_one_article_is_a_page_without_a_timeline_and_a_list_of_articles(ask: Run) -> None:
    (article,) = json.loads(ask("articles", "--json", "--limit", "1").stdout)
    done = ask("show", article["id"], "--format", "html")
    assert done.returncode == 0
    assert done.stdout.count("<article ") == 1
    assert [part for part in ("speakers", "timeline", "facts", "said") if f'id="{part}"' in done.stdout] == [
        "speakers",
        "facts",
        "said",
    ]
    assert done.stdout.index("<article ") < done.stdout.index('id="facts"')


def test_a_statement_as_a_page_is_that_of_its_article(ask: Run) -> None:
    (statement,) = json.loads(ask("quotes", "--json", "--limit", "1").stdout)
    page = ask("show", statement["id"], "--format", "html").stdout
    assert page == ask("show", statement["article"]["id"], "--format", "html").stdout
    assert f'id="s{statement["id"]}"' in page


def test_a_page_of_nothing_and_two_formats_are_refused(ask: Run) -> None:
    assert ask("show", "0123456789abcdef", "--format", "html").returncode == 1
    assert ask("show", "0123456789abcdef", "--format", "html", "--json").returncode == 2
