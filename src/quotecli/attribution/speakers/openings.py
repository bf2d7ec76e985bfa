"""Sentences that open with someone unnamed: "He shrugged", "At last, her luck turned"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from quotecli.attribution.speakers.entities import Places
from quotecli.attribution.speakers.questions import Question
from quotecli.naming.lexicon import fold, pronoun_gender

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
    if pronoun is None:
        return None
    (at, until), word = pronoun.span("pronoun"), fold(pronoun["pronoun"])
    gender = pronoun_gender(word)
    return Question("he or she", at, until, at, (at, at), quoted=False, text=word, head=word, gender=gender)
