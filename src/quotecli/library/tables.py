"""All the tables of a library.

A module that keeps something of its own in the library has its tables in a constant `TABLES`, and is named in
`_MODULES` here. Its SQL may be run again (`CREATE TABLE IF NOT EXISTS`): a new library and an older one alike get what
is missing. Only what few libraries need is made when it is first asked for (see `meanings.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from types import ModuleType

from quotecli.library import (
    article_rows,
    clashes,
    decisions,
    identities,
    likeness,
    places,
    repeats,
    schema,
    statement_rows,
    text_index,
    views,
)

_MODULES: tuple[ModuleType, ...] = (
    article_rows,
    statement_rows,
    schema,
    clashes,
    text_index,
    places,
    likeness,
    identities,
    decisions,
    repeats,
    views,
)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    for module in _MODULES:
        run(connection, module.TABLES)


def commands(modules: Iterable[ModuleType] = _MODULES) -> Iterator[str]:
    """Yield the commands that make the tables of these modules."""
    for module in modules:
        yield from _commands(module.TABLES)


def run(connection: sqlite3.Connection, script: str) -> None:
    """Run the commands of a script within the transaction that is going on (`executescript` would commit it)."""
    for command in _commands(script):
        connection.execute(command)


def _commands(script: str) -> Iterator[str]:
    """Cut a script into its commands."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
