"""All the tables of a library.

A module that keeps something of its own in the library has its tables in a constant `TABLES`, in SQL that may be run
again (`CREATE TABLE IF NOT EXISTS`), and is named in `_MODULES` here: a new library and an older one alike get what is
missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from quotecli.library import decisions, directory, likeness, passages, places, repeats, schema

_MODULES = (schema, passages, places, likeness, directory, decisions, repeats)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    for module in _MODULES:
        for command in _commands(module.TABLES):
            connection.execute(command)


def _commands(script: str) -> Iterator[str]:
    """Cut a script into its commands (`executescript` would commit the transaction that must hold them all)."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
