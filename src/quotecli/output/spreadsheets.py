"""Records as an Excel workbook (.xlsx): a row each, with the columns of the CSV."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from typing import Any

from quotecli.errors import UsageError
from quotecli.output.plain_formats import Columns, Record, cells_of

ROWS = 2**20 - 1
"""What a sheet holds below its header; what is more goes into another one."""
_LONGEST = 32_767  # characters of a cell


def workbook(records: Iterable[Record], columns: Columns[Record], name: str) -> Iterator[bytes]:
    """Yield a workbook whose sheets are called `name`, with a number from the second on.

    Words are words: nothing in a cell is run as a formula. What a cell cannot hold (control characters, more than
    32,767 characters) is left out. Raises UsageError when openpyxl, which writes it, is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise UsageError("a workbook needs another library: pip install openpyxl") from error
    book = Workbook(write_only=True)
    rows = cells_of(records, columns)
    header = next(rows)
    for number in count(1):
        first = next(rows, None)
        if first is None and number > 1:
            break
        sheet = book.create_sheet(name if number == 1 else f"{name} {number}")
        sheet.freeze_panes = "A2"
        for row in chain([header], [] if first is None else [first], islice(rows, ROWS - 1)):
            sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    yield file.getvalue()


def _cell(sheet: Any, value: object) -> Any:
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    words = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode()
    cell = WriteOnlyCell(sheet, value=words[:_LONGEST])
    cell.data_type = "s"  # also of "=1+1"
    return cell
