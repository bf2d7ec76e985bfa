"""Which statements are asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.records import Form, Kind, Manner, Reported


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What statements must be like; a field that is null or empty asks for nothing.

    speaker: a name as a person would type it: a surname, parts of a name, a small typo; case and accents do not matter.
    kinds: any of these.
    form: direct, mixed or indirect.
    manners, reported: any of these; facts, which nobody says, have neither.
    min_checkable: how well it can be checked at least, 0-1.
    min_confidence: how sure it is at least, 0-1.
    outlet: a name, matched like the speaker's.
    since, until: the first and the last date of publication (ISO 8601: `2023`, `2023-10` or `2023-10-05`), both
        included; an article without a date is left out.
    digests: only the articles whose texts have these digests (an empty tuple: none at all).
    """

    speaker: str | None = None
    kinds: tuple[Kind, ...] = ()
    form: Form | None = None
    manners: tuple[Manner, ...] = ()
    reported: tuple[Reported, ...] = ()
    min_checkable: float | None = None
    min_confidence: float | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    digests: tuple[str, ...] | None = None


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
    """Return the conditions that need no look into the library: kinds, form, how checkable and sure, manners, dates."""
    sorts = {"kind": filters.kinds, "manner": filters.manners, "reported": filters.reported}
    parts: list[Part] = [
        (f"s.{column} IN ({', '.join('?' * len(wanted))})", wanted) for column, wanted in sorts.items() if wanted
    ]
    if filters.form:
        parts.append(("s.form = ?", (filters.form,)))
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
