"""The library's file: its version, the index of words, transactions, clear words for failures.

A library is one SQLite file, marked with an application id (`PRAGMA application_id`) and the version of its tables
(`PRAGMA user_version`). The ids of statements leave room for a million of them an article (`ARTICLE_SHIFT`), so that
one integer says which article a statement is from, where it stands in it, and where it is in the search index.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import log
from quotecli.library.packing import UnreadableError

APPLICATION_ID = 0x51754C69  # "QuLi"
SCHEMA_VERSION = 5
OLDEST = 3
"""The first version that is migrated (see `migrations.py`)."""
ARTICLE_SHIFT = 20
NUMBERS = (1 << ARTICLE_SHIFT) - 1
"""What a statement's row id has of its number in the article."""
BUSY_SECONDS = 10.0


@contextlib.contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into one line that says what is wrong with which file, and what to try."""
    try:
        yield
    except sqlite3.Error as error:
        line = _explanation(error)
        kind = DamagedError if line == DAMAGED else LibraryError
        raise kind(f"{line}: {path}", setting="library" if line == _READ_ONLY else None) from error
    except (UnreadableError, UnicodeDecodeError, OverflowError) as error:  # SQLite takes no numbers that are so large
        raise DamagedError(f"{DAMAGED}: {path}") from error
    except OSError as error:
        raise LibraryError(f"cannot open the library ({error.strerror or error}): {path}") from error


def _explanation(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith(_SIGNS_OF_DAMAGE):
        return DAMAGED
    for prefix, line in _EXPLANATIONS.items():
        if name.startswith(prefix):
            return line
    return f"the library cannot be used ({error})"


DAMAGED = "the library is damaged; restore a backup, or delete the file and add the articles again"
_SIGNS_OF_DAMAGE = ("no such", "Could not decode", "malformed", "database disk image", "vtable constructor failed")
"""Of tables or columns that its version has, and of texts that are none."""
_READ_ONLY = "the library cannot be written (read-only file or folder)"
_EXPLANATIONS = {
    "SQLITE_NOTADB": "not a quotecli library (another kind of file)",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_BUSY": "the library is busy: another quotecli is writing; try again in a moment",
    "SQLITE_LOCKED": "the library is busy: another quotecli is writing; try again in a moment",
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": "cannot open the library file or its folder",
    "SQLITE_FULL": "the disk is full; what was stored before is safe",
    "SQLITE_IOERR": "the disk failed or is full while the library was used",
}


def insert_many(connection: sqlite3.Connection, command: str, rows: Iterable[tuple[Any, Any]]) -> None:
    """Run an INSERT with `{}` in the place of its values for all these rows, two values each: with some hundred of them
    at a time, which takes half as long as one by one.

    SQLite writes what the search index keeps in memory before each of these: it is for the end of a transaction.
    """
    waiting = iter(rows)
    while len(some := list(islice(waiting, _AT_ONCE))) == _AT_ONCE:
        connection.execute(command.format(_VALUES), list(chain.from_iterable(some)))
    connection.executemany(command.format("(?, ?)"), some)


_AT_ONCE = 200
_VALUES = ", ".join(["(?, ?)"] * _AT_ONCE)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing, also when interrupted; waits for another writer at the start, not in the middle."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        log.touch(connection, SCHEMA_VERSION)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def changes(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return what is another number once somebody else, or this connection, has written."""
    return connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes


@contextlib.contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all that is read meanwhile be of one state, whatever others write: a query that has not ended holds it."""
    held = connection.execute("SELECT name FROM sqlite_master")
    held.fetchone()
    try:
        yield
    finally:
        with contextlib.suppress(sqlite3.ProgrammingError):  # the library was closed before who read it had an end
            held.close()
