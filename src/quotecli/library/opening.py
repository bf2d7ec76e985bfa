"""Opening a library's file: making it when it is new, bringing it to today's version when it is older."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import layout, log, schema
from quotecli.library.around import words_around
from quotecli.library.schema import APPLICATION_ID, DAMAGED, SCHEMA_VERSION, explained, transaction
from quotecli.library.tables import make_tables

_FOREIGN = "SELECT 1 FROM sqlite_master WHERE type = 'view' OR (type = 'trigger' AND name != 'meaning_gone')"
_MAGIC = b"SQLite format 3\0"
_HEAD_BYTES = 100
_LEAST_BYTES = 512  # a page of the smallest size
MEMORY = ":memory:"
"""What stands for a library that is kept in memory, and gone when it is closed."""
_LOG_PAGES = 8192  # how long the write-ahead log may grow: pages that many writes change are then copied once


def connect(path: Path | str) -> sqlite3.Connection:
    """Open the library at `path`, making it when nothing is there; read-only when the file cannot be written.

    Raises LibraryError: not a library, damaged, from a newer quotecli, locked, or not to be opened.
    """
    with explained(path):
        address = _address(path)
        try:
            return _prepared(address, path)
        except sqlite3.OperationalError as error:
            if not _may_be_read_as_it_stands(path, error):
                raise
            return _prepared(address.replace("?mode=rwc", "?mode=ro&immutable=1"), path)


def _may_be_read_as_it_stands(path: Path | str, error: sqlite3.Error) -> bool:
    """A library in a read-only folder has no place for SQLite's shared-memory file, and needs none to be read."""
    if not (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return False
    log = Path(f"{path}-wal")
    return Path(path).is_file() and not (log.exists() and log.stat().st_size)


def _address(path: Path | str) -> str:
    if str(path) == MEMORY:
        return f"file:{MEMORY}"
    file = Path(path).absolute()
    if file.exists() and not file.is_file():
        kind = "a folder" if file.is_dir() else "no regular file"
        raise LibraryError(f"not a quotecli library ({kind}): {path}")
    _look_at(file, path)
    make_folder(file.parent)
    make_private(file)
    return f"{file.as_uri()}?mode=rwc"


def file_at(path: Path | str) -> tuple[int, int] | None:
    """Return what tells the file at `path` from every other; None where there is none."""
    with contextlib.suppress(OSError, ValueError):
        status = Path(path).stat()
        return status.st_dev, status.st_ino
    return None


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it is in, for the user alone; what is there already stays as it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def make_private(file: Path) -> None:
    """Make an empty file that only the user may read, unless there is a file: SQLite would let everybody read it."""
    with contextlib.suppress(FileExistsError, PermissionError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _look_at(file: Path, path: Path | str) -> None:
    """Refuse what is shorter than the head of any SQLite file, or has another: SQLite takes some of it for empty."""
    if not file.exists() or not file.stat().st_size:
        return
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.startswith(_MAGIC):
        raise LibraryError(f"not a quotecli library (another kind of file): {path}")
    if file.stat().st_size < _LEAST_BYTES:
        raise DamagedError(f"{DAMAGED}: {path}")
    if log.is_foreign(file):
        raise LibraryError(
            f"the log beside the library ({log.path_of(file).name}) is that of another file which was here before;"
            f" 'quotecli library restore BACKUP' puts a backup in its place: {path}"
        )


def _prepared(address: str, path: Path | str) -> sqlite3.Connection:
    """Connect, check that the file is a library of a version we know, and make its tables if it is new."""
    connection = sqlite3.connect(address, timeout=schema.BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        version = _known_version(connection, path)
        connection.create_function("folded", 1, lambda name: " ".join(words_around(name)), deterministic=True)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as stored survives a power cut
        if version < SCHEMA_VERSION:
            connection.execute("PRAGMA journal_mode = WAL")
            _upgrade(connection, path)
        connection.execute("PRAGMA cache_size = -65536")
        _check_layout(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _known_version(connection: sqlite3.Connection, path: Path | str) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise LibraryError(f"the library was written by a newer quotecli; upgrade quotecli: {path}")
        if version < schema.OLDEST:
            raise LibraryError(f"the library is older than quotecli's first release; delete it and add again: {path}")
        return version
    if application or version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise LibraryError(f"not a quotecli library (another SQLite database): {path}")
    return 0


def _check_layout(connection: sqlite3.Connection, path: Path | str) -> None:
    if found := layout.strange(connection):
        raise LibraryError(f"holds what is in no library ({', '.join(found[:3])}); it is not used: {path}")
    if not layout.is_whole(connection):
        raise DamagedError(f"{DAMAGED}: {path}")


def _upgrade(connection: sqlite3.Connection, path: Path | str) -> None:
    """Bring the tables to this version in one transaction; another process may have done it in the meantime."""
    from quotecli.library import migrations  # all that stores: few need it

    with transaction(connection):
        version = _known_version(connection, path)
        if version and connection.execute(_FOREIGN).fetchone():
            raise LibraryError(f"holds views or triggers that are in no library; it is not used: {path}")
        reached = version or SCHEMA_VERSION
        while reached < SCHEMA_VERSION:
            reached = migrations.STEPS[reached](connection)
        make_tables(connection)
        log.mark(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    if 0 < version < SCHEMA_VERSION:
        with contextlib.suppress(sqlite3.OperationalError):  # of use, but nothing is lost without it
            connection.execute("VACUUM")


def default_path() -> Path:
    """Return where the library is when nothing else is said: `$QUOTECLI_LIBRARY`, else the user's data folder."""
    if given := os.environ.get("QUOTECLI_LIBRARY"):
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("quotecli", appauthor=False) / "library.db"
