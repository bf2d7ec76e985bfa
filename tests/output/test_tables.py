"""The tables, as people see them: compared with files that a person has read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotecli.output import (
    PIPE,
    ArticleView,
    Format,
    Look,
    Row,
    render_article,
    render_articles,
    render_passage,
    render_speakers,
    render_statements,
    sentences_around,
    surrounding_paragraph,
)
from quotecli.records import Article, ArticleSummary, SpeakerSummary

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
