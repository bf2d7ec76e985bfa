"""Who speaks in a selection of statements, under which names, how often."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

import msgspec

from quotecli.library.directory import Directory
from quotecli.library.filters import Part
from quotecli.library.packing import Stored, restored
from quotecli.library.reading import JOINS
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.words import words
from quotecli.records import SpeakerSummary, SpeakerType

Value = TypeVar("Value", bound=str)


class Tally(msgspec.Struct):
    """What is counted for one name, and then for all the names of one speaker."""

    names: Counter[str] = msgspec.field(default_factory=Counter)
    roles: Counter[str] = msgspec.field(default_factory=Counter)
    types: Counter[SpeakerType] = msgspec.field(default_factory=Counter)
    mentions: Counter[str] = msgspec.field(default_factory=Counter)
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    articles: set[int] = msgspec.field(default_factory=set)

    def add(self, other: Tally) -> None:
        """Count what was counted for another name of the same speaker."""
        for field in ("names", "roles", "types", "mentions", "kinds", "articles"):
            getattr(self, field).update(getattr(other, field))


def summaries(connection: sqlite3.Connection, condition: Part, directory: Directory) -> list[SpeakerSummary]:
    """Return the speakers of the statements for which `condition` holds, the most quoted first."""
    by_name = _tallies(connection, condition)
    people = directory.people(by_name)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, tally in by_name.items():
        tallies[people[name].name].add(tally)
    found = [summary(name, tally) for name, tally in tallies.items()]
    return sorted(found, key=lambda each: (-each.quotes, -each.claims, each.name))


def _tallies(connection: sqlite3.Connection, condition: Part) -> dict[str, Tally]:
    """Return what is counted for each name."""
    where, parameters = condition
    rows = connection.execute(
        f"SELECT s.id >> {ARTICLE_SHIFT}, v.name, v.role, v.type,"
        f" CASE v.resolved_by WHEN 'pronoun' THEN NULL ELSE v.mention END, s.kind, count(*)"
        f" FROM statement s {JOINS} WHERE v.type != 'unknown' AND {where} GROUP BY a.id, v.id, s.kind",
        parameters,
    )
    found: dict[Stored, Tally] = {}
    for article, name, role, type, mention, kind, number in rows:
        tally = found.get(name) or found.setdefault(name, Tally())
        tally.types[type] += number
        tally.kinds[kind] += number
        tally.articles.add(article)
        if role:
            tally.roles[role] += number
        if mention:
            tally.mentions[mention] += number
    return dict(_restored(found))


def _restored(tallies: dict[Stored, Tally]) -> Iterator[tuple[str, Tally]]:
    for stored_name, tally in tallies.items():
        name = cast(str, restored(stored_name))
        tally.names[name] = tally.kinds.total()
        tally.roles = Counter({cast(str, restored(role)): number for role, number in tally.roles.items()})
        tally.mentions = Counter({cast(str, restored(words)): number for words, number in tally.mentions.items()})
        yield name, tally


def summary(name: str, tally: Tally) -> SpeakerSummary:
    """Return what was counted as the record of a speaker."""
    return SpeakerSummary(
        name=name,
        role=_commonest(tally.roles),
        type=_commonest(tally.types) or "unknown",
        quotes=tally.kinds["quote"],
        claims=tally.kinds["claim"],
        articles=len(tally.articles),
        aliases=tuple(_aliases(name, tally)),
    )


def _aliases(name: str, tally: Tally) -> Iterable[str]:
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
