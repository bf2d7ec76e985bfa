"""Quotation marks as real news prints and misprints them: labelled cases, and properties of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.text import parse

CASES = json.loads((Path(__file__).parent / "quotations.json").read_text(encoding="utf-8"))

TEXTS = st.text(alphabet="ab S’‘'“”\"«».,!?:\n-(90", max_size=120)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = parse(case["text"]).quotations
    assert [case["text"][q.start : q.end] for q in found] == case["quotations"]
    assert [i for i, q in enumerate(found) if not q.closed] == case.get("open", [])
    assert [i for i, q in enumerate(found) if q.continues] == case.get("continues", [])


@given(TEXTS)
def test_quotations_are_ordered_and_stay_inside_their_paragraphs(text: str) -> None:
    document = parse(text)
    previous_end = 0
    for quotation in document.quotations:
        assert previous_end <= quotation.start < quotation.end <= len(text)
        assert any(p.start <= quotation.start and quotation.end <= p.end for p in document.paragraphs)
        previous_end = quotation.end


@given(TEXTS, TEXTS)
def test_a_bad_mark_costs_at_most_its_own_paragraph(first: str, second: str) -> None:
    """Whatever stands in the paragraphs around it, a well-formed quotation is found."""
    quotation = "“We agree,” she said."
    text = f"{first}\nNothing here.\n{quotation}\nNothing here.\n{second}"
    start = text.index("\n" + quotation + "\n") + 1
    assert (start, start + len("“We agree,”")) in [(q.start, q.end) for q in parse(text).quotations]
