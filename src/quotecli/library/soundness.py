"""Whether a library is whole: its pages, rows that fit together, and everything in it as it was stored.

Articles, statements, places, decisions and meanings carry checksums, texts their digests. The indexes are compared with
what would be made of the articles today.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from quotecli.library import clashes, decisions, meanings, places, schema
from quotecli.library.article_rows import read
from quotecli.library.indexes import Indexes
from quotecli.library.packing import UnreadableError
from quotecli.library.prepared import prepared
from quotecli.library.reading import Reader
from quotecli.library.schema import ARTICLE_SHIFT

_SHOWN = 16


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the file, a line each; where its pages are, only that: the rest would be about the same
    damage."""
    sound = {table: _is_index_sound(connection, table) for table in ("search", "passage")}
    with schema.snapshot(connection):
        found = [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]
        if found:
            return found
        found += [f"the index {table!r} is damaged" for table, whole in sound.items() if not whole]
        found += _misfits(connection)
        indexes = Indexes(connection)
        return found or list(_damage(connection, indexes)) or list(indexes.differences())


def _damage(connection: sqlite3.Connection, indexes: Indexes) -> Iterator[str]:
    """Yield what is wrong with the articles, a line each; of those that are sound, take down what `indexes` hold."""
    reader = Reader(connection, clashes=frozenset())
    for (row,) in connection.execute("SELECT id FROM article ORDER BY id").fetchall():
        try:
            indexes.expect(row, prepared(reader.article(row), list(reader.of_article(row))))
        except UnreadableError:
            yield f"article {_name(connection, row)}: its text or a statement of it is not the one that was stored"


def _name(connection: sqlite3.Connection, row: int) -> str:
    try:
        return read(connection, row).digest[:_SHOWN]
    except UnreadableError:
        return f"number {row}"


def _is_index_sound(connection: sqlite3.Connection, table: str) -> bool:
    """Let SQLite compare an index of words with itself; it asks for a place to write, though it writes nothing."""
    try:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return not (getattr(error, "sqlite_errorname", "") or "SQLITE_CORRUPT").startswith("SQLITE_CORRUPT")
    return True


def _misfits(connection: sqlite3.Connection) -> Iterator[str]:
    for what, command in _MISFITS.items():
        count = connection.execute(command).fetchone()[0]
        if count:
            yield f"{count} {what}"
    if clashes.known(connection) != set(clashes.counted(connection)):
        yield "the list of short ids that several articles have is not right"
    if count := meanings.misfits(connection):
        yield f"{count} rows of meanings that are not those of an article's statements"
    for what, ask in (("decision on names", decisions.decisions), ("place of an article", places.further)):
        try:
            ask(connection)
        except UnreadableError:
            yield f"a {what} is not the one that was stored"


_MISFITS = {
    "articles with another number of statements than they should have": (
        "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s"
        f" WHERE s.id >= a.id << {ARTICLE_SHIFT} AND s.id < (a.id + 1) << {ARTICLE_SHIFT})"
    ),
    "places of articles that are not there": (
        "SELECT count(*) FROM place WHERE article NOT IN (SELECT id FROM article)"
    ),
    "statements without an article": (
        f"SELECT count(*) FROM statement WHERE id >> {ARTICLE_SHIFT} NOT IN (SELECT id FROM article)"
    ),
    "speakers whose names cannot be asked for": (
        "SELECT count(DISTINCT name) FROM voice WHERE name NOT IN (SELECT text FROM name)"
    ),
    "statements without their speaker": (
        "SELECT count(*) FROM statement WHERE voice IS NOT NULL AND voice NOT IN (SELECT id FROM voice)"
    ),
}
