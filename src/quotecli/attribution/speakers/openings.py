"""Sentences that open with someone unnamed: "He shrugged", "At last, her luck turned", "The winger had not played"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from quotecli.attribution.mentions.phrases import WORD, head_of
from quotecli.attribution.speakers.descriptions import Described
from quotecli.attribution.speakers.entities import Places
from quotecli.attribution.speakers.questions import Question
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import PERSON_WORDS, ROLE_ENDS, fold, pronoun_gender
from quotecli.records import Span

_PRONOUN = re.compile(
    r"(?:(?:But|And|Then|Yet|Still|So|Now|Later),? |[A-Z][^A-Z,.;:“”\"\n]{2,50}, )?"
    r"(?P<pronoun>[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
)


def openings(text: str, places: Places, start: int, end: int) -> Iterator[Question]:
    """Yield who is meant by what opens the sentences that begin between `start` and `end`, in order."""
    sentences = places.document.sentences
    for sentence in sentences[bisect_left(sentences, start, key=lambda sentence: sentence.start) :]:
        if sentence.start >= end:
            return
        opening = None if places.quoted(sentence.start) else _opening(text, sentence.start, end)
        if opening is not None:
            yield opening


def _opening(text: str, start: int, end: int) -> Question | None:
    pronoun = _PRONOUN.match(text, start, end)
    span = Span(*pronoun.span("pronoun")) if pronoun is not None else _description(text, start)
    if span is None:
        return None
    at, words, place = span.start, text[span.start : span.end], (span.start, span.start)
    if pronoun is not None:
        gender = pronoun_gender(fold(words))
        return Question("he or she", at, span.end, at, place, quoted=False, text=words, head=fold(words), gender=gender)
    said = Described.read(Source("description", at, span.end, words, head_of(words), "unknown"))
    return Question("person", at, span.end, at, place, quoted=False, text=words, gender=said.gender, said=said)


def _description(text: str, start: int) -> Span | None:
    """Return the description of one person that opens a sentence: "The Ghana winger | had not played"."""
    words = list(WORD.finditer(text, start + 4, start + 60))[:5] if text.startswith("The ", start) else []
    for match, following in pairwise(words):
        word = fold(match[0])
        if word in ROLE_ENDS:
            return None
        if word in PERSON_WORDS:
            return Span(start, match.end()) if following[0][:1].islower() else None
    return None
