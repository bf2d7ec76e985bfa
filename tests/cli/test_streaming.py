"""Results as they come: before the next input, without the progress bar; what is skipped, in short."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

SLOW = """
import time
from quotecli import model
from quotecli.cli import progress

found = model.tag

def tag(document, **how):
    time.sleep(0.5)
    return found(document, **how)

model.tag = tag
progress.PATIENCE = 0.01
"""


@pytest.mark.skipif(sys.platform == "win32", reason="waits for the system to say that there is more to read")
@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_an_articles_statements_do_not_wait_for_the_next_input(
    environment: dict[str, str], jobs: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "quotecli", "extract", "-", "--format", "jsonl", *jobs]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin and process.stdout
        stuck = threading.Timer(90, process.kill)
        stuck.start()
        for name in ("Ana Whitfield", "Tomas Lund"):
            process.stdin.write(json.dumps({"text": f"“We have no choice,” {name} told reporters."}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["speaker"]["name"] == name  # before more is written
        process.stdin.close()
        assert process.wait() == Exit.DONE
        stuck.cancel()


def test_the_bar_is_gone_before_the_first_result(environment: dict[str, str], tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "sitecustomize.py").write_text(SLOW)
    path = os.pathsep.join([str(tmp_path / "stub"), environment.get("PYTHONPATH", "")])
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"“We have no choice but {number},” Ana Whitfield told reporters.\n")
    command = [sys.executable, "-m", "quotecli", "extract", *(f"{number}.txt" for number in range(5)), "--jobs", "1"]
    ours, theirs = pty.openpty()
    variables = environment | {"PYTHONPATH": path, "TERM": "xterm-256color"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=variables, cwd=tmp_path) as process:
        os.close(theirs)
        shown = ""
        while piece := _read(ours):
            shown += piece
        assert process.wait() == Exit.DONE
    os.close(ours)
    bar, result = shown.rindex("Reading"), re.search(r"no choice but 0", shown)
    assert result is not None
    assert bar < result.start()
    between = shown[bar : result.start()]
    assert "\x1b[2K" in between  # its line is empty again
    row = re.sub(r"\x1b(\[[?0-9;]*[a-z]|\]8;[^\x1b]*\x1b\\)", "", between.rsplit("\x1b[2K", 1)[1])
    assert row.lstrip("\r").startswith("0.txt\r\n")  # the heading of its article


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:  # Linux: the other end is closed
        return ""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder of ten empty files, and two of other faults."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").touch()
    (folder / "rows.csv").write_text("text\n\n")
    (folder / "z.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.mark.usefixtures("empty")
def test_what_is_skipped_is_one_line_a_reason(run: Run) -> None:
    found = run("extract", "news")
    assert found.returncode == Exit.INPUT
    lines = [line for line in found.stderr.splitlines() if line.startswith("quotecli: ")]
    assert len(lines) == 3
    assert lines[0] == (
        "quotecli: 10 inputs: the file is empty (news/0.txt, news/1.txt, news/2.txt, …; --verbose names each)"
    )
    assert lines[1].startswith("quotecli: news/rows.csv: ")
    verbose = run("extract", "news", "--verbose").stderr
    assert verbose.count("the file is empty") == 10


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("command", ["extract", "add"])
def test_what_is_recorded_is_one_count(run: Run, tmp_path: Path, command: str) -> None:
    found = run(command, "news", "--errors", "errors.jsonl")
    assert found.returncode == Exit.INPUT
    assert len((tmp_path / "errors.jsonl").read_text().splitlines()) == 12
    assert "quotecli:" not in found.stderr
    assert found.stderr.endswith(" 12 not read.\n")
    quiet = run(command, "news", "--errors", "errors.jsonl", "--quiet").stderr
    assert quiet == "quotecli: 12 inputs were not read: errors.jsonl tells which, and why\n"
