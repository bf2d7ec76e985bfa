"""Lines that say who wrote the article: nobody whom "he" or "the minister" means, unless they speak in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotecli.attribution.speakers.spotting import Named
from quotecli.text.document import Document

_FIRST_PARAGRAPHS = 8
_OPENING_MARKS = "\"“'‘"
_BY = re.compile(r"(?:\A|\n)[Bb]y \Z")
_BETWEEN = re.compile(r"(?:(?:words |story |text )?by:? ?)?(?:[\s,;&|·•–—-]|\band\b|\bwith\b)*", re.IGNORECASE)


def bylines(document: Document, named: Sequence[Named]) -> Iterator[int]:
    """Yield where people are named in lines below the headline that hold nothing but names, a "by" and an "and".

    A name above a quotation says who speaks.
    """
    paragraphs = document.paragraphs
    for number, paragraph in enumerate(paragraphs[1:_FIRST_PARAGRAPHS], start=1):
        below = paragraphs[number + 1 : number + 2]
        if below and document.text[below[0].start] in _OPENING_MARKS:
            continue
        people = [n for n in named if n.kind == "person" and paragraph.start <= n.start < paragraph.end]
        at, between = paragraph.start, ""
        for one in people:
            between, at = between + document.text[at : one.titles], one.end
        untitled = people and all(one.titles == one.start for one in people)
        if untitled and _BETWEEN.fullmatch(between + document.text[at : paragraph.end]):
            yield from (one.start for one in people)


def is_signed(text: str, one: Named) -> bool:
    """Whether a line begins with "By NAME"."""
    return _BY.search(text, max(0, one.titles - len("\nBy ")), one.titles) is not None
