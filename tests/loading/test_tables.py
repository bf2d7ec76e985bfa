"""CSV, TSV, JSON and Parquet: an article a row, columns found by their names."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecli.loading import load
from quotecli.records import Article, Skipped

TEXT = '“We won’t pay, never,” said Ann.\nShe\t"left"; he; didn\'t.'


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_found_by_their_names(article_of, delimiter):
    rows = [["ID", "Headline", "Article Text", "Author", "publication", "pub_date", "URL"]]
    rows += [["7", "The vote", TEXT, "Jo Marsh", "The Example", "4 March 2024", "https://example.org/1"]]
    article = article_of("a.csv", table(rows, delimiter))
    assert (article.id, article.text) == ("7", TEXT)
    assert (article.title, article.byline, article.outlet) == ("The vote", "Jo Marsh", "The Example")
    assert (article.published, article.url) == ("2024-03-04", "https://example.org/1")


def test_the_text_column_can_be_named(tmp_path):
    (tmp_path / "a.csv").write_text(table([["text", "words"], ["Not this.", "But this."]]))
    assert [item.text for item in load(tmp_path / "a.csv", text_column="words")] == ["But this."]
    (skipped,) = load(tmp_path / "a.csv", text_column="wrong")
    assert "'wrong'; there is text, words" in skipped.reason


def test_rows_that_are_bad_cost_only_themselves(load_bytes):
    loaded = load_bytes(
        "a.csv", table([["title", "text"], ["One", "Words."], ["Two"], ["Three", " "], [], ["Four", "More."]]).encode()
    )
    assert [type(item) for item in loaded] == [Article, Skipped, Skipped, Article]
    assert loaded[2].path.endswith("a.csv:4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(article_of, encoding):
    assert article_of("a.tsv", table([["text"], ["“Café £5”"]], "\t").encode(encoding)).text == "“Café £5”"


def test_a_table_without_a_text_says_which_columns_it_has(load_bytes):
    (skipped,) = load_bytes("a.csv", b"name,amount\nAnn,3\n")
    assert skipped.reason == "no column `text`; there is name, amount"
    assert skipped.setting == "text_column"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r")), min_size=1))
def test_csv_texts_round_trip(tmp_path, texts):
    texts = [text + " x" for text in texts]
    with (tmp_path / "round.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(table([["text"], *([text] for text in texts)]))
    assert [item.text for item in load(tmp_path / "round.csv")] == texts


ROW = {
    "text": TEXT,
    "title": "The vote",
    "author": ["Jo Marsh", {"name": "Bo Lind"}],
    "source": {"id": 3, "name": "The Example"},
}


@pytest.mark.parametrize("content", [ROW, [ROW], {"status": "ok", "articles": [ROW], "total": 1}])
def test_json_of_three_shapes(article_of, content):
    article = article_of("a.json", json.dumps(content))
    assert (article.text, article.title) == (TEXT, "The vote")
    assert (article.byline, article.outlet) == ("Jo Marsh, Bo Lind", "The Example")


def test_json_lines_under_the_name_of_json(load_bytes):
    loaded = load_bytes("a.json", b'{"text": "One."}\n{"body": "Two."}\n{broken\n')
    assert [getattr(item, "text", None) for item in loaded] == ["One.", "Two.", None]


@pytest.mark.parametrize("data", [b"{", b"[1, 2", b'"words"', b"[" * 100_000, b'{"text": 5}', b'{"title": "x"}'])
def test_json_without_articles_is_skipped(load_bytes, data):
    assert [type(item) for item in load_bytes("a.json", data)] == [Skipped]


def test_parquet(load_bytes, tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"body": f"Words {n}.", "headline": f"Title {n}"} for n in range(600)]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "made.parquet")
    loaded = load_bytes("a.parquet", (tmp_path / "made.parquet").read_bytes())
    assert [(item.text, item.title) for item in loaded] == [(f"Words {n}.", f"Title {n}") for n in range(600)]


def test_a_missing_extra_says_what_to_install(reason_of, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    assert reason_of("a.parquet", b"PAR1") == "needs another library: pip install pyarrow"
