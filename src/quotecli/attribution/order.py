"""In what order attributions are resolved: that of the text, but what is said inside another's words after these."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    contents = sorted((span.start, -span.end, i) for i, one in enumerate(attributions) for span in one.content)
    ends = [-minus_end for _, minus_end, _ in contents]
    reach = list(accumulate(ends, max))
    found: list[int | None] = []
    for index, attribution in enumerate(attributions):
        inner = attribution.source or attribution.content[0]
        first = bisect_left(reach, inner.end)  # none before that reaches so far
        last = bisect_right(contents, inner.start, key=lambda content: content[0])
        around = (contents[n][2] for n in range(first, last) if ends[n] >= inner.end)
        found.append(next((other for other in around if other != index), None))
    return found
