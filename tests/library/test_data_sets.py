"""Rows of statements back to records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.records import ArticleRef, Figure, Mention, Span, Speaker, Statement

pytest.importorskip("pyarrow")

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
VALUES = st.one_of(
    st.tuples(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.just("10..15")), st.just("GBP")),
    st.tuples(st.sampled_from(["2019", "--11-01", "2023-10"]), st.just("date")),
    st.tuples(st.just("3-1"), st.just("score")),
)


@given(NAMES, st.lists(VALUES, max_size=3), st.booleans())
def test_a_row_is_the_record_again(words: str, values: list[tuple[int | float | str | None, str]], named: bool) -> None:
    from quotecli.arrow import plain
    from quotecli.library.data_sets import statement_of

    speaker = Speaker(name=words, role=None, mention=Mention(words, 1, 2)) if named else None
    statement = Statement(
        id="0123456789abcdef-3",
        kind="quote" if named else "fact",
        text=words,
        content=(Span(3, 9), Span(12, 20)),
        speaker=speaker,
        figures=tuple(Figure(text=words, value=value, unit=unit, start=0, end=1) for value, unit in values),
        confidence=0.5,
        article=ArticleRef(id=words),
    )
    assert statement_of(plain(statement)) == statement
