"""A progress bar on stderr, for what takes more than a second, and only on a terminal."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds before a bar appears."""


class Progress:
    """Counts what is done. The bar appears by itself when it takes long; without a terminal it never does."""

    def __init__(self, what: str, *, shown: bool) -> None:
        """`what`: the work, in a word; `shown`: False to show nothing."""
        self._what = what
        self._done = 0
        self._bar: Bar | None = None
        wanted = shown and sys.stderr is not None and sys.stderr.isatty()
        self._timer = threading.Timer(PATIENCE, self._appear) if wanted else None

    def __enter__(self) -> Progress:
        if self._timer:
            self._timer.daemon = True
            self._timer.start()
        return self

    def advance(self, number: int = 1) -> None:
        """So many more are done."""
        self._done += number
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer.join()
        if self._bar:
            self._bar.stop()

    def _appear(self) -> None:
        """Draw the bar, and import what it needs only now."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} done"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # stdout is for results, often another place
        )
        bar.add_task(self._what, total=None, completed=self._done)
        bar.start()
        self._bar = bar
