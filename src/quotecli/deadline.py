"""Work that may take only so long, and looks at the clock itself: between windows, attributions and sentences."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from quotecli.errors import InputError

SECONDS: float = 60
"""The time that extraction may take for one article, where nothing else is said."""

_end: ContextVar[tuple[float, float] | None] = ContextVar("end", default=None)


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """Let `check_time` raise InputError in this block when it has taken longer than `seconds`; never, if None."""
    token = _end.set(None if seconds is None else (time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _end.reset(token)


def check_time() -> None:
    """Raise InputError when the time of this thread's work is over."""
    end = _end.get()
    if end is not None and time.monotonic() > end[0]:
        reason = f"extraction took longer than {end[1]:g} s, the limit for one article"
        raise InputError(reason, setting="extraction_seconds")
