"""Parsers written by others know no limits: whatever takes too long is interrupted from outside."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from quotecli.errors import InputError

Item = TypeVar("Item")

_SHORTEST = 0.001
_AGAIN = 1.0  # seconds; some parsers swallow an exception and go on


def out_of_time(seconds: float) -> InputError:
    """Return the error of a document that takes longer than it may."""
    return InputError(f"took longer than {seconds:g} s, the limit for one document", setting="seconds")


def each_within(items: Iterable[Item], seconds: float) -> Iterator[Item]:
    """Yield `items`; raise InputError when making one of them takes longer than `seconds`.

    By the system's timer, which interrupts Python code and regular expressions, and code in C when it comes back. In
    another thread than the main one, and on Windows, nothing is interrupted: there only `Source.check_time` counts.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield from items
        return
    iterator = iter(items)
    while True:
        alarm = _Alarm(seconds)
        try:
            with alarm:
                item = next(iterator)
        except StopIteration:
            return
        yield item


class _Alarm:
    """Raises InputError in the block when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._on = False

    def __enter__(self) -> None:
        self._on = True
        self._before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(self._seconds, _SHORTEST), _AGAIN)

    def __exit__(self, *_: object) -> None:
        self._on = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def _ring(self, *_: Any) -> None:
        if self._on:
            raise out_of_time(self._seconds)
