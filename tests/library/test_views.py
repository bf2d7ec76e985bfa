"""The views in a library's file: what other programs see of it is what quotecli answers."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecli.library import Library
from quotecli.records import Statement

VIEWS = {"statements", "speakers", "articles", "figures"}


@pytest.fixture
def path(tmp_path: Path, build, said) -> Iterator[Path]:
    """A library that is open elsewhere meanwhile."""
    file = tmp_path / "news.db"
    with Library(file) as library:
        library.add(
            *build(
                [
                    said("“The ferry will not sail,”|“not this winter.”", "Ana Whitfield", "chair"),
                    said("1.4 million people have used the line", "Ana Whitfield", kind="claim", figure="1.4 million"),
                    "The quay opened on 3 May.",
                ],
                title="Ferries’ end",
                outlet="Harbour Post",
                published="2024-04-11",
            )
        )
        library.add(*build([said("“Never,”", "Bo Ek \ud800")], id="own-17", path="b.txt"))
        yield file


@pytest.fixture
def statements(path: Path) -> list[Statement]:
    with Library(path) as library:
        return list(library.statements())


def rows(path: Path, view: str) -> list[sqlite3.Row]:
    """Return a view's rows as a program reads them that trusts no schema and knows only plain SQLite."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.row_factory = sqlite3.Row
    found = connection.execute(f"SELECT * FROM {view}").fetchall()
    connection.close()
    return found


def test_statements_are_what_quotecli_answers(path: Path, statements: list[Statement]) -> None:
    for row, each in zip(rows(path, "statements"), statements, strict=True):
        assert (row["id"], row["kind"], row["text"], row["form"]) == (each.id, each.kind, each.text, each.form)
        assert (row["start"], row["end"]) == (each.content[0].start, each.content[-1].end)
        assert (row["article"], row["published"]) == (each.article.id, each.article.published)
        assert row["role"] == (each.speaker and each.speaker.role)


def test_figures_say_which_statement_they_are_in(path: Path, statements: list[Statement]) -> None:
    expected = [(each.id, figure) for each in statements for figure in each.figures]
    found = rows(path, "figures")
    assert [(row["statement"], row["text"], row["start"], row["end"]) for row in found] == [
        (id, figure.text, figure.start, figure.end) for id, figure in expected
    ]
    assert {row["outlet"] for row in found} == {"Harbour Post"}


def test_speakers_and_articles_are_counted(path: Path) -> None:
    ana, _ = rows(path, "speakers")
    assert tuple(ana) == ("Ana Whitfield", "chair", "person", 1, 1, 1)
    first, second = rows(path, "articles")
    assert (first["title"], first["statements"]) == ("Ferries’ end", 3)
    assert (second["id"], second["path"]) == ("own-17", "b.txt")


def test_sqlite_utils_reads_them(path: Path) -> None:
    database = pytest.importorskip("sqlite_utils").Database(path)
    assert set(database.view_names()) == VIEWS
    by_speaker = database.query("SELECT speaker, count(*) AS number FROM statements GROUP BY speaker ORDER BY number")
    assert {"speaker": "Ana Whitfield", "number": 2} in list(by_speaker)


def test_datasette_shows_them(path: Path) -> None:
    pytest.importorskip("datasette")
    for view, number in {"statements": 4, "figures": 1, "articles": 2, "speakers": 2}.items():
        asked = [sys.executable, "-m", "datasette", str(path), "--get", f"/news/{view}.json?_shape=array"]
        answer = subprocess.run(asked, capture_output=True, encoding="utf-8", timeout=60, check=True)
        assert len(json.loads(answer.stdout)) == number


def test_a_view_that_is_another_is_refused(path: Path) -> None:
    from quotecli.errors import LibraryError

    connection = sqlite3.connect(path)
    connection.execute("DROP VIEW speakers")
    connection.execute("CREATE VIEW speakers AS SELECT 'nobody' AS speaker")
    connection.close()
    with pytest.raises(LibraryError, match="speakers"):
        Library(path)
