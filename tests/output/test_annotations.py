"""SARIF and GitHub's workflow commands: the right lines of the file, and nothing that breaks out of a command."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.output.annotations import Region, located
from quotecli.output.rows import Checked
from quotecli.output.verdicts import VerdictFormat, render_verdicts
from quotecli.records import Article, Speaker
from quotecli.results import Verdict, VerdictKind

FILE = """---
title: Ferries
---
> “We will not
> sell,” she *said*.

He said: “We will  sell
the boats.” “We will sell the boats.”
"""


def quoted(kind: VerdictKind, words: str) -> Verdict:
    return Verdict(verdict=kind, text=words, start=0, end=len(words), speaker=Speaker(name="Ana: a, b"))


@pytest.fixture
def checked() -> Checked:
    return Checked(
        Article(id="draft", path="my drafts/a,b.md", text="…"),
        (
            quoted("normalised", "“We will not sell,”"),
            quoted("not found", "“We will sell the boats.”"),
            quoted("altered", "“We will sell the boats.”"),
            quoted("exact", "“We will sell the boats.”"),
            quoted("joined", "“Words that the file has in another form”"),
        ),
        FILE,
    )


def printed(checked: Checked, format: VerdictFormat) -> str:
    return "".join(render_verdicts([checked], format, allowed={"exact", "normalised"}))


def test_quotations_are_located_in_the_file_in_their_order(checked: Checked) -> None:
    assert [region for _, region in located(checked)] == [
        Region(4, 3, 5, 9),
        Region(7, 10, 8, 12),
        Region(8, 13, 8, 38),
        None,
        None,
    ]


def test_github_commands(checked: Checked) -> None:
    lines = printed(checked, VerdictFormat.GITHUB).splitlines()
    assert [
        re.match(r"::(\w+) file=(.*?),title=(.*?)(?:,line=(\d+),endLine=(\d+))?::\w", line) is not None
        for line in lines
    ]
    assert [line.partition(" ")[0] for line in lines] == ["::notice", "::error", "::error", "::error"]
    assert lines[1].startswith(
        "::error file=my drafts/a%2Cb.md,title=Quotation not found,line=7,endLine=8::not found: "
    )
    assert "line=" not in lines[3]


def test_sarif(checked: Checked) -> None:
    log = json.loads(printed(checked, VerdictFormat.SARIF))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["exact", "normalised", "altered", "wrong-speaker", "joined", "claim-only", "not-found"]
    results = run["results"]
    assert [(each["ruleId"], each["level"]) for each in results] == [
        ("normalised", "note"),
        ("not-found", "error"),
        ("altered", "error"),
        ("joined", "error"),
    ]
    places = [each["locations"][0]["physicalLocation"] for each in results]
    assert {place["artifactLocation"]["uri"] for place in places} == {"my%20drafts/a%2Cb.md"}
    assert places[1]["region"] == {"startLine": 7, "startColumn": 10, "endLine": 8, "endColumn": 12}
    assert "region" not in places[3]


@given(st.text(), st.text(min_size=1))
def test_no_text_breaks_out_of_a_command(words: str, path: str) -> None:
    draft = Article(id="draft", path=path, text=words)
    [command] = "".join(
        render_verdicts([Checked(draft, (quoted("altered", words),), words)], VerdictFormat.GITHUB)
    ).split("\n")[:-1]
    fields = command.partition("::")[2].partition("::")[0]
    assert fields.count(",") + 1 == len(re.findall(r"(?:^error |,)(?:file|title|line|endLine)=", fields))
    json.loads(printed(Checked(draft, (quoted("altered", words),), words), VerdictFormat.SARIF))
