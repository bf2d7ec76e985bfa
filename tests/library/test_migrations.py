"""Libraries of every earlier version become what a new library is, with all that they held."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from quotecli.errors import LibraryError
from quotecli.library import Library, migrations, schema
from quotecli.records import Article, Statement

ROOM = Path(__file__).parent
VERSIONS = sorted(migrations.STEPS)
"""Of each there is a file, `version-N.db.gz`, which that version filled as `fill` does below."""

Given = list[tuple[Article, list[Statement]]]


@pytest.fixture
def given(build, said) -> Given:
    ferry = build(
        [
            said("“The ferry will not sail,”|“not this winter.”", "Ana Whitfield", "chair", "the board’s chair"),
            said("1.4 million people have used the line", "Tomas Lund", kind="claim", figure="1.4 million"),
            "The quay opened on 3 May.",
        ],
        path="news/ferry.txt",
        title="Island ferries to stop",
        outlet="Harbour Post",
        published="2024-04-11",
        byline="C. Dunn",
    )
    islands = build(
        [
            said("“We were never asked,”", "Whitfield", mention="she"),
            said("The ferries are forty years old", "harbour board", type="organisation", kind="claim"),
            said("“It is what it is,”", "a passer-by", type="unknown"),
        ],
        id="herald-17",
        url="https://news.example/ferry",
        title="Nobody asked the islands",
        published="2023-10-05",
    )
    removed = build(["Snow fell on the naïve café.", "Snow fell again."], path="removed.txt")
    odd = build(
        [said("“Rain, then fog,”", "Bo Ek \ud800", role="fisherman")], path="odd-\udcff-name.txt", outlet="The Courier"
    )
    return [ferry, islands, removed, odd, build([], path="empty.txt")]


def fill(library: Library, given: Given) -> None:
    """Store what is given, and take one article out again; say who is one person, and meet an article once more."""
    for article, statements in given:
        library.add(article, statements)
    library.remove(given[2][0].id)
    library.join_speakers(["Tomas Lund", "Ana Whitfield"])
    library.add(msgspec.structs.replace(given[0][0], path="again.txt"))


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((ROOM / f"version-{request.param}.db.gz").read_bytes()))
    return path


@pytest.fixture
def new(tmp_path: Path, given: Given) -> Iterator[Library]:
    with Library(tmp_path / "new.db") as library:
        fill(library, given)
        yield library


def layout(library: Library) -> set[tuple[str, str, str]]:
    """Return what is in the file, in SQL without comments and spacing."""
    rows = library._connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")
    return {(kind, name, " ".join(re.sub(r"--.*", "", sql).split())) for kind, name, sql in rows}


def rows(library: Library) -> dict[str, int]:
    """Return how many rows each table has, but for those in which SQLite keeps an index of words."""
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [name for (name,) in library._connection.execute(tables)]
    counts = {name: library._connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    assert counts["statement"]
    return counts


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


def test_every_version_can_be_tested() -> None:
    assert [*VERSIONS, schema.SCHEMA_VERSION] == list(range(schema.OLDEST, schema.SCHEMA_VERSION + 1))


def test_the_tables_become_those_of_a_new_library(old: Path, new: Library) -> None:
    with Library(old) as library:
        assert layout(library) == layout(new)
    assert version(old) == schema.SCHEMA_VERSION


def test_every_table_holds_as_much_as_in_a_new_library(old: Path, new: Library) -> None:
    with Library(old) as library:
        for each in (library, new):
            each.compact()  # what was removed before leaves words and names behind
        assert rows(library) == rows(new)


def test_nothing_is_lost_or_changed(old: Path, given: Given) -> None:
    kept = [*given[:2], *given[3:]]
    with Library(old) as library:
        assert [library.article(each.id) for each in library.articles()] == [article for article, _ in kept]
        assert list(library.statements()) == [each for _, statements in kept for each in statements]
        assert library.check() == []


@pytest.mark.parametrize("query", ["ferries", "feries", "sail winter", "lund", "harbour post", '"never asked"', "snow"])
def test_it_is_searched_like_a_new_library(old: Path, new: Library, query: str) -> None:
    with Library(old) as library:
        assert library.search(query) == new.search(query)
        assert library.speakers() == new.speakers()


def test_it_can_be_added_to_and_taken_from(old: Path, given: Given, build) -> None:
    with Library(old) as library:
        assert library.add(*given[0]) == "unchanged"
        assert library.add(*build(["Thunder rolled over the quay."])) == "added"
        assert [hit.text for hit in library.search("thunder")] == ["Thunder rolled over the quay."]
        library.remove(given[1][0].id)
        assert library.search("asked") == []
        assert library.check() == []


def test_an_interrupted_migration_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, was = old.read_bytes(), version(old)

    def interrupted(_: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("quotecli.library.opening.make_tables", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Library(old)
    assert (version(old), old.stat().st_size) == (was, len(before))
    with Library(old) as library:
        assert library.check() == []
        assert len(library.articles()) == 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_older_library_that_cannot_be_written_says_so(old: Path) -> None:
    old.chmod(0o444)
    old.parent.chmod(0o555)
    try:
        with pytest.raises(LibraryError, match="read-only"):
            Library(old)
    finally:
        old.parent.chmod(0o755)
