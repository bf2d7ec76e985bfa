"""The article's own checkable sentences: labelled cases, the sample article, and what no text may change."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.facts import facts, figures
from quotecli.model import tag
from quotecli.model.tagging import Readings
from quotecli.records import Span
from quotecli.text import parse

HERE = Path(__file__).parent
CASES: dict[str, Any] = json.loads((HERE / "facts.json").read_text(encoding="utf-8"))
GOLD = HERE.parents[2] / "shared" / "gold" / "seed_article.json"
SAMPLE = HERE.parents[1] / "data" / "pakistan-afghanistan-refugees.txt"


def found(text: str) -> list[str]:
    document = parse(text)
    return [text[span.start : span.end] for span, _ in facts(document, tag(document).readings)]


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['why']}: {case['text'][:40]}") for case in CASES[name]]


@pytest.mark.parametrize("case", cases("facts"))
def test_a_checkable_sentence_is_a_fact(case: dict[str, Any]) -> None:
    assert case.get("fact", case["text"]) in found(CASES["around"].format(case["text"]))


@pytest.mark.parametrize("case", cases("not facts"))
def test_other_sentences_are_none(case: dict[str, Any]) -> None:
    assert not any(fact in case["text"] for fact in found(CASES["around"].format(case["text"])))


def test_of_some_facts_those_with_more_to_check_come_first() -> None:
    weak = "The choir met in a hall behind the church."
    strong = "The court fined the company £2m in March 2019 for spilling 40 tonnes of oil."
    document = parse(f"{weak} {strong}")
    readings = tag(document).readings
    assert [readings.probability("fact", (span,)) for span in document.sentences] == sorted(
        readings.probability("fact", (span,)) for span in document.sentences
    )


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled sample article is not here")
def test_the_sample_articles_own_facts_are_found() -> None:
    text, gold = SAMPLE.read_text(encoding="utf-8"), json.loads(GOLD.read_text(encoding="utf-8"))
    document = parse(text)
    told = {
        text[span.start : span.end]: [figure.text for figure in figures(text, span)]
        for span, _ in facts(document, tag(document).readings)
    }
    for fact in gold["facts"]:
        assert told[fact["text"]] == fact["figures"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. •[]12?!“”\n—", max_size=80))
def test_facts_are_sentences_in_order_and_never_headings(text: str) -> None:
    document = parse(text)
    everything = Readings(
        starts=tuple(range(len(text))),
        ends=tuple(range(1, len(text) + 1)),
        totals={"fact": tuple(9.0 * i for i in range(len(text) + 1))},
    )
    spans = [span for span, _ in facts(document, everything)]
    assert spans == sorted(spans) and len(set(spans)) == len(spans)
    for span in spans:
        assert any(sentence.start <= span.start < span.end <= sentence.end for sentence in document.sentences)
        assert re.search(r"[.!”“]", text[span.start : span.end])


def test_readings_of_no_words_say_no() -> None:
    readings = Readings(starts=(0, 4), ends=(3, 8), totals={"fact": (0.0, 2.0, 1.0)})
    assert readings.probability("fact", ()) == 0
    assert readings.probability("fact", (Span(3, 4),)) == 0
    assert readings.probability("fact", (Span(0, 3),)) == pytest.approx(1 / (1 + 2.718281828**-2))
    assert readings.probability("fact", (Span(0, 8),)) == pytest.approx(1 / (1 + 2.718281828**-0.5))
