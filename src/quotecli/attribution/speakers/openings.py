"""Sentences that open with someone unnamed: "He shrugged", "Her husband looked away", "The winger had not played"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import zip_longest

from quotecli.attribution.speakers.descriptions import Described
from quotecli.attribution.speakers.entities import Places
from quotecli.attribution.speakers.phrases import WORD, head_of
from quotecli.attribution.speakers.questions import Question, QuestionKind
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import KINSFOLK, PERSON_WORDS, ROLE_ENDS, fold, pronoun_gender
from quotecli.records import Span

_PRONOUN = re.compile(
    r"(?:(?:But|And|Then|Yet|Still|So|Now|Later),? |[A-Z][^A-Z,.;:“”\"\n]{2,50}, )?"
    r"(?P<pronoun>[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
)
_KIN = re.compile(rf"(?:His|Her) (?:{'|'.join(KINSFOLK)})\b(?! ?[,'’])")


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
    kind: QuestionKind = "person"
    span, said = _description(text, start), None
    if span is not None and span.end <= end:
        words = text[span.start : span.end]
        said = Described.read(Source("description", span.start, span.end, words, head_of(words), "unknown"))
    elif pronoun := _PRONOUN.match(text, start, end):
        kind, span = "he or she", Span(*pronoun.span("pronoun"))
    else:
        return None
    word = fold(text[span.start : span.end])
    gender = said.gender if said is not None else pronoun_gender(word)
    return Question(
        kind,
        span.start,
        span.end,
        span.start,
        (span.start, span.start),
        quoted=False,
        text=text[span.start : span.end],
        head=word,
        gender=gender,
        said=said,
    )


def _description(text: str, start: int) -> Span | None:
    """Return the description of one person that opens a sentence: "The Ghana winger | had not played"."""
    if kin := _KIN.match(text, start):
        return Span(*kin.span())
    if not text.startswith("The ", start):
        return None
    words = list(WORD.finditer(text, start + 4, start + 60))[:5]
    for match, following in zip_longest(words[:4], words[1:]):
        if match is None or fold(match[0]) in ROLE_ENDS:
            return None
        if fold(match[0]) in PERSON_WORDS and not (following and fold(following[0]) in PERSON_WORDS):
            named = following is not None and (following[0][:1].isupper() or fold(following[0]) in ("of", "for"))
            return None if named else Span(start, match.end())
    return None
