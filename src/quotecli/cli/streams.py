"""Standard input, output and errors, as a command finds them: in any encoding, full, or closed."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from quotecli.cli.exits import Exit


def open_streams() -> None:
    """Write UTF-8 into files and pipes on every system; a terminal shows a sign for what it cannot show.

    Where a stream is closed, something stands in its place: else the next file that is opened would, and take what is
    written to it. Results for a closed output are an error, all else is written to nowhere.
    """
    _fill(0, os.O_WRONLY)
    if _fill(1, os.O_RDONLY):
        sys.stdout = _stream(1)
    if _fill(2, os.O_WRONLY):
        sys.stderr = _stream(2)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _fill(number: int, way: int) -> bool:
    """Open nothing in the place of a closed descriptor, and say whether it was closed.

    way: the wrong one, so that who uses it learns that.
    """
    try:
        os.fstat(number)
    except OSError:
        os.open(os.devnull, way)  # it gets the lowest number that is free
        return True
    return False


def _stream(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", closefd=False)


def end_streams(code: int) -> int:
    """Write what is left and return the exit code; where that is impossible, let Python close them without a word."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError) as error:
            if stream is sys.stdout and code == Exit.DONE and not isinstance(error, BrokenPipeError):
                code = Exit.OUTPUT
            _drop(stream)
    return code


def _drop(stream: TextIO) -> None:
    """Let what is still to be written go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        stream.flush()
    except (OSError, ValueError):
        pass
