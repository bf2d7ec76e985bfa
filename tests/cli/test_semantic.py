"""search --semantic, of a library and of what --from names."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from quotecli.cli.exits import Exit
from quotecli.cli.mcp import call
from quotecli.cli.options import Where
from quotecli.library import Library

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_statements_are_found_by_what_they_mean(run: Run, own: Path) -> None:
    answer = run("search", "--semantic", "old ships", "--json", "--library", own)
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "")
    found = json.loads(answer.stdout)
    jsonschema.validate(found, json.loads(run("schema").stdout))
    assert found[0]["text"] == "“We have no choice,” … “The boats are forty years old.”"
    assert 0 < found[0]["score"] <= 100
    with Library(own) as corpus:
        text = corpus.article(found[0]["article"]["id"]).text
        assert corpus.not_understood() == 0
    assert [text[start:end] for start, end in found[0]["matches"]] == ["boats", "old"]


@pytest.mark.parametrize(
    ("options", "starts"),
    [
        ((), ["“We have", "“Nobody", "Ferries to", "About 1,200"]),
        (("--speaker", "lund"), ["“Nobody"]),
        (("--kind", "fact"), ["About 1,200"]),
        (("--until", "2023"), ["“Nobody"]),
        (("--limit", "1", "--sort", "date"), ["“Nobody"]),
        (("--outlet", "harbour post", "--form", "direct"), ["“We have"]),
    ],
)
def test_the_other_options_work_as_well(run: Run, own: Path, options: tuple[str, ...], starts: list[str]) -> None:
    lines = run("search", "--semantic", "ships", "--format", "csv", "--library", own, *options).stdout.splitlines()[1:]
    assert [start for start in starts if any(start in line for line in lines)] == starts
    assert len(lines) == len(starts)


def test_without_a_result_it_says_so_and_exits_with_1(run: Run, own: Path) -> None:
    answer = run("search", "--semantic", "zebra", "--library", own)
    assert (answer.returncode, answer.stdout) == (Exit.NOT_FOUND, "")
    assert answer.stderr == "Nothing found for “zebra”; without --semantic, its words are searched.\n"
    assert run("search", "--semantic", "zebra", "--library", own, "--quiet").stderr == ""


@pytest.mark.parametrize("query", ["", '""', "…", "-zebra"])
@pytest.mark.parametrize("options", [(), ("--semantic",)])
def test_a_query_without_a_word_is_said_to_be_one(run: Run, own: Path, query: str, options: tuple[str, ...]) -> None:
    answer = run("search", *options, "--library", own, "--", query)
    assert (answer.returncode, answer.stdout) == (Exit.NOT_FOUND, "")
    assert answer.stderr == f"Nothing found for “{query}”; it has no word that is to be found.\n"


def test_a_library_that_may_only_be_read_answers_and_says_what_that_costs(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(own) as writing, monkeypatch.context() as patch:
        patch.setattr("quotecli.library.schema.BUSY_SECONDS", 0.1)
        writing._connection.execute("BEGIN IMMEDIATE")
        answer = run("search", "--semantic", "ships", "--library", own)
    assert answer.returncode == Exit.DONE
    assert "boats" in answer.stdout
    assert answer.stderr == "The library cannot be written now: 5 statements are understood for this once.\n"


def test_only_what_from_names_answers(start: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The dog barked all night, Ann Lee said.\n" * 2)
    (tmp_path / "two.txt").write_text("“The puppy is ill,” Bob Ray said.\n")
    answers = [start("search", "--semantic", "hound", "--from", f"{name}.txt", "--json") for name in ("one", "two")]
    assert [answer.returncode for answer in answers] == [0, 0]
    for answer, word in zip(answers, ("dog", "puppy"), strict=True):
        assert all(word in record["text"] for record in json.loads(answer.stdout))


def test_an_assistant_may_ask_for_meanings(own: Path) -> None:
    answer = call(Where(library=[str(own)]), "search", {"query": "ships", "semantic": True, "limit": 1})
    assert not answer.is_error
    assert "boats" in answer.structured_content["statements"][0]["text"]
