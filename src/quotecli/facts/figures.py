"""Figures: every number, amount, share, duration and date in a stretch of text, with its value and unit.

How it is read: each rule of the room proposes matches; the leftmost wins, then the longest, then the earlier rule.
- Hyphened compounds and units of measure belong to the figure ("two-day", "six weeks"); a noun that is counted is its
  unit only ("1.4 million", unit "Afghan refugees").
- A range is one figure: value "10..15", dates as ISO 8601 intervals "2019/2021".
- Vague amounts ("dozens", "hundreds of people"), and bare weekdays are figures without a value.
- A factor has the unit "times" ("twice", "doubled": 2); a score is its two numbers ("3-1").
- What one of several figures in a row counts, all of them count ("three, four and even five hours").
- Phone numbers, section numbers, codes and numbers inside names are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

from quotecli.facts import dates, identifiers, money, ordinals, periods, quantities, shares
from quotecli.facts.rules import NO_FIGURE, Outcome, Rule
from quotecli.numbers import ONES, TENS
from quotecli.records import Figure, Span

RULES: tuple[Rule, ...] = (
    identifiers.RULES + periods.RULES + dates.RULES + money.RULES + ordinals.RULES + shares.RULES + quantities.RULES
)
_BY_LOOK = {look: [each for each in enumerate(RULES) if each[1].look == look] for look in {rule.look for rule in RULES}}
_DIGIT = re.compile(r"[\d½¼¾]")
_BEGINNINGS = (
    *(f"{day}day" for day in "mon tues wednes thurs fri satur sun".split()),
    *"half halves third quarter hundred thousand lakh crore million billion trillion dozen several many twice".split(),
    *"thrice decade century fortnight doubl tripl trebl quadrupl halv".split(),
    *("a few", "scores of", *ONES, *TENS, *ordinals.WORDS),
)
_BY_LETTER = groupby(sorted(_BEGINNINGS), itemgetter(0))
_ENDINGS = [f"{letter}(?:{'|'.join(word[1:] for word in words)})" for letter, words in _BY_LETTER]
_WORD = re.compile(rf"\b(?:{'|'.join(_ENDINGS)})")
"""By their first letters, which is several times as fast."""
_MONTHS = dates.FULL_MONTH.strip("(?:)").split("|")
_LISTED = re.compile(r",? (?:(?:and|or|to)(?: even)? )?")
_NOT_SHARED = frozenset({"date", "time", "ordinal", "score", "decade", "years old", "times"})

_CODE = re.compile(r"[\d.,:/%$£€-]{100}")
"""So many digits and signs on end are data, not an amount, and the rules would take the square of their number."""


def figures(text: str, span: Span) -> tuple[Figure, ...]:
    """Return the figures within `span` of `text`, in order, none overlapping; offsets into the whole text.

    Never raises; a figure's `text` is always `text[start:end]`.
    """
    part = text[span.start : span.end]
    if not _may_hold_figures(part) or _CODE.search(part):
        return ()
    found: list[Figure] = []
    behind = span.start
    for start, end, rule, match in _candidates(text, span, f"{part}\n{part.casefold()}"):
        if start < behind:
            continue
        outcome: Outcome = rule.read(match)
        if outcome is None:
            continue
        behind = end
        if outcome != NO_FIGURE:
            found.append(Figure(text=text[start:end], value=outcome.value, unit=outcome.unit, start=start, end=end))
    return tuple(_in_a_row(text, found))


def _may_hold_figures(text: str) -> bool:
    """Most sentences hold no figure: one look spares them the rules."""
    if _DIGIT.search(text):
        return True
    lower = text.casefold()
    return _WORD.search(lower) is not None or "fold" in lower or any(month in text for month in _MONTHS)


def _in_a_row(text: str, found: list[Figure]) -> Iterator[Figure]:
    """Return the figures, each without a unit with that of the next one that it is listed with."""
    row: list[Figure] = []
    for figure in reversed(found):
        shared = _shared_unit(text, figure, row[-1]) if row else None
        row.append(msgspec.structs.replace(figure, unit=shared) if shared else figure)
    return reversed(row)


def _shared_unit(text: str, figure: Figure, following: Figure) -> str | None:
    """Return the unit that `figure` takes over from the one behind it."""
    unit = following.unit
    if unit is None or unit in _NOT_SHARED or not isinstance(figure.value, int | float):
        return None
    if not _LISTED.fullmatch(text, figure.end, following.start):
        return None
    return unit if figure.unit is None or unit.startswith(f"{figure.unit} per ") else None


def _candidates(text: str, span: Span, both: str) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    matches = (
        (*rule.extent(match), number, rule, match)
        for look, rules in _BY_LOOK.items()
        if look(both)
        for number, rule in rules
        for match in rule.pattern.finditer(text, span.start, span.end)
    )
    for start, end, _, rule, match in sorted(matches, key=lambda item: (item[0], -item[1], item[2])):
        yield start, end, rule, match
