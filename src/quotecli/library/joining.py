"""Joining people and taking names off them, as the user says, and taking that back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from quotecli.errors import NotFoundError
from quotecli.library.decisions import Decision, decisions, forget, keep
from quotecli.library.identities import Directory
from quotecli.library.people import folded


def join(connection: sqlite3.Connection, names: Sequence[str]) -> str:
    """Make all these one person, called as the first of them is; return that name. Raises NotFoundError."""
    directory = Directory(connection)
    first, *others = [directory.the_one(name) for name in names]
    joined = {name: None for other in others for name in (other.name, other.asked) if name != first.name}
    keep(connection, (Decision(name=name, person=first.name) for name in joined))
    return first.name


def part(connection: sqlite3.Connection, name: str, aliases: Sequence[str]) -> list[str]:
    """Take `aliases` off the person that `name` means, or `name` itself where there are none; return the names taken
    off. From now on they join nobody by themselves. Raises NotFoundError."""
    person = Directory(connection).the_one(name)
    own = {folded(each): each for each in person.names}
    taken = []
    for alias in aliases or [name]:
        if folded(alias) not in own:
            raise NotFoundError(_not_a_name(alias, person.name, person.names))
        if len(own) > 1:
            taken.append(own[folded(alias)])
    if not taken:
        raise NotFoundError(f"{person.name} has no other name that could be taken off")
    keep(connection, (Decision(name=each) for each in taken))
    return taken


def _not_a_name(alias: str, person: str, names: Iterable[str]) -> str:
    return (
        f"{alias!r} is no name of its own in any article; {person} has these: {'; '.join(sorted(names))}."
        " What an article itself says of a name is not split"
    )


def take_back(connection: sqlite3.Connection, names: Sequence[str], *, joined: bool) -> list[str]:
    """Forget that each of `names`, or any name of its person, was joined (or else taken off); return those names.
    Raises NotFoundError where nothing was decided on a name."""
    found: list[str] = []
    for name in names:
        about = [each.name for each in _decided(connection, joined) if folded(each.name) == folded(name)]
        if not about:
            about = _of_person(connection, name, joined=joined)
        if not about:
            raise NotFoundError(f"{name!r} was not {'joined' if joined else 'taken off'}", setting="decisions")
        found += [each for each in about if forget(connection, each, joined=joined)]
    return found


def _decided(connection: sqlite3.Connection, joined: bool) -> list[Decision]:
    return [each for each in decisions(connection) if (each.person is not None) == joined]


def _of_person(connection: sqlite3.Connection, name: str, *, joined: bool) -> list[str]:
    """Return the names that the user joined to the person `name`."""
    made = _decided(connection, joined)
    return [each.name for each in made if each.person is not None and folded(each.person) == folded(name)]
