"""verify: a draft as a person writes it, against files and a library. With the real model."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

SOURCE = """The mayor, Ruth Okafor, said the bridge would open in June.
“Every bolt was checked twice, and we will not open a day early,” Okafor told reporters on Friday.
“I have never seen a better bridge,” said Tomas Lund, an engineer.
The bridge cost £12 million.
"""
DRAFT = """# The bridge

“Every bolt was checked twice,” Ruth Okafor said. “We will open a day early,” Okafor said.

"I have never seen a better bridge," said Ruth Okafor. “The gulls approve of every single rivet,” said Tomas Lund.
"""
VERDICTS = ["exact", "altered", "wrong speaker", "not found"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def records(answer: CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


def test_every_quotation_gets_its_verdict(run: Run, source: Path, draft: Path) -> None:
    answer = run("verify", draft, "--from", source, "--json")
    assert answer.returncode == Exit.NOT_FOUND
    assert answer.stderr == "4 quotations: 1 exact, 1 altered, 1 wrong speaker, 1 not found.\n"
    found = records(answer)
    jsonschema.validate(found, json.loads(run("schema", "verdicts").stdout))
    assert [each["verdict"] for each in found] == VERDICTS
    assert {each["draft"]["path"] for each in found} == {str(draft)}
    [negation] = found[1]["changes"]
    assert (negation["kind"], negation["source"]) == ("negation", "not")
    for each in found[:3]:
        [(start, end)] = each["evidence"][0]["spans"]
        assert SOURCE[start:end] == each["evidence"][0]["text"]
        assert each["evidence"][0]["article"]["path"] == str(source)
    assert found[2]["evidence"][0]["speaker"]["name"] == "Tomas Lund"


def test_every_format_gives_the_same_verdicts(run: Run, source: Path, draft: Path) -> None:
    def printed(format: str) -> str:
        return run("verify", draft, "--from", source, "--quiet", "--format", format).stdout

    assert [json.loads(line)["verdict"] for line in printed("jsonl").splitlines()] == VERDICTS
    assert [row["verdict"] for row in csv.DictReader(printed("csv").splitlines())] == VERDICTS
    lines = printed("table").splitlines()[1:]
    assert [line.startswith(kind) for line, kind in zip(lines, VERDICTS, strict=True)] == [True] * 4
    assert re.findall(r"^::error file=.*line=(\d+),", printed("github"), re.MULTILINE) == ["3", "5", "5"]
    assert [each["ruleId"] for each in json.loads(printed("sarif"))["runs"][0]["results"]] == [
        kind.replace(" ", "-") for kind in VERDICTS[1:]
    ]
    page = printed("html")
    assert page.startswith("<!DOCTYPE html>")
    assert [f'<mark class="{kind.replace(" ", "-")}"' in page for kind in VERDICTS] == [True] * 4


@pytest.mark.parametrize(
    ("words", "options", "code"),
    [
        ("“Every bolt was checked twice,” Ruth Okafor said.", (), Exit.DONE),
        ("“EVERY bolt was checked twice,” Ruth Okafor said.", (), Exit.NOT_FOUND),
        ("“EVERY bolt was checked twice,” Ruth Okafor said.", ("--allow", "normalised"), Exit.DONE),
        ("“The bridge cost £12 million,” Ruth Okafor said.", ("--allow", "normalised"), Exit.NOT_FOUND),
        ("“The bridge cost £12 million,” Ruth Okafor said.", ("--allow", "normalised, claim-only"), Exit.DONE),
        ("Nobody said anything at all.", (), Exit.DONE),
    ],
)
def test_what_is_a_failure(
    run: Run, source: Path, tmp_path: Path, words: str, options: tuple[str, ...], code: Exit
) -> None:
    (tmp_path / "short.txt").write_text(words, encoding="utf-8")
    assert run("verify", "short.txt", "--from", source, *options).returncode == code


def test_a_library_answers_with_the_speakers_it_holds(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("“Nobody has to take the boats,” Ana Whitfield said.", encoding="utf-8")
    [verdict] = records(ask("verify", "draft.txt", "--json"))
    assert verdict["verdict"] == "wrong speaker"
    assert verdict["evidence"][0]["speaker"]["name"] == "Tomas Lund"
    assert verdict["evidence"][0]["article"]["id"] == "bridge-1"


def test_without_a_library_the_samples_answer(run: Run, tmp_path: Path) -> None:
    words = "“The behaviour of Pakistan against Afghan refugees is unacceptable,” Zabihullah Mujahid said."
    (tmp_path / "draft.txt").write_text(words, encoding="utf-8")
    answer = run("verify", "draft.txt", "--json")
    assert "sample articles" in answer.stderr
    assert (answer.returncode, records(answer)[0]["verdict"]) == (Exit.DONE, "exact")


@pytest.mark.usefixtures("source")
def test_a_draft_among_its_own_sources_proves_nothing(run: Run, tmp_path: Path, draft: Path) -> None:
    assert [each["verdict"] for each in records(run("verify", draft, "--from", tmp_path, "--json"))] == VERDICTS


def test_drafts_in_other_formats_and_from_standard_input(start: Run, source: Path, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in DRAFT.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "draft.docx"))
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in DRAFT.split("\n\n")[1:])
    page = f"<html><head><title>The bridge</title></head><body><article>{paragraphs}</article></body></html>"
    (tmp_path / "draft.html").write_text(page, encoding="utf-8")
    answer = start("verify", "draft.docx", "draft.html", "-", "--from", source, "--json", input=DRAFT)
    assert answer.returncode == Exit.NOT_FOUND
    found = records(answer)
    assert [each["verdict"] for each in found] == VERDICTS * 3
    assert len({each["draft"]["path"] for each in found}) == 3


def test_inputs_that_cannot_be_read(run: Run, source: Path, draft: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for arguments in ((draft, "--from", source, "--from", "none.txt"), (draft, "empty.txt", "--from", source)):
        answer = run("verify", *arguments, "--quiet", "--json")
        assert answer.returncode == Exit.INPUT
        assert answer.stderr.count("\n") == 1
        assert [each["verdict"] for each in records(answer)] == VERDICTS
    answer = run("verify", "nothing.md", "--from", source, "--quiet", "--json")
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (Exit.INPUT, "[]\n", 1)


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument 'DRAFT"),
        (("draft.md", "--allow", "nearly"), "'nearly' is no verdict"),
        (("draft.md", "--format", "pdf"), "'pdf' is not one of"),
        (("draft.md", "--json", "--format", "html"), "exclude each other"),
        (("-", "--from", "-"), "not both"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    answer = run("verify", *arguments)
    assert (answer.returncode, answer.stdout) == (Exit.USAGE, "")
    assert words in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_library_that_is_none(run: Run, draft: Path, source: Path) -> None:
    for path in (source, source.with_name("missing.db")):
        answer = run("verify", draft, "--library", path)
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (Exit.UNUSABLE, "", 1)
