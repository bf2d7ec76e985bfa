"""What the text room gives the others: an article's paragraphs, sentences and quotations, as offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

import msgspec

from quotecli.records import Span

WORD = re.compile(r"\w+")
ENDS_SENTENCE = ".!?”\"’'"


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


class Document(msgspec.Struct, frozen=True, dict=True):
    """A text cut up: every span in order, none overlapping another of its own kind."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, or that ends before it; 0 before the first."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph(self, offset: int) -> int:
        """Return the same of paragraphs."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence itself; nothing at 0 where there is none."""
        return self.sentences[self.sentence(offset)] if self.sentences else Span(0, 0)

    def paragraph_at(self, offset: int) -> Span:
        """Return the paragraph itself; nothing at 0 where there is none."""
        return self.paragraphs[self.paragraph(offset)] if self.paragraphs else Span(0, 0)

    def is_quoted(self, offset: int) -> bool:
        """Whether a quotation holds the offset."""
        at = bisect_right(self._quotation_starts, offset) - 1
        return at >= 0 and offset < self.quotations[at].end

    def is_headline(self, offset: int) -> bool:
        """Whether the offset stands in the first line, and that is no sentence."""
        return any(offset < line.end and self.text[line.end - 1] not in ENDS_SENTENCE for line in self.paragraphs[:1])

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

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
