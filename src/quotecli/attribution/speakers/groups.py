"""Groups of unnamed people that "they" may mean: plural noun phrases like "some of the state's energy experts"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from quotecli.attribution.speakers.entities import Cast, Entity, Places, Reference
from quotecli.attribution.speakers.lexicon import PERSON_WORDS
from quotecli.attribution.speakers.names import name_words
from quotecli.attribution.speakers.sources import noun_phrase_before, own_words

SENTENCES_BACK = 2


@cache
def _plural() -> re.Pattern[str]:
    """The plural people that speak in news ("officials", "MPs", "police")."""
    nouns = (re.escape(word) for word in PERSON_WORDS if word.isalpha() and len(word) > 2)
    return re.compile(rf"\b(?:(?:{'|'.join(nouns)})s|MPs|police(?! officers)|authorities|people)\b")


def groups_before(text: str, places: Places, offset: int) -> Iterator[Entity]:
    """Yield the groups named outside quotation marks in the sentences just before `offset`."""
    begin = _sentences_back(places, offset)
    for match in _plural().finditer(text, begin, offset):
        if places.quoted(match.start()):
            continue
        span = noun_phrase_before(text, match.end(), places.sentence_start(match.start()))
        if span is None:
            continue
        name = own_words(text, span.start, span.end)
        reference = Reference(
            span.start,
            span.end,
            places.sentence(span.start),
            places.paragraph(span.start),
            subject=_opens(text, span.start),
        )
        yield Entity("group", name, name_words(name), plural=True, named=False, references=[reference])


def _sentences_back(places: Places, offset: int) -> int:
    sentences = places.document.sentences
    return sentences[max(0, places.sentence(offset) - SENTENCES_BACK)].start if sentences else 0


def pairs_before(text: str, cast: Cast, offset: int) -> Iterator[Entity]:
    """Yield the people named together ("A and B") outside quotation marks in the sentences just before `offset`."""
    places = cast.places
    named = [
        one
        for one in cast.within(_sentences_back(places, offset), offset)
        if cast.owner[one.start].type == "person" and not one.possessive and not places.quoted(one.start)
    ]
    for first, second in pairwise(named):
        a, b = cast.owner[first.start], cast.owner[second.start]
        together = re.search(r"\band (?:the |his |her )?$", text[first.end : second.titles])
        if a is not b and together and places.sentence(first.start) == places.sentence(second.start):
            name = f"{a.name} and {b.name}"
            reference = Reference(
                first.start, second.end, places.sentence(first.start), places.paragraph(first.start), subject=True
            )
            yield Entity("group", name, name_words(name), plural=True, references=[reference])


def _opens(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in (".", "", "\n", "!", "?", ",", "”")
