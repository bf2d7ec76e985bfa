"""Looking after a library's file: making it small, and saying what is in it."""

from __future__ import annotations

import sqlite3

import msgspec

from quotecli.library import identities, meanings, schema


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


def compact(connection: sqlite3.Connection) -> None:
    """Forget words that no statement holds any more, merge the index, and give unused space back to the disk."""
    with schema.transaction(connection):
        connection.execute("DELETE FROM word WHERE count <= 0")
        identities.forget_unused(connection)
        meanings.forget_old(connection)
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("INSERT INTO passage (passage) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
