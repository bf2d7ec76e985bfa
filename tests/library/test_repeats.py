"""The same quotation in several articles: found in spite of cuts and small changes, and never taken for another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecli.library import Library
from quotecli.library.repeats import _spoken, keys, runs, same_words
from quotecli.records import Statement

CASES = json.loads((Path(__file__).parent / "cases" / "repeats.json").read_text(encoding="utf-8"))


def told(library: Library, build: Any, said: Any, *sayings: Any) -> None:
    """Store each saying in an article of its own; a plain text is one of Ann Lee's."""
    for number, saying in enumerate(sayings):
        each = said(saying, "Ann Lee") if isinstance(saying, str) else saying
        statements = [each, f"This is article {number}."]
        library.add(*build(statements, path=str(number), published=f"2024-01-{number + 1:02d}"))


def attributed(library: Library) -> list[Statement]:
    return [each for each in library.statements() if each.kind != "fact"]


@pytest.mark.parametrize(("one", "other"), CASES["same"])
def test_one_quotation_told_twice(library: Library, build, said, one: str, other: str) -> None:
    told(library, build, said, one, other)
    first, second = attributed(library)
    assert library.repeats([first, second]) == [[second], [first]]


@pytest.mark.parametrize(("one", "other"), CASES["different"])
def test_two_quotations(library: Library, build, said, one: str, other: str) -> None:
    told(library, build, said, one, other)
    assert library.repeats(attributed(library)) == [[], []]


LONG = "“The boats are forty years old and nobody has to take them,”"


def test_another_speakers_words_are_another_quotation(library: Library, build, said) -> None:
    told(library, build, said, LONG, said(LONG, "Bo Ek"), said("“We have no choice,”", "Bo Ek"), "“We have no choice,”")
    assert library.repeats(attributed(library)) == [[], [], [], []]


def test_many_words_are_one_where_an_article_names_nobody(library: Library, build, said) -> None:
    harbour = said(LONG, "harbour board", type="organisation")
    told(library, build, said, LONG, said(LONG, "an official", type="group"), harbour, said(LONG, "Lee"))
    first, *others = attributed(library)
    assert library.repeats([first]) == [others]


def test_others_come_by_date_and_only_from_the_articles_asked(library: Library, build, said) -> None:
    told(library, build, said, LONG, LONG.lower(), LONG.upper(), "“Something else altogether here,”")
    first, second, third, _ = attributed(library)
    assert library.repeats([third]) == [[first, second]]
    library.choose({library.article_of(each).digest: each.article for each in (third, second)})
    assert library.repeats([third]) == [[second]]
    assert library.repeats([]) == []


def test_claims_and_facts_are_no_quotations(library: Library, build, said) -> None:
    told(library, build, said, said(LONG, "Ann Lee", kind="claim"), said(LONG.lower(), "Ann Lee", kind="claim"))
    assert library.repeats(attributed(library)) == [[], []]


def test_removed_and_replaced_articles_leave_no_sketch(library: Library, build, said) -> None:
    told(library, build, said, LONG, LONG.lower())
    library.add(*build([said("“Quite another saying of hers,”", "Ann Lee")], path="1"))
    first, second = attributed(library)
    assert library.repeats([first, second]) == [[], []]
    for article in library.articles():
        library.remove(article.id)
    assert library._connection.execute("SELECT count(*) FROM sketch").fetchone() == (0,)


WORDS = st.lists(
    st.sampled_from("we boats harbour forty years leak ferry island road tax not 12 the".split()), max_size=30
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS)
def test_sameness_goes_both_ways(one: list[str], other: list[str]) -> None:
    assert same_words(one, other) == same_words(other, one)
    assert same_words(one, one) == (len(one) >= 4)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, st.sampled_from(["not", "12", "mayor"]), st.integers(0, 30))
def test_a_word_put_between_makes_another_sentence(one: list[str], word: str, place: int) -> None:
    spoken = [each for each in one if each != word]
    if 0 < place < len(spoken):
        assert not same_words(spoken, [*spoken[:place], word, *spoken[place:]])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=9, max_size=40, unique=True), st.data())
def test_a_changed_word_leaves_two_keys_and_a_long_cut_one(spoken: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(spoken) - 1))
    own = keys(spoken)
    assert all(0 <= key < 2**31 for key in own)
    assert sum(key in runs([*spoken[:place], "other", *spoken[place + 1 :]]) for key in own) >= 2
    assert any(key in runs(spoken[place // 2 : place // 2 + len(spoken) * 2 // 3 + 1]) for key in own)


def test_contractions_and_brackets_are_read_out() -> None:
    assert _spoken("“We’re [the board] sure [w]e won’t go”") == ("we", "are", "sure", "we", "wo", "not", "go")
