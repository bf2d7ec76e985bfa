"""Where words go: results to stdout, everything else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from quotecli.cli.progress import make_way
from quotecli.errors import QuotecliError
from quotecli.output.looks import PIPE, Look
from quotecli.output.safe import printable

Item = TypeVar("Item")


class OutputError(QuotecliError):
    """The results cannot be written."""


class ReaderGoneError(QuotecliError):
    """Who reads the results has seen enough (`| head`)."""


def emit(pieces: Iterable[str | bytes]) -> None:
    """Write results to stdout."""
    for piece in pieces:
        if sys.stdout.isatty():
            make_way()
        with _explained():
            if isinstance(piece, str):
                sys.stdout.write(piece)
            else:
                sys.stdout.buffer.write(piece)
    with _explained():
        sys.stdout.flush()


def present(pieces: Iterable[str]) -> None:
    """Write results to stdout, in a pager where a person reads them and they are longer than the screen."""
    if not sys.stdout.isatty():
        emit(pieces)
        return
    from quotecli.cli.pager import paged

    paged(pieces, emit)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except OSError as error:
        raise OutputError(f"cannot write the results: {error.strerror}") from error


def note(message: str, *, quiet: bool = False) -> None:
    """Tell the user something that is no result and no error."""
    if not quiet:
        _tell("\n".join(_wrapped(printable(line)) for line in message.split("\n")))


def noted(items: Iterable[Item], message: str = "Nothing found.", *, quiet: bool) -> Iterator[Item]:
    """Yield `items`; where there are none, tell the user so, who would otherwise see nothing at all."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        note(message, quiet=quiet)


def complain(message: str) -> None:
    """Tell the user what went wrong, in one line."""
    _tell(_wrapped(f"quotecli: {printable(message)}"))


def _wrapped(line: str) -> str:
    """Return a line as a terminal shows it best: broken between words. Ids, paths and addresses stay whole."""
    if not sys.stderr.isatty():
        return line
    width = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stderr.fileno()).columns
    if len(line) <= width:
        return line
    import textwrap

    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _tell(words: str) -> None:
    """Write to stderr; a command goes on where nobody can hear it."""
    with suppress(OSError, ValueError):
        print(words, file=sys.stderr)


def look() -> Look:
    """Return what stdout can show: a terminal's width, and its colours unless NO_COLOR or TERM=dumb forbid them."""
    if not sys.stdout.isatty():
        return PIPE
    styled = os.environ.get("TERM") != "dumb"
    return Look(
        width=shutil.get_terminal_size().columns,
        styled=styled,
        coloured=styled and not os.environ.get("NO_COLOR"),
        linked=styled and os.environ.get("TERM") != "linux",
    )
