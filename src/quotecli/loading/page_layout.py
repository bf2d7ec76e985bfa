"""Lines on printed pages, to paragraphs in reading order: the geometry behind PDF."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from quotecli.text.hyphens import WORDS, keeps_hyphen

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.bool_]

_WORD_GAP = 0.15  # of the line's height: from here on a space
_COLUMN_GAP = 1.1  # from here on another column
_LEAST_INDENT, _MOST_INDENT = 0.6, 4.0  # heights of a line
_ALIKE_INDENT = 0.3
_DROPPED = (1.7, 8.0)  # heights of a line that a drop capital has
_OFF_MIDDLE = 0.15  # of the capital's height
_ROW_BELOW = (0.7, 2.5)  # heights from one line to the next
_MOST_ORDERED = 1500  # lines on a page; a page with more is a drawing or a table
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/|von)\s*\d{1,4})?", re.IGNORECASE
)
_EDGE_ROWS = 2  # from the top and from the bottom, where running heads stand
_ALIKE = 1.08  # distances of lines that are one but for rounding
_SHARE_ALIKE, _FEWEST_ALIKE = 0.1, 2
_ONE_EACH, _FEWEST_LINES = 0.7, 6  # of the lines, when each is a paragraph of its own
_GAP = 1.3  # of the usual distance: from here on a paragraph begins
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_CAPITAL = re.compile(r"[\"“‘']?[A-ZÀ-ÖØ-Þ]")
_HYPHENATED = re.compile(r"\w[-\u00ad\u2010]$")


@dataclass(slots=True)
class Line:
    """Characters side by side on a page; the box in points, from the top left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def shares_row_with(self, other: Line) -> bool:
        """Whether the two stand side by side: more than half of the smaller one's height is common."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return common > 0.5 * min(self.height, other.height)

    def is_followed_by(self, other: Line) -> bool:
        """Whether `other` goes on to the right of this one, with no more than a space between."""
        return self.shares_row_with(other) and -0.5 < (other.left - self.right) / self.height < _COLUMN_GAP

    def is_dropped_beside(self, other: Line) -> bool:
        """Whether this is a capital as high as several lines of the other's size, and not before a small capital."""
        capital = _CAPITAL.fullmatch(self.text.strip()) is not None and self.height / other.height > _DROPPED[0]
        return capital and abs(self.middle - other.middle) > _OFF_MIDDLE * self.height

    def overlaps(self, other: Line) -> bool:
        """Whether the two stand in one column: common horizontal extent, or a last word below an indented line."""
        if min(self.right, other.right) - max(self.left, other.left) > 1:
            return True
        apart = abs(self.middle - other.middle) / self.height
        return _ROW_BELOW[0] < apart < _ROW_BELOW[1] and abs(self.left - other.left) < _MOST_INDENT * self.height

    def take(self, other: Line) -> None:
        """Add what follows on the right."""
        apart = other.left - self.right > _WORD_GAP * self.height
        self.text += " " * (apart and not self.text.endswith(" ")) + other.text
        self.right = max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


def joined_rows(runs: Iterable[Line]) -> list[Line]:
    """Join runs that stand close side by side, in whatever order they were printed; leave out empty ones."""
    lines: list[Line] = []
    rows: dict[int, list[Line]] = {}
    for run in sorted(runs, key=lambda run: (run.left, run.top)):
        if not run.text.strip():
            continue
        row = round(run.middle / 4)
        near = [line for nearby in (row - 1, row, row + 1) for line in rows.get(nearby, ())]
        before = next((line for line in reversed(near) if line.is_followed_by(run)), None)
        if before is not None:
            before.take(run)
            continue
        rows.setdefault(row, []).append(run)
        lines.append(run)
    return sorted(lines, key=lambda line: (line.top, line.left))


def with_drop_capitals(runs: Iterable[Line]) -> list[Line]:
    """Return the runs of a page with each capital that is set over several lines at the head of the first of them."""
    kept = list(runs)
    for capital in [run for run in kept if _CAPITAL.fullmatch(run.text.strip())]:
        beside = [run for run in kept if run is not capital and _is_beside(run, capital)]
        first = min(beside, key=lambda run: run.top, default=None)
        if first is not None and first.text[:1].isalpha() and any(not run.shares_row_with(first) for run in beside):
            first.text = capital.text.strip() + first.text
            kept = [run for run in kept if run is not capital]
    return kept


