"""The article's own checkable sentences: labelled cases, the sample article, and what attribution takes away."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quotecli.facts import facts, figures
from quotecli.model.tagging import Name
from quotecli.records import Span
from quotecli.text import parse

HERE = Path(__file__).parent
CASES: dict[str, Any] = json.loads((HERE / "facts.json").read_text(encoding="utf-8"))
NAMES = {"Brigid Faulkner": "person", "Harrow Council": "organisation", "Jilani": "person", "Pakistan": "place"}
GOLD = HERE.parents[2] / "shared" / "gold" / "seed_article.json"
SAMPLE = HERE.parents[1] / "data" / "pakistan-afghanistan-refugees.txt"


def names(text: str) -> list[Name]:
    return [
        Name(kind, *match.span())  # type: ignore[arg-type]
        for name, kind in NAMES.items()
        for match in re.finditer(name, text)
    ]


@pytest.mark.parametrize("text", CASES["facts"])
def test_a_checkable_sentence_is_a_fact(text: str) -> None:
    assert [span for span, _ in facts(parse(text), names(text), [])] == [Span(0, len(text))]


@pytest.mark.parametrize("case", CASES["not facts"], ids=lambda case: f"{case['why']}: {case['text'][:40]}")
def test_other_sentences_are_none(case: dict[str, str]) -> None:
    text = case["text"]
    assert facts(parse(text), names(text), []) == []


def test_figure_name_and_event_together_are_more_checkable() -> None:
    weak, strong = CASES["facts"][1], "Harrow Council has approved 12 plans for a new library."
    assert facts(parse(strong), names(strong), [])[0][1] > facts(parse(weak), names(weak), [])[0][1]
    assert all(0 < score <= 1 for text in CASES["facts"] for _, score in facts(parse(text), names(text), []))


def test_what_somebody_is_said_to_have_said_is_no_fact() -> None:
    text = "The bridge opened on 3 June, Harrow Council said."
    assert facts(parse(text), names(text), [Span(0, 27), Span(29, 43), Span(44, 48)]) == []


def test_a_source_named_within_a_fact_does_not_take_it_away() -> None:
    text = "Harrow Council has approved the plan for a new library and set aside £2m for the site beside the river."
    assert len(facts(parse(text), names(text), [Span(0, 14)])) == 1


def test_quoted_speech_without_attribution_is_no_fact() -> None:
    text = "“The bridge opened on 3 June and carries 40,000 cars.”"
    assert facts(parse(text), names(text), []) == []


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled sample article is not here")
def test_the_sample_articles_own_facts_are_found() -> None:
    text, gold = SAMPLE.read_text(encoding="utf-8"), json.loads(GOLD.read_text(encoding="utf-8"))
    attributed = [Span(*s) for row in gold["statements"] for part in ("content", "cue", "source") for s in row[part]]
    found = facts(parse(text), names(text), attributed)
    told = {text[span.start : span.end]: [f.text for f in figures(text, span)] for span, _ in found}
    for fact in gold["facts"]:
        assert told[fact["text"]] == fact["figures"]
    for span, _ in found:
        assert not any(span.start < part.end and part.start < span.end for part in attributed)
