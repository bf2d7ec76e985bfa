"""Numbers among folded words: however a number is written, it is searched for by what it is worth.

"3.5 million", "$3.5m", "3,500,000" and "three and a half million" are all the words `3500000 million`; "12 per cent",
"12pc" and "12%" are all `12 percent`. From a million on the scale stays beside the number, to be found as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from quotecli.numbers import NUMBER, ONES, SHORT_SCALE, TENS, number_value

Value = tuple[int, int, Sequence[str]]
"""Where a number stands among some words, from one to another (exclusive), and the words that it is searched by."""

_NUMBER = re.compile(
    rf"(?:(?P<number>{NUMBER}(?:{SHORT_SCALE}| (?:ml?n|bn|trn?))?)"
    r"(?P<percent>pct?| (?:per ?cent|pct))?|per cent|pct)(?!\S)",
    re.ASCII,
)
_BEGINNINGS = frozenset([*ONES, *TENS, "a", "an", "half", "per", "pct"])
_SCALES = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
_MOST_DIGITS = 15
"""Longer ones are codes."""


def values(words: Sequence[str]) -> Iterator[Value]:
    """Yield the numbers among folded words that are searched by other words than their own, in their order."""
    line = " ".join(words).replace("·", ".")
    place = done = 0
    for index, word in enumerate(words):
        begins = word in _BEGINNINGS or "0" <= word[0] <= "9"
        if begins and place >= done and (match := _NUMBER.match(line, place)):
            done = match.end()
            own = list(words[index : index + match[0].count(" ") + 1])
            meant = _meant(match["number"], percent=bool(match["percent"]))
            if meant != own:
                yield index, index + len(own), meant
        place += len(word) + 1


@lru_cache(maxsize=4096)
def _meant(number: str | None, *, percent: bool) -> Sequence[str]:
    """Return the words for a number; None: for the words "per cent" alone."""
    if number is None:
        return ["percent"]
    meant = _canonical(number) if percent or number[0].isdigit() or " " in number else [number]  # not "one" alone
    return [*meant, "percent"] if percent else meant


def _canonical(number: str) -> list[str]:
    value = number_value(number)
    if value is None or (number.isdigit() and (number.startswith("0") or len(number) > _MOST_DIGITS)):
        return number.replace(".", "·").split()
    digits = f"{Decimal(str(value)):f}".replace(".", "·")
    return [digits, *[scale for scale, least in _SCALES if value >= least][:1]]
