"""Statements as a data frame: a row each, with the columns of the CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import UNSET

from quotecli.output.rows import Row
from quotecli.output.statements import CSV_COLUMNS
from quotecli.records import Statement

_ONLY_WHERE_ASKED = ("person", "score", "context", "repeats")


def frame(statements: Iterable[Statement]) -> Any:
    """Return statements as a pandas DataFrame, a row each; where pandas is not installed, as a dict of its columns.

    The columns are those of the command line's CSV; `score` only where all are hits of a search.
    """
    rows = [each if isinstance(each, Row) else Row.of(each) for each in statements]
    columns = {name: [value(row) for row in rows] for name, value in CSV_COLUMNS.items()}
    for name in _ONLY_WHERE_ASKED:
        if not rows or UNSET in columns[name]:
            del columns[name]
    try:
        from pandas import DataFrame
    except ImportError:
        return columns
    return DataFrame(columns)
