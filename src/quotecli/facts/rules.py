"""What every rule of this room is: a pattern, and how to read what it matched."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple


class Expression:
    """A regular expression that is compiled when it is first needed: most short texts need few of this room's fifty,
    and compiling all of them takes longer than all else of the room's import."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` has it."""
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        """Be in all else what is compiled; each of its methods is looked up once."""
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


class Reading(NamedTuple):
    """What a figure means: its value (null if unclear) and its unit."""

    value: int | float | str | None
    unit: str | None


NO_FIGURE: Literal["no figure"] = "no figure"
"""The words are taken, and are no figure: a phone number, "Section 12", "Covid-19"."""

Outcome = Reading | Literal["no figure"] | None
"""None: this rule does not apply here after all; another may."""


Look = Callable[[str], object]
"""Whether a text may hold what a rule finds; quicker than the rule's pattern, and never false where that matches."""

DIGIT: Look = re.compile(r"\d").search


@cache
def any_of(*pieces: str) -> Look:
    """Return what tells whether a text holds one of some pieces."""
    return lambda text: any(map(text.__contains__, pieces))


class Rule(NamedTuple):
    """`pattern` finds a candidate, in its group `figure` or as the whole match; `read` says what it is.

    look: what spares a text the pattern; it is given the text as it stands and without capitals, one behind the other.
    """

    pattern: Expression
    read: Callable[[re.Match[str]], Outcome]
    look: Look = bool

    def extent(self, match: re.Match[str]) -> tuple[int, int]:
        """Return the offsets of the figure within the text."""
        return match.span("figure" if "figure" in self.pattern.groupindex else 0)


def text_before(match: re.Match[str], length: int) -> str:
    """Return up to `length` characters in front of the match."""
    return match.string[max(0, match.start() - length) : match.start()]