def _is_beside(run: Line, capital: Line) -> bool:
    """Whether a run begins right behind a capital that is as high as several of its lines."""
    high = _DROPPED[0] < capital.height / run.height < _DROPPED[1]
    along = capital.top - run.height / 2 < run.middle < capital.bottom
    return high and along and -run.height / 2 < run.left - capital.right < run.height


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Take out page numbers, and lines at the top or bottom edge whose words or place come again on other pages."""
    edges = [dict(_edge_keys(rows_of(lines))) for lines in pages]
    times = Counter(key for edge in edges for key in {key for keys in edge.values() for key in keys})

    def is_running(line: Line, edge: dict[int, tuple[str, ...]]) -> bool:
        keys = edge.get(id(line), ())
        return any(times[key] > 1 for key in keys) or (bool(keys) and bool(_PAGE_NUMBER.fullmatch(line.text.strip())))

    return [[line for line in lines if not is_running(line, edge)] for lines, edge in zip(pages, edges, strict=True)]


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page in rows, from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if rows and rows[-1][0].shares_row_with(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _edge_keys(rows: Sequence[Sequence[Line]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield, for each line near an edge that stands apart from the text, what comes again on other pages if it is a
    running head: its words and its place."""
    for inward in (rows, rows[::-1]):
        for row, next_row in islice(pairwise(inward), _EDGE_ROWS):
            if stand_apart(row, next_row):
                for line in row:
                    words = re.sub(r"\d+", "#", " ".join(line.text.split()).casefold())
                    yield id(line), (words, f"at {row[0].middle:.0f}")


