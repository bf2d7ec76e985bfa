"""Who is described before being named, or never: "A mother has told …", "A Western diplomat …, the diplomat said"."""

from __future__ import annotations

import re

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.described import Described
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.roles import names_person
from quotecli.attribution.speakers.scoring import Found, gender_score
from quotecli.attribution.speakers.sources import Source, own_words
from quotecli.naming.lexicon import FEMALE_ROLES, GENERIC_PERSONS, MALE_ROLES, fold
from quotecli.naming.names import NameWords, name_words
from quotecli.records import Span

_ENDS_PROSE = frozenset(".!?”\"'’:")
INTRODUCTION_REACH = 4
"""Paragraphs behind "a Texas sheriff" in which the sheriff is named."""

OPENING_REACH = 2
"""Paragraphs behind a description in which the one is named whom it means."""


class Introductions:
    """Finds whom a description means that stands before its bearer's name."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._text = cast.text
        self._paragraphs = cast.places.document.paragraphs
        self._prose = [i for i, p in enumerate(self._paragraphs) if self._text[p.end - 1] in _ENDS_PROSE]

    def by_introduction(self, source: Source) -> Found | None:
        """ "A mother has told …", before every name: who opens the next paragraphs, if that may be a mother."""
        article = source.text.partition(" ")[0]
        if source.type != "unknown" or article.lower() not in ("a", "an"):
            return None
        if article.islower() and self._prose_before(source.start):
            return None
        said = Described.read(source)
        if said is None:
            return None
        generic = said.head in GENERIC_PERSONS | FEMALE_ROLES | MALE_ROLES
        entity = self.only_later(said, source, teased=True) if generic else self._introduced_as(said, source)
        if entity is None or gender_score(entity, said.gender) < 0:
            return None
        return entity, "description", f"“{source.text}”: {entity.name}, {self._cast.where(entity)}"

    def _introduced_as(self, said: Described, source: Source) -> Entity | None:
        """Return the one person who has just the office described, named shortly behind it for the first time."""
        holders = [entity for entity in self._cast.people if said.is_held_by(entity)]
        if len(holders) != 1:
            return None
        first = next((r.paragraph for r in holders[0].references if r.paragraph in self._prose), -1)
        return holders[0] if 0 < first - self._cast.places.paragraph(source.start) <= INTRODUCTION_REACH else None

    def _prose_before(self, offset: int) -> bool:
        """Whether a paragraph of sentences ends before `offset`: what comes first introduces."""
        here = self._cast.places.paragraph(offset)
        return any(self._text[self._paragraphs[i].end - 1] in ".!?" for i in self._prose if i < here)

    def by_indefinite(self, source: Source) -> Found | None:
        """ "A Western diplomat was less hopeful. “…,” the diplomat said": someone whom nobody names."""
        if fold(source.text) != f"the {source.head}" or not names_person(source.text):
            return None
        places = self._cast.places
        start = self._paragraphs[places.paragraph(source.start)].start
        pattern = rf"\b(?:An?|One|Another) (?:[\w’'-]+ ){{0,3}}{re.escape(source.head)}\b"
        found = list(re.finditer(pattern, self._text[start : source.start]))
        if not found or places.quoted(start + found[-1].start()):
            return None
        span = Span(start + found[-1].start(), start + found[-1].end())
        if any(self._cast.owner[one.start].type == "person" for one in self._cast.within(span.start, span.end + 2)):
            return None
        name = own_words(self._text, span.start, span.end)
        known = (e for e in self._cast.entities if not e.named and _is_shown_by(e, span, name_words(name)))
        entity = next(known, None) or self._cast.add(Entity("unknown", name, name_words(name), named=False))
        return entity, "description", f"“{source.text}”: “{entity.name}”, whom the text does not name"

    def only_later(self, said: Described, source: Source, *, teased: bool = False) -> Entity | None:
        """Return whom a description means that stands before every name: "The minister has resigned.", in a first
        paragraph; the article's one minister, or who opens the next paragraphs.

        teased: a headline or a teaser may have named them.
        """
        prose = [self._paragraphs[i] for i in self._prose]
        before = self._cast.within(prose[0].start, source.start) if prose and prose[0].start < source.start else ()
        shown = {owner for one in before if (owner := self._cast.owner[one.start]).type == "person"}
        if shown and not teased:
            return None
        fitting = [entity for entity in self._cast.people if said.is_held_by(entity)]
        if len(fitting) == 1:
            return fitting[0] if shown <= {fitting[0]} else None
        following = [p for p in prose if p.start > source.end][:OPENING_REACH]
        opening = [one for p in following for one in self._cast.within(p.start, p.start + 1) if not one.possessive]
        people = [entity for one in opening if (entity := self._cast.owner[one.start]).type == "person"]
        if not people or fitting or not shown <= {people[0]} or said.agreement(people[0]) is None:
            return None
        said.learn(people[0])
        return people[0]


def _is_shown_by(entity: Entity, span: Span, words: NameWords) -> bool:
    """Whether an unnamed entity is what stands at `span`, or is known by these words."""
    return entity.words == words or any(r.start <= span.start and span.end <= r.end for r in entity.references)
