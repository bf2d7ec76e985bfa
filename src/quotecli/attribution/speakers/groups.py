"""Groups of unnamed people that "they" may mean: plural noun phrases like "some of the state's energy experts"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Places
from quotecli.attribution.speakers.sources import noun_phrase_before, own_words
from quotecli.attribution.speakers.spotting import DATELINE
from quotecli.naming.lexicon import ORGANISATION_HEADS, PERSON_WORDS, PLURAL_PEOPLE, fold, singular
from quotecli.naming.names import name_words

SENTENCES_BACK = 2


_AND = re.compile(r"\band (?:the |his |her )?$")
_INSTITUTION = re.compile(r"((?:(?:The|A|An) )?(?:[\w’'.-]+ ){0,4}?)([a-z][a-z-]+)(?= (?!of\b|and\b)[a-z])")
_PLURAL = re.compile(r"\b(?:[A-Za-z-]{3,}s|MPs|people|police(?! officers))\b")


def groups_before(text: str, places: Places, offset: int) -> Iterator[Entity]:
    """Yield the groups named outside quotation marks in the sentences just before `offset`."""
    begin = _sentences_back(places, offset)
    for match in _PLURAL.finditer(text, begin, offset):
        if not _are_people(fold(match[0])) or places.quoted(match.start()):
            continue
        span = noun_phrase_before(text, match.end(), places.sentence_start(match.start()))
        if span is None:
            continue
        name = own_words(text, span.start, span.end)
        reference = places.reference(span.start, span.end, subject=_opens(text, span.start))
        yield Entity("group", name, name_words(name), plural=True, named=False, references=[reference])


def _are_people(word: str) -> bool:
    return word in PLURAL_PEOPLE or singular(word) in PERSON_WORDS


def _sentences_back(places: Places, offset: int) -> int:
    sentences = places.document.sentences
    return sentences[max(0, places.sentence(offset) - SENTENCES_BACK)].start if sentences else 0


def institution_before(text: str, cast: Cast, offset: int) -> Iterator[Entity]:
    """Yield the unnamed institution that the sentence up to `offset` is about: "Fiji's navy …, it said"."""
    start = cast.places.sentence_start(offset)
    dateline = DATELINE.match(text, start, offset)
    start = dateline.end() if dateline else start
    match = _INSTITUTION.match(text, start, offset)
    if match is None or fold(match[2]) not in ORGANISATION_HEADS or match[0].startswith("The "):
        return  # "The company" is one that has been named
    if any(
        cast.owner[one.start].type == "organisation" and one.end >= match.start(2) for one in cast.within(*match.span())
    ):
        return  # it has a name: it is in the cast
    name = own_words(text, match.start(), match.end(2))
    reference = cast.places.reference(*match.span(), subject=True)
    yield Entity("organisation", name, name_words(name), named=False, references=[reference])


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
        together = _AND.search(text, first.end, second.titles)
        if a is not b and together and places.sentence(first.start) == places.sentence(second.start):
            name = f"{a.name} and {b.name}"
            reference = places.reference(first.start, second.end, subject=True)
            yield Entity("group", name, name_words(name), plural=True, references=[reference])


def _opens(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in (".", "", "\n", "!", "?", ",", "”")
