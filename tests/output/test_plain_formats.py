"""JSON, JSON Lines and CSV: what programs read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.output.context import sentences_around
from quotecli.output.listings import render_articles, render_speakers
from quotecli.output.looks import Format
from quotecli.output.marked import render_article, render_passage
from quotecli.output.rows import ArticleView, Row
from quotecli.output.schemas import json_schema
from quotecli.output.statements import render_statements
from quotecli.records import Article, ArticleRef, ArticleSummary, Span, Statement
from quotecli.results import SpeakerSummary


def printed(pieces: Iterator[str]) -> str:
    return "".join(pieces)


def test_json_is_a_list_that_the_schema_accepts(rows: list[Row], article: Article) -> None:
    rows = [*rows, Row.of(rows[0], sentences_around(article.text, rows[0].content, 1))]
    records = json.loads(printed(render_statements(rows, Format.JSON)))
    jsonschema.validate(records, json_schema("statements"))
    assert msgspec.convert(records, list[Row]) == rows


def test_the_schema_refuses_what_is_not_a_statement(rows: list[Row]) -> None:
    [record] = json.loads(printed(render_statements(rows[:1], Format.JSON)))
    for broken in (record | {"kind": "rumour"}, record | {"content": [["1", "2"]]}, {"id": "x"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([broken], json_schema("statements"))


def test_only_search_results_have_scores(rows: list[Row]) -> None:
    claim, quote, _ = json.loads(printed(render_statements(rows, Format.JSON)))
    assert "score" not in claim
    assert "matches" not in claim
    assert (quote["score"], len(quote["matches"])) == (87.5, 2)


def test_json_lines_hold_the_same_records_as_json(rows: list[Row]) -> None:
    lines = printed(render_statements(rows, Format.JSONL)).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(printed(render_statements(rows, Format.JSON)))


def test_csv_reads_back(rows: list[Row]) -> None:
    read = list(csv.DictReader(printed(render_statements(rows, Format.CSV)).splitlines(keepends=True)))
    assert [record["text"] for record in read] == [row.text for row in rows]
    assert [record["speaker"] for record in read] == ["harbour board", "Ana Whitfield", ""]
    assert read[2]["figures"] == "1,200"
    assert read[1]["start"] == str(rows[1].content[0].start)


def test_nothing_is_an_empty_list_no_lines_and_a_csv_header() -> None:
    assert json.loads(printed(render_statements([], Format.JSON))) == []
    assert printed(render_statements([], Format.JSONL)) == ""
    assert printed(render_statements([], Format.CSV)).count("\n") == 1


def test_a_record_is_printed_before_the_next_is_made(rows: list[Row]) -> None:
    def endless() -> Iterator[Row]:
        while True:
            yield rows[0]

    for format in Format:
        pieces = render_statements(endless(), format)
        assert any(rows[0].text in next(pieces) for _ in range(2))  # Markdown to paste has no ids


def test_speakers_and_articles_follow_their_schemas(view: ArticleView, article: Article) -> None:
    speakers = [SpeakerSummary(name="Ana Whitfield", quotes=2, aliases=("Whitfield",))]
    articles = [ArticleSummary(id=article.id, words=41, statements=3)]
    for record, output in (
        ("speakers", render_speakers(speakers, Format.JSON)),
        ("articles", render_articles(articles, Format.JSON)),
        ("article", render_article(view, Format.JSON)),
    ):
        schema = json_schema(record)  # type: ignore[arg-type]
        assert schema["$id"] == f"urn:quotecli:{record}:1"
        jsonschema.validate(json.loads(printed(output)), schema)


def test_an_article_as_csv_is_its_statements(view: ArticleView) -> None:
    assert printed(render_article(view, Format.CSV)) == printed(render_statements(view.statements, Format.CSV))


def test_a_passage_is_a_list_of_one(rows: list[Row]) -> None:
    assert json.loads(printed(render_passage(rows[0], Format.JSON)))[0]["id"] == rows[0].id


@given(st.text(alphabet=st.characters(), min_size=1))
def test_any_text_survives_json_as_it_is(text: str) -> None:
    statement = Statement(
        id="x-0", kind="fact", text=text, content=(Span(0, len(text)),), confidence=1.0, article=ArticleRef(id="x")
    )
    for format in (Format.JSON, Format.JSONL):
        assert text in str(json.loads(printed(render_statements([Row.of(statement)], format)))) or (
            json.loads(printed(render_statements([Row.of(statement)], Format.JSONL)))["text"] == text
        )
