"""Who speaks in a selection of statements, under which names, how often."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

import msgspec

from quotecli.errors import NotFoundError
from quotecli.library.best_role import best_role
from quotecli.library.filters import EVERYWHERE, joined, one_of
from quotecli.library.identities import Directory, Named, names_of, voices
from quotecli.library.index_words import words
from quotecli.library.packing import Stored, restored
from quotecli.library.people import Known, is_several
from quotecli.library.reading import JOINS
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.together import Source
from quotecli.naming.lexicon import PRONOUNS
from quotecli.records import SpeakerType
from quotecli.results import Namesake, SpeakerSummary

Value = TypeVar("Value", bound=str)

_BEHIND = re.compile(r"[,(]")
"""What stands behind a name, and belongs to it no more."""


class Tally(msgspec.Struct):
    """What is counted for one name, and then for all the names of one speaker.

    roles: each with the articles that give it.
    """

    names: Counter[str] = msgspec.field(default_factory=Counter)
    roles: dict[str, set[int]] = msgspec.field(default_factory=dict)
    types: Counter[SpeakerType] = msgspec.field(default_factory=Counter)
    mentions: Counter[str] = msgspec.field(default_factory=Counter)
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    articles: set[int] = msgspec.field(default_factory=set)

    def add(self, other: Tally) -> None:
        """Count what was counted for another name of the same speaker."""
        for field in ("names", "types", "mentions", "kinds", "articles"):
            getattr(self, field).update(getattr(other, field))
        for role, articles in other.roles.items():
            self.roles.setdefault(role, set()).update(articles)

    def known(self) -> Known:
        """Return what tells whom the name means."""
        return Known(commonest(self.types) or "unknown", self.articles, set(self.roles))


def summaries(sources: Sequence[Source], directory: Directory) -> list[SpeakerSummary]:
    """Return the speakers of the statements asked for, the most quoted first."""
    by_name = tallies(sources)
    if all(each.condition == EVERYWHERE for each in sources):
        people = directory.grouped({name: tally.known() for name, tally in by_name.items()})
    else:
        people = directory.people(by_name)
    by_person: dict[str, Tally] = {}
    for name, tally in by_name.items():
        person = people[name].name
        if person in by_person:
            by_person[person].add(tally)
        else:
            by_person[person] = tally
    found = [summary(name, tally) for name, tally in by_person.items()]
    return sorted(found, key=lambda each: (-each.quotes, -each.claims, each.name))


def tallies(sources: Sequence[Source]) -> dict[str, Tally]:
    """Return what is counted for each name."""
    found = _tallies(sources[0])
    for each in sources[1:]:
        for name, tally in _tallies(each).items():
            if name in found:
                found[name].add(tally)
            else:
                found[name] = tally
    return found


def _tallies(source: Source) -> dict[str, Tally]:
    """The same in one library; the statements are many, so as little as possible is done for each."""
    connection = source.connection
    where, parameters = source.condition
    joins = "" if source.condition == EVERYWHERE else JOINS  # so that the index alone can tell
    rows = connection.execute(
        f"SELECT s.voice, s.kind, s.id >> {ARTICLE_SHIFT} FROM statement s {joins}"
        f" WHERE s.voice IS NOT NULL AND {where}",
        parameters,
    )
    articles: dict[tuple[int, str], list[int]] = defaultdict(list)
    for voice, kind, article in rows:
        articles[voice, kind].append(article)
    if source.number:
        articles = {key: [source.article_among_all(row) for row in each] for key, each in articles.items()}
    found: dict[Stored, Tally] = defaultdict(Tally)
    spoken_in: dict[tuple[Stored, SpeakerType], set[int]] = defaultdict(set)
    voices = _voices(connection, {voice for voice, _ in articles})
    for (voice, kind), each in articles.items():
        if voice in voices:
            name, role, type, mention = voices[voice]
            _count(found[name], mention, kind, len(each))
            if role:
                found[name].roles.setdefault(role, set()).update(each)
            spoken_in[name, type].update(each)
    for (name, type), together in spoken_in.items():
        found[name].types[type] = len(together)
        found[name].articles |= together
    return dict(_named(found))


def _voices(
    connection: sqlite3.Connection, wanted: set[int]
) -> dict[int, tuple[Stored, str | None, SpeakerType, str | None]]:
    """Return name, role, type and mention of these voices, but for those that the text does not tell who they are."""
    condition, values = one_of("id", list(wanted))
    rows = connection.execute(
        "SELECT id, name, role, type, CASE resolved_by WHEN 'pronoun' THEN NULL ELSE mention END FROM voice"
        f" WHERE type != 'unknown' AND {condition}",
        values,
    )
    return {
        voice: (name, restored(role), type, restored(mention))
        for voice, name, role, type, mention in rows
        if str(name).lower() not in PRONOUNS  # whoever is only called so is nobody that could be listed
    }


def _count(tally: Tally, mention: str | None, kind: str, number: int) -> None:
    tally.kinds[kind] += number
    if mention:
        tally.mentions[mention] += number


def _named(found: Mapping[Stored, Tally]) -> Iterator[tuple[str, Tally]]:
    for stored_name, tally in found.items():
        name = cast(str, restored(stored_name))
        tally.names[name] = tally.kinds.total()
        yield name, tally


def summary(name: str, tally: Tally) -> SpeakerSummary:
    """Return what was counted as the record of a speaker."""
    return SpeakerSummary(
        name=name,
        role=best_role(tally.roles),
        type=commonest(tally.types) or "unknown",
        quotes=tally.kinds["quote"],
        claims=tally.kinds["claim"],
        articles=len(tally.articles),
        aliases=tuple(_aliases(name, tally)),
    )


def _aliases(name: str, tally: Tally) -> Iterable[str]:
    """Yield the other names and the mentions up to their first comma, the commonest first; not those that hold the
    whole name, and not those of several."""
    own = words(name)
    counts: Counter[str] = Counter()
    for mention, count in tally.mentions.items():
        counts[_BEHIND.split(mention, 1)[0].strip()] += count
    seen: set[tuple[str, ...]] = {()}
    for alias in sorted({*tally.names, *counts} - {name}, key=lambda alias: (-counts[alias], alias)):
        folded = words(alias)
        if not _holds(folded, own) and tuple(folded) not in seen and not is_several(alias):
            seen.add(tuple(folded))
            yield alias


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    size = len(shorter)
    return any(longer[start : start + size] == shorter for start in range(len(longer) - size + 1))


def likeliest(sources: Sequence[Source], directory: Directory, query: str) -> tuple[Named, list[Namesake]]:
    """Return whom `query` most likely means, and the others whom it may mean, the most quoted first.

    One who is called just so comes first, then people whose surname it is, then other people and bodies; couples,
    groups and what belongs to somebody come last. Raises NotFoundError where nobody is called so.
    """
    people = directory.asked_for(query)
    named = names_of(people)
    if not named:
        raise NotFoundError(f"no speaker is called {query!r}; 'quotecli speakers' lists them")
    found = {each.name: each for each in summaries(said_by(sources, people), directory)}
    ranked = sorted(named, key=lambda name: _rank(query, name, found.get(name)))
    best = Named(ranked[0], ranked[0], {each: people[each].reason for each in named[ranked[0]]})
    others = (found[name] for name in ranked[1:] if name in found)
    return best, [Namesake(name=each.name, quotes=each.quotes, claims=each.claims) for each in others]


def said_by(sources: Sequence[Source], names: Collection[str]) -> list[Source]:
    """Return the libraries with those of the statements asked for that are said under one of these names."""
    voiced = [(each, one_of("s.voice", voices(each.connection, names))) for each in sources]
    return [msgspec.structs.replace(each, condition=joined([each.condition, theirs])) for each, theirs in voiced]


def _rank(query: str, name: str, known: SpeakerSummary | None) -> tuple[int, int, int, str]:
    parts, asked = words(name), words(query)
    if known is None:
        order = 4
    elif parts == asked and (len(parts) > 1 or known.type != "unknown"):
        order = 0 if len(parts) > 1 else 2
    elif is_several(name) or known.type == "group":
        order = 3
    else:
        order = 1 if known.type == "person" and parts[-len(asked) :] == asked else 2
    quotes, claims = (known.quotes, known.claims) if known else (0, 0)
    return order, -quotes, -claims, name


def commonest(counter: Counter[Value]) -> Value | None:
    """Return what was counted most, of equals the first in the alphabet; None of nothing."""
    return min(counter, key=lambda value: (-counter[value], value), default=None)
