"""Looking after a library's file: checking it, copying it, making it small, and saying what is in it."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quotecli.errors import LibraryError
from quotecli.library import clashes, directory, meanings, passages, schema
from quotecli.library.filters import within
from quotecli.library.reading import Reader


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """What a library holds, and how large its file is (bytes).

    understood: of how many statements it is kept what they mean, for searches with `--semantic`.
    """

    articles: int
    statements: int
    speakers: int
    words: int
    understood: int
    size: int
    schema: int = schema.SCHEMA_VERSION


def stats(connection: sqlite3.Connection) -> Stats:
    """Count what the library holds; `speakers` are distinct names, `words` those of the articles' texts."""

    def number(command: str) -> int:
        found: int = connection.execute(command).fetchone()[0]
        return found

    return Stats(
        articles=number("SELECT count(*) FROM article"),
        statements=number("SELECT coalesce(sum(statements), 0) FROM article"),
        speakers=number("SELECT count(DISTINCT name) FROM voice WHERE type != 'unknown'"),
        words=number("SELECT coalesce(sum(words), 0) FROM article"),
        understood=meanings.count(connection),
        size=number("PRAGMA page_count") * number("PRAGMA page_size"),
    )


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the file, a line each: damaged pages and indexes, rows that do not fit together, texts
    and statements that are not what was stored."""
    sound = {table: _is_index_sound(connection, table) for table in ("search", "passage")}
    with schema.snapshot(connection):
        found = [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]
        if not found:  # what else there is to say would be about the same damage
            found += [f"the index {table!r} is damaged" for table, whole in sound.items() if not whole]
            found += _misfits(connection)
            rows = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
            found += [line for (row,) in rows for line in _damage(Reader(connection), row)]
    return found


def _misfits(connection: sqlite3.Connection) -> Iterator[str]:
    for what, command in _MISFITS.items():
        count = connection.execute(command).fetchone()[0]
        if count:
            yield f"{count} {what}"
    if clashes.known(connection) != set(clashes.counted(connection)):
        yield "the list of short ids that several articles have is not right"
    if count := passages.missing(connection):
        yield f"{count} articles whose texts are not indexed, or indexed and not there"
    if count := meanings.misfits(connection):
        yield f"{count} rows of meanings that are not those of an article's statements"


def _is_index_sound(connection: sqlite3.Connection, table: str) -> bool:
    """Let SQLite compare an index of words with itself; it asks for a place to write, though it writes nothing."""
    try:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return not error.sqlite_errorname.startswith("SQLITE_CORRUPT")
    return True


def _damage(reader: Reader, row: int) -> Iterator[str]:
    """Yield what is wrong with one article."""
    digest = reader.digest(row)
    try:
        if reader.article(row).digest != digest:
            yield f"article {digest}: its text is not the one that was stored"
        for _ in reader.statements(within([row], "s.id")):
            pass
    except (ValueError, TypeError, msgspec.MsgspecError, zlib.error):
        yield f"article {digest}: its text or a statement of it cannot be read"


_MISFITS = {
    "articles with another number of statements than they should have": (
        "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s"
        f" WHERE s.id >= a.id << {schema.ARTICLE_SHIFT} AND s.id < (a.id + 1) << {schema.ARTICLE_SHIFT})"
    ),
    "places of articles that are not there": (
        "SELECT count(*) FROM place WHERE article NOT IN (SELECT id FROM article)"
    ),
    "statements without an article": (
        f"SELECT count(*) FROM statement WHERE id >> {schema.ARTICLE_SHIFT} NOT IN (SELECT id FROM article)"
    ),
    "speakers whose names cannot be asked for": (
        "SELECT count(DISTINCT name) FROM voice WHERE name NOT IN (SELECT text FROM name)"
    ),
    "statements without their speaker": (
        "SELECT count(*) FROM statement WHERE voice IS NOT NULL AND voice NOT IN (SELECT id FROM voice)"
    ),
}


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the library to a new file while others may use it: whole, or not at all.

    Raises LibraryError when `path` exists.
    """
    if path.exists():
        raise LibraryError(f"there is already a file, and a backup does not overwrite one: {path}")
    unfinished = path.with_name(f"{path.name}.part")
    with schema.explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        try:
            with contextlib.closing(sqlite3.connect(unfinished)) as copy:
                connection.backup(copy)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)


def compact(connection: sqlite3.Connection) -> None:
    """Forget words that no statement holds any more, merge the index, and give unused space back to the disk."""
    with schema.transaction(connection):
        connection.execute("DELETE FROM word WHERE count <= 0")
        directory.forget_unused(connection)
        meanings.forget_old(connection)
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("INSERT INTO passage (passage) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
