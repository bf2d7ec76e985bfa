"""In what order attributions are resolved: that of the text, but what is said inside another's words after these."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from quotecli.attribution.attribution import Attribution


def order(attributions: Sequence[Attribution], outer: Sequence[int | None]) -> list[int]:
    """Return the indices of attributions in the order in which they are resolved; `outer`: see `enclosing`."""

    def key(index: int) -> tuple[int, int, int]:
        around = outer[index]
        start, end = extent(attributions[index])
        return (start, 0, end) if around is None else (extent(attributions[around])[0], 1, start)

    return sorted(range(len(attributions)), key=key)


def extent(attribution: Attribution) -> tuple[int, int]:
    """Return where an attribution begins and ends, its source and cue included."""
    return min(span.start for span in attribution.spans), max(span.end for span in attribution.spans)


def enclosing(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return for each attribution the one whose content holds its source (or its words, where it has no source)."""
    spans = sorted(
        (span.start, -span.end, i) for i, attribution in enumerate(attributions) for span in attribution.content
    )
    reach = list(accumulate((-minus_end for _, minus_end, _ in spans), max))
    found: list[int | None] = []
    for index, attribution in enumerate(attributions):
        inner = attribution.source or attribution.content[0]
        outer = None
        for place in range(bisect_left(reach, inner.end), len(spans)):  # none before that reaches so far
            start, minus_end, other = spans[place]
            if start > inner.start:
                break
            if inner.end <= -minus_end and other != index and (start, -minus_end) != (inner.start, inner.end):
                outer = other
                break
        found.append(outer)
    return found
