"""Bylines: who wrote the article is nobody whom it speaks of, nor is the paper below that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotecli.records import Span
from quotecli.text import Document
from quotecli.text.document import ENDS_SENTENCE

_FIRST_PARAGRAPHS = 8
_SHORT = 6  # words of a line that goes on with a byline: "Correspondent", "Nation Media Group"
_BY = re.compile(r"[Bb]y [A-Z]")
_BETWEEN = re.compile(
    r"(?:(?:words |story |text )?by:? ?)?(?:[\s,;&|·•–—-]|\band\b|\bwith\b)*(?:in \w+)?", re.IGNORECASE
)
_SIGNED = ("\nBy ", "\nby ")


def bylines(document: Document, people: Sequence[Span], bodies: Sequence[Span]) -> Iterator[int]:
    """Yield where the names in bylines begin: behind a "By" that opens a line, in the short lines below it, or in lines
    below the headline that hold nothing but people, a "by" and an "and".

    A name above a quotation says who speaks.
    """
    yield from (person.start for person in people if document.text.endswith(_SIGNED, 0, person.start))
    signed = False
    for paragraph, below in pairwise(document.paragraphs[1:_FIRST_PARAGRAPHS]):
        line = document.text[paragraph.start : paragraph.end]
        goes_on = signed and len(line.split()) <= _SHORT
        signed = (goes_on or _BY.match(line) is not None) and line[-1] not in ENDS_SENTENCE
        inside = [person for person in people if paragraph.start <= person.start < paragraph.end]
        if signed:
            yield from (person.start for person in inside)
            yield from (body.start for body in bodies if paragraph.start <= body.start < paragraph.end)
        between, at = "", paragraph.start
        for person in inside:
            between, at = between + document.text[at : person.start], person.end
        alone = _BETWEEN.fullmatch(between + document.text[at : paragraph.end]) is not None
        if alone and document.text[below.start] not in "\"“'‘":
            yield from (person.start for person in inside)
