"""The exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command says to the shell."""

    DONE = 0
    NOT_FOUND = 1
    """`search` found nothing, no article or statement has the id asked for, or a quotation failed (`verify`)."""
    USAGE = 2
    INPUT = 3
    """An input could not be read; the others are done."""
    UNUSABLE = 4
    """The model or the library is unusable."""
    DEFECT = 70
    """quotecli itself is wrong."""
    OUTPUT = 74
    """The results could not be written: a full disk."""
    HUNG_UP = 129
    """SIGHUP: its terminal is gone."""
    INTERRUPTED = 130
    """SIGINT: Ctrl-C."""
    TERMINATED = 143
    """SIGTERM."""
