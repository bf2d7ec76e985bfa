"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from quotecli.cli.console import OutputError, complain, note
from quotecli.cli.options import Inputs
from quotecli.cli.progress import Progress
from quotecli.records import Article, Skipped

_ALL = Inputs(any_language=True)
"""For what is no source of statements: a draft is checked in whatever language it is."""


class Reading:
    """The articles of some inputs, read one by one while they are asked for.

    read, skipped: how many gave an article, and how many none, so far.
    """

    def __init__(
        self, paths: Sequence[str], *, progress: bool, inputs: Inputs = _ALL, errors: str | None = None
    ) -> None:
        """`progress`: show how far it is, on a terminal, if it takes more than a second.

        `inputs`: how they are read. `errors`: a file for the records of what is skipped.
        """
        self._paths = paths
        self._progress = progress
        self._inputs = inputs
        self._errors = errors
        self.read = self.skipped = 0

    def __iter__(self) -> Iterator[Article]:
        with _written_to(self._errors) as record, Progress("Reading", shown=self._progress) as progress:
            for found in self._found():
                if isinstance(found, Skipped):
                    self.skipped += 1
                    complain(f"{found.path}: {found.reason}")
                    record(found)
                else:
                    self.read += 1
                    yield found
                progress.advance()

    def _found(self) -> Iterator[Article | Skipped]:
        from quotecli.loading import load

        wish = self._inputs
        return load(self._paths, limits=wish.limits, text_column=wish.text_column, any_language=wish.any_language)

    def note_skipped(self, *, quiet: bool) -> None:
        """Tell how many were not read, if any."""
        if self.skipped:
            note(f"{self.read} read, {self.skipped} not read.", quiet=quiet)


@contextmanager
def _written_to(path: str | None) -> Iterator[Callable[[Skipped], None]]:
    """Give what writes records into a file, each line at once; into none, without a path."""
    if path is None:
        yield lambda _: None
        return
    with _explained(path):
        file = Path(path).open("wb", buffering=0)  # noqa: SIM115 - closed below

    def write(record: Skipped) -> None:
        with _explained(path):
            file.write(json.dumps(msgspec.structs.asdict(record)).encode() + b"\n")

    with file:
        yield write


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from error
