from __future__ import annotations

import msgspec

from quotecli.output.listings import render_speakers
from quotecli.output.looks import Format
from quotecli.output.marked import render_passage
from quotecli.output.rows import Row
from quotecli.output.statements import render_statements
from quotecli.output.text_hits import render_texts
from quotecli.records import ArticleRef, Mention, Span
from quotecli.results import PassageHit, SpeakerSummary

PAGE = ArticleRef(id="1", url="https://news.example/a_(b)", title="Ferries [to] stop", outlet="Post", published="2024")


def pasted(rows: list[Row]) -> list[str]:
    return "".join(render_statements(rows, Format.MARKDOWN)).splitlines()


def test_each_statement_is_a_block_quote_with_its_source(rows: list[Row]) -> None:
    claim, quote, fact = rows
    assert pasted([claim, msgspec.structs.replace(quote, article=PAGE), fact]) == [
        "> Ferries to the islands will stop on 3 May",
        ">",
        "> — harbour board (reported without quotation marks), Island ferries to stop, Harbour Post, 2024-04-11",
        "",
        "> “We have no choice,” … “and no money. The boats are forty years old.”",
        ">",
        "> — Ana Whitfield, chair, [Ferries \\[to\\] stop](https://news.example/a_%28b%29#:~:text=We%20have%20no%20choice%2C),"
        " Post, 2024",
        "",
        "> About 1,200 people use the boats each week.",
        ">",
        "> — Island ferries to stop, Harbour Post, 2024-04-11",
    ]


def test_what_would_mean_something_in_markdown_is_escaped(rows: list[Row]) -> None:
    hostile = msgspec.structs.replace(rows[2], text="# A *bold* <b>claim</b>\n- of `two`\n1. lines \x1b[2J|")
    assert pasted([hostile])[:5] == [
        "> \\# A \\*bold\\* \\<b\\>claim\\</b\\>",
        ">",
        "> \\- of \\`two\\`",
        ">",
        "> \\1. lines ␛\\[2J\\|",
    ]


def test_a_statement_in_its_paragraph(rows: list[Row]) -> None:
    row = Row.of(rows[2], Mention("Before. About 1,200 people.", 0, 27))
    assert "".join(render_passage(row, Format.MARKDOWN)).startswith("> Before. About 1,200 people.\n>\n> — Island")


def test_passages_and_tables() -> None:
    hit = PassageHit(article=PAGE, text="The pier was closed.", start=9, end=29, score=99.0, matches=(Span(13, 17),))
    assert "".join(render_texts([hit], Format.MARKDOWN)).splitlines()[2] == (
        "> — [Ferries \\[to\\] stop](https://news.example/a_%28b%29#:~:text=pier%20was%20closed.), Post, 2024"
    )
    speakers = [SpeakerSummary(name="Ana | Whit", type="person", quotes=2, aliases=("Whit", "chair"))]
    assert "".join(render_speakers(speakers, Format.MARKDOWN)) == (
        "| name | role | type | quotes | claims | articles | aliases |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| Ana \\| Whit |  | person | 2 | 0 | 0 | Whit; chair |\n"
    )
    assert list(render_speakers([], Format.MARKDOWN)) == []
