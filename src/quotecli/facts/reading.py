"""What every rule of this room is: a pattern, and how to read what it matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple


class Reading(NamedTuple):
    """What a figure means: its value (null if unclear) and its unit."""

    value: int | float | str | None
    unit: str | None


NO_FIGURE: Literal["no figure"] = "no figure"
"""The words are taken, and are no figure: a phone number, "Section 12", "Covid-19"."""

Outcome = Reading | Literal["no figure"] | None
"""None: this rule does not apply here after all; another may."""


class Rule(NamedTuple):
    """`pattern` finds a candidate, in its group `figure` or as the whole match; `read` says what it is."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Outcome]

    def extent(self, match: re.Match[str]) -> tuple[int, int]:
        """Return the offsets of the figure within the text."""
        return match.span("figure" if "figure" in self.pattern.groupindex else 0)


def text_before(match: re.Match[str], length: int) -> str:
    """Return up to `length` characters in front of the match."""
    return match.string[max(0, match.start() - length) : match.start()]
