"""From each earlier version of a library's tables to a later one.

A step runs within the transaction that brings the library to today's version, and returns the version that it reached.
The tables that a version adds are made afterwards in any case (see `tables.py`). Versions before the third were never
released and are not migrated.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from quotecli.library import decisions, places, version_3, version_4
from quotecli.library.prepared import prepared
from quotecli.library.reading import Reader
from quotecli.library.schema import SCHEMA_VERSION
from quotecli.library.tables import make_tables
from quotecli.library.writer import Writer
from quotecli.records import Article, Statement

Step = Callable[[sqlite3.Connection], int]


def _from_3(connection: sqlite3.Connection) -> int:
    """Store everything anew: version 4 tells texts apart by their whole digests. Files are read again once."""
    version_3.put_aside(connection)
    make_tables(connection)
    _store(connection, version_3.articles(connection))
    reader = Reader(connection, clashes=frozenset())
    for row, place in version_3.places(connection):
        places.add(connection, row, reader.article(row), [place])
    decisions.keep(connection, version_3.decisions(connection))
    version_3.drop(connection)
    return SCHEMA_VERSION


def _store(connection: sqlite3.Connection, old: Iterable[tuple[int, str, Article, list[Statement]]]) -> None:
    writer = Writer(connection)
    for row, model, article, statements in old:
        writer.insert(prepared(article, statements), model, row)
    writer.finish()


def _from_4(connection: sqlite3.Connection) -> int:
    """Store statements with their figures and places in columns that other programs can read; the views come with all
    that is missing."""
    version_4.put_aside(connection)
    make_tables(connection)
    version_4.take_over(connection)
    return 5


STEPS: dict[int, Step] = {3: _from_3, 4: _from_4}
"""What takes a library on from each version (the key)."""
