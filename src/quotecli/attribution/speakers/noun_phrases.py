"""Noun phrases of an article by the noun that they end with: "a Western diplomat" for "the diplomat"."""

from __future__ import annotations

import re

from quotecli.attribution.speakers.entities import Places
from quotecli.attribution.speakers.source_words import noun_phrase_before
from quotecli.records import Span

_PEOPLE = "members?|officials?|spokes[a-z]+|staff|sources?|chiefs?|officers?|workers?|leaders?"
"""Before these, a noun says whose they are: "three board members" are no board."""


class Shown:
    """The phrases, found once for each noun: later questions only look up the last one before them."""

    def __init__(self, text: str, places: Places) -> None:
        self._text = text
        self._places = places
        self._phrases: dict[str, list[Span]] = {}

    def phrases(self, head: str) -> list[Span]:
        """Return those of more words than "the" and the noun, outside quotation marks and the headline, in order."""
        if head not in self._phrases:
            nouns = re.finditer(rf"\b{re.escape(head)}\b(?!['’-]| (?:{_PEOPLE})\b)", self._text)
            found = (self._phrase(noun) for noun in nouns)
            self._phrases[head] = [span for span in found if span is not None and self._tells(span, head)]
        return self._phrases[head]

    def _phrase(self, noun: re.Match[str]) -> Span | None:
        return noun_phrase_before(self._text, noun.end(), self._places.sentence_start(noun.start()))

    def _tells(self, span: Span, head: str) -> bool:
        longer = span.end - span.start > len("the ") + len(head)
        return longer and not (self._places.quoted(span.start) or self._places.headline(span.start))
