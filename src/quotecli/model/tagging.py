"""What the model room gives the others: the labelled spans of a text and the links between them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal

import msgspec

from quotecli.records import Span

Role = Literal["source", "cue", "content"]
NameType = Literal["person", "organisation", "place"]


class Part(msgspec.Struct, frozen=True):
    """A span that plays a role in an attribution; offsets into the text.

    confidence: the model's probability of just this span, both ends right, 0-1.
    """

    role: Role
    start: int
    end: int
    confidence: float


class Name(msgspec.Struct, frozen=True):
    """A named person, organisation or place."""

    type: NameType
    start: int
    end: int


class Link(msgspec.Struct, frozen=True):
    """Which source and which cue a content belongs to; indices into `Tagging.parts`, None for "has none".

    Each comes with the model's probability, 0-1.
    """

    content: int
    source: int | None
    source_confidence: float
    cue: int | None
    cue_confidence: float


class Readings(msgspec.Struct, frozen=True):
    """What the heads read of a text's word pieces, in the order of the text.

    starts, ends: the pieces' offsets. totals: for each head the running total of its log odds, from 0 on, one more
    than there are pieces.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    totals: dict[str, tuple[float, ...]] = {}

    def probability(self, head: str, spans: Iterable[Span]) -> float:
        """Return what `head` says of the words in `spans`, 0-1; 0 where there are none."""
        pieces, total = 0, 0.0
        for span in spans:
            low, high = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
            if low < high:
                pieces += high - low
                total += self.totals[head][high] - self.totals[head][low]
        return 1.0 / (1.0 + math.exp(-total / pieces)) if pieces else 0.0


class Tagging(msgspec.Struct, frozen=True):
    """The labels of one text, each list in the order of the text; one link for each part of role content.

    quoted: of each quotation of the document, how probable its words are to be content, 0-1, on average.
    """

    parts: tuple[Part, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...] = ()
    readings: Readings = Readings()
    quoted: tuple[float, ...] = ()
