"""Records as JSON, JSON Lines and CSV, and the one place that chooses between the formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar, assert_never

import msgspec
from msgspec import UNSET

from quotecli.output.looks import Format

Record = TypeVar("Record")
Columns = Mapping[str, Callable[[Record], Any]]
"""The columns of a CSV file: their names, and how each is read off a record."""


def render(
    records: Iterable[Record],
    format: Format,
    columns: Columns[Record],
    table: Callable[[Iterable[Record]], Iterator[str]],
    markdown: Callable[[Iterable[Record]], Iterator[str]] | None = None,
) -> Iterator[str]:
    """Yield `records` in `format`; `columns` are the CSV's, `table` makes the table, `markdown` what is pasted, if that
    is not a table of these columns."""
    match format:
        case Format.TABLE:
            return table(records)
        case Format.JSON:
            return json_list(records)
        case Format.JSONL:
            return (to_json(record) + "\n" for record in records)
        case Format.CSV:
            return csv_lines(records, columns)
        case Format.MARKDOWN:
            from quotecli.output import markdown as pasted

            return markdown(records) if markdown else pasted.table(records, columns)
        case _:
            assert_never(format)


def to_json(record: object) -> str:
    """Return `record` as one line of JSON."""
    try:
        return msgspec.json.encode(record).decode()
    except UnicodeEncodeError:  # a lone surrogate in the article: only an escape can write it
        import json  # takes lone surrogates, which no other text has

        return json.dumps(msgspec.to_builtins(record))


def json_list(records: Iterable[object]) -> Iterator[str]:
    """Yield a JSON list, one record a line."""
    separator = "["
    for record in records:
        yield f"{separator}\n{to_json(record)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def csv_lines(records: Iterable[Record], columns: Columns[Record]) -> Iterator[str]:
    """Yield CSV (RFC 4180, but with Unix line ends): the names of the columns, then one record a row.

    A column that the first record leaves unset was not asked for and is left out; without records, all are named.
    """
    return map(_csv_row, cells_of(records, columns))


def cells_of(records: Iterable[Record], columns: Columns[Record]) -> Iterator[list[Any]]:
    """Yield the rows of a table (see `csv_lines`), the names of its columns first."""
    waiting = iter(records)
    first = next(waiting, None)
    if first is None:
        yield [*columns]
        return
    kept = {name: value for name, value in columns.items() if value(first) is not UNSET}
    yield [*kept]
    for record in chain([first], waiting):
        yield [value(record) for value in kept.values()]


def _csv_row(cells: Iterable[object]) -> str:
    import csv
    import io

    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


_NUMBER = re.compile(r"[+-]?[\d.,]+%?")
_FORMULA = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")


def without_formulas(pieces: Iterable[str]) -> Iterator[str]:
    """Yield rows of CSV with an apostrophe before each cell that a spreadsheet would run as a formula; numbers stay as
    they are."""
    import csv
    import io

    for piece in pieces:
        for cells in csv.reader(io.StringIO(piece, newline="")):
            yield _csv_row(map(_as_text, cells))


def _as_text(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
