"""--library given more than once: what is asked is asked of all, what writes or looks after a file takes one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Article, Library, Statement
from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]
PIER = Article(id="pier-1", path="news/pier.txt", text="“No boats at the pier,” Whitfield said.\n")


@pytest.fixture
def pier(tmp_path: Path, say: Callable[..., Statement]) -> Path:
    """A library of one article, in which a speaker is called by her surname alone."""
    path = tmp_path / "pier.db"
    speaker = {"name": "Whitfield", "source": "Whitfield"}
    with Library(path) as corpus:
        corpus.add(PIER, [say(PIER, "quote", "“No boats at the pier,”", cue="said", **speaker)])
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("search", "boats"),
        ("search", "boats", "--semantic", "--quiet"),
        ("speakers",),
        ("speakers", "Whitfield"),
        ("quotes", "--sort", "speaker"),
        ("claims",),
        ("facts",),
        ("articles",),
        ("export",),
        ("report",),
        ("show", "pier-1"),
        ("show", "bridge-1"),
    ],
)
def test_what_is_asked_is_answered_as_by_one_library(
    run: Run, own: Path, pier: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run("library", "merge", own, pier, "--library", tmp_path / "both.db")
    answer = run(*command, "--library", own, "--library", pier)
    assert answer.returncode == Exit.DONE, answer.stderr
    assert answer.stdout == run(*command, "--library", tmp_path / "both.db").stdout


def test_one_ranking_and_one_who_is_who(run: Run, library: Path, pier: Path) -> None:
    both = ("--library", pier, "--library", library, "--library", pier)
    found = json.loads(run("search", "boats pier", "--json", *both).stdout)
    assert found[0]["text"] == "“No boats at the pier,”"
    assert found[0]["person"] == "Ana Whitfield"
    assert len(found) == len({each["id"] for each in found}) > 1
    assert [each["id"] for each in json.loads(run("articles", "--json", *both).stdout)] == [
        "pier-1",
        "ferries-1",
        "bridge-1",
    ]


def test_a_draft_is_checked_against_all(run: Run, library: Path, pier: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("“No boats at the pier,” Whitfield said.\n“Nobody has to take the boats,” Lund said.\n")
    assert run("verify", draft, "--library", library).returncode == Exit.NOT_FOUND
    assert run("verify", draft, "--library", library, "--library", pier).returncode == Exit.DONE


@pytest.mark.parametrize(
    "command",
    [
        ("add", "x.txt"),
        ("remove", "pier-1"),
        ("import", "x.jsonl"),
        ("speakers", "merge", "A", "B"),
        ("speakers", "split", "A"),
        ("library", "check"),
        ("library", "backup", "copy.db"),
        ("library", "restore", "copy.db"),
        ("library", "compact"),
        ("library", "stats"),
        ("library", "merge", "other.db"),
    ],
)
def test_what_is_done_to_a_library_is_done_to_one(
    run: Run, library: Path, pier: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = library.read_bytes(), pier.read_bytes()
    answer = run(*command, "--library", library, "--library", pier)
    assert (answer.returncode, answer.stdout) == (Exit.USAGE, "")
    assert answer.stderr == "quotecli: this command takes one --library, and 2 were named\n"
    assert (library.read_bytes(), pier.read_bytes()) == before
    assert not (tmp_path / "copy.db").exists()


def test_one_that_is_not_there_is_named(run: Run, library: Path) -> None:
    answer = run("search", "boats", "--library", library, "--library", "nowhere.db")
    assert answer.returncode == Exit.UNUSABLE
    assert answer.stderr == "quotecli: no library at nowhere.db; 'quotecli add PATH' makes one\n"


def test_no_output_overwrites_one_of_them(run: Run, library: Path, pier: Path) -> None:
    answer = run("export", "-o", pier, "--library", library, "--library", pier)
    assert answer.returncode == Exit.USAGE
    assert "would overwrite the library" in answer.stderr
