"""Where words are marked, and what is shown of hostile text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from quotecli.output.context import sentences_around, surrounding_paragraph
from quotecli.output.excerpts import excerpt
from quotecli.output.looks import Format, Look
from quotecli.output.marking import Mark, marked
from quotecli.output.rows import Row
from quotecli.output.safe import printable
from quotecli.output.statements import render_statements
from quotecli.records import Article, ArticleRef, Span, Statement


def test_matches_are_marked_in_a_statement_of_two_parts(rows: list[Row]) -> None:
    words = excerpt(rows[1])
    assert [words.text[span.start : span.end] for span in words.matches] == ["choice", "boats are forty"]


def test_matches_are_marked_in_the_context_too(rows: list[Row], article: Article) -> None:
    row = Row.of(rows[1], surrounding_paragraph(article.text, rows[1].content))
    words = excerpt(row)
    assert [words.text[span.start : span.end] for span in words.matches] == ["choice", "boats are forty"]
    assert "[“We have no choice,”] Ana Whitfield, its chair, told reporters, [“and" in words.bracketed()


def test_a_terminal_with_styles_shows_the_matches_bold(rows: list[Row]) -> None:
    table = "".join(render_statements(rows, Format.TABLE, Look(width=80, styled=True)))
    assert "\x1b[1mchoice\x1b[0m" in table
    assert "\x1b[33m" not in table  # styles, but no colours


def test_context_counts_sentences(article: Article) -> None:
    about = article.text.index("About")
    span = [Span(about, about + 5)]
    assert sentences_around(article.text, span, 0).text == "About 1,200 people use the boats each week."
    assert sentences_around(article.text, span, 1).text.startswith("The boats are forty years old.”\nAbout")
    assert sentences_around(article.text, span, 99).text == article.text.strip()


@given(st.text(alphabet=st.characters()))
def test_printable_text_cannot_act_on_a_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not any(
        unicodedata.bidirectional(char) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI") for char in shown
    )


def test_escape_sequences_are_shown_not_obeyed_in_tables_and_kept_in_json() -> None:
    text = "\x1b[31mred\x1b[0m [bold]not markup[/bold] \x07"
    statement = Statement(
        id="x-0", kind="fact", text=text, content=(Span(0, len(text)),), confidence=1.0, article=ArticleRef(id="x")
    )
    for look in (Look(), Look(width=80)):
        table = "".join(render_statements([Row.of(statement)], Format.TABLE, look))
        assert "\x1b" not in table
        assert "\x07" not in table
        assert "␛[31mred␛[0m [bold]not markup[/bold] ␇" in table
    assert "\\u001b[31mred" in "".join(render_statements([Row.of(statement)], Format.JSON))


spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=6), spans)
def test_marking_keeps_every_word_and_closes_every_bracket(
    places: list[tuple[int, int]], stretch: tuple[int, int]
) -> None:
    text = "abcdefghij" * 4
    marks = [Mark(start, end, number) for number, (start, end) in enumerate(places, start=1)]
    shown = "".join(piece.text for piece in marked(text, Span(*stretch), marks))
    inside = sum(max(start, stretch[0]) < min(end, stretch[1]) for start, end in places)
    assert (shown.count("["), shown.count("]")) == (inside, inside)
    assert "".join(char for char in shown if char.isalpha()) == text[slice(*stretch)]


def test_a_statement_inside_another_is_marked_inside_it() -> None:
    pieces = marked("He said she said no", Span(0, 19), [Mark(8, 19, 1), Mark(17, 19, 2)])
    assert "".join(piece.text for piece in pieces) == "He said [1: she said [2: no]]"
