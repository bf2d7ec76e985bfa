"""Streams that are closed or full, and signals: the documented exit code, no traceback, no process left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Library
from quotecli.cli.exits import Exit

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a system with other signals and streams")

Run = Callable[..., CompletedProcess[str]]

QUOTECLI = [sys.executable, "-m", "quotecli"]
ENDLESS = """
import time
from quotecli import model

def tag(document, *, alone=False):
    if "endless" in document.text:
        open("reached", "w").close()
        time.sleep(3600)
    return model.Tagging((), ())

model.tag = tag
"""


@pytest.fixture
def redirected(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run a command with redirections of the shell."""

    def call(redirection: str, *arguments: object) -> CompletedProcess[str]:
        command = ["sh", "-c", f'exec "$0" "$@" {redirection}', *QUOTECLI, *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return call


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
@pytest.mark.parametrize("command", ["quotes --library {}", "--help", "schema", "search boats --library {} --json"])
def test_results_that_cannot_be_written(redirected: Run, library: Path, redirection: str, command: str) -> None:
    answer = redirected(redirection, *command.format(library).split())
    assert (answer.returncode, answer.stdout) == (Exit.OUTPUT, "")
    assert answer.stderr.startswith("quotecli: cannot write the results: ")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_notes_that_cannot_be_written_are_no_results(redirected: Run, library: Path, redirection: str) -> None:
    for command in ("quotes", "speakers --json"):
        expected = redirected("", *command.split(), "--library", library)
        found = redirected(redirection, *command.split(), "--library", library)
        assert (found.returncode, found.stdout) == (Exit.DONE, expected.stdout)
    nothing = redirected(redirection, "search", "zeppelins", "--library", library, "--json")
    assert (nothing.returncode, json.loads(nothing.stdout)) == (Exit.NOT_FOUND, [])
    wrong = redirected(redirection, "quotes", "--since", "soon")
    assert (wrong.returncode, wrong.stdout) == (Exit.USAGE, "")


def test_nothing_is_written_into_a_library_that_is_opened_in_the_place_of_a_closed_stream(
    redirected: Run, tmp_path: Path
) -> None:
    (tmp_path / "story.txt").write_text("“We have no choice,” Ana Whitfield said.\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    added = redirected("<&- >&- 2>&-", "add", "story.txt", "empty.txt", "--library", "news.db")
    assert added.returncode == Exit.INPUT
    with Library(tmp_path / "news.db") as held:
        assert (held.check(), len(held.articles())) == ([], 1)


def test_standard_input_that_is_closed(redirected: Run) -> None:
    for arguments in (("extract", "-"), ("quotes", "--from", "-")):
        answer = redirected("<&-", *arguments)
        assert answer.returncode == Exit.INPUT
        assert "quotecli: -: standard input is closed" in answer.stderr
    served = redirected("<&-", "mcp")
    assert (served.returncode, served.stdout) == (Exit.USAGE, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("module", ["quotecli.cli", "quotecli.cli.app", "typer", "quotecli.library", "sqlite3"])
def test_a_signal_while_it_starts(start: Run, library: Path, tmp_path: Path, number: int, module: str) -> None:
    hook = (
        f"lambda event, arguments: event == 'import' and arguments[0] == {module!r} and os.kill(os.getpid(), {number})"
    )
    (tmp_path / "sitecustomize.py").write_text(f"import os, sys\nsys.addaudithook({hook})\n")
    stopped = start("search", "boats", "--library", library, env={"PYTHONPATH": str(tmp_path)})
    assert stopped.returncode in (128 + number, -number)
    assert stopped.stderr == ""


@pytest.fixture
def busy(tmp_path: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A command whose processes are at work on what never ends."""
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "sitecustomize.py").write_text(ENDLESS)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("The council closed the bridge on 3 May after 12 people fell.\n")
    (tmp_path / "4.txt").write_text("An endless text of some words.")
    variables = environment | {"PYTHONPATH": os.pathsep.join(["stub", environment.get("PYTHONPATH", "")])}
    command = [*QUOTECLI, "add", *(f"{number}.txt" for number in (0, 1, 2, 4)), "--jobs", "2", "--library", "news.db"]
    process = subprocess.Popen(command, cwd=tmp_path, env=variables, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "reached").exists():
        assert process.poll() is None
        time.sleep(0.05)
    return process


def children(process: subprocess.Popen[str]) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, Exit.TERMINATED),
        (signal.SIGHUP, Exit.HUNG_UP),
        (signal.SIGINT, Exit.INTERRUPTED),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_no_process_outlives_the_command(busy: subprocess.Popen[str], tmp_path: Path, number: int, code: int) -> None:
    workers = children(busy)
    assert workers
    busy.send_signal(number)
    _, told = busy.communicate(timeout=60)
    assert (busy.returncode, told) == (code, "")
    end = time.monotonic() + 10
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_alive, workers))
    with Library(tmp_path / "news.db") as held:
        assert held.check() == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_the_server_ends_at_once(library: Path, environment: dict[str, str], number: int, code: int) -> None:
    pytest.importorskip("mcp")
    command = [*QUOTECLI, "mcp", "--library", str(library)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stdin and server.stdout and server.stderr
        assert server.stderr.readline().startswith("Serving MCP")
        greeting = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": greeting}) + "\n")
        server.stdin.flush()
        assert "quotecli" in server.stdout.readline()  # it is listening
        server.send_signal(number)
        assert server.wait(timeout=10) == code
        assert server.stderr.read() == ""
