"""The tables, as people see them: compared with files that a person has read."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
import pytest

from quotecli.library import Decision
from quotecli.output.context import sentences_around, surrounding_paragraph
from quotecli.output.listings import render_articles, render_speakers
from quotecli.output.looks import PIPE, Format, Look
from quotecli.output.marked import render_article, render_passage
from quotecli.output.plain_formats import to_json
from quotecli.output.profiles import render_decisions, render_profiles
from quotecli.output.rows import ArticleView, Row
from quotecli.output.statements import render_statements
from quotecli.records import Article, ArticleRef, ArticleSummary
from quotecli.results import Line, NameUse, Period, Profile, RoleUse, SpeakerSummary

Golden = Callable[[str, str], None]

LOOKS = {"pipe": PIPE, "80": Look(width=80), "45": Look(width=45), "colour": Look(width=80, styled=True, coloured=True)}
look_cases = pytest.mark.parametrize("look", LOOKS)


@look_cases
def test_statements(rows: list[Row], look: str, same_as_golden: Golden) -> None:
    same_as_golden("".join(render_statements(rows, Format.TABLE, LOOKS[look])), f"statements-{look}.txt")


@look_cases
def test_statements_explained_in_their_context(
    rows: list[Row], article: Article, look: str, same_as_golden: Golden
) -> None:
    around = [Row.of(row, sentences_around(article.text, row.content, 1)) for row in rows]
    lines = render_statements(around, Format.TABLE, LOOKS[look], explain=True)
    same_as_golden("".join(lines), f"context-{look}.txt")


@look_cases
def test_a_statement_in_its_paragraph(rows: list[Row], article: Article, look: str, same_as_golden: Golden) -> None:
    passages = (
        "".join(
            render_passage(Row.of(row, surrounding_paragraph(article.text, row.content)), Format.TABLE, LOOKS[look])
        )
        for row in rows
    )
    same_as_golden("\n".join(passages), f"passage-{look}.txt")


@look_cases
def test_an_article_with_each_statement_marked(view: ArticleView, look: str, same_as_golden: Golden) -> None:
    same_as_golden("".join(render_article(view, Format.TABLE, LOOKS[look])), f"article-{look}.txt")


@look_cases
def test_speakers(look: str, same_as_golden: Golden) -> None:
    speakers = [
        SpeakerSummary(
            name="Ana Whitfield", role="chair", type="person", quotes=12, articles=3, aliases=("Whitfield",)
        ),
        SpeakerSummary(
            name="International Union of Deckhands and Stokers",
            type="organisation",
            claims=2,
            articles=1,
            aliases=("IUDS", "the union", "Deckhands and Stokers"),
        ),
    ]
    same_as_golden("".join(render_speakers(speakers, Format.TABLE, LOOKS[look])), f"speakers-{look}.txt")


@look_cases
def test_articles(article: Article, look: str, same_as_golden: Golden) -> None:
    summaries = [
        ArticleSummary(id="ferries-1", title=article.title, published="2024-04-11", words=41, statements=3),
        ArticleSummary(id="5d41402abc4b", path="a/long/path/to/some/article.html", words=1200, statements=0),
    ]
    same_as_golden("".join(render_articles(summaries, Format.TABLE, LOOKS[look])), f"articles-{look}.txt")


@pytest.mark.parametrize("width", [45, 70, 80, 120])
def test_no_line_of_a_table_is_wider_than_the_terminal(rows: list[Row], width: int) -> None:
    table = "".join(render_statements(rows, Format.TABLE, Look(width=width), explain=True))
    assert max(map(len, table.splitlines())) <= width


def test_a_pipe_gets_each_statement_whole_on_one_line(rows: list[Row]) -> None:
    lines = "".join(render_statements(rows, Format.TABLE, PIPE)).splitlines()
    assert len(lines) == len(rows) + 1
    for row, line in zip(rows, lines[1:], strict=True):
        assert line.startswith(row.id)
        assert row.text in line


@look_cases
def test_a_table_of_nothing_is_nothing(look: str) -> None:
    assert list(render_statements([], Format.TABLE, LOOKS[look])) == []
    assert list(render_speakers([], Format.TABLE, LOOKS[look])) == []


@look_cases
def test_a_speaker_in_full(look: str, same_as_golden: Golden) -> None:
    profile = Profile(
        name="Ana Whitfield",
        role="chair",
        type="person",
        quotes=41,
        claims=7,
        articles=18,
        aliases=("Whitfield", "A. Whitfield", "the chair"),
        first="2023-10-05",
        last="2024-02-11",
        roles=(
            RoleUse(role="former chair", first="2024-02-11", last="2024-02-11", articles=1),
            RoleUse(role="chair of the harbour board", first="2023-10-05", last="2024-01-30", articles=9),
        ),
        names=(
            NameUse(name="Ana Whitfield", articles=16),
            NameUse(name="Whitfield", articles=2, reason="nobody else has this surname"),
            NameUse(name="A. Whitfield", articles=1, reason="the same role: chair"),
        ),
        lines=(
            Line(
                id="889e4338f23b-66",
                text="“We have no choice. The boats are forty years old, and nobody has to take them.”",
                articles=14,
                first="2023-10-05",
                last="2023-12-24",
            ),
            Line(id="889e4338f23b-266", text="“Not\x1b[31m yet.”", articles=1),
        ),
        timeline=tuple(
            Period(period=f"2023-{month}", quotes=quotes, claims=1)
            for month, quotes in (("10", 21), ("11", 0), ("12", 4))
        ),
    )
    bare = Profile(
        name="harbour board", type="organisation", claims=1, articles=1, names=(NameUse(name="b", articles=1),)
    )
    same_as_golden("".join(render_profiles([profile, bare], Format.TABLE, LOOKS[look])), f"profile-{look}.txt")


@look_cases
def test_decisions(look: str, same_as_golden: Golden) -> None:
    decisions = [Decision(name="Jilani", person="Jalil Abbas Jilani"), Decision(name="A. Smith")]
    same_as_golden("".join(render_decisions(decisions, Format.TABLE, LOOKS[look])), f"decisions-{look}.txt")


@look_cases
def test_a_quotation_of_several_articles(rows: list[Row], look: str, same_as_golden: Golden) -> None:
    claim, quote, fact = rows
    others = [
        msgspec.structs.replace(
            quote, id=f"{number:012x}-7", text=text, article=ArticleRef(id=str(number), title=title)
        )
        for number, (text, title) in enumerate(
            [
                (quote.text.upper(), "The same in capitals"),
                ("“We have not much choice, and no money.”", "Another wording"),
                ("“We have no choice.” … “and \x1b[2Jno money. The boats are all forty years old.”", "One word more"),
                (
                    quote.text + " “They leak and they creak and they have no engine that would start in winter.”",
                    "Longer",
                ),
                ("“We have one choice,”", "A fourth wording, which is not shown"),
            ]
        )
    ]
    grouped = [Row.of(claim, same=[]), Row.of(quote, same=others), fact]
    same_as_golden("".join(render_statements(grouped, Format.TABLE, LOOKS[look])), f"grouped-{look}.txt")
    assert [json.loads(to_json(row)).get("repeats", "none") for row in (grouped[0], fact)] == [[], "none"]
