"""What has been read so far: who was named or meant where, and who has spoken."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import multimode

from quotecli.attribution.layout import Lines
from quotecli.attribution.mentions.phrases import Role, head_of, make_role, noun_phrase_before
from quotecli.attribution.mentions.roles import best_role, is_former, names_body
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.questions import Question
from quotecli.naming.lexicon import is_plural
from quotecli.records import Span

MANY = 150
"""Of more entities than these, only some can be meant at a place: each question would ask for all of them."""

MENTIONS_BACK, MENTIONS_AHEAD = 100, 20
"""How many mentions before and behind a place count there."""

_PEOPLE = "members?|officials?|spokes[a-z]+|staff|sources?|chiefs?|officers?|workers?|leaders?"
"""Before these, a noun says whose they are: "three board members" are no board."""

_ANYONE = re.compile(r"\b(?:he|him|his|himself|she|hers?|herself|they|them|their)\b", re.IGNORECASE)


@dataclass(slots=True)
class Turn:
    """Someone has spoken: who, and where their words and source stand; the paragraph as the discourse counts it."""

    entity: Entity
    start: int
    end: int
    paragraph: int


def _is_new(text: str, span: Span) -> bool:
    """Whether a noun phrase shows somebody new: "a man", who is "the man" from then on."""
    return text[span.start : span.end].lower().startswith(("a ", "an "))


class Discourse:
    """The references and turns up to the place that is being read. The cast itself stays as it is.

    Its sentences and paragraphs are counted without those that tell of nobody: what an advertisement or a line on the
    weather stands between is as near as without it.
    """

    def __init__(self, cast: Cast, said: Iterable[int]) -> None:
        """said: where something is said."""
        self.cast = cast
        self.document = document = cast.document
        self._entries = Lines(document).entries()
        self._turns: list[Turn] = []
        self._turns_of: dict[int, list[Turn]] = {}
        self.entities = list(cast.entities)
        self._shown: dict[str, list[Span]] = {}
        self._called: dict[int, dict[str, Role | None]] = {}  # which descriptions have meant whom
        self._references: dict[int, list[Reference]] = {}
        self._mentions = sorted((r.start, e.number) for e in cast.entities for r in e.references)

        told = [match.start() for match in _ANYONE.finditer(cast.text)]
        for entity in cast.entities:
            if (entity.type == "person" and not entity.author) or len(entity.references) > 1:
                told += [reference.start for reference in entity.references]
        telling = {document.paragraph(start) for start in (*told, *said)}
        self._paragraphs = [paragraph for n, paragraph in enumerate(document.paragraphs) if n in telling]
        self._sentences = [s.start for s in document.sentences if document.paragraph(s.start) in telling]

    def sentence(self, offset: int) -> int:
        """Return the number of the last sentence that begins up to an offset."""
        return bisect_right(self._sentences, offset)

    def paragraph(self, offset: int) -> int:
        """Return the same of paragraphs."""
        return bisect_right(self._paragraphs, offset, key=lambda paragraph: paragraph.start)

    def entry(self, offset: int) -> Span | None:
        """Return the entry of a live blog that holds the offset."""
        at = bisect_right(self._entries, offset, key=lambda entry: entry.start)
        return self._entries[at - 1] if at else None

    def sentences_back(self, offset: int, steps: int) -> int:
        """Return where the sentence begins that is so many before the one at an offset."""
        return self._sentences[max(0, self.sentence(offset) - 1 - steps)] if self._sentences else 0

    def paragraphs_on(self, offset: int, steps: int) -> int:
        """Return where the paragraph ends that is so many behind the one at an offset."""
        last = min(self.paragraph(offset) + steps, len(self._paragraphs)) - 1
        return self._paragraphs[last].end if last >= 0 else offset

    @property
    def newcomers(self) -> list[Entity]:
        """Whom only their own words name: "a spokesperson"."""
        return self.entities[len(self.cast.entities) :]

    def take_in(self, newcomer: Entity) -> None:
        """Add one whom only their own words name."""
        newcomer.number = len(self.entities)
        self.entities.append(newcomer)

    def around(self, offset: int) -> list[Entity]:
        """Return whoever can be meant at an offset; of many, who comes up near it."""
        if len(self.entities) <= MANY:
            return self.entities
        at = bisect_left(self._mentions, (offset, 0))
        near = self._mentions[max(0, at - MENTIONS_BACK) : at + MENTIONS_AHEAD]
        return [self.entities[number] for number in sorted({number for _, number in near})]

    def shown(self, head: str) -> list[Span]:
        """Return the noun phrases of the article that say more than "the" and their noun, or show somebody new, found
        once for each noun: "a Western diplomat" for "the diplomat"; "a man" for "the man"."""
        if head not in self._shown:
            nouns = re.finditer(rf"\b{re.escape(head)}\b(?!['’-]| (?:{_PEOPLE})\b)", self.cast.text)
            places = ((noun.end(), self.document.sentence_at(noun.start()).start) for noun in nouns)
            found = (noun_phrase_before(self.cast.text, end, start) for end, start in places)
            least = len("the ") + len(head)
            longer = (
                span for span in found if span and (span.end - span.start > least or _is_new(self.cast.text, span))
            )
            self._shown[head] = [
                span
                for span in longer
                if not (self.document.is_quoted(span.start) or self.document.is_headline(span.start))
            ]
        return self._shown[head]

    @cached_property
    def lower(self) -> str:
        """The article's text in small letters."""
        return self.cast.text.lower()

    @cached_property
    def most_named(self) -> Entity | None:
        """The person whom the article names most; None where two are named as often."""
        most = multimode(e.number for e in self.cast.people for _ in e.references)
        return self.cast.entities[most[0]] if len(most) == 1 else None

    def references(self, entity: Entity) -> Sequence[Reference]:
        return self._references.get(id(entity), entity.references)

    def mention(self, entity: Entity, reference: Reference) -> None:
        """Take in one more reference, at its place in the order of the text, unless it is known."""
        known = self._references.setdefault(id(entity), list(entity.references))
        at = _count(known, reference.start)
        if not (at < len(known) and known[at].start == reference.start):
            known.insert(at, reference)

    def call(self, entity: Entity, question: Question, *, surely: bool) -> None:
        """Remember whom a description meant, and, if that is sure, as their role what it says that they are, if it says
        an office."""
        said = question.said
        if said is not None:
            start = question.end - len(said.core)
            end = start + len(said.core.partition(", ")[0])
            role = make_role(self.cast.text, start, end) if surely and said.office else None
            self._called.setdefault(id(entity), {}).setdefault(said.core.lower(), role)

    def is_called(self, entity: Entity, description: str) -> bool:
        """Whether the same description has meant someone before."""
        return description.lower() in self._called.get(id(entity), {})

    def role(self, entity: Entity | None) -> str | None:
        """Return what someone is: as stands beside the name, else as the descriptions say that meant them ("the Tory
        leader said"), else where they belong."""
        if entity is None:
            return None
        roles = entity.roles
        if entity.type == "person" and all(map(is_former, roles)):
            called = filter(None, self._called.get(id(entity), {}).values())
            roles = [*roles, *(role for role in called if role.text.lower() not in entity.name.lower())]
        best = best_role(roles)
        if best is None or (entity.type == "person" and is_plural(head_of(best.text))):  # "candidates NAME and NAME"
            return entity.affiliation
        body = (entity.affiliation or "").removeprefix("of ")
        belongs = entity.affiliation and body != entity.affiliation and not (names_body(best) or body in best.text)
        return f"{best.text} {entity.affiliation}" if belongs else best.text

    def count(self, entity: Entity, offset: int) -> int:
        """Return how many references begin before an offset."""
        return _count(self.references(entity), offset)

    def last(self, entity: Entity, offset: int) -> Reference | None:
        """Return the last reference before an offset."""
        at = self.count(entity, offset)
        return self.references(entity)[at - 1] if at else None

    def turns_before(self, offset: int) -> list[Turn]:
        """Return the turns that begin before an offset, the latest first."""
        return [turn for turn in reversed(self._turns) if turn.start < offset]

    def turns_of(self, entity: Entity) -> list[Turn]:
        """Return someone's turns so far, the latest first."""
        return self._turns_of.get(id(entity), [])[::-1]

    def speak(self, turn: Turn) -> None:
        """Remember that someone has spoken."""
        self._turns.append(turn)
        self._turns_of.setdefault(id(turn.entity), []).append(turn)


def _count(references: Sequence[Reference], offset: int) -> int:
    return bisect_right(references, offset - 1, key=lambda reference: reference.start)
