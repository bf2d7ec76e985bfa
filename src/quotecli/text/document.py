"""What the text room gives the others: an article's paragraphs, sentences and quotations, as offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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

    def quotations_touching(self, start: int, end: int) -> tuple[Quotation, ...]:
        """Return the quotations that share a character with [start, end), in order (a look-up, no search)."""
        low = bisect_right(self.quotations, start, key=lambda quotation: quotation.end)
        high = bisect_left(self.quotations, end, lo=low, key=lambda quotation: quotation.start)
        return self.quotations[low:high]

    def quoted_share(self, spans: Iterable[Span]) -> float:
        """Return the share, 0-1, of the words of `spans` that stand in quotation marks."""
        around = [(span, self.quotations_touching(span.start, span.end)) for span in spans]
        if not any(quotations for _, quotations in around):
            return 0.0
        words = quoted = 0
        for span, quotations in around:
            starts = [match.start() for match in WORD.finditer(self.text, span.start, span.end)]
            words += len(starts)
            quoted += sum(bisect_left(starts, each.end) - bisect_left(starts, each.start) for each in quotations)
        return quoted / words if words else 0.0
