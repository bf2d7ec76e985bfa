"""The day an article was published, as documents write it, to ISO 8601; what is unclear stays unknown."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T\s])")
_FIRST_NEWSPAPER = "1605"  # programs write the year 1, 101 or 1601 for a day that they don't know
_WRITTEN = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%Y%m%d")


def iso_date(value: object) -> str | None:
    """Return the date in `value` as `2023-10-05` (or `2023-10`, `2023` when it says no more), or None.

    Understood: ISO 8601 with or without a time, RFC 5322 (e-mail, RSS), "5 October 2023", "Oct. 5, 2023". The day is
    the document's own, whatever the time zone. Forms that mean two days ("05/10/2023") are not guessed.
    """
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if match := _ISO.match(text):
        return match.group() if _is_date(match.group()) else None
    return _written_date(text) or _mail_date(text)


def _is_date(text: str) -> bool:
    if text < _FIRST_NEWSPAPER:
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _written_date(text: str) -> str | None:
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,]", " ", text).replace("Sept ", "Sep ")
    for form in _WRITTEN:
        try:
            return datetime.strptime(" ".join(words.split()), form).strftime("%Y-%m-%d")
        except ValueError:
            continue
    return None


def _mail_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).strftime("%Y-%m-%d")
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
