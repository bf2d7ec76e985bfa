"""Where articles were met: all places of an article that several have, and the files that need not be read again.

An article is stored once. Its first place stands with it, in the table `article`; the others, with what they call it,
in `place`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from quotecli.files import File, Filed, FileRead
from quotecli.library.packing import (
    UnreadableError,
    checksum,
    packed_bytes,
    ref_fields,
    ref_values,
    stored,
    unpacked_bytes,
)
from quotecli.records import Article, ArticleRef, is_own_id


def remember(connection: sqlite3.Connection, read: FileRead) -> None:
    """Keep that the articles of a file are all stored."""
    file = read.file
    connection.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
        (stored(file.path), file.size, file.modified, read.reading, _packed(read)),
    )


def known(connection: sqlite3.Connection, file: File, reading: str, model: str) -> tuple[Filed, ...] | None:
    """Return the articles of a file that was read before in the same state and the same way, if all of them are still
    stored as `model` extracts them; else None."""
    row = connection.execute(
        "SELECT entries FROM file WHERE path = ? AND size = ? AND modified = ? AND reading = ?",
        (stored(file.path), file.size, file.modified, reading),
    ).fetchone()
    entries = _unpacked(row[0], file) if row else None
    return entries if entries is not None and _are_stored(connection, entries, model) else None


def forget(connection: sqlite3.Connection) -> None:
    """Forget all files: each is read again the next time."""
    connection.execute("DELETE FROM file")


def take_over(connection: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Keep what another library knows of files that this one knows nothing of."""
    connection.executemany("INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?, ?)", other.execute("SELECT * FROM file"))


def _are_stored(connection: sqlite3.Connection, entries: Sequence[Filed], model: str) -> bool:
    digests = json.dumps([entry.digest for entry in entries])
    found = connection.execute(
        "SELECT count(*) FROM json_each(?1) entry WHERE EXISTS"
        " (SELECT 1 FROM article WHERE digest = entry.value AND model = ?2) OR EXISTS"
        " (SELECT 1 FROM place p JOIN article a ON a.id = p.article WHERE p.digest = entry.value AND a.model = ?2)",
        (digests, model),
    ).fetchone()
    return bool(found[0] == len(entries))


def identity(article: Article) -> str | None:
    """Return what tells the place of an article from others: its own id, else its URL, else its path, if any."""
    return _identity(article, article.digest)


def _identity(ref: ArticleRef, digest: str) -> str | None:
    if is_own_id(ref.id, digest):
        return f"id:{ref.id}"
    if ref.url:
        return f"url:{ref.url}"
    return f"path:{ref.path}" if ref.path else None


def of(connection: sqlite3.Connection, row: int) -> tuple[Filed, ...]:
    """Return the further places of the article of this row."""
    rows = connection.execute("SELECT * FROM place WHERE article = ? ORDER BY identity", (row,))
    return tuple(place for _, place in map(_read, rows))


def add(connection: sqlite3.Connection, row: int, article: Article, found: Iterable[Filed]) -> None:
    """Keep further places of `article`, which this row holds; where something else stands already, that stays."""
    for each in found:
        if place := _identity(each.ref, each.digest):
            connection.execute(f"INSERT OR IGNORE INTO {_VALUES}", _values(place, row, each))
    own = stored(identity(article))
    connection.execute("DELETE FROM place WHERE identity = ? AND article = ?", (own, row))


def put(connection: sqlite3.Connection, row: int, article: Article) -> tuple[int, str] | None:
    """Keep that the stored article of this row was met as `article`; return what stood there before, if anything."""
    before = take(connection, article)
    place = identity(article)
    if place is not None:
        connection.execute(f"INSERT INTO {_VALUES}", _values(place, row, Filed(article.digest, article.ref)))
    return before


def take(connection: sqlite3.Connection, article: Article) -> tuple[int, str] | None:
    """Forget the place of `article`; return the row id of the stored article that was met there, and the digest."""
    found: tuple[int, str] | None = connection.execute(
        "DELETE FROM place WHERE identity = ? RETURNING article, digest", (stored(identity(article)),)
    ).fetchone()
    return found


def take_first(connection: sqlite3.Connection, row: int) -> Filed | None:
    """Forget one of the further places of the article of this row, and return it."""
    command = "DELETE FROM place WHERE identity = (SELECT min(identity) FROM place WHERE article = ?) RETURNING *"
    found = connection.execute(command, (row,)).fetchone()
    return _read(found)[1] if found else None


def forget_places(connection: sqlite3.Connection, row: int) -> None:
    """Forget all the further places of the article of this row."""
    connection.execute("DELETE FROM place WHERE article = ?", (row,))


def further(connection: sqlite3.Connection) -> dict[int, tuple[ArticleRef, ...]]:
    """Return the further places of the articles that have any, by row id."""
    found: dict[int, tuple[ArticleRef, ...]] = {}
    for row, place in map(_read, connection.execute("SELECT * FROM place ORDER BY article, identity")):
        found[row] = (*found.get(row, ()), place.ref)
    return found


_VALUES = "place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _values(identity: str, row: int, place: Filed) -> tuple[Any, ...]:
    values = (stored(identity), row, place.digest, *ref_values(place.ref))
    return (*values, checksum(*values))


def _read(values: Sequence[Any]) -> tuple[int, Filed]:
    """Return the article's row id and the place of a row of `place`. Raises UnreadableError."""
    _, row, digest, *ref, total = values
    if checksum(*values[:-1]) != total:
        raise UnreadableError
    return row, Filed(digest, ArticleRef(**ref_fields(ref)))


def _packed(read: FileRead) -> bytes:
    """The entries as bytes; of their paths only what stands behind the file's own, which may be written otherwise."""
    name = read.file.name
    within = [_with_path(entry, entry.ref.path and entry.ref.path.removeprefix(name)) for entry in read.articles]
    return packed_bytes(json.dumps(msgspec.to_builtins(within)).encode(), 1)  # JSON takes odd file names, too


def _unpacked(packed: bytes, file: File) -> tuple[Filed, ...] | None:
    """Return what `_packed` packed; None where that can't be read: then the file is read again."""
    try:
        entries = msgspec.convert(json.loads(unpacked_bytes(packed)), list[Filed])
    except (ValueError, RecursionError):
        return None
    return tuple(_with_path(entry, None if entry.ref.path is None else file.name + entry.ref.path) for entry in entries)


def _with_path(entry: Filed, path: str | None) -> Filed:
    return Filed(entry.digest, msgspec.structs.replace(entry.ref, path=path))
