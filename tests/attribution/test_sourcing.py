"""Who is not named and why, and by which way words came: labelled cases, through the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.attribution import anonymous
from quotecli.pipeline import extract
from quotecli.records import Article, Mention, Speaker
from quotecli.text import parse

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "sourcing.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["anonymous"], ids=lambda case: case["text"][:50])
def test_unnamed_people_are_marked_with_the_reason(case: dict[str, Any]) -> None:
    said = [each for each in extract(Article(id="a", text=case["text"])) if each.kind != "fact"]
    assert said
    unnamed = said[0].anonymous
    assert (unnamed.who.text if unnamed else None) == case["who"]
    assert (unnamed.reason.text if unnamed and unnamed.reason else None) == case["reason"]
    for words in (unnamed.who, unnamed.reason) if unnamed else ():
        assert words is None or case["text"][words.start : words.end] == words.text


@pytest.mark.parametrize("case", CASES["channel"], ids=lambda case: f"{case['channel']}: {case['text'][:50]}")
def test_the_way_of_the_words(case: dict[str, Any]) -> None:
    article = Article(id="a", text=case["text"], outlet=case.get("outlet"))
    said = [each for each in extract(article) if each.kind != "fact"]
    assert said and said[0].channel == case["channel"]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="aof officials on condition of anonymity because.\n", max_size=90), st.integers(0, 80))
def test_reasons_stand_where_they_say(text: str, place: int) -> None:
    start = text.find("officials", place)
    words = Mention("officials", start, start + 9) if start >= 0 else Mention("", 0, 0)
    found = anonymous(parse(text), Speaker(name="officials", type="group", mention=words))
    assert found is not None
    if found.reason:
        assert text[found.reason.start : found.reason.end] == found.reason.text
