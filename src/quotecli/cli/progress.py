"""A progress bar on stderr, for what takes more than a second, and only on a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds before a bar appears."""


_shown: list[Progress] = []


def make_way() -> None:
    """Take the bars off the terminal, for good: results follow."""
    while _shown:
        _shown[-1].hide()


class Progress:
    """Counts what is done. The bar appears by itself when it takes long; without a terminal it never does.

    It shows how many articles a second are done, and how long it goes on yet where the number of inputs is known.
    """

    def __init__(self, what: str, *, shown: bool, inputs: Callable[[], int] = lambda: 0) -> None:
        """`what`: the work, in a word; `shown`: False to show nothing; `inputs`: counts all that is to be done."""
        self._what = what
        self._count_inputs = inputs
        self._done = self._ended = 0
        self._begun = time.monotonic()
        self._bar: Bar | None = None
        self._hidden = False
        self._changing = threading.Lock()
        wanted = shown and sys.stderr is not None and sys.stderr.isatty()
        self._timer = threading.Timer(PATIENCE, self._appear) if wanted else None

    def __enter__(self) -> Progress:
        self._begun = time.monotonic()
        if self._timer:
            self._timer.daemon = True
            self._timer.start()
            _shown.append(self)
        return self

    def advance(self, number: int = 1) -> None:
        """So many more are done."""
        self._done += number
        self._show()

    def end_input(self, number: int = 1) -> None:
        """All of an input is done, or of so many."""
        self._ended += number
        self._show()

    def _show(self) -> None:
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._ended, done=self._text())

    def _text(self) -> str:
        return f"{self._done:,} done, {self._done / (time.monotonic() - self._begun):,.0f}/s"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def hide(self) -> None:
        """Take the bar away, or let it never appear."""
        if self in _shown:
            _shown.remove(self)
        if self._timer:
            self._timer.cancel()
        with self._changing:
            self._hidden = True
            if self._bar:
                self._bar.stop()

    def _appear(self) -> None:
        """Draw the bar, unless it is hidden by now."""
        with self._changing:
            if not self._hidden:
                self._draw()

    def _draw(self) -> None:
        """Draw the bar, and import what it needs only now."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[done]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # stdout is for results, often another place
        )
        task = bar.add_task(self._what, total=None, completed=self._ended, done=self._text())
        bar.start()
        self._bar = bar
        threading.Thread(target=self._learn_total, args=(bar, task), daemon=True).start()  # nobody waits for it

    def _learn_total(self, bar: Bar, task: TaskID) -> None:
        inputs = self._count_inputs()
        if inputs > 1:  # the many articles of a single file are not counted beforehand
            bar.update(task, total=inputs)
