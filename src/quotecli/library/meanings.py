"""What statements mean, kept in the library: a code of 32 bytes for each, made when somebody first asks for meanings.

They are in a table of their own, a row an article with the codes of its statements one after another. The table comes
with the first search for meanings; from then on only articles that came since have to be looked at. With an article
goes its row: a trigger sees to that, so that no other module needs to know, nor an older quotecli that writes into it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from quotecli.library.filters import EVERYWHERE, one_of
from quotecli.library.index_words import words
from quotecli.library.packing import checksum, restored
from quotecli.library.schema import ARTICLE_SHIFT, transaction
from quotecli.library.tables import run
from quotecli.meaning import CODE_BYTES, VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotecli.meaning.codes import Codes

TABLES = """
CREATE TABLE IF NOT EXISTS meaning (
    article INTEGER PRIMARY KEY,
    version TEXT NOT NULL,        -- of the vectors that the codes are made of
    codes BLOB NOT NULL,          -- of its statements, in their order
    checksum INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS meaning_version ON meaning (version);
CREATE TRIGGER IF NOT EXISTS meaning_gone AFTER DELETE ON article
BEGIN
    DELETE FROM meaning WHERE article = OLD.id;
END;
"""

_AT_ONCE = 2000
"""How many statements are stored with one transaction."""

Waiting = list[tuple[int, int]]
"""Articles, each with its number of statements."""


def waiting(connection: sqlite3.Connection, articles: Sequence[int] | None = None) -> Waiting:
    """Return which articles have no codes yet: of the whole library, or of these."""
    return list(_waiting(connection, articles))


def _waiting(connection: sqlite3.Connection, articles: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    where, values = EVERYWHERE if articles is None else one_of("id", articles)
    if exist(connection):  # told by indexes alone: the rows themselves are long
        where = f"id IN (SELECT id FROM article WHERE {where} EXCEPT SELECT article FROM meaning WHERE version = ?)"
        values = (*values, VERSION)
    return connection.execute(f"SELECT id, statements FROM article WHERE {where} ORDER BY id", values)


def lacks_more_than(connection: sqlite3.Connection, most: int, articles: Sequence[int] | None = None) -> bool:
    """Say whether it is not kept of more than so many statements what they mean, of the whole library or of these
    articles. It is told without reading more articles than that takes."""
    if articles is None and exist(connection):
        kept = connection.execute("SELECT count(*) FROM meaning WHERE version = ?", (VERSION,)).fetchone()
        if kept == connection.execute("SELECT count(*) FROM article").fetchone():
            return False
    return any(total > most for total in accumulate(count for _, count in _waiting(connection, articles)))


def more_than(connection: sqlite3.Connection, articles: int) -> bool:
    """Say whether a library has had more than so many articles."""
    return (connection.execute("SELECT max(id) FROM article").fetchone()[0] or 0) > articles


def missing(connection: sqlite3.Connection, articles: Sequence[int] | None = None) -> int:
    """Return of how many statements it is not kept what they mean: of the whole library, or of these articles."""
    return sum(count for _, count in waiting(connection, articles))


def keep(connection: sqlite3.Connection, articles: Waiting) -> Iterator[int]:
    """Make the codes of these articles and store them; yield after each transaction how many statements are done.

    They are made before the transaction, so that nobody has to wait for that; only where somebody else has written
    in the meantime are they made again within it.
    """
    if articles:
        with transaction(connection):
            run(connection, TABLES)
    for batch in _batches(articles):
        rows = [row for row, _ in batch]
        version = _data_version(connection)
        made = _made(connection, rows)
        with transaction(connection):
            if _data_version(connection) != version:
                made = _made(connection, rows)
            connection.executemany(
                "INSERT OR REPLACE INTO meaning VALUES (?, ?, ?, ?)",
                ((*values, checksum(*values)) for values in ((row, VERSION, codes.tobytes()) for row, codes in made)),
            )
        yield sum(count for _, count in batch)


def exist(connection: sqlite3.Connection) -> bool:
    """Say whether anybody has asked for meanings in this library."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meaning'").fetchone() is not None


