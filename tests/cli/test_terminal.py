"""What a person at a terminal sees: a pager for what is longer than the screen, links, notes broken between words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals of this kind here")

PAGER = "sed 's/^/PAGED /'"
Screen = Callable[..., tuple[int, str]]


@pytest.fixture
def screen(tmp_path: Path, environment: dict[str, str], library: Path) -> Screen:
    """Run `quotecli` on the library of two articles at a terminal; return the exit code and what stands there."""

    def call(*arguments: object, lines: int = 50, **variables: str) -> tuple[int, str]:
        inside, outside = os.openpty()
        size = {"COLUMNS": "60", "LINES": str(lines), "TERM": "xterm-256color", "PAGER": PAGER}
        command = [sys.executable, "-m", "quotecli", *map(str, arguments), "--library", str(library)]
        env = environment | size | variables
        process = subprocess.Popen(command, stdin=outside, stdout=outside, stderr=outside, cwd=tmp_path, env=env)
        os.close(outside)
        shown = _all(inside)
        os.close(inside)
        return process.wait(timeout=60), shown

    return call


def _all(terminal: int) -> str:
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:  # who wrote is gone
        pass
    return shown.decode().replace("\r\n", "\n")


def test_what_is_longer_than_the_screen_is_paged(screen: Screen) -> None:
    code, shown = screen("quotes", lines=5)
    assert code == 0
    assert len(shown.splitlines()) > 5
    assert all(line.startswith("PAGED ") for line in shown.splitlines())
    assert "We have no choice" in shown and "Nobody has to take" in shown


@pytest.mark.parametrize(
    "variables", [{"LINES": "50"}, {"PAGER": "cat"}, {"PAGER": ""}, {"PAGER": "no-such-pager"}, {"TERM": "dumb"}]
)
def test_nothing_else_is(screen: Screen, variables: dict[str, str]) -> None:
    code, shown = screen("quotes", **({"LINES": "5"} | variables))
    assert code == 0
    assert "PAGED" not in shown and "We have no choice" in shown


def test_a_pager_that_is_left_ends_the_command_without_a_word(screen: Screen) -> None:
    code, shown = screen("quotes", "--json", lines=1, PAGER="head -c 1")
    assert (code, shown) == (0, "[")


def test_notes_stand_behind_what_was_paged(screen: Screen) -> None:
    code, shown = screen("search", "boats zeppelin", lines=2)
    assert code == 0
    assert shown.splitlines()[-1] == "No statement has “zeppelin”, nor a word like it."


def test_a_pipe_is_never_paged(ask: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    answer = ask("quotes", env={"PAGER": PAGER, "LINES": "1", "TERM": "xterm"})
    assert "PAGED" not in answer.stdout and "\x1b" not in answer.stdout


def test_notes_are_broken_between_words(screen: Screen) -> None:
    code, shown = screen("search", "zeppelins xylophones quangos")
    assert code == 1
    lines = shown.splitlines()
    assert len(lines) > 1 and max(map(len, lines)) <= 60
    assert " ".join(lines) == (
        "Nothing found for “zeppelins xylophones quangos”; no statement has “zeppelins” or “xylophones” or “quangos”, "
        "nor a word like them."
    )


def test_a_heading_for_each_article_opens_it_and_an_id_the_words(screen: Screen) -> None:
    _, shown = screen("quotes", "--outlet", "harbour post")
    assert re.search(r"\x1b\[1mIsland ferries to stop, Harbour Post, 2024-04-11", shown)
    _, shown = screen("quotes", "--speaker", "lund")
    page = "https://news.example/bridge"
    assert f";{page}\x1b\\" in shown
    assert f";{page}#:~:text=Nobody%20has%20to%20take%20the%20boats%2C\x1b\\" in shown
    assert "\x1b]8" not in screen("quotes", "--speaker", "lund", TERM="linux")[1]


def test_articles_have_room_for_their_titles(screen: Screen) -> None:
    _, shown = screen("articles", TERM="dumb")
    assert shown == (
        "Island ferries to stop, Harbour Post, 2024-04-11\n"
        "  ferries-1  37 words, 3 statements\n"
        "bridge.html, 2023-10-05\n"
        "  bridge-1  19 words, 2 statements\n"
    )
