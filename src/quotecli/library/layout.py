"""The tables, indexes and triggers that a library has, and no others.

A library may come from anybody: a trigger or a view in it would be run by our questions.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache

from quotecli.library import meanings
from quotecli.library.tables import commands, commands_of

_PARTS = (
    "CREATE TABLE '{}_data'(id INTEGER PRIMARY KEY, block BLOB)",
    "CREATE TABLE '{}_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
    "CREATE TABLE '{}_config'(k PRIMARY KEY, v) WITHOUT ROWID",
)
"""The tables in which FTS5 keeps an index."""
_INDEX = re.compile(r"CREATE VIRTUAL TABLE (\w+) USING fts5 ?\(")
_REMARK = re.compile("--.*")


def strange(connection: sqlite3.Connection) -> list[str]:
    """Return the names of what is there and in no library, or is otherwise than in any."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    known = _needed() | _optional()
    return [str(name) for kind, name, sql in rows if _plain(sql) not in known and not (kind == "index" and sql is None)]


def is_whole(connection: sqlite3.Connection) -> bool:
    """Say whether all is there that every library has."""
    return _needed() <= {_plain(sql) for (sql,) in connection.execute("SELECT sql FROM sqlite_master")}


@cache
def _needed() -> frozenset[str]:
    made = {plain for plain in map(_plain, commands()) if plain.startswith("CREATE")}
    indexes = [found[1] for command in made if (found := _INDEX.match(command))]
    return frozenset(made | {part.format(index) for index in indexes for part in _PARTS})


@cache
def _optional() -> frozenset[str]:
    return frozenset(_plain(command) for command in commands_of(meanings.TABLES))


def _plain(sql: object) -> str:
    """Return a command as SQLite keeps it, without remarks and spacing."""
    words = " ".join(_REMARK.sub("", str(sql)).split())
    return words.replace(" IF NOT EXISTS", "", 1).rstrip("; ").replace("END;", "END")
