"""The words of a paragraph cut where statements begin and end, for `show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from quotecli.output.safe import printable
from quotecli.records import Span, Statement


class Piece(msgspec.Struct, frozen=True):
    """Words to show; `owner` is the number of the innermost statement that they belong to, 0 for none."""

    text: str
    owner: int = 0


class Mark(msgspec.Struct, frozen=True, order=True):
    """A content span of the statement with this number."""

    start: int
    end: int
    number: int


def marks(statements: Sequence[Statement]) -> list[Mark]:
    """Return the content spans of `statements`, which are numbered from 1."""
    return [
        Mark(span.start, span.end, number)
        for number, statement in enumerate(statements, start=1)
        for span in statement.content
    ]


def marked(text: str, stretch: Span, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield the words of `stretch`, each statement in it as `[1: words]`; spans may lie inside one another."""
    for words, closed, opened, owner in _cut(stretch, marks):
        if closed:
            yield Piece("]" * len(closed), closed[-1].number)
        for mark in opened:
            yield Piece(f"[{mark.number}: ", mark.number)
        if words.start < words.end:
            yield Piece(printable(text[words.start : words.end]), owner)


def innermost(stretch: Span, marks: Iterable[Mark]) -> Iterator[tuple[Span, int]]:
    """Yield the places of the words of `stretch`, each with the number of the innermost statement there, 0 for none."""
    for words, _, _, owner in _cut(stretch, marks):
        if words.start < words.end:
            yield words, owner


def _cut(stretch: Span, marks: Iterable[Mark]) -> Iterator[tuple[Span, list[Mark], list[Mark], int]]:
    """Yield the stretches between the borders of statements, with what ends and begins at each and whose it is."""
    inside = sorted(_clipped(marks, stretch), key=lambda mark: (mark.start, -mark.end))
    borders = sorted({stretch.start, stretch.end, *(mark.start for mark in inside), *(mark.end for mark in inside)})
    active: list[Mark] = []
    for here, there in zip(borders, [*borders[1:], stretch.end], strict=True):
        closed = [mark for mark in active if mark.end == here]
        opened = [mark for mark in inside if mark.start == here]
        active = [mark for mark in active if mark.end != here] + opened
        yield Span(here, there), closed, opened, active[-1].number if active else 0


def _clipped(marks: Iterable[Mark], stretch: Span) -> Iterator[Mark]:
    for mark in marks:
        start, end = max(mark.start, stretch.start), min(mark.end, stretch.end)
        if start < end:
            yield Mark(start, end, mark.number)
