"""What a browser prints around a page: the date and the title above, the address and the page's number below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.loading.page_layout import Line, rows_of, stand_apart

_DAY = r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\.?|\d{1,2} \w{3,9}\.? \d{4}|\w{3,9} \d{1,2}, \d{4})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_WHEN = rf"{_DAY}(?:,| at)? {_TIME}"
_WHERE = r"(?:https?|file)://\S+(?:\s\S+)?"
_NUMBER = r"(?:page )?\d{1,4}(?:/| of )\d{1,4}"
_MARK = re.compile(
    rf"{_WHEN}(?: .{{0,200}})?|(?:.{{0,200}} )?{_WHERE}|{_WHERE} {_NUMBER}|{_NUMBER}(?: {_WHEN})?", re.IGNORECASE
)

_LIKE = 0.92  # of the height of the other row


def without_print_marks(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page without its first and its last row where these are a browser's."""
    rows = rows_of(lines)
    if len(rows) < 2:
        return list(lines)
    edges = [(rows[0], rows[1]), (rows[-1], rows[-2])]
    marks = [line for row, inner in edges if _is_mark(row) and _is_other_print(row, inner) for line in row]
    return [line for line in lines if not any(line is mark for mark in marks)]


def _is_mark(row: Sequence[Line]) -> bool:
    words = " ".join(" ".join(line.text.split()) for line in sorted(row, key=lambda line: line.left))
    return _MARK.fullmatch(words) is not None


def _is_other_print(row: Sequence[Line], inner: Sequence[Line]) -> bool:
    """Whether a row is not set like the text: a browser's own is small, or stands apart."""
    return stand_apart(row, inner) or not _LIKE < row[0].height / inner[0].height < 1 / _LIKE
