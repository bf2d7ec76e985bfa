"""Excel's workbooks (.xlsx): an article a row, as in every other table."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any

from quotecli.errors import InputError
from quotecli.loading.columns import has_text, row_article
from quotecli.loading.extras import required
from quotecli.loading.packages import BROKEN_ZIP, too_large_within
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

Numbered = tuple[int, Mapping[str, object]]


def read_xlsx(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each row below the header, of every sheet with a column of texts; of the first, if none has.

    What a cell shows counts, not its formula. The whole workbook may unpack to as much as one document may have.
    """
    openpyxl = required("openpyxl")
    data = source.read()
    _check(source, data)
    warnings.filterwarnings("ignore", module="openpyxl")  # of styles that nobody asked for
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except InputError:  # the time is over
        raise
    except Exception as error:  # it raises whatever a damaged part makes it stumble over
        raise InputError("damaged, or not an Excel workbook") from error
    with closing(book):
        sheets = [(sheet.title, _readable(_rows(sheet))) for sheet in book.worksheets]
        for title, rows in _with_texts(sheets, source.text_column):
            place = source.path if len(sheets) == 1 else f"{source.path}:{title}"
            for number, row in rows:
                yield attempt(f"{place}:{number}", partial(row_article, source, row))


def _check(source: Source, data: bytes) -> None:
    """Raise InputError when the workbook is no archive, or would unpack to more than a document may have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except BROKEN_ZIP as error:
        raise InputError("damaged, or not an Excel workbook") from error
    if size > source.limits.document_bytes:
        raise too_large_within(source)


def _with_texts(
    sheets: list[tuple[str, Iterator[Numbered]]], text_column: str | None
) -> Iterator[tuple[str, Iterator[Numbered]]]:
    """Yield the sheets whose first row has a text; the first that has rows, where none does."""
    others = []
    found = False
    for title, rows in sheets:
        first = next(rows, None)
        if first is None:
            continue
        if has_text(dict.fromkeys(first[1], "words"), text_column):
            found = True
            yield title, chain([first], rows)
        else:
            others.append((title, chain([first], rows)))
    if not found:
        yield from others[:1]


def _rows(sheet: Any) -> Iterator[Numbered]:
    """Yield the rows that hold something, each with its number, by the names in the first of them."""
    sheet.reset_dimensions()  # what a file says of its size need not be so
    names: list[str] | None = None
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if all(value is None or not str(value).strip() for value in cells):
            continue
        if names is None:
            names = ["" if value is None else str(value).strip() for value in cells]
        else:
            yield number, dict(zip(names, map(_plain, cells), strict=False))


def _readable(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    try:
        yield from rows
    except InputError:
        raise
    except Exception as error:
        raise InputError("damaged: a sheet of this workbook cannot be read") from error


def _plain(value: object) -> object:
    """Return what a cell holds as other tables have it: a date as it is written."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
