"""What the text room gives the others: an article's paragraphs, sentences and quotations, as offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from quotecli.records import Span

WORD = re.compile(r"\w+")


class Quotation(msgspec.Struct, frozen=True, order=True):
    """Words in quotation marks, the marks included.

    start, end: offsets into the text; `start` is at the opening mark, `end` behind the closing one.
    closed: False when the paragraph ends before a closing mark and the next paragraph re-opens the quotation
        (`continues` is True there): the way newspapers print a quotation of several paragraphs.
    continues: this quotation goes on from the paragraph before.
    """

    start: int
    end: int
    closed: bool = True
    continues: bool = False


class Document(msgspec.Struct, frozen=True):
    """A text cut up: every span in order, none overlapping another of its own kind."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]

    def quoted_share(self, spans: Iterable[Span]) -> float:
        """Return the share, 0-1, of the words of `spans` that stand in quotation marks."""
        words = [match.start() for span in spans for match in WORD.finditer(self.text, span.start, span.end)]
        quoted = sum(any(q.start <= word < q.end for q in self.quotations) for word in words)
        return quoted / len(words) if words else 0.0
