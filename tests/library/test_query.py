from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.library.query import Query, parse


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Afghan refugees", Query(("afghan", "refugees"))),
        ('the "foreign Office" said', Query(("the", "foreign", "office", "said"), phrases=(("foreign", "office"),))),
        ("“foreign office”", Query(("foreign", "office"), phrases=(("foreign", "office"),))),
        ("refugees -Taliban", Query(("refugees",), without=(("taliban",),))),
        ('refugees -"foreign office"', Query(("refugees",), without=(("foreign", "office"),))),
        ("Trans-Himalayan", Query(("trans", "himalayan"))),
        ('left "open', Query(("left", "open"))),
        ("a - b", Query(("a", "b"))),
        ("NOT (x OR y*) AND", Query(("not", "x", "or", "y", "and"))),
        ("killed 3.5 million people", Query(("killed", "3500000", "million", "people"))),
        ('2% -2.5m "two dozen"', Query(("2", "percent", "24"), phrases=(("24",),), without=(("2500000", "million"),))),
        ("-", Query(())),
        ('"" - "" * ^ :', Query(())),
    ],
)
def test_parse(text: str, query: Query) -> None:
    assert parse(text) == query


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    parse(text)
