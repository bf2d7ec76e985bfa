"""A pager for results that are longer than the terminal's screen, as git has it: $PAGER, else less."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain

_LESS = {"LESS": "FRX", "LV": "-c"}
"""What git gives them, too: colours are shown, and the text stays on the screen."""


def paged(pieces: Iterable[str], write: Callable[[Iterable[str]], None]) -> None:
    """Show results in the pager where they are longer than the screen of the terminal; `write` writes all others."""
    command = _command()
    if command is None:
        write(pieces)
        return
    waiting, room, first = iter(pieces), shutil.get_terminal_size().lines - 1, list[str]()
    for piece in waiting:
        first.append(piece)
        room -= piece.count("\n")
        if room < 0:
            _show(command, chain(first, waiting))
            return
    write(first)


def _command() -> str | None:
    """Return the command of the pager; None where there is no terminal, or nobody wants one or has one."""
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return None
    command = os.environ.get("PAGER", "less")
    with suppress(ValueError):
        words = shlex.split(command)
        if words and words != ["cat"] and shutil.which(words[0]):
            return command
    return None


def _show(command: str, pieces: Iterable[str]) -> None:
    pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=_LESS | os.environ)
    assert pager.stdin is not None
    with _left_to_the_pager():
        with suppress(BrokenPipeError), pager.stdin as screen:  # who reads has seen enough
            for piece in pieces:
                screen.write(piece.encode("utf-8", "replace"))
        pager.wait()


@contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Let Ctrl-C mean what it means to the pager, which else would be left alone with the terminal."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
