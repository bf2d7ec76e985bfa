"""Who speaks as the layout says it, and what nobody says: labelled cases, from text to statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli import Article, Statement, extract
from quotecli.attribution.layout import Lines
from quotecli.text import parse

CASES = Path(__file__).parent / "cases" / "layout"


def read_cases() -> list[object]:
    blocks = [
        (path.stem, block)
        for path in sorted(CASES.glob("*.txt"))
        for block in f"\n{path.read_text()}".split("\n# ")[1:]
    ]
    return [pytest.param(*block.split("\n", 1), id=f"{kind}: {block.splitlines()[0]}") for kind, block in blocks]


def has(statements: list[Statement], name: str, words: str) -> bool:
    """Whether a statement that begins with these words is that speaker's ("?": anybody's; "! name": anybody else's).

    "… words": that has them anywhere; "“” words": that is a quote.
    """
    quoted, words = words.startswith("“” "), words.removeprefix("“” ")
    inside, words = words.startswith("… "), words.removeprefix("… ")
    found = [s for s in statements if (words in s.text if inside else s.text.startswith(words))]
    speakers = [s.speaker.name.casefold() if s.speaker else "-" for s in found if s.kind == "quote" or not quoted]
    other, wanted = name.startswith("! "), name.removeprefix("! ").casefold()
    return any(wanted == "?" or (speaker == wanted) != other for speaker in speakers)


@pytest.mark.parametrize(("title", "block"), read_cases())
def test_the_layout_says_who_speaks(title: str, block: str) -> None:
    text, *expected = block.split("\n=> ")
    statements = extract(Article(id=title, text=text.strip()))
    assert expected
    for line in expected:
        name, words = line.strip().split(" | ")
        if name == "absent":
            assert not [s.text for s in statements if words in s.text], line
        elif name == "nobody":
            assert words.casefold() not in [s.speaker.name.casefold() for s in statements if s.speaker], line
        else:
            assert has(statements, name, words), (line, [(s.text, s.speaker and s.speaker.name) for s in statements])


@given(st.text(alphabet="aA1 :.,-–()[]@\n", max_size=300))
def test_any_line_is_answered(text: str) -> None:
    lines = Lines(parse(text))
    for place in range(len(parse(text).paragraphs)):
        assert not (lines.is_heading(place) and lines.words(place).endswith("."))
