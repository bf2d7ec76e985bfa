"""What `--from` has read before: a damaged cache is made anew, a large one loses its oldest articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Library
from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def cache(environment: dict[str, str]) -> Path:
    return Path(environment["XDG_CACHE_HOME"]) / "quotecli" / "read.db"


def write(folder: Path, name: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(f"The mayor, Ruth {name}, said on Friday that the bridge would open in June.\n")
    return path


def articles(cache: Path) -> int:
    with Library(cache) as library:
        assert library.check() == []
        return len(library.articles())


@pytest.mark.parametrize("damage", ["foreign", "truncated", "newer", "other"])
def test_a_cache_that_cannot_be_used_is_made_anew(run: Run, cache: Path, tmp_path: Path, damage: str) -> None:
    story = write(tmp_path, "Okafor")
    told = run("claims", "--from", story, "--json")
    assert (told.returncode, articles(cache)) == (Exit.DONE, 1)
    if damage == "foreign":
        cache.write_text("no library " * 1000)
    elif damage == "truncated":
        cache.write_bytes(cache.read_bytes()[:50])
    elif damage == "newer":
        connection = sqlite3.connect(cache)
        connection.execute("PRAGMA user_version = 999")
        connection.close()
    else:
        cache.unlink()
        connection = sqlite3.connect(cache)
        connection.execute("CREATE TABLE notes (text)")
        connection.close()
    again = run("claims", "--from", story, "--json")
    assert (again.returncode, again.stdout, again.stderr) == (Exit.DONE, told.stdout, "")
    assert articles(cache) == 1


def test_damage_that_is_met_later_is_told_and_gone(run: Run, cache: Path, tmp_path: Path) -> None:
    story = write(tmp_path, "Okafor")
    told = run("claims", "--from", story, "--json").stdout
    connection = sqlite3.connect(cache)
    ((page, size),) = connection.execute(
        "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'statement'"
    )
    connection.close()
    with cache.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    answer = run("claims", "--from", story, "--json")
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (Exit.UNUSABLE, "", 1)
    assert "the same command now reads it again" in answer.stderr
    assert run("claims", "--from", story, "--json").stdout == told


def test_a_cache_that_is_too_large_loses_its_oldest_articles(
    run: Run, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = write(tmp_path, "Okafor"), write(tmp_path, "Lindqvist")
    run("claims", "--from", old)
    assert articles(cache) == 1
    monkeypatch.setattr("quotecli.cli.cache.MOST_BYTES", 1000)
    answer = run("claims", "--from", new, "--format", "csv")
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "")
    assert "Ruth Lindqvist" in answer.stdout
    with Library(cache) as library:
        assert [each.text for each in library.statements() if "bridge" in each.text]
        assert ["Lindqvist" in library.article(each.id).text for each in library.articles()] == [True]
    assert "Ruth Okafor" in run("claims", "--from", old, "--format", "csv").stdout


def test_what_the_cache_has_counts_as_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("“It rained all night in the town,” said Ann Lee, the mayor.\n")
    for _ in range(2):
        answer = run("quotes", "--from", tmp_path / "rain.txt", "--from", tmp_path / "none.txt")
        assert answer.stderr.endswith("1 read, 1 not read.\n")
