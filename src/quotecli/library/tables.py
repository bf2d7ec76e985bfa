"""All the tables of a library.

A module that keeps something of its own in the library has its tables in a constant `TABLES`, in SQL that may be run
again (`CREATE TABLE IF NOT EXISTS`), and is named in `_SCRIPTS` here: a new library and an older one alike get what is
missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from quotecli.library import decisions, directory, passages, places, repeats, schema

_SCRIPTS = (schema.TABLES, passages.TABLES, places.TABLES, directory.TABLES, decisions.TABLES, repeats.TABLES)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    for script in _SCRIPTS:
        for command in _commands(script):
            connection.execute(command)


def _commands(script: str) -> Iterator[str]:
    """Cut a script into its commands (`executescript` would commit the transaction that must hold them all)."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
