"""Quotations that no words attribute: who goes on speaking, who answers, who was just shown doing something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.scoring import Turn
from quotecli.attribution.speakers.sources import Source
from quotecli.records import Span

DIALOGUE_REACH = 3
"""Paragraphs back in which someone has spoken who may now answer."""

FEWEST_QUESTIONS = 2
"""Questions in an article that make it an interview: there, what stands before an answer need be none."""

Voice = tuple[Entity, str]
"""Who speaks, and why in a few words."""


class Unattributed:
    """Finds who speaks without being named, in a cast whose members have spoken so far as `turns` say."""

    def __init__(self, cast: Cast, turns: Sequence[Turn]) -> None:
        self._cast = cast
        self._places = cast.places
        self._text = cast.text
        self._turns = turns

    def voice(self, attribution: Attribution) -> Voice | None:
        """Return who says words without a source of their own; None where the text does not say."""
        acting = self._acting(attribution.content[-1])
        if acting is not None:
            return acting, f"{acting.name} is who the sentence before is about"
        subject = self._subject(attribution.content[0])
        if subject is not None:
            return subject, f"{subject.name} is who the sentence is about"
        turn = self._turn_before(attribution.content[0])
        if turn is not None:
            return turn.entity, f"{turn.entity.name} is still speaking (paragraph {turn.paragraph + 1})"
        if self._is_answer(attribution.content[0]):
            answering = self._interviewee()
            if answering is not None:
                return answering, f"the answer to a question, in an article about {answering.name}"
        return None

    def is_asked(self, source: Source, attribution: Attribution) -> bool:
        """Whether the source is the "you" of an interview's question, and the content the answer below it."""
        below = self._places.paragraph(attribution.content[0].start) > self._places.paragraph(source.start)
        return source.text.lower() == "you" and below

    def is_spoken_to(self, entity: Entity, source: Source, attribution: Attribution) -> bool:
        """Whether a quotation that another paragraph introduces calls that speaker by name: "I do not, Jools."."""
        first, last = attribution.content[0], attribution.content[-1]
        apart = self._places.paragraph(first.start) != self._places.paragraph(source.start)
        if not apart or entity.type != "person" or not self._is_quoted(first):
            return False
        names = "|".join(re.escape(name) for name in entity.name.replace("-", " ").split() if name[0].isupper())
        return re.search(rf", (?:{names})[.,!?…]", self._text[first.start : last.end]) is not None

    def replying(self, attribution: Attribution, other: Entity) -> Voice | None:
        """Return who answers in a dialogue with `other`: the last one to speak besides."""
        place = self._places.paragraph(attribution.content[0].start)
        recent = takewhile(lambda turn: place - turn.paragraph <= DIALOGUE_REACH, reversed(self._turns))
        turn = next((turn for turn in recent if turn.entity is not other), None)
        return None if turn is None else (turn.entity, f"{turn.entity.name} answers {other.name}")

    def _acting(self, quotation: Span) -> Entity | None:
        """The one person whom the sentence before a quotation is about: "NAME shrugged. “Ask me at Easter.”"."""
        if not self._is_quoted(quotation) or not _ends_sentence(self._text, quotation.start):
            return None
        start = self._places.sentence_start(max(0, quotation.start - 2))
        if self._places.paragraph(start) != self._places.paragraph(quotation.start):
            return None
        before = [one for one in self._cast.within(start, quotation.start) if not self._places.quoted(one.start)]
        people = {self._cast.owner[one.start] for one in before if self._cast.owner[one.start].type == "person"}
        if len(people) != 1 or before[0].titles != start or before[0].possessive:
            return None
        return next(iter(people))

    def _subject(self, content: Span) -> Entity | None:
        """Return who a sentence begins with, if what they do is said next: "The board apologised “unreservedly”"."""
        start = self._places.sentence_start(content.start)
        if not self._is_quoted(content) or any(start <= turn.start < content.start for turn in self._turns):
            return None
        opening = next((one for one in self._cast.within(start, content.start) if not one.possessive), None)
        if opening is None or not _OPENS.fullmatch(self._text, start, opening.titles):
            return None
        return self._cast.owner[opening.start] if _ACTS.match(self._text, opening.end) else None

    def _turn_before(self, content: Span) -> Turn | None:
        turn = next((turn for turn in reversed(self._turns) if turn.start < content.start), None)
        if turn is None:
            return None
        apart = self._places.paragraph(content.start) - turn.paragraph
        if not self._is_quoted(content):
            same = self._places.sentence(content.start) == self._places.sentence(turn.end - 1)
            return turn if apart == 0 and same else None
        return turn if apart <= 1 else None

    def _is_answer(self, content: Span) -> bool:
        """Whether a paragraph of quotation stands behind a question that nobody is quoted for."""
        place = self._places.paragraph(content.start)
        paragraphs = self._places.document.paragraphs
        if not place or content.start > paragraphs[place].start or not self._is_quoted(content):
            return False
        question = paragraphs[place - 1]
        asked = self._text[question.end - 1] == "?" or self._questions >= FEWEST_QUESTIONS
        return asked and not self._places.quoted(question.end - 1) and not self._places.quoted(question.start)

    @cached_property
    def _questions(self) -> int:
        """How many paragraphs end with a question that nobody is quoted for."""
        ends = (paragraph.end - 1 for paragraph in self._places.document.paragraphs)
        return sum(self._text[end] == "?" and not self._places.quoted(end) for end in ends)

    def _interviewee(self) -> Entity | None:
        """Whom an interview is with: the person who is named at least twice as often as anyone else."""
        counts = sorted(((len(e.references), -e.number) for e in self._cast.people if not e.author), reverse=True)
        if not counts or (len(counts) > 1 and counts[1][0] * 2 > counts[0][0]):
            return None
        return self._cast.entities[-counts[0][1]]

    def _is_quoted(self, span: Span) -> bool:
        """Whether a quotation holds the span's first words, or begins in it."""
        return self._places.quoted(span.start) or self._places.quoted(span.end - 1)


_OPENS = re.compile(r"(?:[Tt]he )?")
_ACTS = re.compile(r" (?:also |then |later )?[a-z]+ed\b")


def _ends_sentence(text: str, offset: int) -> bool:
    return text[max(0, offset - 4) : offset].rstrip()[-1:] in (".", ":", "!", "?")
