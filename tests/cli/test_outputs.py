"""What commands write goes where it was asked to, and never onto what they read from or keep."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Library, Statement
from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and modes are those of Unix")


def link(path: Path, name: str) -> Path:
    (path.parent / name).symlink_to(path)
    return path.parent / name


def hard_link(path: Path, name: str) -> Path:
    os.link(path, path.parent / name)
    return path.parent / name


LEADING = {"itself": lambda path, _: path, "by a link": link, "by a hard link": hard_link}


@pytest.fixture
def own(tmp_path: Path, library: Path) -> Path:
    """A library of the test's own."""
    return Path(shutil.copy(library, tmp_path / "news.db"))


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "news" / "story.txt"
    path.parent.mkdir()
    path.write_text("“The bridge is safe,” said Ann Lee, the mayor, on Friday in the town hall.\n", encoding="utf-8")
    return path


def refused(answer: CompletedProcess[str]) -> bool:
    return (answer.returncode, answer.stdout) == (Exit.USAGE, "") and "would overwrite" in answer.stderr


@pytest.mark.parametrize("how", LEADING)
def test_nothing_is_written_onto_the_library(run: Run, own: Path, story: Path, how: str) -> None:
    output, before = LEADING[how](own, "out"), own.read_bytes()
    assert refused(run("export", "--library", own, "-o", output))
    assert refused(run("report", "--library", own, "-o", output))
    assert refused(run("add", story, "--library", own, "--errors", output))
    assert refused(run("import", story, "--library", own, "--errors", output))
    assert own.read_bytes() == before


@pytest.mark.parametrize("how", LEADING)
def test_nothing_is_written_onto_an_input(run: Run, own: Path, story: Path, how: str) -> None:
    output, before = LEADING[how](story, "out"), story.read_bytes()
    for named in (story, story.parent, f"{story.parent}/*.txt"):
        assert refused(run("export", "--from", named, "-o", output))
        assert refused(run("extract", named, "--errors", output))
        assert refused(run("add", named, "--library", own, "--errors", output))
    assert story.read_bytes() == before


def test_nothing_is_written_where_the_library_is_to_be(run: Run, story: Path, tmp_path: Path) -> None:
    for name in ("new.db", "new.db-wal"):
        assert refused(run("add", story, "--library", tmp_path / "new.db", "--errors", tmp_path / name))
    assert not list(tmp_path.glob("new.db*"))


def test_a_foreign_part_file_is_left_alone(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "out.jsonl.part").symlink_to(tmp_path / "precious")
    (tmp_path / "copy.db.part").symlink_to(tmp_path / "precious")
    assert run("export", "--library", own, "-o", "out.jsonl").returncode == Exit.DONE
    assert run("library", "backup", "copy.db", "--library", own).returncode == Exit.DONE
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "out.jsonl.part").is_symlink()
    assert (tmp_path / "copy.db.part").is_symlink()
    assert not list(tmp_path.glob(".*.part"))


def test_modes_and_links_stay(run: Run, own: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text("old")
    old.chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to(old)
    assert run("export", "--library", own, "-o", "link.jsonl").returncode == Exit.DONE
    assert (tmp_path / "link.jsonl").is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640
    assert '"statements"' in old.read_text()


def test_the_cache_is_for_its_user_alone(run: Run, story: Path, environment: dict[str, str]) -> None:
    cache = Path(environment["XDG_CACHE_HOME"]) / "quotecli" / "read.db"
    run("quotes", "--from", story)
    assert (cache.stat().st_mode & 0o777, cache.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    cache.chmod(0o644)
    run("quotes", "--from", story)
    assert cache.stat().st_mode & 0o777 == 0o600


def test_a_library_in_memory_is_refused(run: Run, story: Path) -> None:
    answer = run("add", story, "--library", ":memory:")
    assert (answer.returncode, "gone at once" in answer.stderr) == (Exit.USAGE, True)


@pytest.fixture
def formulas(tmp_path: Path, say: Callable[..., Statement]) -> Path:
    """A library with words that a spreadsheet would run."""
    from quotecli import Article

    path = tmp_path / "formulas.db"
    text = '“=HYPERLINK("http://evil.example")” @SUM said.\n-2+3 is what it is.\n-5.5'
    article = Article(id="=1+1", text=text, title="+cmd|' /C calc'!A0", outlet="\tTab")
    quote = say(article, "quote", '“=HYPERLINK("http://evil.example")”', name="@SUM", source="@SUM", cue="said")
    with Library(path) as corpus:
        corpus.add(article, [quote, say(article, "fact", "-2+3 is what it is."), say(article, "fact", "-5.5")])
    return path


def cells(text: str) -> set[str]:
    return {cell for row in csv.reader(io.StringIO(text)) for cell in row}


def test_cells_that_a_spreadsheet_would_run_are_made_words(run: Run, formulas: Path, tmp_path: Path) -> None:
    plain = cells(run("export", "--library", formulas, "--format", "csv").stdout)
    assert {"-2+3 is what it is.", "@SUM", "+cmd|' /C calc'!A0", "-5.5"} <= plain
    safe = {"'-2+3 is what it is.", "'@SUM", "'+cmd|' /C calc'!A0", "-5.5"}
    assert run("export", "--library", formulas, "--format", "csv", "-o", "out.csv").returncode == Exit.DONE
    assert safe <= cells((tmp_path / "out.csv").read_text(encoding="utf-8"))
    assert run("export", "--library", formulas, "--format", "csv", "--no-safe-csv", "-o", "out.csv").returncode == 0
    assert cells((tmp_path / "out.csv").read_text(encoding="utf-8")) == plain
    assert safe <= cells(run("export", "--library", formulas, "--format", "csv", "--safe-csv").stdout)
    assert "'-2+3 is what it is." in cells(run("facts", "--library", formulas, "--format", "csv", "--safe-csv").stdout)
    assert "-2+3 is what it is." in cells(run("facts", "--library", formulas, "--format", "csv").stdout)


def test_verify_in_a_pipe_names_the_line(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text("# Boats\n\nIt *rained* all day.\n\n“Nobody has to take the boats,” he said.\n")
    assert "story.md:5 " in run("verify", "story.md", "--library", own).stdout


@pytest.mark.usefixtures("story")
def test_a_hook_takes_names_for_files_and_leaves_sources_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "--from=evil.txt").write_text("“The bridge is shut,” said Ann Lee.\n", encoding="utf-8")
    hook = ("verify", "--quiet", "--skip-sources", "--from", "news/", "--")
    answer = run(*hook, "--from=evil.txt", "news/story.txt")
    assert answer.returncode == Exit.NOT_FOUND
    assert "--from=evil.txt:1" in answer.stdout
    assert "story.txt:" not in answer.stdout
    answer = run(*hook, "news/story.txt")
    assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, "", "")
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "args: [--]" in hooks
