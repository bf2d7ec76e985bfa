"""Filters, looked up in a library: as a condition on its statements, and as an expression for the search index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from quotecli.library.filters import Filters, Part, joined, one_of, simple_parts, within
from quotecli.library.identities import Directory, voices
from quotecli.library.index_words import words
from quotecli.library.packing import restored
from quotecli.library.people import asked_for

_MOST_NAMES = 200


class Choice(msgspec.Struct, frozen=True):
    """Which statements are asked for.

    condition: in SQL over `statement s`, `voice v` and `article a`.
    match: an FTS5 expression that holds for all of them, so that a search for one speaker or outlet reads what these
        said and not the library; empty where there is none.
    """

    condition: Part = ("1", ())
    match: str = ""


def choice(connection: sqlite3.Connection, filters: Filters) -> Choice:
    """Return which statements `filters` ask for. What it reads are the names alike, not the articles."""
    parts, matches = simple_parts(filters), []
    if filters.digests is not None:
        parts.insert(0, within(articles(connection, filters.digests), "s.id"))
    if filters.outlet is not None:
        outlets = asked_for(filters.outlet, _outlets(connection))
        parts.append(one_of("a.outlet", outlets))
        matches.append(_naming("outlet", outlets))
    if filters.speaker is not None:
        names = list(directory(connection, filters).asked_for(filters.speaker))
        parts.append(one_of("s.voice", voices(connection, names)))
        matches.append(_naming("speaker", names))
    return Choice(joined(parts), " AND ".join(filter(None, matches)))


def directory(connection: sqlite3.Connection, filters: Filters) -> Directory:
    """Return who is who: in the whole library, or in the articles that are asked alone."""
    return Directory(connection, None if filters.digests is None else articles(connection, filters.digests))


def articles(connection: sqlite3.Connection, digests: Sequence[str]) -> list[int]:
    """Return the row ids of the articles whose texts have these digests."""
    condition, values = one_of("digest", digests)
    return [row for (row,) in connection.execute(f"SELECT id FROM article WHERE {condition}", values)]


def _outlets(connection: sqlite3.Connection) -> list[str]:
    """Return every outlet, going from one to the next in their index."""
    rows = connection.execute(
        "WITH RECURSIVE known(outlet) AS ("
        " SELECT min(outlet) FROM article WHERE outlet IS NOT NULL"
        " UNION ALL SELECT (SELECT min(outlet) FROM article WHERE outlet > known.outlet) FROM known"
        " WHERE known.outlet IS NOT NULL)"
        " SELECT outlet FROM known WHERE outlet IS NOT NULL"
    )
    return [text for (value,) in rows if (text := restored(value))]


def _naming(column: str, names: Iterable[str]) -> str:
    """Return the expression that one of these names stands in this column of the index."""
    phrases = [" ".join(words(name)) for name in names]
    if not all(phrases) or not 0 < len(phrases) <= _MOST_NAMES:
        return ""
    alternatives = " OR ".join(f'"{phrase}"' for phrase in phrases)
    return f"{column} : ({alternatives})"
