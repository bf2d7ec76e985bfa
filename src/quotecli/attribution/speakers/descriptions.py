"""Descriptions and pronouns that open a sentence: whom they mean is learnt from the sentence before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Places
from quotecli.attribution.speakers.roles import WORD, role_heads, role_words
from quotecli.naming.lexicon import GENERIC_PERSONS, PERSON_WORDS, ROLE_ENDS, fold
from quotecli.records import Span


def opening_description(text: str, start: int) -> Span | None:
    """Return the description of one person that opens the sentence at `start`: "The Ghana winger | had not played"."""
    if not text.startswith("The ", start):
        return None
    words = list(WORD.finditer(text, start + 4, start + 60))[:5]
    for match, following in zip_longest(words[:4], words[1:]):
        if match is None:
            return None
        if fold(match[0]) in ROLE_ENDS:
            return None
        if fold(match[0]) in PERSON_WORDS and not (following and fold(following[0]) in PERSON_WORDS):
            named = following is not None and (following[0][:1].isupper() or fold(following[0]) in ("of", "for"))
            return None if named else Span(start, match.end())
    return None


_PRONOUN = re.compile(r"(?:(?:But|And|Then|Yet|Still|So|Now|Later),? )?(?P<pronoun>[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")


def opening_pronouns(text: str, places: Places, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the "he" or "she" (a group `pronoun`) of each sentence that begins between `start` and `end` with one."""
    sentences = places.document.sentences
    for sentence in sentences[bisect_left(sentences, start, key=lambda sentence: sentence.start) :]:
        if sentence.start >= end:
            return
        match = _PRONOUN.match(text, sentence.start, end)
        if match is not None and not places.quoted(sentence.start):
            yield match


def learn_descriptions(cast: Cast) -> None:
    """Learn what people without a role are called: "NAME scored late. The Ghana winger had not played since May."."""
    held = frozenset().union(*(entity.role_heads for entity in cast.people))
    for before, sentence in pairwise(cast.places.document.sentences):
        span = opening_description(cast.text, sentence.start)
        if span is None or cast.places.quoted(span.start):
            continue
        words = cast.text[span.start + 4 : span.end]
        heads = role_heads(words)
        subject = _subject_of(cast, before)
        if subject is None or subject.role_heads or heads & (held | GENERIC_PERSONS) or words.islower():
            continue
        subject.extra |= role_words(words)
        subject.extra_heads |= heads


def _subject_of(cast: Cast, sentence: Span) -> Entity | None:
    """Return the one person that a sentence is about."""
    owners = {one.start: cast.owner[one.start] for one in cast.within(sentence.start, sentence.end)}
    found = {
        owner.number: owner
        for start, owner in owners.items()
        if owner.type == "person" and any(r.start == start and r.subject for r in owner.references)
    }
    return next(iter(found.values())) if len(found) == 1 else None
