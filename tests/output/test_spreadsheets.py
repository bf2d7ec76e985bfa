"""Statements as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from quotecli.output import spreadsheets
from quotecli.output.spreadsheets import workbook
from quotecli.output.statements import CSV_COLUMNS

openpyxl = pytest.importorskip("openpyxl")


def sheets(records: Any, columns: Any) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    (data,) = workbook(records, columns, "statements")
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        yield sheet.title, [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


COLUMNS = {"text": lambda words: words, "length": len}


def test_words_and_numbers_come_back() -> None:
    assert list(sheets(["“Rain”", ""], COLUMNS)) == [("statements", [("text", "length"), ("“Rain”", 6), (None, 0)])]


@pytest.mark.parametrize("words", ["=1+1", '=HYPERLINK("http://evil.example","x")', "+1", "@SUM(A1)", "-2"])
def test_no_cell_is_a_formula(words: str) -> None:
    (data,) = workbook([words], COLUMNS, "statements")
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.value, cell.data_type) == (words, "s")


def test_what_no_cell_holds_is_left_out() -> None:
    ((_, rows),) = sheets(["a\x00\x0bb\ud800", "x" * 40_000], {"text": lambda words: words})
    assert rows[1:] == [("ab?",), ("x" * 32_767,)]


def test_more_rows_than_a_sheet_holds_go_into_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROWS", 2)
    found = dict(sheets(["a", "b", "c"], {"text": lambda words: words}))
    assert found == {"statements": [("text",), ("a",), ("b",)], "statements 2": [("text",), ("c",)]}


def test_nothing_is_a_header() -> None:
    assert list(sheets([], CSV_COLUMNS)) == [("statements", [tuple(CSV_COLUMNS)])]
