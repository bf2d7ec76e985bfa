"""From each earlier version of a library's tables to a later one.

A step runs within the transaction that brings the library to today's version, and returns the version that it reached.
The tables that a version adds are made afterwards in any case (see `tables.py`). Version 1 was before the first release
and is not migrated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from quotecli.library import version_2
from quotecli.library.preparing import prepared
from quotecli.library.schema import SCHEMA_VERSION
from quotecli.library.tables import make_tables
from quotecli.library.writing import Writer
from quotecli.records import Article, Statement

Step = Callable[[sqlite3.Connection], int]


def _from_2(connection: sqlite3.Connection) -> int:
    """Store everything anew: version 3 keeps statements and the index of their words in another way."""
    version_2.put_aside(connection)
    make_tables(connection)
    _store(connection, version_2.articles(connection))
    version_2.drop(connection)
    return SCHEMA_VERSION


def _store(connection: sqlite3.Connection, old: Iterable[tuple[int, str, Article, list[Statement]]]) -> None:
    writer = Writer(connection)
    for row, model, article, statements in old:
        writer.insert(prepared(article, statements), model, row)
    writer.finish()


STEPS: dict[int, Step] = {2: _from_2}
"""What takes a library on from each version (the key)."""

OLDEST = min(STEPS)
