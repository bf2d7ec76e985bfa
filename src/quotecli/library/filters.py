"""Which statements are asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, get_args

import msgspec

from quotecli.errors import UsageError
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.records import Form, Kind, Manner, Reported

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What statements must be like; a field that is null or empty asks for nothing. The fields are called as the
    command line's options.

    speaker: a name as a person would type it: a surname, parts of a name, a small typo; case and accents do not matter.
    kind, form, manner, reported: one of their values, or any of several; facts, which nobody says, have only a kind.
    min_checkable: how well it can be checked at least, 0-1.
    min_confidence: how sure it is at least, 0-1.
    outlet: a name, matched like the speaker's.
    since, until: the first and the last date of publication (ISO 8601: `2023`, `2023-10` or `2023-10-05`), both
        included; an article without a date is left out.
    digests: only the articles whose texts have these digests (an empty tuple: none at all).

    Raise UsageError for a value that no statement has, and for what is no date: nothing would be found.
    """

    speaker: str | None = None
    kind: Kind | Sequence[Kind] | None = None
    form: Form | Sequence[Form] | None = None
    manner: Manner | Sequence[Manner] | None = None
    reported: Reported | Sequence[Reported] | None = None
    min_checkable: float | None = None
    min_confidence: float | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    digests: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for name, values in _VALUES.items():
            for value in wanted(getattr(self, name)):
                if value not in values:
                    raise UsageError(f"{name} is one of {', '.join(values)}, not {value!r}")
        for name in ("since", "until"):
            day = getattr(self, name)
            if day is not None and not is_date(day):
                raise UsageError(f"{name} is a date like 2023, 2023-10 or 2023-10-05, not {day!r}")

    @property
    def choose_statements(self) -> bool:
        """Whether more is asked for than certain articles."""
        return any(getattr(self, name) for name in self.__struct_fields__ if name != "digests")


_VALUES = {"kind": get_args(Kind), "form": get_args(Form), "manner": get_args(Manner), "reported": get_args(Reported)}


def wanted(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return which values of a field are asked for; none where any will do."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def is_date(value: object) -> bool:
    """Say whether this is a year, a month or a day of the calendar (ISO 8601)."""
    with suppress(ValueError):
        if isinstance(value, str) and _DATE.fullmatch(value):
            return bool(date(*map(int, [*value.split("-"), "1", "1"][:3])))
    return False


EVERYTHING = Filters()


Part = tuple[str, tuple[Any, ...]]
"""A condition in SQL over `statement s`, `voice v` and `article a`, with its parameters."""

EVERYWHERE: Part = ("1", ())
"""The condition that always holds."""


def joined(parts: Sequence[Part]) -> Part:
    """Return the condition that all of these hold."""
    sql = " AND ".join(condition for condition, _ in parts) or EVERYWHERE[0]
    return sql, tuple(value for _, values in parts for value in values)


def simple_parts(filters: Filters) -> list[Part]:
    """Return the conditions that need no look into the library: kind, form, manner, how checkable and sure, dates."""
    values = {column: wanted(getattr(filters, column)) for column in _VALUES}
    parts: list[Part] = [
        (f"s.{column} IN ({', '.join('?' * len(asked))})", asked) for column, asked in values.items() if asked
    ]
    if filters.min_checkable is not None:
        parts.append(("s.checkable >= ?", (filters.min_checkable,)))
    if filters.min_confidence is not None:
        parts.append(("s.confidence >= ?", (filters.min_confidence,)))
    if filters.since:
        parts.append(("a.published >= ?", (filters.since,)))
    if filters.until:
        parts.append(("substr(a.published, 1, ?) <= ?", (len(filters.until), filters.until)))
    return parts


def within(articles: Sequence[int], column: str) -> Part:
    """Return the condition that `column` (a statement's id) is of one of these articles.

    The range comes first: it is what the search index can use.
    """
    if not articles:
        return "0", ()
    first, last = min(articles), max(articles)
    bounds = f"{column} >= ? AND {column} < ?"
    ends = (first << ARTICLE_SHIFT, (last + 1) << ARTICLE_SHIFT)
    if len(articles) == last - first + 1:
        return bounds, ends
    condition, values = one_of(f"{column} >> {ARTICLE_SHIFT}", articles)
    return f"{bounds} AND {condition}", (*ends, *values)


def one_of(column: str, values: Sequence[int | str]) -> Part:
    """Return the condition that `column` is one of any number of values."""
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(values)),)
