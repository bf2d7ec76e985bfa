"""Who speaks in a selection of statements, under which names, how often."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

import msgspec

from quotecli.library.filters import Part
from quotecli.library.packing import restored
from quotecli.library.people import groups
from quotecli.library.reading import JOINS
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.words import words
from quotecli.records import SpeakerSummary, SpeakerType

Value = TypeVar("Value", bound=str)


class _Tally(msgspec.Struct):
    """What is counted for one speaker."""

    names: Counter[str] = msgspec.field(default_factory=Counter)
    roles: Counter[str] = msgspec.field(default_factory=Counter)
    types: Counter[SpeakerType] = msgspec.field(default_factory=Counter)
    mentions: Counter[str] = msgspec.field(default_factory=Counter)
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    articles: set[int] = msgspec.field(default_factory=set)


class _Row(msgspec.Struct, array_like=True):
    article: int
    name: str
    role: str | None
    type: SpeakerType
    mention: str | None
    kind: str
    number: int


def summaries(connection: sqlite3.Connection, condition: Part) -> list[SpeakerSummary]:
    """Return the speakers of the statements for which `condition` holds, the most quoted first."""
    rows = list(_rows(connection, condition))
    same = groups(_types((row.name, row.type, row.number) for row in rows))
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for row in rows:
        _count(tallies[same[row.name]], row)
    found = [_summary(name, tally) for name, tally in tallies.items()]
    return sorted(found, key=lambda each: (-each.quotes, -each.claims, each.name))


def _rows(connection: sqlite3.Connection, condition: Part) -> Iterable[_Row]:
    where, parameters = condition
    rows = connection.execute(
        f"SELECT s.id >> {ARTICLE_SHIFT}, v.name, v.role, v.type,"
        f" CASE v.resolved_by WHEN 'pronoun' THEN NULL ELSE v.mention END, s.kind, count(*)"
        f" FROM statement s {JOINS} WHERE v.type != 'unknown' AND {where} GROUP BY v.id, s.kind",
        parameters,
    )
    for article, name, role, kind, mention, *counted in rows:
        yield _Row(article, cast(str, restored(name)), restored(role), kind, restored(mention), *counted)


def known_types(connection: sqlite3.Connection) -> Mapping[str, SpeakerType]:
    """Return every name of the library's speakers, each with what it mostly is."""
    rows = connection.execute("SELECT name, type, count(*) FROM voice GROUP BY name, type")
    return _types((cast(str, restored(name)), kind, number) for name, kind, number in rows)


def _types(named: Iterable[tuple[str, SpeakerType, int]]) -> Mapping[str, SpeakerType]:
    found: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for name, kind, number in named:
        found[name][kind] += number
    return {name: _commonest(types) or "unknown" for name, types in found.items()}


def _count(tally: _Tally, row: _Row) -> None:
    tally.names[row.name] += row.number
    tally.types[row.type] += row.number
    tally.kinds[row.kind] += row.number
    tally.articles.add(row.article)
    if row.role:
        tally.roles[row.role] += row.number
    if row.mention:
        tally.mentions[row.mention] += row.number


def _summary(name: str, tally: _Tally) -> SpeakerSummary:
    return SpeakerSummary(
        name=name,
        role=_commonest(tally.roles),
        type=_commonest(tally.types) or "unknown",
        quotes=tally.kinds["quote"],
        claims=tally.kinds["claim"],
        articles=len(tally.articles),
        aliases=tuple(_aliases(name, tally)),
    )


def _aliases(name: str, tally: _Tally) -> Iterable[str]:
    """Yield the other names and the mentions, the commonest first; not those that hold the whole name."""
    own = words(name)
    seen: set[tuple[str, ...]] = set()
    for alias in sorted({*tally.names, *tally.mentions}, key=lambda alias: (-tally.mentions[alias], alias)):
        folded = words(alias)
        if not _holds(folded, own) and tuple(folded) not in seen:
            seen.add(tuple(folded))
            yield alias


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    size = len(shorter)
    return any(longer[start : start + size] == shorter for start in range(len(longer) - size + 1))


def _commonest(counter: Counter[Value]) -> Value | None:
    return min(counter, key=lambda value: (-counter[value], value), default=None)
