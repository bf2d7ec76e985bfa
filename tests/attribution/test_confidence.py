"""Confidence: no more than the least of what must be right, words, source and name."""

from __future__ import annotations

import pytest

from quotecli import Article, extract
from quotecli.attribution import as_report, with_name
from quotecli.attribution.confidence import ACT, UNEXPLAINED
from quotecli.records import Manner, Resolution, Speaker

SURE = 0.9
"""What a reader takes for certain."""


@pytest.mark.parametrize(
    ("own", "resolved_by", "sure", "expected"),
    [
        (0.95, "name", 1.0, 0.95),
        (0.95, "pronoun", 0.6, 0.6),
        (0.4, "pronoun", 0.6, 0.4),
        (0.95, None, 1.0, UNEXPLAINED),
        (0.4, None, 1.0, 0.4),
    ],
)
def test_a_statement_is_as_sure_as_what_is_least_sure_of_it(
    own: float, resolved_by: Resolution | None, sure: float, expected: float
) -> None:
    assert with_name(own, Speaker(name="Ana Cruz", resolved_by=resolved_by), sure) == expected


@pytest.mark.parametrize(
    ("manner", "cue", "quoted", "expected"),
    [
        ("said", "said", False, 0.9),
        ("intends", "plans", False, ACT),
        ("intends", "plans", True, 0.9),
        ("denies", "opposed", False, ACT),
        ("denies", "rejected", False, 0.9),
        ("intends", "has vowed", False, 0.9),
        ("denies", "has denied", False, 0.9),
    ],
)
def test_a_plan_is_hardly_a_report(manner: Manner, cue: str, quoted: bool, expected: float) -> None:
    assert as_report(0.9, manner, cue, quoted=quoted) == expected
    assert as_report(0.2, manner, cue, quoted=quoted) == 0.2


def test_words_that_nobody_says_keep_their_own_confidence() -> None:
    assert with_name(0.95, None, 1.0) == 0.95


def test_the_same_words_are_less_sure_where_two_may_have_said_them() -> None:
    said = '{} said on Monday: "The bridge will be closed until the spring, and nobody knows who pays for it."'
    before = "The mayor, Ana Cruz, met the engineer, Lena Holt, at the town hall.\n\n"
    named, meant = (
        max(extract(Article(id="case", text=before + said.format(who))), key=lambda each: each.confidence)
        for who in ("Ana Cruz", "She")
    )
    assert named.confidence > meant.confidence
    assert meant.confidence < SURE
