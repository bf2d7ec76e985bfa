"""What a reader sees of a text, and the way back to its characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.records import Span
from quotecli.text import clean, parse, see, visible

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff"
PIECES = [
    *INVISIBLE,
    " ",
    "  ",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\t",
    "\n",
    "e\u0301",
    "É",
    "a",
    "“",
    "”",
    ".",
    "\U0001f469",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=100)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Alan Mar\u00adwick", "Alan Marwick"),
        ("Alan\u200b Marwick\u2060,", "Alan Marwick,"),
        ("\ufeff“Yes,”\u200e he said", "“Yes,” he said"),
        ("Jose\u0301 A\u030angstro\u0308m", "José Ångström"),
        ("Jose\u00ad\u0301", "José"),
        ("Mr\u00a0Lee,\u2009 46\u202f%", "Mr Lee, 46 %"),
        ("one \u200b two", "one two"),
        ("one\u200btwo", "onetwo"),
        ("\U0001f469\u200d\U0001f52c spoke\u200d", "\U0001f469\u200d\U0001f52c spoke"),
        ("one\n \ntwo", "one\n \ntwo"),
    ],
)
def test_what_is_seen(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(TEXTS)
def test_what_is_seen_is_clean_and_every_character_has_its_place(text: str) -> None:
    seen = clean(text)
    assert visible(seen.text) == seen.text
    assert unicodedata.is_normalized("NFC", seen.text)
    assert not set(seen.text) & (set(INVISIBLE) - {"\u200d"})
    places = [(seen.start(i), seen.end(i + 1)) for i in range(len(seen.text))]
    assert places == sorted(places)
    for character, (start, end) in zip(seen.text, places, strict=True):
        assert 0 <= start < end <= len(text)
        if not character.isspace():
            assert character in unicodedata.normalize("NFC", "".join(c for c in text[start:end] if c not in INVISIBLE))


@given(TEXTS)
def test_a_clean_text_is_itself(text: str) -> None:
    seen = clean(visible(text))
    assert seen.is_whole
    assert seen.span(Span(0, len(seen.text))) == Span(0, len(seen.text))


def test_lines_of_a_wrapped_paragraph_are_seen_as_one() -> None:
    line = (
        "The council said on Monday that the bridge over the river, which Alan\nMarwick had opened, was to be closed."
    )
    seen = see(line)
    assert seen.text == line.replace("\n", " ")
    assert seen.span(Span(0, len(seen.text))) == Span(0, len(line))


def test_quotations_begin_behind_what_nobody_sees() -> None:
    text = "He\u200b said:\u200b \u200b“\u200bIt is so\u00ad.\u200b”\u200b Then he\u00a0left."
    document = parse(text)
    (quotation,) = document.quotations
    assert text[quotation.start] == "“"
    assert text[quotation.end - 1] == "”"
    assert [text[sentence.start : sentence.end] for sentence in document.sentences][-1] == "Then he\u00a0left."
