"""The library's file: its tables, its version, and opening it with a clear word when that fails.

A library is one SQLite file, marked with an application id (`PRAGMA application_id`) and the version of its tables
(`PRAGMA user_version`). The ids of statements and voices leave room for a million of them an article (`ARTICLE_SHIFT`),
so that one integer says which article a statement is from, where it stands in it, and where it is in the search index.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quotecli.errors import LibraryError

APPLICATION_ID = 0x51754C69  # "QuLi"
SCHEMA_VERSION = 2
_OLDEST = 2  # what came before the first release is not migrated
ARTICLE_SHIFT = 20
BUSY_SECONDS = 10.0
_LOG_PAGES = 8192  # how long the write-ahead log may grow: pages that many writes change are then copied once

_TABLES = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,            -- the article's id: given with it, or its digest
    digest TEXT NOT NULL UNIQUE,
    path, url, title, outlet, published, byline,
    text BLOB NOT NULL,           -- compressed: see packing.py
    words INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    model TEXT NOT NULL           -- the version of the model that extracted the statements
);
CREATE INDEX article_key ON article (key);
CREATE INDEX article_path ON article (path) WHERE path IS NOT NULL;
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;

CREATE TABLE voice (              -- one way in which one article names one speaker
    id INTEGER PRIMARY KEY,       -- article << 20 | its number in the article
    name NOT NULL,
    role,
    type TEXT NOT NULL,
    mention,
    resolved_by TEXT,
    evidence
);
CREATE INDEX voice_name ON voice (name, type);

CREATE TABLE statement (
    id INTEGER PRIMARY KEY,       -- article << 20 | its number in the article
    kind TEXT NOT NULL,
    form TEXT,
    voice INTEGER,
    text NOT NULL,
    detail BLOB NOT NULL          -- what search and filters do not need: see packing.py
);
CREATE INDEX statement_voice ON statement (voice, kind) WHERE voice IS NOT NULL;

CREATE VIRTUAL TABLE search USING fts5 (
    text, speaker, outlet,
    content = '', columnsize = 0, tokenize = 'ascii'
);

INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);  -- what one write may index before it is on disk

CREATE TABLE word (               -- every word of the index, and how often it stands there
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    stem TEXT,                    -- null where it is the word itself
    count INTEGER NOT NULL
);
CREATE INDEX word_stem ON word (stem) WHERE stem IS NOT NULL;

CREATE TABLE near (               -- words by their misspellings: see words.near_keys
    key INTEGER NOT NULL,
    word INTEGER NOT NULL,
    PRIMARY KEY (key, word)
) WITHOUT ROWID;
"""

MIGRATIONS: dict[int, str] = {}
"""The SQL that takes a library from each version (the key) to the next."""


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
    if not (error.sqlite_errorname or "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return False
    log = Path(f"{path}-wal")
    return Path(path).is_file() and not (log.exists() and log.stat().st_size)


@contextlib.contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into one line that says what is wrong with which file, and what to try."""
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryError(f"{_explanation(error)}: {path}") from error
    except (UnicodeDecodeError, msgspec.MsgspecError, zlib.error) as error:  # what is read is not what was written
        raise LibraryError(f"{_DAMAGED}: {path}") from error
    except OSError as error:
        raise LibraryError(f"cannot open the library ({error.strerror or error}): {path}") from error


def _explanation(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, line in _EXPLANATIONS.items():
        if name.startswith(prefix):
            return line
    return f"the library cannot be used ({error})"


_DAMAGED = "the library is damaged; restore a backup, or delete the file and add the articles again"
_EXPLANATIONS = {
    "SQLITE_NOTADB": "not a quotecli library (another kind of file)",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_BUSY": "the library is busy: another quotecli is writing; try again in a moment",
    "SQLITE_LOCKED": "the library is busy: another quotecli is writing; try again in a moment",
    "SQLITE_READONLY": "the library cannot be written (read-only file or folder); use --library with another file",
    "SQLITE_CANTOPEN": "cannot open the library file or its folder",
    "SQLITE_FULL": "the disk is full; nothing of this article was stored",
    "SQLITE_IOERR": "the disk failed or is full while the library was used",
}


def _address(path: Path | str) -> str:
    if str(path) == ":memory:":
        return "file::memory:"
    file = Path(path).absolute()
    if file.is_dir():
        raise LibraryError(f"not a quotecli library (a folder): {path}")
    file.parent.mkdir(parents=True, exist_ok=True)
    return f"{file.as_uri()}?mode=rwc"


def _prepared(address: str, path: Path | str) -> sqlite3.Connection:
    """Connect, check that the file is a library of a version we know, and make its tables if it is new."""
    connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        version = _known_version(connection, path)
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as stored survives a power cut
        if version < SCHEMA_VERSION:
            connection.execute("PRAGMA journal_mode = WAL")
            _upgrade(connection, path)
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
        if version < _OLDEST:
            raise LibraryError(f"the library is older than quotecli's first release; delete it and add again: {path}")
        return version
    if application or version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise LibraryError(f"not a quotecli library (another SQLite database): {path}")
    return 0


def _upgrade(connection: sqlite3.Connection, path: Path | str) -> None:
    """Bring the tables to this version in one transaction; another process may have done it in the meantime."""
    with transaction(connection):
        version = _known_version(connection, path)
        while version < SCHEMA_VERSION:
            for command in _commands(MIGRATIONS[version] if version else _TABLES):
                connection.execute(command)
            version = version + 1 if version else SCHEMA_VERSION
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _commands(script: str) -> Iterator[str]:
    """Cut a script into its commands (`executescript` would commit the transaction that must hold them all)."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing, also when interrupted; waits for another writer at the start, not in the middle."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
