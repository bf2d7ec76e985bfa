"""Quotations that several articles have: one row in tables, one row each elsewhere, as asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from quotecli import Article, Library, Statement

Run = Callable[..., CompletedProcess[str]]
SAYINGS = ("“The boats are forty years old and leak,”", "“the boats are forty years old, and leak”", "“We shall see,”")
LATER = "“The boats are forty years old and leak, and nobody has to take them,”"


@pytest.fixture
def asked(run: Run, tmp_path: Path, say: Callable[..., Statement]) -> Run:
    """Call a command on a library in which one quotation stands in three articles, each with a fact of its own."""
    with Library(tmp_path / "own.db") as library:
        for number, words in enumerate((*SAYINGS, LATER), 1):
            article = Article(
                id=f"a{number}", text=f"{words} Ana Lee said.\nFact {number}.", published=f"2024-0{number}"
            )
            said = say(article, "quote", words, name="Ana Lee", source="Ana Lee", cue="said")
            library.add(article, [said, say(article, "fact", f"Fact {number}.")])
    return lambda *arguments: run(*arguments, "--library", "own.db")


def found(answer: CompletedProcess[str]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(answer.stdout)
    return records


def test_a_table_has_one_row_for_a_quotation(asked: Run) -> None:
    lines = asked("quotes").stdout.splitlines()[1:]
    assert [line.split("“")[1][:9] for line in lines] == ["The boats", "We shall "]
    assert "(a1, 2024-01; in 3 articles)" in lines[0]
    assert "also: “The boats are forty years old and leak, {+and nobody has to take them,”+}" in lines[0]
    assert "articles)" not in lines[1]
    assert len(asked("quotes", "--no-group").stdout.splitlines()) == 5


def test_other_formats_have_each_statement_unless_asked(asked: Run, run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    plain = found(asked("quotes", "--json"))
    assert len(plain) == 4
    assert "repeats" not in plain[0]
    grouped = found(asked("quotes", "--json", "--group"))
    assert [[each["article"]["id"] for each in record["repeats"]] for record in grouped] == [["a2", "a4"], []]
    jsonschema.validate(grouped, schema)
    assert asked("quotes", "--format", "csv", "--group").stdout.count("\n") == 3


def test_search_fills_the_room_of_what_it_groups(asked: Run) -> None:
    assert len(asked("search", "boats leak").stdout.splitlines()) == 2
    both = found(asked("search", "boats see we shall", "--group", "--json", "--limit", "2"))
    assert {record["text"][1:4].lower() for record in both} <= {"the", "we "}
    assert len(found(asked("search", "boats", "--json", "--limit", "2"))) == 2


def test_limit_counts_rows(asked: Run) -> None:
    assert len(asked("quotes", "--limit", "2").stdout.splitlines()) == 3


def test_filters_choose_rows_and_not_where_else_a_quotation_stands(asked: Run) -> None:
    [row] = asked("quotes", "--since", "2024-04").stdout.splitlines()[1:]
    assert "2024-04; in 3 articles" in row


def test_facts_are_never_grouped(asked: Run) -> None:
    assert len(asked("facts").stdout.splitlines()) == 5


def test_the_articles_of_from_are_grouped_among_themselves(run: Run, tmp_path: Path) -> None:
    text = "“The boats are forty years old and they leak,” Ana Lee said."
    for number in (1, 2):
        article = {"id": str(number), "text": f"{text}\nThe bridge opened in 190{number}.", "path": "x"}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(article))
    assert "(1.jsonl; in 2 articles)" in run("quotes", "--from", "1.jsonl", "--from", "2.jsonl").stdout
    assert "articles)" not in run("quotes", "--from", "2.jsonl").stdout
