"""Voices in a list: a name in a line of its own, and all that its bearer is quoted with below it.

Jane Doe, farmer
“It leaks.”
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.lines import Lines
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

CONFIDENCE = 0.8
VOICES_AT_LEAST = 2
_NAME = re.compile(
    r"(?:[•*·▪◦‣●■–—-]\s|\(?\d{1,3}[.)]\s)?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4}?)"
    r"(?:(?:,| [-–—|/]) [^.!?:“”\"]{2,80}| \([^.!?:“”\"()]{1,80}\))?"
)


def headed(document: Document, names: Sequence[Name], lines: Lines, taken: Collection[int]) -> Iterator[Attribution]:
    """Yield the quoted paragraphs that stand below the name of a person, each by itself, where several do.

    taken: the paragraphs whose speakers are known.
    """
    people = {name.start for name in names if name.type == "person"}
    found = [(place, name) for place in range(1, len(document.paragraphs)) if (name := _above(document, lines, place))]
    known = [name for _, name in found if name.start in people]
    if len(known) >= VOICES_AT_LEAST and 2 * len(known) > len(found):
        for place, name in found:
            if place not in taken:
                yield Attribution(content=(document.paragraphs[place],), source=name, confidence=CONFIDENCE)


def _above(document: Document, lines: Lines, place: int) -> Span | None:
    """Return the name in the line above a paragraph that is quoted as a whole."""
    paragraph, above = document.paragraphs[place], document.paragraphs[place - 1]
    quoted = document.quotations_touching(paragraph.start, paragraph.end)
    if not quoted or quoted[0].start != paragraph.start or quoted[-1].end < paragraph.end - 1:
        return None
    match = _NAME.fullmatch(document.text, above.start, above.end)
    return None if match is None or lines.is_furniture(place - 1) else Span(*match.span("name"))
