"""`quotecli add` killed at any moment, and run again: nothing lost, nothing twice. Uses the model: only on demand."""

from __future__ import annotations

import os
import random
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
from quotecli.library import Entry

Run = Callable[..., CompletedProcess[str]]

KILLS = 50
ARTICLES = 200

on_demand = os.environ.get("QUOTECLI_SAFETY") == "long"
pytestmark = pytest.mark.skipif(not on_demand, reason="takes minutes: QUOTECLI_SAFETY=long")


def held(path: Path) -> list[Entry]:
    """Check that a library is whole, and return what is in it."""
    with Library(path) as library:
        assert library.check() == []
        return sorted(library.entries(), key=lambda entry: entry.path or "")


def test_a_killed_add_loses_nothing_and_goes_on(start: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "news").mkdir()
    for number in range(ARTICLES):
        words = f"The mayor, Ruth Okafor, said that bridge {number} would open.\n“It is safe,” she told reporters.\n"
        (tmp_path / "news" / f"{number}.txt").write_text(words, encoding="utf-8")
    began = time.monotonic()
    assert start("add", "news", "--library", "whole.db").returncode == Exit.DONE
    took = time.monotonic() - began
    expected = held(tmp_path / "whole.db")
    assert len(expected) == ARTICLES

    chance = random.Random(11)
    counts: list[int] = []
    for _ in range(KILLS):
        command = [sys.executable, "-m", "quotecli", "add", "news", "--library", "killed.db"]
        with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0, took))
            process.send_signal(signal.SIGKILL)
        found = held(tmp_path / "killed.db")
        assert all(entry in expected for entry in found)
        assert len(found) >= (counts[-1] if counts else 0)
        counts.append(len(found))
        if len(found) == ARTICLES:
            counts.append(0)
            for file in tmp_path.glob("killed.db*"):
                file.unlink()
    assert start("add", "news", "--library", "killed.db").returncode == Exit.DONE
    assert held(tmp_path / "killed.db") == expected
    print(f"{KILLS} kills of an add that takes {took:.0f} s; articles stored after each: {counts}")
