"""Dates in a query: who types "March 2016" asks for what was published then."""

from __future__ import annotations

import re

import msgspec

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, 4, len(name))}
_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    rf"(?<![\w\"“-]){form}(?![\w\"”-])"
    for form in (
        rf"{_DAY} {_NAME},? {_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
        rf"{_NAME},? {_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?",
    )
)
_LEAD = r"\b(?:in|on|of|during|since|from)\s*$"


class Dated(msgspec.Struct, frozen=True):
    """A query with a date in it. rest: the query without it; period: the month or the day (`2016-03`, `2016-03-05`)."""

    rest: str
    period: str


def dated(query: str) -> Dated | None:
    """Return the first month or day in a query, with the rest of it; None where there is none."""
    if not any(map(str.isdigit, query)):
        return None
    for form in _FORMS:
        for found in re.finditer(form, query):
            if period := _period(found):
                before = re.sub(_LEAD, "", query[: found.start()])
                return Dated(f"{before.rstrip()} {query[found.end() :].lstrip()}".strip(), period)
    return None


def _period(found: re.Match[str]) -> str | None:
    name, parts = found["month"].lower(), found.groupdict()
    month = int(name) if name.isdecimal() else _MONTHS.get(name, 0)
    day = int(parts.get("day") or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{found['year']}-{month:02}" + (f"-{day:02}" if day else "")
