"""`quotecli` called and started, away from the user's own files, and a library filled by hand: no model is needed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, cast

import pytest

from quotecli import Article, Figure, Library, Statement
from quotecli.cli import main

Run = Callable[..., "subprocess.CompletedProcess[str]"]

FERRIES = Article(
    id="ferries-1",
    path="news/ferries.txt",
    title="Island ferries to stop",
    outlet="Harbour Post",
    published="2024-04-11",
    text="""Ferries to the islands will stop on 3 May, the harbour board said.
“We have no choice,” Ana Whitfield, its chair, told reporters. “The boats are forty years old.”
About 1,200 people use the boats each week.
""",
)
BRIDGE = Article(
    id="bridge-1",
    path="news/bridge.html",
    url="https://news.example/bridge",
    published="2023-10-05",
    text="""The bridge is safe, engineer Tomas Lund wrote in his report.
“Nobody has to take the boats,” he said.
""",
)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, say: Callable[..., Statement]) -> Path:
    """A library of two articles with six statements; tests do not change it."""
    path = tmp_path_factory.mktemp("library") / "news.db"
    start = FERRIES.text.index("1,200")
    figure = Figure(text="1,200", value=1200, unit="people", start=start, end=start + 5)
    ana = {"name": "Ana Whitfield", "source": "Ana Whitfield, its chair", "speaker": {"role": "chair"}}
    board = {"name": "harbour board", "source": "the harbour board", "speaker": {"type": "organisation"}}
    lund = {"name": "Tomas Lund", "speaker": {"role": "engineer"}}
    with Library(path) as corpus:
        corpus.add(
            FERRIES,
            [
                say(FERRIES, "claim", "Ferries to the islands will stop on 3 May", cue="said", checkable=0.3, **board),
                say(FERRIES, "quote", "“We have no choice,”", "“The boats are forty years old.”", cue="told", **ana),
                say(FERRIES, "fact", "About 1,200 people use the boats each week.", figures=(figure,), checkable=0.9),
            ],
        )
        corpus.add(
            BRIDGE,
            [
                say(
                    BRIDGE,
                    "claim",
                    "The bridge is safe",
                    cue="wrote",
                    source="Tomas Lund",
                    manner="wrote",
                    checkable=0.7,
                    confidence=0.6,
                    **lund,
                ),
                say(BRIDGE, "quote", "“Nobody has to take the boats,”", cue="said", source="he", **lund),
            ],
        )
    return path


@pytest.fixture
def own(library: Path, tmp_path: Path) -> Path:
    """A copy of the library, which a test may change."""
    return Path(shutil.copy(library, tmp_path / "own.db"))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has never run quotecli, whose home is the test's own folder."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "VIRTUAL_ENV")
        if name in os.environ
    }
    homes = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")
    return kept | {name: str(tmp_path / "home" / name.lower()) for name in homes} | {"COLUMNS": "80"}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the program in this process (a new one takes long to start), in an empty folder; env=: variables to add."""

    def call(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = ["quotecli", *map(str, arguments)]
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "argv", command)
            patch.setattr(os, "environ", environment | (env or {}))
            patch.chdir(tmp_path)
            code = main()
        return subprocess.CompletedProcess(command, code, *map(_written, (out, err)))

    return call


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return cast(io.BytesIO, stream.buffer).getvalue().decode()


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run `quotecli` as a process of its own, in an empty folder; env=: variables to add."""

    def call(*arguments: object, env: dict[str, str] | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "quotecli", *map(str, arguments)],
            encoding="utf-8",
            cwd=tmp_path,
            env=environment | (env or {}),
            timeout=120,
            check=False,
            **({"capture_output": True} | options),
        )

    return call


@pytest.fixture
def ask(run: Run, library: Path) -> Run:
    """Call a command on the library of two articles."""

    def call(command: str, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        return run(command, *arguments, "--library", library, **options)

    return call
