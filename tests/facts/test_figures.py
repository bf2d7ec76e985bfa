"""Figures: labelled cases, exact offsets, and no exception whatever the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.facts import figures
from quotecli.records import Span

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "figures.json").read_text(encoding="utf-8"))
SAMPLE = Path(__file__).parents[2] / "data" / "pakistan-afghanistan-refugees.txt"
PIECES = st.sampled_from(
    "1 12 1,000 3.5 2019 - – % £ $ bn million half a hundred and twenty two third of to in November 5 October p.m. : / "
    ", . old year-old weeks people one Section ½ ² ５ \n “ ’ Thursday per cent May the between dozens".split(" ")
)


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['text'][:50]}")
def test_labelled_cases(case: dict[str, Any]) -> None:
    found = figures(case["text"], whole(case["text"]))
    assert [[figure.text, figure.value, figure.unit] for figure in found] == case["figures"]


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)))
def test_offsets_are_exact_and_in_order_whatever_the_text(text: str) -> None:
    behind = 0
    for figure in figures(text, whole(text)):
        assert text[figure.start : figure.end] == figure.text != ""
        assert figure.start >= behind
        behind = figure.end


@given(st.lists(PIECES, max_size=20).map(" ".join), st.data())
def test_only_what_lies_within_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for figure in figures(text, Span(start, end)):
        assert start <= figure.start < figure.end <= end
        assert text[figure.start : figure.end] == figure.text


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    start = text.index("This operation")
    (figure,) = figures(text, Span(start, len(text)))
    assert (figure.text, figure.start) == ("1.4 million", text.index("1.4 million"))
    assert (figure.value, figure.unit) == (1_400_000, "Afghan refugees")


def test_decimals_are_counted_exactly() -> None:
    (figure,) = figures("2.3 million", Span(0, 11))
    assert figure.value == 2_300_000
    assert isinstance(figure.value, int)
