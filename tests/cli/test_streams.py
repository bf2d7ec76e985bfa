"""A pipe gets no colours and no cut text; a terminal gets colours, lines that fit, and a progress bar."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pty = pytest.importorskip("pty")

Run = Callable[..., CompletedProcess[str]]


def on_a_terminal(arguments: list[str], environment: dict[str, str], columns: int = 80) -> str:
    """Run quotecli on a terminal of so many columns; return all that it shows."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, "-m", "quotecli", *arguments]
    variables = {name: value for name, value in environment.items() if name != "COLUMNS"} | {"TERM": "xterm-256color"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=variables) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        process.wait(timeout=60)
    os.close(ours)
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux: the other end is closed
        return b""


def test_a_terminal_gets_colours_and_lines_that_fit(library: Path, environment: dict[str, str]) -> None:
    shown = on_a_terminal(["search", "boats", "--library", str(library)], environment)
    assert "\x1b[1;33mboats\x1b[0m" in shown
    plain = on_a_terminal(["search", "boats", "--library", str(library)], environment | {"NO_COLOR": "1"})
    assert "\x1b[1mboats\x1b[0m" in plain
    assert "\x1b[33" not in plain
    dumb = on_a_terminal(["search", "boats", "--library", str(library)], environment | {"TERM": "dumb"})
    assert dumb


def test_a_pipe_gets_no_colours_even_when_they_are_forced(ask: Run) -> None:
    for arguments in (("search", "boats"), ("speakers",), ("show", "ferries-1")):
        answer = ask(*arguments, env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"})
        assert "\x1b" not in answer.stdout + answer.stderr
        assert "…" not in answer.stdout.replace("” … “", "")


def test_output_is_utf8_in_any_locale(start: Run, library: Path) -> None:
    locale = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    answer = start("quotes", "--library", library, env=locale)
    assert "“We have no choice,”" in answer.stdout


def test_a_progress_bar_appears_after_a_second(environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quotecli", "extract", "-", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=theirs, env=environment | {"TERM": "xterm"}
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Reading" not in shown:  # the input is slow to come
            shown += _read(ours) or pytest.fail(f"no progress bar: {shown!r}")
        assert process.stdin
        process.stdin.close()
        while piece := _read(ours):
            shown += piece
        assert process.stdout
        assert process.stdout.read() == b"[]\n"
    os.close(ours)
    assert b"the file is empty" in shown
