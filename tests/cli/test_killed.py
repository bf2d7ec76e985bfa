"""Killed at any moment and run again, `quotecli add` makes the library that it would have made at once."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from quotecli import Library
from quotecli.cli import app, main  # noqa: F401 - what the command needs is loaded before it is forked
from quotecli.model import Readings, Tagging

ROUNDS, KILLS = 5, 4
SUBJECTS = "ferry bridge harbour school market library".split()
STORY = "\n".join(
    f"The {{subject}} in {place} will be closed for {weeks} weeks, the council said in {place}, and {{number}} people "
    f"of {place} who use the {{subject}} each week were told to wait until the {weeks} weeks are over."
    for weeks, place in enumerate("Millbrook Ashford Corley Denby Eastwick".split(), start=2)
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of articles of their own, mirrored ones, nearly the same ones, a collection, and one that is none."""
    folder = tmp_path / "news"
    folder.mkdir()
    stories = [STORY.format(subject=subject, number=number) for number, subject in enumerate(SUBJECTS)]
    for number, story in enumerate(stories):
        (folder / f"{number}-a.txt").write_text(story)
        (folder / f"{number}-b.txt").write_text(story if number % 3 else f"By Ann Lee\n{story}")
    lines = [{"id": f"wire-{number}", "text": f"{story}\nIt rained."} for number, story in enumerate(stories)]
    (folder / "c.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (folder / "d.txt").touch()
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store a few articles at a time, and let the model find no attribution: what is extracted are facts."""
    monkeypatch.setattr("quotecli.library.batches.STORED_AT_ONCE", 3)
    sure: dict[str, tuple[float, ...]] = {"fact": (0.0, 9.0), "checkable": (0.0, 9.0)}
    monkeypatch.setattr(
        "quotecli.pipeline.tag",
        lambda document, alone: Tagging((), (), (), Readings((0,), (len(document.text),), sure)),  # noqa: ARG005
    )


def begin(news: Path, library: Path) -> int:
    """Start the command in a process of its own, in which all is loaded already; return its id."""
    child = os.fork()
    if child == 0:
        sys.argv = ["quotecli", "add", str(news), "--library", str(library), "--jobs", "1"]
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os._exit(main())
    return child


def run(news: Path, library: Path) -> float:
    """Run the command to its end; return how many seconds it took."""
    started = time.perf_counter()
    _, status = os.waitpid(begin(news, library), 0)
    assert os.waitstatus_to_exitcode(status) == 3  # one file is empty
    return time.perf_counter() - started


def kill(news: Path, library: Path, after: float) -> None:
    child = begin(news, library)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def content(path: Path) -> tuple[object, ...]:
    with Library(path) as library:
        assert library.check() == []
        files = library._connection.execute("SELECT * FROM file ORDER BY path").fetchall()
        return library.articles(), list(library.statements()), files


def test_killed_at_any_moment_and_run_again(news: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    run(news, whole)
    seconds = run(news, tmp_path / "again.db")
    expected = content(whole)
    assert len(expected[0]) == 2 * len(SUBJECTS)  # type: ignore[arg-type]
    chance = random.Random(7)
    for number in range(ROUNDS):
        library = tmp_path / f"{number}.db"
        for _ in range(KILLS):
            kill(news, library, chance.uniform(0, seconds))
        run(news, library)
        assert content(library) == expected
