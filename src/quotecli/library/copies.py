"""Copies of a library: making one while others use it, and putting one back in the library's place."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import log, opening, schema, soundness


def backup(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the library to a new file while others may use it: whole, or not at all.

    Raises LibraryError when `path` exists.
    """
    if os.path.lexists(path):
        raise LibraryError(f"there is already a file, and a backup does not overwrite one: {path}")
    with schema.explained(path):
        opening.make_folder(path.absolute().parent)
        with _copied(connection, path) as copy:
            _give_name(copy, path)


def restore(path: Path, backup: Path) -> Path | None:
    """Put a copy of `backup` in the place of the library at `path`; return where the library that was there is now, as
    it was, with what its log held.

    Raises LibraryError: the backup is no sound library, or somebody is writing into the library.
    """
    if not backup.exists():
        raise LibraryError(f"there is no such file: {backup}")
    if opening.file_at(backup) == opening.file_at(path):
        raise LibraryError(f"this is the library itself: {backup}")
    with schema.explained(backup), contextlib.closing(opening.connect(backup)) as connection:
        if found := soundness.problems(connection):
            raise DamagedError(f"the backup is damaged ({found[0]}): {backup}")
        opening.make_folder(path.absolute().parent)
        with schema.explained(path), _copied(connection, path) as copy:
            kept = _put_aside(path)
            copy.rename(path)
    return kept


def _give_name(file: Path, path: Path) -> None:
    """Give a file its name, and overwrite nothing that may have come there meanwhile."""
    try:
        os.link(file, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        file.rename(path)


@contextlib.contextmanager
def _copied(connection: sqlite3.Connection, path: Path) -> Iterator[Path]:
    """Give a copy of the library, in a file of a name of its own beside `path`; it is gone afterwards, if it is still
    there."""
    import tempfile  # only here, and what it loads takes as long as a search

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(descriptor)
    unfinished = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
            log.mark(copy)
        yield unfinished
    finally:
        for left in (unfinished, log.path_of(unfinished), Path(f"{unfinished}-shm")):
            left.unlink(missing_ok=True)


def _put_aside(path: Path) -> Path | None:
    """Move what is at `path`, with its log, to a free name; return that. Raises LibraryError when it is being used."""
    if not os.path.lexists(path):
        return None
    if not log.is_foreign(path):
        _settle(path)
    kept = next(free for free in _names(path) if not os.path.lexists(free))
    path.rename(kept)
    if log.path_of(path).exists():
        log.path_of(path).rename(log.path_of(kept))
    Path(f"{path}-shm").unlink(missing_ok=True)
    return kept


def _settle(path: Path) -> None:
    """Copy what the log holds into the file, where that can be done; raise LibraryError while somebody is writing."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=schema.BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise


def _names(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.name}.replaced")
    number = 2
    while True:
        yield path.with_name(f"{path.name}.replaced-{number}")
        number += 1
