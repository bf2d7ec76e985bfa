"""Two files whose texts have digests that begin alike, as a forger makes them: neither passes for the other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

GENUINE = "“The dam is safe,” the engineer Ann Lee said on Friday in her report number 165330."
FORGED = "“The dam is not safe,” the engineer Ann Lee said on Friday in her report number 30176887."
"""The first 12 hex digits of their digests are the same."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.records.ID_LENGTH", 12)
    (tmp_path / "genuine.txt").write_text(GENUINE, encoding="utf-8")
    (tmp_path / "forged.txt").write_text(FORGED, encoding="utf-8")
    (tmp_path / "draft.txt").write_text("“The dam is not safe,” Ann Lee said.", encoding="utf-8")


def test_what_was_read_before_does_not_stand_in_for_another_text(run: Run) -> None:
    assert run("verify", "draft.txt", "--from", "forged.txt").returncode == Exit.DONE
    answer = run("verify", "draft.txt", "--from", "genuine.txt", "--json")
    assert answer.returncode == Exit.NOT_FOUND
    assert [each["verdict"] for each in json.loads(answer.stdout)] == ["altered"]


def test_a_library_holds_both_and_says_so(run: Run) -> None:
    assert run("add", "genuine.txt", "--library", "news.db").stderr.startswith("1 added")
    assert run("add", "forged.txt", "--library", "news.db").stderr.startswith("1 added")
    quotes = json.loads(run("quotes", "--library", "news.db", "--json", "--context", "1").stdout)
    assert [each["text"] for each in quotes] == ["“The dam is safe,”", "“The dam is not safe,”"]
    assert [each["context"]["text"] for each in quotes] == [GENUINE, FORGED]
    for quote in quotes:
        assert quote["text"] in run("show", quote["id"], "--library", "news.db").stdout
    short = quotes[0]["article"]["id"][:12]
    refused = run("show", short, "--library", "news.db")
    assert (refused.returncode, "more than one article" in refused.stderr) == (Exit.NOT_FOUND, True)
    check = run("library", "check", "--library", "news.db")
    assert (check.returncode, f"2 articles have the short id {short}" in check.stderr) == (Exit.DONE, True)
