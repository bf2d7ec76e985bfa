"""search, quotes, claims, facts, speakers, show and articles, asked of a library."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

Run = Callable[..., CompletedProcess[str]]


def records(answer: CompletedProcess[str]) -> list[dict[str, Any]]:
    assert answer.stderr == ""
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("query", ["boats", "BOATS", "baots"])
def test_search_finds_words_and_their_typos(ask: Run, query: str) -> None:
    answer = ask("search", query, "--json")
    assert answer.returncode == 0
    found = records(answer)
    assert {record["speaker"] and record["speaker"]["name"] for record in found} == {
        "Ana Whitfield",
        "Tomas Lund",
        None,
    }
    assert all(0 < record["score"] <= 100 and record["matches"] for record in found)


def test_search_results_follow_the_printed_schema(ask: Run, run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    for format in ("json", "jsonl"):
        answer = ask("search", "boats", "--context", "1", "--format", format)
        found = [json.loads(line) for line in answer.stdout.splitlines()] if format == "jsonl" else records(answer)
        assert len(found) == 3
        assert all(record["context"]["text"] for record in found)
        jsonschema.validate(found, schema)


def test_what_has_only_some_of_a_query_is_said_to(ask: Run) -> None:
    answer = ask("search", "boats bridge")
    assert answer.stdout
    some = "No statement has all of “boats bridge”; these have some of it, or mean something like it.\n"
    assert answer.stderr == some
    assert ask("search", "boats bridge", "--quiet").stderr == ""
    one = ask("search", "ferries stop")
    assert (
        one.stderr
        == "One statement has all of “ferries stop”; what follows has some of it, or means something like it.\n"
    )


def test_how_little_somebody_says_about_it_is_told(ask: Run) -> None:
    little = ask("search", "what did Lund say about the ferries")
    remark = "No statement of “Lund” has all of “the ferries”; these are close to it, or what others say.\n"
    assert (little.returncode, little.stderr) == (0, remark)
    all_of_it = ask("search", "what did Whitfield say about boats")
    assert (all_of_it.returncode, all_of_it.stderr) == (0, "")


def test_search_without_a_result_says_so_and_exits_with_1(ask: Run) -> None:
    answer = ask("search", "zeppelin")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "Nothing found for “zeppelin”; no statement has “zeppelin”, nor a word like it.\n"
    quiet = ask("search", "zeppelin", "--quiet", "--json")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "[]\n", "")


@pytest.mark.parametrize(
    ("command", "options", "starts"),
    [
        ("quotes", (), ["“We have", "“Nobody"]),
        ("quotes", ("--speaker", "whitfeild"), ["“We have"]),
        ("quotes", ("--speaker", "Lund", "--form", "direct"), ["“Nobody"]),
        ("quotes", ("--form", "mixed"), []),
        ("claims", ("--manner", "wrote"), ["The bridge"]),
        ("claims", ("--manner", "wrote", "--manner", "said"), ["Ferries to", "The bridge"]),
        ("claims", ("--manner", "asks"), []),
        ("claims", ("--reported", "affirmed"), ["Ferries to", "The bridge"]),
        ("claims", ("--reported", "negated", "--reported", "hypothetical"), []),
        ("claims", ("--sort", "checkable"), ["The bridge", "Ferries to"]),
        ("claims", ("--min-checkable", "0.5"), ["The bridge"]),
        ("claims", ("--min-confidence", "0.9"), ["Ferries to"]),
        ("claims", ("--min-confidence", "0.6"), ["Ferries to", "The bridge"]),
        ("quotes", ("--min-confidence", "0.92"), []),
        ("facts", ("--min-confidence", "0.92"), []),
        ("search", ("bridge", "--min-confidence", "0.7"), []),
        ("search", ("boats", "--sort", "checkable", "--min-checkable", "0.5"), ["About 1,200"]),
        ("search", ("bridge", "--manner", "wrote"), ["The bridge"]),
        ("quotes", ("--outlet", "harbour post"), ["“We have"]),
        ("quotes", ("--since", "2024"), ["“We have"]),
        ("quotes", ("--until", "2023-10"), ["“Nobody"]),
        ("quotes", ("--limit", "1"), ["“We have"]),
        ("quotes", ("--sort", "date"), ["“We have", "“Nobody"]),
        ("quotes", ("--sort", "speaker"), ["“We have", "“Nobody"]),
        ("search", ("boats", "--sort", "date"), ["“We have", "About 1,200", "“Nobody"]),
        ("search", ("boats", "--sort", "speaker"), ["“We have", "“Nobody", "About 1,200"]),
        ("claims", (), ["Ferries to", "The bridge"]),
        ("facts", (), ["About 1,200"]),
        ("search", ("boats", "--kind", "fact"), ["About 1,200"]),
    ],
)
def test_lists_and_filters(ask: Run, command: str, options: tuple[str, ...], starts: list[str]) -> None:
    found = records(ask(command, *options, "--json", "--quiet"))
    assert [record["text"][: len(start)] for record, start in zip(found, starts, strict=True)] == starts


@pytest.mark.parametrize("option", ["--speaker", "--form", "--manner", "--reported"])
def test_facts_have_no_options_of_what_somebody_says(ask: Run, option: str) -> None:
    answer = ask("facts", option, "said")
    assert answer.returncode == 2 and "No such option" in answer.stderr


def test_facts_print_the_best_to_check_first_with_their_figures(ask: Run) -> None:
    assert "checkable 0.90; 1,200" in ask("facts").stdout


def test_speakers(ask: Run) -> None:
    found = records(ask("speakers", "--json"))
    assert [(each["name"], each["role"], each["quotes"], each["claims"]) for each in found] == [
        ("Tomas Lund", "engineer", 1, 1),
        ("Ana Whitfield", "chair", 1, 0),
        ("harbour board", None, 0, 1),
    ]
    assert [each["name"] for each in records(ask("speakers", "--since", "2024", "--limit", "1", "--json"))] == [
        "Ana Whitfield"
    ]
    sure = records(ask("speakers", "--min-confidence", "0.9", "--json"))
    assert {each["name"]: each["claims"] for each in sure} == {"Tomas Lund": 0, "Ana Whitfield": 0, "harbour board": 1}


def test_articles(ask: Run) -> None:
    found = records(ask("articles", "--json"))
    assert [(each["id"], each["words"], each["statements"]) for each in found] == [
        ("ferries-1", 37, 3),
        ("bridge-1", 19, 2),
    ]


def test_every_format_gives_the_same_statements(ask: Run) -> None:
    ids = [record["id"] for record in records(ask("claims", "--json"))]
    assert [json.loads(line)["id"] for line in ask("claims", "--format", "jsonl").stdout.splitlines()] == ids
    assert [row["id"] for row in csv.DictReader(ask("claims", "--format", "csv").stdout.splitlines())] == ids
    assert [line.split()[0] for line in ask("claims", "--format", "table").stdout.splitlines()[1:]] == ids


def test_show_follows_the_id_of_a_table_row(ask: Run) -> None:
    row = ask("quotes", "--speaker", "Whitfield").stdout.splitlines()[1]
    shown = ask("show", row.split()[0])
    assert shown.returncode == 0
    assert "[“We have no choice,”] Ana Whitfield, its chair, told reporters. [“The boats" in shown.stdout
    assert "source      Ana Whitfield, its chair" in shown.stdout


def test_show_as_json(ask: Run, run: Run) -> None:
    [claim] = records(ask("claims", "--until", "2023", "--json"))
    [shown] = records(ask("show", claim["id"], "--json"))
    assert shown | {"context": None} == claim | {"context": None}
    assert shown["context"]["text"] == "The bridge is safe, engineer Tomas Lund wrote in his report."
    [article] = records(ask("show", "bridge-1", "--json"))
    jsonschema.validate([article], json.loads(run("schema", "article").stdout))
    for statement in article["statements"]:
        spans = [article["text"][start:end] for start, end in statement["content"]]
        assert statement["text"] == " … ".join(spans)


def test_show_marks_the_statements_of_an_article(ask: Run) -> None:
    shown = ask("show", "ferries-1").stdout
    assert "[1: Ferries to the islands will stop on 3 May], the harbour board said.\n     1  claim" in shown
    assert "Ana Whitfield, chair" in shown


@pytest.mark.parametrize("id", ["nothing-1", "ffffffffffff-10", ""])
def test_show_of_an_unknown_id(ask: Run, id: str) -> None:
    answer = ask("show", id)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1


def test_explain_says_how_a_speaker_was_found(ask: Run) -> None:
    assert "by name" in ask("quotes", "--explain").stdout
    assert "by name" not in ask("quotes").stdout


def test_the_library_may_come_from_the_environment(run: Run, library: object) -> None:
    assert len(records(run("facts", "--json", env={"QUOTECLI_LIBRARY": str(library)}))) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("quotes", "--speaker", "zz"),
        ("claims", "--form", "direct"),
        ("facts", "--since", "2030"),
        ("speakers", "--outlet", "zz"),
    ],
)
def test_an_empty_list_says_so(ask: Run, arguments: tuple[str, ...]) -> None:
    answer = ask(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "Nothing found.\n")
    assert ask(*arguments, "--quiet").stderr == ""


def test_a_statement_that_is_not_there_is_no_article(ask: Run) -> None:
    id = records(ask("quotes", "--json"))[0]["id"]
    answer = ask("show", f"{id}9")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"quotecli: no statement has the id '{id}9'")


def test_every_statement_of_a_library_tells_what_speakers_calls_who_said_it(ask: Run, run: Run, tmp_path: Path) -> None:
    called = {each["name"] for each in records(ask("speakers", "--json"))}
    for command in (("quotes",), ("claims",), ("search", "boats"), ("facts",)):
        found = records(ask(*command, "--json"))
        assert {each["person"] for each in found if each["speaker"]} <= called
        assert all(each["person"] is None for each in found if not each["speaker"])
    rows = list(csv.DictReader(ask("quotes", "--format", "csv").stdout.splitlines()))
    assert [row["person"] for row in rows] == [row["speaker"] for row in rows]
    assert not {"score", "context", "repeats"} & rows[0].keys()
    assert "score" in ask("search", "boats", "--format", "csv").stdout.partition("\n")[0]
    (tmp_path / "rain.txt").write_text("Officials said that the rain would stop.\n")
    assert "person" not in run("extract", "rain.txt", "--any-language", "--format", "csv").stdout.partition("\n")[0]


def test_search_in_articles_finds_what_is_in_no_statement(ask: Run, run: Run) -> None:
    found = records(ask("search", "--in", "articles", "report", "--json"))
    jsonschema.validate(found, json.loads(run("schema", "passages").stdout))
    [hit] = found
    assert hit["article"]["id"] == "bridge-1" and "in his report" in hit["text"]
    assert ask("search", "--in", "articles", "report").stdout.splitlines()[1].startswith("bridge-1 ")
    [row] = csv.DictReader(ask("search", "--in", "articles", "report", "--format", "csv").stdout.splitlines())
    assert (row["article"], row["text"]) == ("bridge-1", hit["text"])
    nothing = ask("search", "--in", "articles", "zeppelin")
    assert (nothing.returncode, nothing.stderr) == (1, "No text has “zeppelin”, nor a word like it.\n")
    assert ask("search", "--in", "articles", "report", "--speaker", "lund").returncode == 2


def test_a_word_that_only_the_texts_have_is_found_there(ask: Run) -> None:
    lines = ask("search", "report").stderr.splitlines()
    assert lines[-1] == "The texts have “report”: search --in articles."
    assert "texts" not in ask("search", "boats zeppelin 3.5 million").stderr
