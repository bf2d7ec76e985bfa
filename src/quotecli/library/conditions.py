"""Filters, looked up in libraries: as a condition on their statements, and as an expression for the search index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from quotecli.library import candidates
from quotecli.library.filters import EVERYWHERE, Filters, Part, joined, one_of, simple_parts, within
from quotecli.library.index_words import words
from quotecli.library.packing import restored
from quotecli.library.reading import Reader
from quotecli.library.shortlist import any_of, both
from quotecli.library.together import Source

if TYPE_CHECKING:  # who is who is asked where a speaker is
    from quotecli.library.identities import Directory

_MOST_NAMES = 200


def sources(readers: Sequence[Reader], filters: Filters) -> list[Source]:
    """Return the libraries with which of their statements `filters` ask for. What is read for that are the names alike,
    not the articles."""
    speakers = outlets = None
    if filters.speaker is not None:
        speakers = list(directory(readers, filters).asked_for(filters.speaker))
    if filters.outlet is not None:
        outlets = _outlets_like(readers, filters.outlet)
    match = both(_naming("outlet", outlets), _naming("speaker", speakers))
    return [_source(reader, number, filters, outlets, speakers, match=match) for number, reader in enumerate(readers)]


def said_by(readers: Sequence[Reader], filters: Filters, who: str) -> list[Source]:
    """Return the libraries with what was said by those whom `who` names, or else by those who hold that office; nothing
    where nobody does."""
    if directory(readers, filters).asked_for(who):
        return sources(readers, replace(filters, speaker=who))
    office = words(who)
    match = f"speaker : {any_of([' '.join(office)])}" if office else ""
    found = [replace(each, match=both(each.match, match)) for each in sources(readers, filters)]
    return found if match and any(candidates.matching(each, each.match, 1) for each in found) else []


def _source(
    reader: Reader,
    number: int,
    filters: Filters,
    outlets: Sequence[str] | None,
    speakers: Sequence[str] | None,
    *,
    match: str,
) -> Source:
    chosen = _chosen(reader, filters)
    parts = [*_scope(reader, chosen), *simple_parts(filters)]
    if outlets is not None:
        parts.append(one_of("a.outlet", outlets))
    if speakers is not None:
        from quotecli.library.identities import voices

        parts.append(one_of("s.voice", voices(reader.connection, speakers)))
    return Source(reader, joined(parts), match, chosen, number)


def _chosen(reader: Reader, filters: Filters) -> list[int] | None:
    return None if filters.digests is None else articles(reader.connection, filters.digests)


def _scope(reader: Reader, chosen: Sequence[int] | None) -> list[Part]:
    """Return the conditions on articles: the chosen ones, and none that is left out."""
    parts = [] if chosen is None else [within(chosen, "s.id")]
    return parts if reader.scope == EVERYWHERE else [*parts, reader.scope]


def directory(readers: Sequence[Reader], filters: Filters) -> Directory:
    """Return who is who: in all of the libraries, or in the articles that are asked alone."""
    from quotecli.library.identities import Directory

    scopes = [joined(_scope(each, _chosen(each, filters))) for each in readers]
    return Directory(*(each.connection for each in readers), scopes=scopes, whole=filters.digests is None)


def texts_asked(readers: Sequence[Reader], filters: Filters) -> list[Source]:
    """Return the libraries with which of their articles `filters` ask for, as conditions in SQL over `article a`; only
    what is said of articles counts: outlet, dates, digests."""
    dates = simple_parts(Filters(since=filters.since, until=filters.until))
    if filters.outlet is not None:
        dates.append(one_of("a.outlet", _outlets_like(readers, filters.outlet)))
    found = []
    for number, reader in enumerate(readers):
        parts, chosen = [*dates], _chosen(reader, filters)
        if chosen is not None:
            parts.append(one_of("a.id", chosen))
        if reader.without:
            condition, values = one_of("a.id", sorted(reader.without))
            parts.append((f"NOT {condition}", values))
        found.append(Source(reader, joined(parts), articles=chosen, number=number))
    return found


def _outlets_like(readers: Sequence[Reader], name: str) -> list[str]:
    from quotecli.library.people import asked_for

    return asked_for(name, outlets(readers))


def outlets(readers: Sequence[Reader]) -> list[str]:
    """Return every outlet, in their order."""
    return sorted({outlet for each in readers for outlet in _outlets(each.connection)})


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


def _naming(column: str, names: Iterable[str] | None) -> str:
    """Return the expression that one of these names stands in this column of the index; "" where that says too little,
    or nothing is asked."""
    phrases = [" ".join(words(name)) for name in names or ()]
    if not all(phrases) or not 0 < len(phrases) <= _MOST_NAMES:
        return ""
    return f"{column} : {any_of(phrases)}"
