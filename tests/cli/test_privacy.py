"""Nothing leaves the machine: every command works without sockets, and leaves no file but quotecli's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

FORBIDDEN = """
import sys

def forbid(event, arguments):
    made = event == "socket.__new__"
    if event.startswith("socket.") and not (made and arguments[1] == 1):  # AF_UNIX, by which asyncio wakes itself up
        if not made:  # urllib3 makes one to learn whether there is IPv6, and asks it nothing
            open("forbidden", "a").write(f"{event} {arguments}\\n")
        raise PermissionError(f"{event} is forbidden here")

sys.addaudithook(forbid)
"""
STORY = "“We have no choice,” Ana Whitfield, the chair, told reporters.\nThe council closed the bridge on 3 May 2024.\n"
PAGE = f"<html><body><article><h1>The bridge</h1><p>{STORY}</p></article></body></html>"
COMMANDS = (
    "extract story.txt page.html --format jsonl",
    "extract story.txt page.html --jobs 2",
    "search bridge --from page.html",
    "search crossing --from story.txt --semantic",
    "search refugees",
    "add story.txt page.html --library own.db",
    "add story.txt",
    "search bridge",
    "search crossing --semantic --library own.db",
    "quotes",
    "claims",
    "facts",
    "speakers",
    "speakers Whitfield",
    "articles",
    "verify story.txt",
    "verify story.txt --from page.html",
    "export",
    "library check",
    "library stats",
    "library backup copy.db",
    "library compact",
    "schema",
    "formats",
    "mcp",
    "--help",
)


def without_network() -> Sequence[str]:
    """Return what starts a process without any network, in native code as well, where the system allows it."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        return ()
    return ("unshare", "-rn")


@pytest.fixture
def offline(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run a command in an empty home, where it is an error to make a socket."""
    place = tmp_path / "hook"
    place.mkdir()
    (place / "sitecustomize.py").write_text(FORBIDDEN)
    path = os.pathsep.join([str(place), environment.get("PYTHONPATH", "")])
    (tmp_path / "temporary").mkdir()
    variables = environment | {"PYTHONPATH": path, "TMPDIR": str(tmp_path / "temporary")}

    def call(line: str) -> CompletedProcess[str]:
        return subprocess.run(
            [*without_network(), sys.executable, "-m", "quotecli", *line.split()],
            cwd=tmp_path,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def test_no_command_opens_a_socket_or_leaves_a_file_of_a_library_that_it_uses(offline: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "page.html").write_text(PAGE)
    for line in COMMANDS:
        answer = offline(line)
        assert answer.returncode in (0, 1), (line, answer.stderr)
    assert not (tmp_path / "forbidden").exists(), (tmp_path / "forbidden").read_text()
    left = {path.relative_to(tmp_path) for folder in ("home", "temporary") for path in (tmp_path / folder).rglob("*")}
    files = {path for path in left if (tmp_path / path).is_file()}
    assert files
    assert {path for path in files if path.parent.name != "quotecli"} == set()


def test_the_hook_does_forbid(offline: Run, tmp_path: Path) -> None:
    answer = offline("extract http://127.0.0.1:9/story")
    assert answer.returncode == 3
    assert (tmp_path / "forbidden").exists()
