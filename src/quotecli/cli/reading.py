"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quotecli.cli.console import OutputError, complain, note
from quotecli.cli.options import Inputs
from quotecli.cli.progress import Progress
from quotecli.files import FileRead
from quotecli.records import Article, Skipped

if TYPE_CHECKING:
    from quotecli.loading.load import Known


class Reading:
    """The articles of some inputs, read one by one while they are asked for.

    read, skipped: how many gave an article, and how many none, so far.
    known: how many articles need not be read, because their files have not changed.
    """

    def __init__(
        self, paths: Sequence[str], *, progress: bool, inputs: Inputs, errors: str | None = None, links: bool = False
    ) -> None:
        """`progress`: show how far it is, on a terminal, if it takes more than a second.

        `inputs`: how they are read. `errors`: a file for the records of what is skipped. `links`: each is a `Draft`.
        """
        self._paths = paths
        self._progress = progress
        self._settings = replace(inputs.settings, links=links)
        self._errors = errors
        self.read = self.skipped = self.known = 0

    def __iter__(self) -> Iterator[Article]:
        return (found for found in self.with_files() if not isinstance(found, FileRead))

    def with_files(self, known: Known | None = None) -> Iterator[Article | FileRead]:
        """Yield the articles, and behind those of a file what is to be remembered of it; only this, where the articles
        are `known`."""
        from quotecli.loading import load_files

        with written_to(self._errors) as record, Progress("Reading", shown=self._progress) as progress:
            for found in load_files(self._paths, self._settings, known):
                if isinstance(found, Skipped):
                    self.skipped += 1
                    complain(f"{found.path}: {found.reason}")
                    record(found)
                    progress.advance()
                    continue
                if isinstance(found, Article):
                    self.read += 1
                    progress.advance()
                elif found.known:
                    self.known += len(found.articles)
                    progress.advance(len(found.articles))
                yield found

    def note_skipped(self, *, quiet: bool) -> None:
        """Tell how many were not read, if any."""
        if self.skipped:
            note(f"{self.read} read, {self.skipped} not read.", quiet=quiet)


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
