"""What goes wrong: one line on stderr, the right exit code, never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sarch", "x"], "Did you mean 'search'"),
        (["search"], "Missing argument 'QUERY'"),
        (["search", "x", "--format", "xml"], "'xml' is not one of"),
        (["search", "x", "--kind", "rumour"], "'rumour' is not one of"),
        (["quotes", "--manner", "sung"], "'sung' is not one of"),
        (["extract", "x", "--reported", "maybe"], "'maybe' is not one of"),
        (["search", "x", "--limit", "0"], "not in the range x>=1"),
        (["search", "x", "--since", "yesterday"], "not a date"),
        (["quotes", "--until", "2023-02-30"], "not a date"),
        (["quotes", "--json", "--format", "csv"], "exclude each other"),
        (["quotes", "--nonsense"], "No such option"),
        (["extract"], "Missing argument 'PATH...'"),
        (["schema", "poems"], "'poems' is not one of"),
    ],
)
def test_wrong_usage(run: Run, library: Path, arguments: list[str], words: str) -> None:
    answer = run(*arguments, env={"QUOTECLI_LIBRARY": str(library)})
    assert answer.returncode == Exit.USAGE
    assert answer.stdout == ""
    assert words in answer.stderr
    assert answer.stderr.startswith("quotecli: ")
    assert answer.stderr.count("\n") == 1


def test_no_command_shows_the_help(run: Run) -> None:
    answer = run()
    assert answer.returncode == Exit.USAGE
    assert "Usage: quotecli" in answer.stderr


@pytest.mark.parametrize("command", [("search", "x"), ("speakers",), ("show", "x"), ("articles",), ("remove", "x")])
def test_a_library_that_is_none(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a library, but long enough to be read as something else" * 20)
    for path in (text, tmp_path):
        answer = run(*command, "--library", path)
        assert (answer.returncode, answer.stdout) == (Exit.UNUSABLE, "")
        assert answer.stderr.count("\n") == 1
        assert str(path) in answer.stderr
    assert text.read_text().startswith("not a library")


def test_a_library_that_is_asked_for_and_is_not_there(run: Run, tmp_path: Path) -> None:
    answer = run("search", "x", "--library", tmp_path / "none.db")
    assert (answer.returncode, answer.stdout) == (Exit.UNUSABLE, "")
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_a_defect_is_one_line_and_its_traceback_only_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.cli.schema.schema_text", None)
    answer = run("schema")
    assert answer.returncode == Exit.DEFECT
    assert answer.stderr.count("\n") == 1
    assert "please report it" in answer.stderr
    assert "Traceback" in run("schema", env={"QUOTECLI_DEBUG": "1"}).stderr


def test_a_reader_that_has_seen_enough_ends_it_silently(library: Path, environment: dict[str, str]) -> None:
    quotes = f"'{sys.executable}' -m quotecli quotes --format jsonl --library '{library}'"
    piped = subprocess.run(
        ["bash", "-c", f"{quotes} | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (piped.stdout, piped.stderr) == ("0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line(start: Run, library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = start(
            "quotes", "--json", "--library", library, stdout=full, stderr=subprocess.PIPE, capture_output=False
        )
    assert ended.returncode == Exit.OUTPUT
    assert ended.stderr.count("\n") == 1
    assert "cannot write the results" in ended.stderr


def test_ctrl_c_is_quiet(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "quotecli", "extract", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        time.sleep(2)  # it waits for its input
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == ("", "")
        assert process.returncode == Exit.INTERRUPTED
