"""Bylines: who wrote the article is nobody whom it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotecli.records import Span
from quotecli.text import Document

_FIRST_PARAGRAPHS = 8
_BETWEEN = re.compile(r"(?:(?:words |story |text )?by:? ?)?(?:[\s,;&|·•–—-]|\band\b|\bwith\b)*", re.IGNORECASE)
_SIGNED = ("\nBy ", "\nby ")


def bylines(document: Document, people: Sequence[Span]) -> Iterator[int]:
    """Yield where the people named in bylines begin: behind a "By" that opens a line, or in lines below the headline
    that hold nothing but names, a "by" and an "and".

    A name above a quotation says who speaks.
    """
    yield from (person.start for person in people if document.text.endswith(_SIGNED, 0, person.start))
    for paragraph, below in pairwise(document.paragraphs[1:_FIRST_PARAGRAPHS]):
        inside = [person for person in people if paragraph.start <= person.start < paragraph.end]
        between, at = "", paragraph.start
        for person in inside:
            between, at = between + document.text[at : person.start], person.end
        alone = _BETWEEN.fullmatch(between + document.text[at : paragraph.end]) is not None
        if alone and document.text[below.start] not in "\"“'‘":
            yield from (person.start for person in inside)
