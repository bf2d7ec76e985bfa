"""The help: compared with files that a person has read; no command without an example."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from typer._click import Command
from typer.core import TyperGroup
from typer.main import get_command

from quotecli import __version__
from quotecli.cli.app import COMMANDS as KNOWN
from quotecli.cli.app import app

Run = Callable[..., CompletedProcess[str]]
BRIDGE = "958de78e70dd16f3"
"""The digest of an article in the library of the tests."""
GOLDEN = Path(__file__).parent / "golden"


def commands_of(group: Command, prefix: str = "") -> Iterator[str]:
    """Yield the names of a group's commands, and of the groups in it and their commands: "library check"."""
    for name, command in getattr(group, "commands", {}).items():
        yield prefix + name
        yield from commands_of(command, f"{prefix}{name} ")


COMMANDS = list(commands_of(get_command(app)))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(run: Run, command: str) -> None:
    answer = run(*command.split(), "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    file = GOLDEN / f"help-{command.replace(' ', '-') or 'quotecli'}.txt"
    if os.environ.get("QUOTECLI_GOLDEN") == "write":
        file.write_text(answer.stdout, encoding="utf-8")
    assert answer.stdout == file.read_text(encoding="utf-8")
    assert max(map(len, answer.stdout.splitlines())) <= 80
    assert "\x1b" not in answer.stdout


@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"formats"}))
def test_help_has_examples_of_that_command(run: Run, command: str) -> None:
    examples = re.findall(r"^    (.*quotecli .*)$", run(*command.split(), "--help").stdout, re.MULTILINE)
    assert examples
    assert all(f"quotecli {command}" in example for example in examples)


@pytest.mark.parametrize("name", KNOWN)
def test_the_table_of_commands_says_what_each_does(name: str) -> None:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    assert (command.commands[name].help or "").splitlines()[0] == KNOWN[name].does


def test_short_help_and_version(run: Run) -> None:
    assert run("search", "-h").stdout == run("search", "--help").stdout
    assert run("--version").stdout == f"quotecli {__version__}\n"


def test_formats_lists_what_is_read(run: Run) -> None:
    listed = run("formats").stdout
    for suffix in (".txt", ".html", ".md", ".jsonl"):
        assert suffix in listed


def test_completion_is_offered_for_a_shell(start: Run) -> None:
    words = {"COMP_WORDS": "quotecli se", "COMP_CWORD": "1", "_QUOTECLI_COMPLETE": "complete_bash"}
    assert start(env=words).stdout.split() == ["search"]


@pytest.mark.parametrize(
    ("typed", "offered"), [("quotecli lib", ["library"]), ("quotecli library c", ["check", "compact"])]
)
def test_completion_knows_the_groups(start: Run, typed: str, offered: list[str]) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_QUOTECLI_COMPLETE": "complete_bash"}
    assert start(env=words).stdout.split() == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("quotes --speaker Ana", ["Ana\\ Whitfield"]),
        ("quotes --speaker Whit", ["Whitfield"]),
        ("claims --outlet Har", ["Harbour\\ Post"]),
        ("speakers Lu", ["Lund"]),
        ("remove fer", ["ferries-1"]),
        ("show br", ["bridge-1"]),
        (f"show {BRIDGE}-", [f"{BRIDGE}-0", f"{BRIDGE}-61"]),
        ("show nothing-", []),
    ],
)
def test_completion_offers_what_the_library_has(start: Run, library: Path, typed: str, offered: list[str]) -> None:
    line = f"quotecli {typed}"
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_QUOTECLI_COMPLETE": "complete_bash"}
    assert start(env=words | {"QUOTECLI_LIBRARY": str(library)}).stdout.strip().splitlines() == offered
    assert start(env=words | {"QUOTECLI_LIBRARY": "no-such-file.db"}).stdout.strip() == ""


def test_ids_in_examples_are_those_of_the_samples(run: Run, start: Run) -> None:
    helps = " ".join(run(*command.split(), "--help").stdout for command in COMMANDS)
    ids = set(re.findall(r"\b[0-9a-f]{16}(?:-\d+)?\b", helps))
    assert ids
    for id in ids:
        assert start("show", id, "--quiet").returncode == 0
