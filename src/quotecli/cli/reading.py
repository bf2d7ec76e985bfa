"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from quotecli.cli.console import OutputError, complain, note
from quotecli.cli.options import Inputs
from quotecli.cli.progress import Progress
from quotecli.files import FileRead
from quotecli.records import Article, Skipped
from quotecli.workers import GIBIBYTE, Workers

if TYPE_CHECKING:
    from quotecli.loading.load import Known


class Reading:
    """The articles of some inputs, read one by one while they are asked for (`with Reading(…) as reading`).

    read, skipped: how many gave an article, and how many none, so far; small: how many of those read have no capitals.
    known: how many articles need not be read, because their files have not changed.
    workers: the processes that read; they may do other things, too.
    """

    def __init__(
        self, paths: Sequence[str], *, progress: bool, inputs: Inputs, errors: str | None = None, links: bool = False
    ) -> None:
        """`progress`: show how far it is, on a terminal, if it takes more than a second.

        `inputs`: how they are read. `errors`: a file for the records of what is skipped. `links`: each is a `Draft`.
        """
        self._paths = paths
        self._settings = replace(inputs.settings, links=links)
        self._errors = errors
        self._record: Callable[[Skipped], None]
        self._progress = Progress("Reading", shown=progress, inputs=self._count)
        self._open = ExitStack()
        self.workers = Workers(inputs.jobs, inputs.max_extraction, round(inputs.max_memory * GIBIBYTE))
        self.read = self.skipped = self.known = self.small = 0

    def _count(self) -> int:
        from quotecli.loading.discovery import discover

        return sum(1 for path in self._paths for _ in discover(path))

    def __enter__(self) -> Self:
        self._record = self._open.enter_context(written_to(self._errors))
        self._open.enter_context(self._progress)
        self._open.enter_context(self.workers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[Article]:
        return (found for found in self.with_files() if not isinstance(found, FileRead))

    def with_files(self, known: Known | None = None) -> Iterator[Article | FileRead]:
        """Yield the articles, and behind those of a file what is to be remembered of it; only this, where the articles
        are `known`."""
        from quotecli.loading import load_files
        from quotecli.text import lacks_capitals

        ended = self._progress.end_input
        for found in load_files(self._paths, self._settings, known, workers=self.workers, ended=ended):
            if isinstance(found, Skipped):
                self.skip(found)
                continue
            if isinstance(found, Article):
                self.read += 1
                self.small += lacks_capitals(found.text)
                self._progress.advance()
            elif found.known:
                self.known += len(found.articles)
                self._progress.advance(len(found.articles))
            yield found

    def skip(self, found: Skipped) -> None:
        """Tell of an input that gives nothing, and count it."""
        self.skipped += 1
        complain(f"{found.path}: {found.reason}")
        self._record(found)
        self._progress.advance()

    def note_skipped(self, *, quiet: bool) -> None:
        """Tell how many were not read, if any; what is known from an earlier reading counts as read."""
        if self.skipped:
            note(f"{self.read + self.known} read, {self.skipped} not read.", quiet=quiet)
        self.note_small(quiet=quiet)

    def note_small(self, *, quiet: bool) -> None:
        """Tell how many articles are written without capitals, if any, and what that costs."""
        if self.small:
            note(f"{self.small} without capital letters: names are guessed there, and some are missed.", quiet=quiet)


@contextmanager
def written_to(path: str | None) -> Iterator[Callable[[Skipped], None]]:
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
