"""The write-ahead log beside a library's file: whether it belongs to it.

SQLite keeps what was written last in a log (`…-wal`) until it is copied into the file. It takes any log that lies there
under the right name, also that of a file which had the place before: put beside a backup, it makes rubbish of both. So
each library has a random number in its head, and each transaction writes the head; a log with another number there, or
with heads that do not follow on the file's, is another file's.

The number stands where SQLite keeps a suggested size of its cache (bytes 48 to 51), which is set for each connection
anyway; the head also counts (bytes 24 to 27) what was written. See https://www.sqlite.org/fileformat.html.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEAD = 100
_LOG_HEAD, _FRAME_HEAD = 32, 24
_LOOKS, _PAUSE = 3, 0.05  # seconds
_SMALLEST_PAGE, _LARGEST_PAGE = 512, 65536


class _Head(NamedTuple):
    """What the head of a database tells: the number of the library, and how often it was written."""

    number: int
    written: int


def mark(connection: sqlite3.Connection) -> None:
    """Give the library a number of its own; to be called within the transaction that makes it, or for a copy."""
    import secrets  # what only asks a library does not wait for it

    connection.execute(f"PRAGMA default_cache_size = {secrets.randbelow(2**31 - 2) + 1}")


def touch(connection: sqlite3.Connection, version: int) -> None:
    """Let the transaction that is going on write the head; `version`: that of the tables, which stays as it is."""
    connection.execute(f"PRAGMA user_version = {version}")


def path_of(file: Path) -> Path:
    """Return where the log of a file lies."""
    return Path(f"{file}-wal")


def is_foreign(file: Path) -> bool:
    """Say whether the log beside this file is another file's; it is looked at again where somebody may be writing."""
    for _ in range(_LOOKS):
        if not _seems_foreign(file):
            return False
        time.sleep(_PAUSE)
    return True


def _seems_foreign(file: Path) -> bool:
    log = path_of(file)
    if not log.is_file() or not log.stat().st_size or not file.is_file() or not file.stat().st_size:
        return False
    with file.open("rb") as stream:
        own = _head(stream.read(_HEAD))
    with log.open("rb") as stream:
        heads = list(_heads(stream))
    if not heads or not own.number:  # nothing was written that would tell
        return False
    first, last = heads[0], heads[-1]
    return any(each.number != own.number for each in heads) or not first.written - 1 <= own.written <= last.written


def _head(data: bytes) -> _Head:
    return _Head(int.from_bytes(data[48:52], "big"), int.from_bytes(data[24:28], "big"))


def _heads(stream: BinaryIO) -> Iterator[_Head]:
    """Yield the heads that a log holds, the first page of each transaction; those of an older round are left out."""
    begin = stream.read(_LOG_HEAD)
    size, salts = int.from_bytes(begin[8:12], "big"), begin[16:24]
    if not _SMALLEST_PAGE <= size <= _LARGEST_PAGE:
        return
    waiting: list[_Head] = []  # for the end of their transaction
    while len(frame := stream.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == salts:
        page = stream.tell()
        if int.from_bytes(frame[:4], "big") == 1:
            waiting.append(_head(stream.read(_HEAD)))
        if any(frame[4:8]):  # the last frame of a transaction
            yield from waiting
            waiting.clear()
        stream.seek(page + size)
