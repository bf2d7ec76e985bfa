"""library check, backup, compact, stats and merge."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import jsonschema
import pytest

from quotecli import Article, Library, Statement
from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def own(run: Run, library: Path, tmp_path: Path) -> Path:
    """A copy of the library of two articles, for a test to change."""
    copy = tmp_path / "own.db"
    answer = run("library", "backup", copy, "--library", library)
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    return copy


def test_without_a_command_its_help_is_shown(run: Run) -> None:
    answer = run("library")
    assert (answer.returncode, answer.stdout) == (Exit.USAGE, "")
    assert "backup" in answer.stderr


def test_a_sound_library_is_whole(run: Run, library: Path) -> None:
    answer = run("library", "check", "--library", library)
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    assert answer.stderr == "The library is whole: 2 articles, 5 statements.\n"
    assert run("library", "check", "--library", library, "--quiet").stderr == ""


def test_what_is_wrong_is_printed(run: Run, own: Path) -> None:
    connection = sqlite3.connect(own)
    connection.execute("DELETE FROM voice")
    connection.commit()
    connection.close()
    answer = run("library", "check", "--library", own)
    assert answer.returncode == Exit.UNUSABLE
    assert answer.stdout == "4 statements without their speaker\n"
    assert answer.stderr.count("\n") == 1
    assert "damaged" in answer.stderr


def test_damaged_pages_are_found(run: Run, own: Path) -> None:
    with own.open("r+b") as file:
        file.seek(own.stat().st_size // 2)
        file.write(b"\xa5" * 8192)
    answer = run("library", "check", "--library", own)
    assert answer.returncode == Exit.UNUSABLE
    assert answer.stdout or "damaged" in answer.stderr
    assert "defect" not in answer.stderr


def test_a_backup_answers_like_the_library(run: Run, library: Path, own: Path) -> None:
    assert run("quotes", "--json", "--library", own).stdout == run("quotes", "--json", "--library", library).stdout
    again = run("library", "backup", own, "--library", library)
    assert (again.returncode, again.stderr.count("\n")) == (Exit.UNUSABLE, 1)
    assert "already a file" in again.stderr


def test_compact_says_what_it_saved(run: Run, own: Path) -> None:
    answer = run("library", "compact", "--library", own)
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    assert answer.stderr == "0.1 MB before, 0.1 MB now.\n"
    assert run("library", "check", "--library", own).returncode == Exit.DONE


def test_stats(run: Run, library: Path) -> None:
    counts = {"articles": 2, "statements": 5, "speakers": 3}
    answer = run("library", "stats", "--json", "--library", library)
    (stats,) = json.loads(answer.stdout)
    assert stats.items() >= counts.items()
    assert stats["size"] == library.stat().st_size
    jsonschema.validate([stats], json.loads(run("schema", "stats").stdout))
    header, row = run("library", "stats", "--library", library).stdout.splitlines()
    assert header.split()[:3] == ["ARTICLES", "STATEMENTS", "SPEAKERS"]
    assert row.split()[:3] == ["2", "5", "3"]
    assert run("library", "stats", "--format", "csv", "--library", library).stdout.startswith("articles,statements,")


def test_merge_joins_libraries(run: Run, own: Path, tmp_path: Path, say: Callable[..., Statement]) -> None:
    snow = Article(id="snow", text="Snow fell.")
    with Library(tmp_path / "other.db") as other:
        other.add(snow, [say(snow, "fact", "Snow fell.")])
    answer = run("library", "merge", tmp_path / "other.db", own, "--library", own)
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    assert answer.stderr == "1 added, 0 replaced, 3 unchanged.\n"
    assert "Snow fell." in run("facts", "--library", own).stdout


def test_merging_what_is_no_library(run: Run, own: Path, tmp_path: Path) -> None:
    answer = run("library", "merge", tmp_path / "none.db", "--library", own)
    assert (answer.returncode, answer.stderr.count("\n")) == (Exit.UNUSABLE, 1)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", ["check", "compact", "stats"])
def test_without_a_library_there_is_nothing_to_look_after(run: Run, command: str) -> None:
    answer = run("library", command)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (Exit.UNUSABLE, "", 1)
    assert "no library at" in answer.stderr


def test_a_library_in_which_nothing_could_be_stored_says_that_it_is_empty(run: Run, tmp_path: Path) -> None:
    at = ("--library", tmp_path / "new.db")
    assert run("add", tmp_path / "none.txt", *at).returncode == Exit.INPUT
    for arguments, code in ((("search", "boats"), Exit.NOT_FOUND), (("articles",), Exit.DONE)):
        answer = run(*arguments, *at)
        assert (answer.returncode, answer.stdout) == (code, "")
        assert answer.stderr.startswith("The library is empty: ")


def test_one_article_is_not_one_articles(run: Run, own: Path) -> None:
    first = run("articles", "--library", own, "--format", "jsonl").stdout.partition('"id":"')[2].partition('"')[0]
    run("remove", first, "--library", own)
    assert "whole: 1 article, " in run("library", "check", "--library", own).stderr


def test_remove_names_what_it_took_out_and_import_brings_it_back(run: Run, library: Path, tmp_path: Path) -> None:
    own = tmp_path / "own library.db"
    own.write_bytes(library.read_bytes())
    before = run("quotes", "--json", "--library", own).stdout
    removed = run("remove", "ferries-1", "nothing", "ferries-1", "--library", own)
    kept = f"{own}.removed.jsonl"
    assert removed.returncode == Exit.NOT_FOUND
    assert removed.stderr.splitlines() == [
        "Removed ferries-1: Island ferries to stop, Harbour Post, 2024-04-11.",
        "quotecli: no article has the id 'nothing'; 'quotecli articles' lists them",
        f"To bring it back: quotecli import '{kept}' (--for-good keeps nothing)",
    ]
    assert os.name == "nt" or stat.S_IMODE(Path(kept).stat().st_mode) == 0o600  # as private as the library
    assert "Ferries" not in run("articles", "--library", own).stdout
    assert run("import", kept, "--library", own).returncode == Exit.DONE
    again = run("quotes", "--json", "--library", own).stdout
    assert sorted(json.loads(before), key=str) == sorted(json.loads(again), key=str)
    both = run("remove", "ferries-1", "bridge-1", "--library", own)
    assert [json.loads(line)["id"] for line in Path(kept).read_bytes().splitlines()] == ["ferries-1", "bridge-1"]
    assert both.stderr.splitlines()[-1].startswith("To bring them back: ")
    assert run("import", kept, "--library", own).returncode == Exit.DONE
    assert run("remove", "bridge-1", "--for-good", "--library", own).returncode == Exit.DONE
    assert not Path(kept).exists()
