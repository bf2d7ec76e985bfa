"""All the tables of a library: those of `tables.sql`, in one file, so that it can be opened without all that writes it.

What few libraries need is made when it is first asked for (see `meanings.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

_FILE = Path(__file__).with_suffix(".sql")


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are not there yet."""
    run(connection, _FILE.read_text(encoding="utf-8"))


def commands() -> Iterator[str]:
    """Yield the commands that make the tables."""
    return commands_of(_FILE.read_text(encoding="utf-8"))


def run(connection: sqlite3.Connection, script: str) -> None:
    """Run the commands of a script within the transaction that is going on (`executescript` would commit it)."""
    for command in commands_of(script):
        connection.execute(command)


def commands_of(script: str) -> Iterator[str]:
    """Cut a script into its commands."""
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""