def stand_apart(row: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether more than the usual space lies between two rows."""
    gap = max(row[0].top, other[0].top) - min(row[0].bottom, other[0].bottom)
    return gap > 0.8 * row[0].height


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in the order in which people read them.

    After Breuel (2003), "High performance document layout analysis": a line comes before another that stands below it
    in the same column, and before all of a column on its right unless something across both stands between the two.
    """
    if len(lines) > _MOST_ORDERED:
        return list(lines)
    before = _before(lines)
    waiting_for = before.sum(axis=0)
    ready = [(line.top, line.left, index) for index, line in enumerate(lines) if not waiting_for[index]]
    heapq.heapify(ready)
    order: list[int] = []
    left = set(range(len(lines)))
    while left:
        # Overlapping print can make a circle; then the topmost line goes first.
        index = heapq.heappop(ready)[2] if ready else min(left, key=lambda i: (lines[i].top, lines[i].left))
        if index not in left:
            continue
        left.discard(index)
        order.append(index)
        for follower in before[index].nonzero()[0]:
            waiting_for[follower] -= 1
            if not waiting_for[follower]:
                heapq.heappush(ready, (lines[follower].top, lines[follower].left, int(follower)))
    return [lines[index] for index in order]


def _before(lines: Sequence[Line]) -> Any:
    """Return the matrix of which line is read before which."""
    import numpy as np

    left, right = (np.array([getattr(line, side) for line in lines]) for side in ("left", "right"))
    middle = np.array([line.middle for line in lines])
    overlap = np.minimum(right[:, None], right) - np.maximum(left[:, None], left) > 1
    height = np.array([line.height for line in lines])[:, None]
    rows_apart = np.abs(middle[:, None] - middle) / height
    last_word = (rows_apart > _ROW_BELOW[0]) & (rows_apart < _ROW_BELOW[1])
    last_word &= np.abs(left[:, None] - left) < _MOST_INDENT * height
    overlap |= last_word | last_word.T
    above = middle[:, None] < middle
    beside = ~overlap & (left[:, None] < left)
    for line in range(len(lines)):
        across = np.flatnonzero(overlap[line])
        over, under = across[middle[across] < middle[line]], across[middle[across] > middle[line]]
        beside[np.ix_(over, under)] = False
        beside[np.ix_(under, over)] = False
    np.fill_diagonal(overlap, False)
    return (overlap & above) | beside


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Join lines in reading order to paragraphs, words divided at a line's end made whole again."""
    if not lines:
        return []
    words = Counter(WORDS.findall(" ".join(line.text for line in lines).casefold()))
    pitch = _usual_pitch(lines)
    ended = sum(_ends_sentence(line) for line in lines)
    one_each = len(lines) >= _FEWEST_LINES and ended > _ONE_EACH * len(lines)
    texts = [lines[0].text.strip()]
    for index in range(1, len(lines)):
        if (one_each and _ends_sentence(lines[index - 1])) or _begins_paragraph(lines, index, pitch):
            texts.append(lines[index].text.strip())
        else:
            texts[-1] = _joined(texts[-1], lines[index].text.strip(), words)
    return texts


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Return the distance from one line to the next within a paragraph, in heights of a line: the smallest one that is
    no exception, for where paragraphs are short most lines have a gap behind them."""
    distances = sorted((b.top - a.top) / a.height for a, b in pairwise(lines) if a.overlaps(b) and b.top > a.top)
    enough = max(_FEWEST_ALIKE, _SHARE_ALIKE * len(distances))
    for place, distance in enumerate(distances):
        alike = distances[place : bisect_right(distances, _ALIKE * distance)]
        if len(alike) >= enough:
            return median(alike)
    return median(distances) if distances else 1.2


def _begins_paragraph(lines: Sequence[Line], index: int, pitch: float) -> bool:
    """Whether a paragraph begins at a line: other size, a gap above, an indent, or a short last line before it."""
    before, line = lines[index - 1], lines[index]
    if not 0.8 < line.height / before.height < 1.25:
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    indented = following is not None and line.overlaps(following) and _indent(line, following) > _LEAST_INDENT
    ended = _ends_sentence(before)
    if not before.overlaps(line) or line.top <= before.top:  # the next column or page
        return indented or (ended and not line.text.lstrip()[:1].islower())
    if (line.top - before.top) / before.height > _GAP * pitch:
        return True
    if _indent(line, before) > _LEAST_INDENT and (indented or ended):
        return True
    if ended and _column_indent(lines, index) > _LEAST_INDENT and _is_first_line(lines, index):
        return True
    short = _ends_short(lines, index - 1)
    return short and (ended or _column_indent(lines, index) > _LEAST_INDENT)


def _is_first_line(lines: Sequence[Line], index: int) -> bool:
    """Whether the lines around one that begin as far to the right are first lines of paragraphs, each a line long but
    for the last: not those of a block quote, which go on there."""
    start, end = index, index
    while start and _begin_alike(lines[start - 1], lines[index]):
        start -= 1
    while end + 1 < len(lines) and _begin_alike(lines[end + 1], lines[index]):
        end += 1
    return end + 1 < len(lines) and all(_ends_sentence(line) for line in lines[start:end])


def _begin_alike(line: Line, other: Line) -> bool:
    return abs(line.left - other.left) < _ALIKE_INDENT * other.height and 0.8 < line.height / other.height < 1.25


def _ends_sentence(line: Line) -> bool:
    return _SENTENCE_END.search(line.text.rstrip()) is not None


def _indent(line: Line, other: Line) -> float:
    """How far `line` begins to the right of `other`, in heights of a line; nothing if further than an indent is."""
    indent = (line.left - other.left) / line.height
    return indent if indent < _MOST_INDENT else 0.0


def _column_indent(lines: Sequence[Line], index: int) -> float:
    """How far a line begins to the right of its column's edge, in heights of a line."""
    line = lines[index]
    return max((_indent(line, near) for near in _column(lines, index)), default=0.0)


def _ends_short(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends well before the right edge of its column."""
    line, column = lines[index], _column(lines, index)
    left, right = min(near.left for near in column), max(near.right for near in column)
    return right - line.right > 0.15 * (right - left)


def _column(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the lines around one that stand in its column."""
    return [near for near in lines[max(0, index - 6) : index + 7] if near.overlaps(lines[index])]


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """Join a line to a paragraph; a hyphen at the end stays if the document writes the word so elsewhere."""
    if not (_HYPHENATED.search(text) and line[:1].islower()):
        return text + ("" if _HYPHENATED.search(text) else " ") + line
    first, second = re.search(r"[\w-]*$", text[:-1]), re.match(r"\w+", line)
    keeps = keeps_hyphen(first[0] if first else "", second[0] if second else "", words)
    return (text if keeps else text[:-1]) + line
