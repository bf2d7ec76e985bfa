"""What the user has decided on who is one person: names joined to a person, and names taken off one.

A decision is on a name, not on an article or a statement, so it stays whatever is added or removed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from quotecli.library.packing import UnreadableError, checksum, restored, stored
from quotecli.library.people import Decisions, folded


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A name that is `person`'s too, or (null) that joins nobody's by itself."""

    name: str
    person: str | None = None


def decisions(connection: sqlite3.Connection) -> list[Decision]:
    """Return what the user has decided, by name."""
    return list(map(_read, connection.execute("SELECT * FROM decision ORDER BY name")))


def _read(values: Sequence[Any]) -> Decision:
    _, shown, person, total = values
    if checksum(*values[:-1]) != total:
        raise UnreadableError
    return Decision(name=restored(shown) or "", person=restored(person))


def first_of(made: Iterable[Decision]) -> list[Decision]:
    """Return of several decisions on one name the first alone."""
    return list({folded(each.name): each for each in reversed(list(made))}.values())[::-1]


def keep(connection: sqlite3.Connection, made: Iterable[Decision], *, overrule: bool = True) -> None:
    """Remember decisions; one on the same name is replaced, or (as when libraries are merged) kept as it is."""
    rows = ((stored(folded(each.name)), stored(each.name), stored(each.person)) for each in made)
    connection.executemany(
        f"INSERT OR {'REPLACE' if overrule else 'IGNORE'} INTO decision VALUES (?, ?, ?, ?)",
        ((*values, checksum(*values)) for values in rows),
    )


def forget(connection: sqlite3.Connection, name: str, *, joined: bool) -> bool:
    """Take back that `name` was joined (or else taken off); say whether it was."""
    condition = "person IS NOT NULL" if joined else "person IS NULL"
    cursor = connection.execute(f"DELETE FROM decision WHERE name = ? AND {condition}", (stored(folded(name)),))
    return cursor.rowcount > 0


def by_name(made: Iterable[Decision]) -> Decisions:
    """Return decisions as `people.groups` takes them."""
    made = list(made)
    return Decisions(
        joined={folded(each.name): folded(each.person) for each in made if each.person is not None},
        apart=frozenset(folded(each.name) for each in made if each.person is None),
    )
