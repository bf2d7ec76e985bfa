"""Groups of unnamed people that "they" may mean: plural noun phrases like "some of the state's energy experts"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quotecli.attribution.speakers.entities import Entity, Places, Reference
from quotecli.attribution.speakers.lexicon import GENERIC_PERSONS, PERSON_WORDS
from quotecli.attribution.speakers.names import name_words
from quotecli.attribution.speakers.sources import noun_phrase_before, own_words

SENTENCES_BACK = 2


@cache
def _plural() -> re.Pattern[str]:
    """The plural people that speak in news ("officials", "MPs", "police")."""
    nouns = (re.escape(word) for word in PERSON_WORDS - GENERIC_PERSONS if word.isalpha() and len(word) > 2)
    return re.compile(rf"\b(?:(?:{'|'.join(nouns)})s|MPs|police|authorities|people|experts|residents)\b")


def groups_before(text: str, places: Places, offset: int) -> Iterator[Entity]:
    """Yield the groups named outside quotation marks in the sentences just before `offset`."""
    sentences = places.document.sentences
    here = places.sentence(offset)
    begin = sentences[max(0, here - SENTENCES_BACK)].start if sentences else 0
    for match in _plural().finditer(text, begin, offset):
        if places.quoted(match.start()):
            continue
        span = noun_phrase_before(text, match.end(), places.sentence_start(match.start()))
        if span is None:
            continue
        name = own_words(text, span.start, span.end)
        reference = Reference(
            span.start, span.end, places.sentence(span.start), places.paragraph(span.start), subject=_opens(text, span.start)
        )
        yield Entity("group", name, name_words(name), plural=True, named=False, references=[reference])


def _opens(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in (".", "", "\n", "!", "?", ",", "”")
