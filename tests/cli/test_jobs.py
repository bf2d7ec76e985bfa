"""Several processes at work: the same results in the same order, and one that dies costs one article."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Library
from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

MODEL = """
import os, signal, time
from quotecli import model

def tag(document, *, alone=False):
    if "unlucky" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "endless" in document.text:
        open("reached", "w").close()
        time.sleep(3600)
    sure = {"fact": (0.0, 9.0), "checkable": (0.0, 9.0)}
    return model.Tagging((), (), (), model.Readings((0,), (len(document.text),), sure))

model.tag = tag
"""


@pytest.fixture
def stubbed(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment in which a model that finds nothing stands in, and kills its process over some texts."""
    place = tmp_path / "stub"
    place.mkdir()
    (place / "sitecustomize.py").write_text(MODEL)
    return environment | {"PYTHONPATH": os.pathsep.join([str(place), environment.get("PYTHONPATH", "")])}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(f"The council closed bridge {number} on 3 May after 12 people fell.\n")
    return folder


def test_results_are_the_same_in_the_same_order(start: Run, stubbed: dict[str, str], news: Path) -> None:
    one, two = (start("extract", news, "--format", "jsonl", "--jobs", jobs, env=stubbed) for jobs in "12")
    assert one.returncode == two.returncode == Exit.DONE
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") == 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such signal")
def test_a_process_that_is_killed_costs_its_article(start: Run, stubbed: dict[str, str], news: Path) -> None:
    (news / "3.txt").write_text("An unlucky text.")
    reason = "quotecli: news/3.txt: its process ended before it was done (killed: out of memory?)"
    added = start("add", "news", "--jobs", "2", "--library", "news.db", env=stubbed)
    assert added.returncode == Exit.INPUT
    assert added.stderr.splitlines() == [reason, "7 added, 0 replaced, 0 unchanged, 1 not read."]
    printed = start("extract", "news", "--jobs", "2", "--format", "jsonl", "--errors", "errors.jsonl", env=stubbed)
    assert printed.stderr == "8 read, 1 not read.\n"
    assert printed.stdout.count("\n") == 7
    (recorded,) = map(json.loads, (news.parent / "errors.jsonl").read_text().splitlines())
    assert f"quotecli: {recorded['path']}: {recorded['reason']}" == reason


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such signal")
def test_ctrl_c_ends_all_and_what_is_done_stays(stubbed: dict[str, str], news: Path, tmp_path: Path) -> None:
    (news / "7.txt").write_text("An endless text.")
    command = [sys.executable, "-m", "quotecli", "add", "news", "--jobs", "2", "--library", "news.db"]
    with subprocess.Popen(command, cwd=tmp_path, env=stubbed, stderr=subprocess.PIPE, text=True) as process:
        while not (tmp_path / "reached").exists():
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == Exit.INTERRUPTED
    with Library(tmp_path / "news.db") as library:
        assert len(library.articles()) >= 6  # the other process may be at the last but one
        assert library.check() == []


def test_what_lies_in_an_archive_is_read_side_by_side_in_its_order(start: Run, tmp_path: Path) -> None:
    page = "<html><title>No. {0}</title><body><p>The bridge is closed, engineer Ana Lund said.</p></body></html>"
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for number in range(12):
            archive.writestr(f"{number:02}.html", page.format(number))
        archive.writestr("05b.html", b"")
        archive.writestr("07b.txt", "The bridge is open, Tomas Lund said on Friday.")
    one, two = (start("extract", "pages.zip", "--format", "jsonl", "--jobs", jobs) for jobs in "12")
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)
    assert one.returncode == two.returncode == Exit.INPUT
    paths = [json.loads(line)["article"]["path"] for line in one.stdout.splitlines()]
    assert paths == [f"pages.zip/{number:02}.html" for number in range(12)] + ["pages.zip/07b.txt"]
    few = start("extract", "pages.zip", "--format", "jsonl", "--jobs", "2", "--max-articles", "4")
    assert few.stdout.splitlines() == one.stdout.splitlines()[:4]
    assert "holds more than 4 articles" in few.stderr
