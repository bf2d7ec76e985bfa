"""speakers, speakers NAME, speakers merge and speakers split."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def own(run: Run, library: Path, tmp_path: Path) -> Run:
    """Call `quotecli speakers` on a copy of the library, which it may change."""
    copy = tmp_path / "own.db"
    shutil.copy(library, copy)
    return lambda *arguments: run("speakers", *arguments, env={"QUOTECLI_LIBRARY": str(copy)})


def names(answer: CompletedProcess[str]) -> list[str]:
    return [each["name"] for each in json.loads(answer.stdout)]


def test_a_name_shows_that_speaker_in_every_format(own: Run, run: Run) -> None:
    shown = own("lund")
    assert shown.stdout.startswith("Tomas Lund\nperson, 1 quote, 1 claim, in 1 article, 2023-10-05\n")
    assert "roles       engineer (1 article, 2023-10-05)\n" in shown.stdout
    assert "timeline    2023-10  2\n" in shown.stdout
    assert "“Nobody has to take the boats,”" in shown.stdout
    [record] = json.loads(own("lund", "--json").stdout)
    jsonschema.validate([record], json.loads(run("schema", "speaker").stdout))
    assert json.loads(own("Tomas Lund", "--format", "jsonl").stdout) == record
    [row] = csv.DictReader(own("--format", "csv", "Lund").stdout.splitlines())
    assert (row["name"], row["roles"], row["first"]) == ("Tomas Lund", "engineer", "2023-10-05")


def test_filters_and_limit_work_with_a_name(own: Run) -> None:
    assert "0 quotes" in own("lund", "--since", "2024").stdout
    assert "“Nobody" not in own("lund", "--kind", "claim", "--limit", "1").stdout
    assert own("--limit", "1", "--json").stdout == own("--json", "-n", "1").stdout


@pytest.mark.parametrize("name", ["nobody", "", "zz"])
def test_nobody_is_not_found(own: Run, name: str) -> None:
    answer = own(name)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"quotecli: no speaker is called {name!r}")


def test_two_names_are_wrong_usage(own: Run) -> None:
    assert own("Tomas", "Lund").returncode == 2


def test_merge_is_remembered_listed_and_taken_back(own: Run) -> None:
    answer = own("merge", "whitfield", "lund")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "lund: now Ana Whitfield.\n")
    assert own("merge", "Ana Whitfield", "ana whitfield").stderr == "ana whitfield: Ana Whitfield already.\n"
    assert names(own("--json")) == ["Ana Whitfield", "harbour board"]
    assert names(own("--speaker", "Tomas Lund", "--json")) == ["Ana Whitfield"]
    assert own("merge", "--list").stdout == "NAME        IS\nTomas Lund  Ana Whitfield\n"
    assert json.loads(own("merge", "--list", "--json").stdout) == [{"name": "Tomas Lund", "person": "Ana Whitfield"}]
    assert own("split", "--list").stdout == ""
    assert own("merge", "--undo", "tomas lund", "--quiet").stderr == ""
    assert names(own("--json")) == ["Tomas Lund", "Ana Whitfield", "harbour board"]


def test_split_takes_a_name_off_again(own: Run) -> None:
    own("merge", "whitfield", "lund", "board")
    answer = own("split", "Ana Whitfield", "harbour board")
    assert (answer.returncode, answer.stderr) == (0, "On their own now: harbour board.\n")
    assert own("split", "--list").stdout == "NAME           IS\nharbour board  on its own\n"
    assert own("split", "tomas lund").returncode == 0
    assert len(names(own("--json"))) == 3
    assert own("split", "--undo", "harbour board").stderr == "May join others again: harbour board.\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("merge", "lund"), 2),
        (("merge",), 2),
        (("merge", "--undo"), 2),
        (("split",), 2),
        (("merge", "lund", "nobody"), 1),
        (("merge", "--undo", "lund"), 1),
        (("split", "lund"), 1),
        (("split", "lund", "whitfield"), 1),
        (("merge", "lund", "whitfield", "--from", "x"), 2),
    ],
)
def test_what_cannot_be_decided(own: Run, arguments: tuple[str, ...], code: int) -> None:
    answer = own(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (code, "", 1)


def test_deciding_needs_a_library(run: Run) -> None:
    assert run("speakers", "merge", "a", "b").returncode == 4


def test_each_command_has_its_help(own: Run) -> None:
    assert own("merge", "--help").stdout.startswith("Usage: quotecli speakers merge [OPTIONS] [NAME...]\n")
    helped = own("--help").stdout
    assert helped.startswith("Usage: quotecli speakers [OPTIONS] [NAME] | COMMAND ...\n")
    assert "  merge  Join speakers" in helped


def test_what_from_names_is_asked_alone(run: Run, tmp_path: Path) -> None:
    said: dict[str, Any] = {"id": "1", "text": "“Rain came down all night,” Ann Lee said.", "published": "2024-05"}
    (tmp_path / "a.jsonl").write_text(json.dumps(said))
    assert run("speakers", "lee", "--from", "a.jsonl").stdout.startswith("Ann Lee\nperson, 1 quote")
