"""Where articles were met: the files that hold them, so that a file that has not changed is not read again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence

import msgspec

from quotecli.files import File, Filed, FileRead
from quotecli.library.packing import stored

TABLES = """
CREATE TABLE IF NOT EXISTS file (  -- a file whose articles are all stored
    path PRIMARY KEY,             -- absolute
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,    -- in nanoseconds
    reading TEXT NOT NULL,        -- how it was read
    entries BLOB NOT NULL         -- its articles, packed
);
"""


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
        "SELECT count(*) FROM json_each(?) entry JOIN article ON digest = entry.value WHERE model = ?", (digests, model)
    ).fetchone()
    return bool(found[0] == len(entries))


def _packed(read: FileRead) -> bytes:
    """The entries as bytes; of their paths only what stands behind the file's own, which may be written otherwise."""
    name = read.file.name
    within = [_with_path(entry, entry.ref.path and entry.ref.path.removeprefix(name)) for entry in read.articles]
    return zlib.compress(json.dumps(msgspec.to_builtins(within)).encode(), 1)  # JSON takes odd file names, too


def _unpacked(packed: bytes, file: File) -> tuple[Filed, ...]:
    entries = msgspec.convert(json.loads(zlib.decompress(packed)), list[Filed])
    return tuple(_with_path(entry, None if entry.ref.path is None else file.name + entry.ref.path) for entry in entries)


def _with_path(entry: Filed, path: str | None) -> Filed:
    return Filed(entry.digest, msgspec.structs.replace(entry.ref, path=path))