def _data_version(connection: sqlite3.Connection) -> int:
    """Return a number that is another one when another connection has changed the file."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def _batches(articles: Waiting) -> Iterator[Waiting]:
    batch: Waiting = []
    statements = 0
    for row, count in articles:
        batch.append((row, count))
        statements += count
        if max(statements, len(batch)) >= _AT_ONCE:
            yield batch
            batch, statements = [], 0
    if batch:
        yield batch


def _made(connection: sqlite3.Connection, articles: Sequence[int]) -> list[tuple[int, Codes]]:
    """Make the codes of the statements of these articles, as far as they are still there."""
    from quotecli.meaning.codes import encode
    from quotecli.meaning.table import table

    asked, values = one_of("a.id", articles)
    rows = connection.execute(
        f"SELECT a.id, s.text FROM article a LEFT JOIN statement s ON s.id >= a.id << {ARTICLE_SHIFT}"
        f" AND s.id < (a.id + 1) << {ARTICLE_SHIFT} WHERE {asked} ORDER BY a.id, s.id",
        values,
    ).fetchall()
    codes = encode(table().texts([words(restored(text) or "") for _, text in rows if text is not None]))
    made, start = [], 0
    for article, found in groupby(rows, key=lambda row: row[0]):
        end = start + sum(text is not None for _, text in found)
        made.append((article, codes[start:end]))
        start = end
    return made


def read(connection: sqlite3.Connection, articles: Sequence[int] | None = None) -> tuple[NDArray[np.int64], Codes]:
    """Return the row ids of all statements, or of those of these articles, and their codes.

    Those that are not kept yet (the library may be read-only, or busy) are made for this once.
    """
    import numpy as np

    found = [*_kept(connection, articles), *_made_now(connection, articles)]
    codes = np.frombuffer(b"".join(packed for _, packed in found), dtype=np.uint8)
    codes = codes.reshape(-1, CODE_BYTES)
    counts = np.array([len(packed) for _, packed in found], dtype=np.int64) // CODE_BYTES
    first = np.array([article << ARTICLE_SHIFT for article, _ in found], dtype=np.int64)
    begins = np.cumsum(counts) - counts
    return np.repeat(first - begins, counts) + np.arange(len(codes)), codes


def _kept(connection: sqlite3.Connection, articles: Sequence[int] | None) -> Iterable[tuple[int, bytes]]:
    if not exist(connection):
        return ()
    where, values = EVERYWHERE if articles is None else one_of("article", articles)
    command = f"SELECT article, codes FROM meaning WHERE {where} AND version = ?"
    return connection.execute(command, (*values, VERSION)).fetchall()


def _made_now(connection: sqlite3.Connection, articles: Sequence[int] | None) -> Iterator[tuple[int, bytes]]:
    for batch in _batches(waiting(connection, articles)):
        for article, codes in _made(connection, [row for row, _ in batch]):
            yield article, codes.tobytes()


def count(connection: sqlite3.Connection) -> int:
    """Return of how many statements the meaning is kept."""
    if not exist(connection):
        return 0
    command = (
        "SELECT coalesce(sum(statements), 0) FROM article WHERE id IN (SELECT article FROM meaning WHERE version = ?)"
    )
    number: int = connection.execute(command, (VERSION,)).fetchone()[0]
    return number


def misfits(connection: sqlite3.Connection) -> int:
    """Return how many rows are not those of an article's statements, or not what was stored."""
    if not exist(connection):
        return 0
    rows = connection.execute("SELECT * FROM meaning")
    damaged = len([total for *values, total in rows if checksum(*values) != total])
    if damaged:
        return damaged
    command = (
        "SELECT count(*) FROM meaning m LEFT JOIN article a ON a.id = m.article"
        " WHERE a.id IS NULL OR (m.version = ? AND length(m.codes) != a.statements * ?)"
    )
    number: int = connection.execute(command, (VERSION, CODE_BYTES)).fetchone()[0]
    return number


def forget_old(connection: sqlite3.Connection) -> None:
    """Take out what was made of other vectors than those of today."""
    if exist(connection):
        connection.execute("DELETE FROM meaning WHERE version != ?", (VERSION,))
