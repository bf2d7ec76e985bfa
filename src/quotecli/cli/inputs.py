"""Reading what the user named: bad inputs are reported and counted, the others go on."""

from __future__ import annotations

import json
import re
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quotecli.cli.console import OutputError, complain, note
from quotecli.cli.hints import reason_of
from quotecli.cli.options import Inputs
from quotecli.cli.progress import Progress
from quotecli.files import STANDARD_INPUT, FileRead
from quotecli.records import Article, Skipped
from quotecli.workers import GIBIBYTE, Workers

if TYPE_CHECKING:
    from quotecli.loading.load import Known


_EXAMPLES = 3
_REASONS = 200
_NUMBER = re.compile(r"\d+")  # "in line 17" is no reason of its own


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
        self._complaints = Complaints(errors, quiet=not progress, verbose=inputs.verbose)
        self._progress = Progress("Reading", shown=progress, inputs=self._count)
        self._open = ExitStack()
        memory = round(inputs.max_memory * GIBIBYTE)
        self.workers = Workers(inputs.jobs, inputs.max_extraction, memory, self._is_at_hand)
        self.read = self.skipped = self.known = self.small = 0

    def _count(self) -> int:
        from quotecli.loading.discovery import discover

        return sum(1 for path in self._paths for _ in discover(path))

    def __enter__(self) -> Self:
        self._open.enter_context(self._complaints)
        self._open.enter_context(self._progress)
        self._open.enter_context(self.workers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def _is_at_hand(self) -> bool:
        """Say whether standard input, if it is one of the inputs, has more to read; if not, show what is done."""
        if STANDARD_INPUT not in self._paths or sys.stdin is None or sys.platform == "win32":
            return True
        try:
            there = bool(select.select([sys.stdin.fileno()], [], [], 0)[0])
        except (OSError, ValueError):  # it is no file of the system's
            return True
        if not there:
            with suppress(OSError):  # the next result meets it again
                sys.stdout.flush()
        return there

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
        self._complaints.tell()

    def skip(self, found: Skipped) -> None:
        """Tell of an input that gives nothing, and count it."""
        self.skipped += 1
        self._complaints.add(found)
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


class Complaints:
    """Tells of inputs that were not read, each or some examples of those with the same reason; where they are recorded
    in a file, only how many they are, and that only where no note counts them (`with Complaints(…) as complaints`)."""

    def __init__(
        self, errors: str | None, *, quiet: bool = False, verbose: bool = False, each: str = "--verbose"
    ) -> None:
        """`errors`: the file for their records. `quiet`: no note counts them. `verbose`: tell of each, and at once.

        `each`: the option that names each.
        """
        self._errors = errors
        self._quiet = quiet
        self._verbose = verbose
        self._each = each
        self._recorded = 0
        self._untold: dict[str, tuple[int, list[Skipped]]] = {}
        self._record: Callable[[Skipped], None]
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._record = self._open.enter_context(written_to(self._errors))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self.tell()
        if self._recorded and self._quiet and not self._verbose:
            complain(f"{self._recorded:,} inputs were not read: {self._errors} tells which, and why")

    def add(self, found: Skipped) -> None:
        """Take one more."""
        self._recorded += self._errors is not None
        if self._verbose:
            complain(f"{found.path}: {reason_of(found)}")
        elif self._errors is None:
            number, examples = self._untold.get(reason := _NUMBER.sub("0", found.reason), (0, []))
            self._untold[reason] = number + 1, [*examples, found][: _EXAMPLES + 1]  # of a million only these are held
            if len(self._untold) > _REASONS:
                self.tell()
        self._record(found)

    def tell(self) -> None:
        """Tell of what is not told yet."""
        for number, examples in self._untold.values():
            _complain_of(number, examples, self._each)
        self._untold.clear()


def _complain_of(number: int, alike: Sequence[Skipped], option: str) -> None:
    """Tell of so many inputs that were not read for the same reason: of each, or of all in one line with examples."""
    if number <= _EXAMPLES:
        for each in alike:
            complain(f"{each.path}: {reason_of(each)}")
        return
    examples = ", ".join(each.path for each in alike[:_EXAMPLES])
    complain(f"{number:,} inputs: {reason_of(alike[0])} ({examples}, …; {option} names each)")


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
            file.write(json.dumps({"path": record.path, "reason": reason_of(record)}).encode() + b"\n")

    with file:
        yield write


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from error
