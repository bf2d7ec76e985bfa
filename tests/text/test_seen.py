"""What a reader sees of a text, and the way back to its characters."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.loading import load, samples
from quotecli.records import Article, Span
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
        ("Griﬃth’s ﬁrst staﬀ", "Griffith’s first staff"),
        ("uni\u00ad\nversity", "university"),
        ("Roe‘s dog, Fiji´s cat, don`t", "Roe’s dog, Fiji’s cat, don’t"),
        ("He said ‘so it is’ and ‘so be it’", "He said ‘so it is’ and ‘so be it’"),
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
        if not character.isspace() and character not in INVISIBLE:
            written = "".join(c for c in text[start:end] if c not in INVISIBLE)
            assert character in unicodedata.normalize("NFKC", written) + unicodedata.normalize("NFC", written)


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


WRAPPED = (
    "The council said on Monday that the bridge over the river had to be\n"
    "closed, and that Alan Marwick, who built it, had known of the dam-\n"
    "age for a year.\n"
    "Marwick denied it. “Nobody told me anything, and I read all of the\n"
    "reports,” he said in a well-\n"
    "known radio programme.\n"
    "The damage was found in May by two divers who were looking for a dog,\n"
    "and the council’s own engineers were told in June.\n"
    "ALSO SEE: Ten bridges\n"
    "The mayor was not there on Monday, and her office did not say where\n"
    "she was."
)


def test_a_text_wrapped_without_blank_lines_has_its_paragraphs_again() -> None:
    seen = see(WRAPPED)
    lines = seen.text.split("\n")
    assert [line.split()[0] for line in lines] == ["The", "Marwick", "The", "ALSO", "The"]
    assert "the damage for a year." in lines[0]
    assert "a well-known radio programme." in lines[1]
    paragraphs = [WRAPPED[span.start : span.end] for span in parse(WRAPPED).paragraphs]
    assert "\n".join(paragraphs) == WRAPPED
    assert len(paragraphs) == len(lines)


@pytest.mark.parametrize("width", [50, 66, 80, 100])
def test_sample_articles_wrapped_at_any_width_lose_no_line(width: int) -> None:
    whole = [line for article in articles() for line in article.text.split("\n") if line.strip()]
    wrapped = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in whole)
    found = see(wrapped).text.split("\n")
    assert len(found) <= len(whole)
    assert len(found) > 0.8 * len(whole)
    assert sum(line in whole for line in found) > 0.7 * len(whole)


@pytest.mark.parametrize(
    "text",
    [
        "Bridge closed after storm damages two piers in Holm\nMayor of Holm resigns over the bridge and its piers\n"
        "Divers find the lost dog of Holm under the bridge\nTen bridges that you should see before they close\n"
        "Police look for the driver of a boat at the bridge",
        "The bridge is closed.\nMarwick denied it.\nNobody was there.",
        "Eggs\nmilk\nflour",
        "the bridge is closed .\nmarwick denied it\nhe was not there .",
        "The news of the day as a short line\nhttps://example.org/news",
    ],
)
def test_lines_that_are_no_wrapped_text_stay(text: str) -> None:
    assert see(text).is_whole


def test_a_sentence_that_breaks_off_goes_on_in_the_next_line() -> None:
    assert (
        see("“It is us that\nshould worry,” said\n\nAnn Lee.").text == "“It is us that should worry,” said\n\nAnn Lee."
    )


def articles() -> list[Article]:
    return [each for each in load(samples()) if isinstance(each, Article)]
