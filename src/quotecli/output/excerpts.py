"""The words of a statement as a table shows them, with the places of what is to be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import UNSET

from quotecli.output.rows import Row
from quotecli.output.safe import printable
from quotecli.records import JOINT, Span


class Excerpt(msgspec.Struct, frozen=True):
    """Printable words; the offsets are into them.

    content: the statement itself, where words around it are shown, too; else empty.
    matches: the words that a search found.
    """

    text: str
    content: tuple[Span, ...] = ()
    matches: tuple[Span, ...] = ()

    def bracketed(self) -> str:
        """Return the text with the statement in square brackets, if there is more than the statement."""
        pieces, end = [], 0
        for span in self.content:
            pieces += [self.text[end : span.start], "[", self.text[span.start : span.end], "]"]
            end = span.end
        return "".join(pieces) + self.text[end:]


def excerpt(row: Row) -> Excerpt:
    """Return the words to show of `row`: its context if it has one, else its text."""
    matches = () if row.matches is UNSET else row.matches
    if row.context is UNSET:
        return Excerpt(printable(row.text), matches=tuple(_placed(matches, _layout(row.content))))
    whole = [(Span(row.context.start, row.context.end), 0)]
    return Excerpt(
        printable(row.context.text),
        content=tuple(_placed(row.content, whole)),
        matches=tuple(_placed(matches, whole)),
    )


def _layout(content: Iterable[Span]) -> list[tuple[Span, int]]:
    """Return where `Statement.text` puts each span of the content."""
    layout, place = [], 0
    for span in content:
        layout.append((span, place))
        place += span.end - span.start + len(JOINT)
    return layout


def _placed(spans: Iterable[Span], layout: list[tuple[Span, int]]) -> Iterator[Span]:
    """Yield the parts of `spans` that are shown, at their places in the shown text."""
    for span in spans:
        for shown, place in layout:
            start, end = max(span.start, shown.start), min(span.end, shown.end)
            if start < end:
                yield Span(place + start - shown.start, place + end - shown.start)
