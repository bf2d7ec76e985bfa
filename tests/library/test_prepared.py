"""What other processes prepare is stored as if nobody had."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from quotecli.library import Library, prepared
from quotecli.workers import Workers

TABLES = "article statement voice word name name_word sketch likeness place".split()
INDEXES = ("search", "passage")


def contents(path: Path) -> dict[str, list[Any]]:
    """Return all that a library's file holds, by table and index."""
    connection = sqlite3.connect(path)
    for index in INDEXES:
        connection.execute(f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab (main, {index}, instance)")
    tables = [*TABLES, *(f"{index}_words" for index in INDEXES)]
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


@pytest.fixture
def articles(build, said) -> list[Any]:
    """Many articles: some in other places once more, some in other words at the same place, some odd ones."""
    many = [
        build(
            [said(f"“The boats of harbour {number} are old,”", f"Ann Lee {number % 7}"), "They are."],
            path=f"{number}.txt",
            outlet="Post",
        )
        for number in range(60)
    ]
    again = [build([said("“The boats of harbour 3 are old,”", "Ann Lee 3"), "They are."], path="3b.txt", outlet="Post")]
    changed = [build(["All is new."], path="5.txt")]
    odd = [build([said("“A lone surrogate: \udcff,”", "Bo \udcff")], path="odd.txt"), build([], path="silent.txt")]
    return [*many[:30], *again, *changed, *odd, *many[30:]]


def test_others_prepare_the_same(tmp_path: Path, articles: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_MANY", 1)
    monkeypatch.setattr(prepared, "_AT_ONCE", 8)
    here: list[int] = []
    made = prepared._prepared

    def noted(*each: Any) -> Any:
        here.append(1)
        return made(*each)

    monkeypatch.setattr(prepared, "_prepared", noted)
    for jobs, prepared_here in ((1, len(articles)), (2, 8 + 1)):  # the odd one's lot, and one that got its first place
        here.clear()
        with Library(tmp_path / f"{jobs}.db") as library, Workers(jobs) as team:
            outcomes = list(library.add_all(articles, team))
            assert len(here) == prepared_here
            assert library.check() == []
        assert outcomes.count("replaced") == 2
    assert contents(tmp_path / "1.db") == contents(tmp_path / "2.db")


def test_records_that_are_none_are_stored_as_they_are(library: Library, articles: list[Any], monkeypatch) -> None:
    monkeypatch.setattr(prepared, "_MANY", 1)
    article, (first, second) = articles[0]
    with Workers(2) as team:
        list(library.add_all([(article, [first, type(second)(**{**vars_of(second), "kind": "rumour"})])], team))
    assert [each.kind for each in library.statements()] == ["quote", "rumour"]


def vars_of(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name."""
    return {name: getattr(record, name) for name in record.__struct_fields__}


def test_taken_in_by_others(tmp_path: Path, articles: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(tmp_path / "there.db") as there:
        list(there.add_all(articles))
    monkeypatch.setattr(prepared, "_MANY", 1)
    for name, processors in (("one", 1), ("two", 2)):
        monkeypatch.setattr("quotecli.workers.available_processors", lambda number=processors: number)
        with Library(tmp_path / "there.db") as there, Library(tmp_path / f"{name}.db") as here:
            assert set(here.merge(there)) == {"added"}
            assert set(here.merge(there)) == {"unchanged"}
    assert contents(tmp_path / "one.db") == contents(tmp_path / "two.db")
