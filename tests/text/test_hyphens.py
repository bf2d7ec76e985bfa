"""Whether a hyphen at the end of a line is the word's own."""

from __future__ import annotations

import pytest

from quotecli.text.hyphens import keeps_hyphen


@pytest.mark.parametrize(
    ("word", "words", "kept"),
    [
        ("environ-ment", {}, False),
        ("well-known", {}, True),
        ("first-floor", {}, True),
        ("twenty-three", {}, True),
        ("state-owned", {}, True),
        ("thirty-year", {}, True),
        ("second-ary", {}, False),
        ("four-teen", {}, False),
        ("third-ly", {}, False),
        ("co-operate", {"cooperate": 1}, False),
        ("re-sign", {"re-sign": 2, "resign": 1}, True),
        ("first-hand", {"firsthand": 1}, False),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(word: str, words: dict[str, int], kept: bool) -> None:
    first, second = word.split("-")
    assert keeps_hyphen(first, second, words) is kept
