"""Periods: "between January and March 11", "from 5 May to 7 June 2020", "the second half of 2005"."""

from __future__ import annotations

import re

from quotecli.facts.dates import DAY, FULL_MONTH, HOLDS_MONTH, MONTH, YEAR, iso, month_number
from quotecli.facts.rules import Expression, Outcome, Reading, Rule, any_of


def _end(name: str) -> str:
    """Return the pattern of one end of a period; its groups carry `name`."""
    return (
        rf"(?:(?P<{name}_day>{DAY})(?: of)? (?P<{name}_month>{MONTH})"
        rf"|(?P<{name}_month_first>{MONTH})(?: (?P<{name}_day_behind>{DAY})(?!\d))?)"
        rf"(?:,? (?P<{name}_year>{YEAR}))?(?!\w)"
    )


_BETWEEN = Expression(rf"\b(?i:between) (?P<figure>{_end('first')} and {_end('last')})")
_FROM = Expression(rf"\b(?i:from) (?P<figure>{_end('first')} (?:(?:up )?to|until|till|through) {_end('last')})")
_DASHED = Expression(rf"(?<!\w)(?P<figure>(?={FULL_MONTH}|\d){_end('first')} ?(?:[-–—]|through) ?{_end('last')})")

_NUMBERS = ("first", "second", "third", "fourth")
_PART_OF_YEAR = Expression(
    rf"\b(?P<number>(?i:{'|'.join(_NUMBERS)}|last|final)) (?P<part>half|quarter)(?: of)? (?P<year>{YEAR})"
    r"(?![\w%]|[.,]\d)"
)


def _read_period(match: re.Match[str]) -> Outcome:
    """A year that stands at the last end only is that of both, unless the months run over its turn."""
    ends = [_parts(match, name) for name in ("first", "last")]
    (first_year, first_month, first_day), (last_year, last_month, last_day) = ends
    if first_year is None and last_year is not None:
        first_year = last_year if first_month <= last_month else str(int(last_year) - 1)
    return Reading(f"{iso(first_year, first_month, first_day)}/{iso(last_year, last_month, last_day)}", "date")


def _parts(match: re.Match[str], name: str) -> tuple[str | None, int, int | None]:
    day = match[f"{name}_day"] or match[f"{name}_day_behind"]
    month = month_number(match[f"{name}_month"] or match[f"{name}_month_first"])
    return match[f"{name}_year"], month, int(re.sub(r"\D", "", day)) if day else None


def _read_part_of_year(match: re.Match[str]) -> Outcome:
    parts = 2 if match["part"] == "half" else 4
    number = match["number"].casefold()
    last = (_NUMBERS.index(number) + 1 if number in _NUMBERS else parts) * 12 // parts
    if last > 12:
        return None
    first = last - 12 // parts + 1
    return Reading(f"{iso(match['year'], first)}/{iso(match['year'], last)}", "date")


RULES = (
    Rule(_BETWEEN, _read_period, HOLDS_MONTH),
    Rule(_FROM, _read_period, HOLDS_MONTH),
    Rule(_DASHED, _read_period, HOLDS_MONTH),
    Rule(_PART_OF_YEAR, _read_part_of_year, any_of("half", "quarter")),
)
