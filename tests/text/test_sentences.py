"""Sentences and paragraphs: labelled cases, and properties of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.text import parse, visible
from quotecli.text.paragraphs import LONGEST

CASES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[s.start : s.end] for s in parse(text).sentences] == case["sentences"]


@given(st.text(max_size=200))
def test_paragraphs_and_sentences_hold_every_word_in_order(text: str) -> None:
    document = parse(text)
    for spans in (document.paragraphs, document.sentences):
        previous_end = 0
        for span in spans:
            assert not visible(text[previous_end : span.start]).strip()
            assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
            previous_end = span.end
        assert not visible(text[previous_end:]).strip()


def test_lines_of_a_wrapped_text_are_one_paragraph() -> None:
    text = (
        "The council met on Monday evening to discuss the plans for the new\n"
        "bridge, which has been closed to all traffic since the storm damaged\n"
        "one of its piers.\n\nNobody objected."
    )
    assert [text[p.start : p.end].split(maxsplit=1)[0] for p in parse(text).paragraphs] == ["The", "Nobody"]


def test_lines_that_end_like_sentences_are_paragraphs_of_their_own() -> None:
    text = (
        "The council met on Monday evening to discuss the plans again.\n"
        "The bridge has been closed to all traffic since the storm.\nNobody objected.\n"
    )
    assert len(parse(text).paragraphs) == 3


@given(st.integers(1, 40_000), st.integers(0, 3_000))
def test_a_text_without_line_ends_is_cut_where_no_word_is(before: int, word: int) -> None:
    text = "a " * before + "b" * word + " c" * before
    spans = parse(text).paragraphs
    assert all(span.end - span.start <= LONGEST for span in spans)
    if word < LONGEST // 10:
        assert "".join(text[span.start : span.end] for span in spans).count("b" * max(word, 1)) == (1 if word else 0)
