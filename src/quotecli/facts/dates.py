"""Dates and times: news style, British and American, as ISO 8601 ("--11-01" where no year is given)."""

from __future__ import annotations

import re

from quotecli.facts.rules import DIGIT, NO_FIGURE, Expression, Outcome, Reading, Rule, any_of, text_before

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
FULL_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MONTH = rf"(?:{FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TO = r"(?: ?[-–—] ?| to | and | & )"
_NOT_IN_NUMBER = r"(?<![\w.])(?<!\w-)(?<!\d,)(?<![$£€])"
_ENDS = r"(?![\w%]|[,.:/]\d|-\d)"

_DAY_MONTH = Expression(
    rf"{_NOT_IN_NUMBER}(?:{_WEEKDAY},? )?(?:the )?(?P<day>{DAY})(?:{_TO}(?P<last>{DAY}))?(?: of)? (?P<month>{MONTH})"
    rf"(?:,? (?P<year>{YEAR}))?{_ENDS}"
)
_MONTH_DAY = Expression(
    rf"{_NOT_IN_NUMBER}(?:{_WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY})(?:{_TO}(?P<last>{DAY}))?"
    rf"(?:,? (?P<year>{YEAR}))?{_ENDS}"
)
_MONTH_YEAR = Expression(rf"{_NOT_IN_NUMBER}(?P<month>{MONTH})(?: of|,)? (?P<year>{YEAR}){_ENDS}")
_ISO_DATE = Expression(r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_NUMERIC_DATE = Expression(
    r"(?<![\w./])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:\d\d)?\d\d)(?![\d/])"
)
_LONE_MONTH = Expression(
    rf"\b(?i:in|since|until|till|by|last|next|this|from|during|before|after|early|late|mid|through|every)[ -]"
    rf"(?P<figure>{FULL_MONTH})\b"
)
_YEARS = Expression(
    rf"{_NOT_IN_NUMBER}(?P<first>{YEAR})(?P<to>[-–—/]| to )(?P<last>(?:1[5-9]|20)?\d\d)(?![\d/%-]|[.,]\d)"
    rf"|(?<=[Bb]etween )(?P<low>{YEAR}) and (?P<high>{YEAR})(?![\w%]|[.,]\d)"
)
_YEAR_ALONE = Expression(
    rf"(?<![\w.$£€])(?<!\d,)(?<!\d-)(?P<year>{YEAR})(?![\w%]|[.,:/]\d|-\d|"
    r"[ -](?:people|years?|miles?|km|feet|tonnes|tons)\b)"
)
_YEAR_WORD = Expression(
    r"(?:\b(?:in|since|by|until|from|of|before|after|to|about|around|circa|early|late|mid|year|and|ca?\.)[ (]|\bmid-)$",
    re.IGNORECASE,
)
_DECADE = Expression(r"(?<!\w)(?:(?P<century>1[5-9]|20)|['’‘])(?P<decade>\d0)['’]?s\b")
_LONE_WEEKDAY = Expression(rf"\b{_WEEKDAY}\b(?!['’]s)")
_ZONE = r"(?:GMT|BST|UTC|E[SD]?T|P[SD]?T|C[SDE]?T|M[SD]T|IST|PKT|local time)\b"
_CLOCK = Expression(
    r"(?<![\w.,$£€])(?<!\d:)(?P<hour>[01]?\d|2[0-4])"
    r"(?:(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])(?:\.m\b\.?|m\b)|:(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:]))"
    rf"(?: ?{_ZONE})?",
    re.IGNORECASE,
)
_FOUR_DIGITS = Expression(rf"(?<![\w.,$£€:])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?{_ZONE}")
_HOURS = tuple("one two three four five six seven eight nine ten eleven twelve".split())
_O_CLOCK = Expression(
    rf"\b(?i:(?P<word>{'|'.join(_HOURS)})|(?P<hour>\d{{1,2}})) o['’]clock"
    r"(?: (?:in the|at) (?P<part>morning|afternoon|evening|night))?\b"
)


def month_number(name: str) -> int:
    """Return 1-12 for a month's name or its abbreviation."""
    return _MONTHS[name[:3].casefold()]


def iso(year: str | None, month: int, day: int | None = None) -> str:
    """Return an ISO 8601 date, "--05-01" where no year is given."""
    start = year if year else "-"
    return f"{start}-{month:02}" if day is None else f"{start}-{month:02}-{day:02}"


def _day_number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _read_day(match: re.Match[str]) -> Outcome:
    month = month_number(match["month"])
    days = [_day_number(day) for day in (match["day"], match["last"]) if day]
    return Reading("/".join(iso(match["year"], month, day) for day in days), "date")


def _read_month(match: re.Match[str]) -> Outcome:
    return Reading(iso(match["year"], month_number(match["month"])), "date")


def _read_lone_month(match: re.Match[str]) -> Outcome:
    return Reading(iso(None, month_number(match["figure"])), "date")


def _read_iso(match: re.Match[str]) -> Outcome:
    month, day = int(match["month"]), int(match["day"])
    return Reading(match.group(), "date") if 1 <= month <= 12 and 1 <= day <= 31 else NO_FIGURE


def _read_numeric(match: re.Match[str]) -> Outcome:
    """Read "25/12/2023" and "12/25/2023"; with both numbers below 13 nobody knows which is the month."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if not (1 <= a <= 31 and 1 <= b <= 31 and min(a, b) <= 12):
        return NO_FIGURE
    if len(year) == 2 or (a <= 12 and b <= 12 and a != b):
        return Reading(None, "date")
    day, month = (a, b) if b <= 12 else (b, a)
    return Reading(iso(year, month, day), "date")


def _read_years(match: re.Match[str]) -> Outcome:
    first, last = match["first"] or match["low"], match["last"] or match["high"]
    if len(last) == 2:
        if match["to"].strip() == "to":
            return None
        last = first[:2] + last
    return Reading(f"{first}/{last}", "date") if last > first else None


def _read_year(match: re.Match[str]) -> Outcome:
    """Before 1900 a bare number is a year only behind a word that says so."""
    modern = match["year"] >= "1900"
    return Reading(match["year"], "date") if modern or _YEAR_WORD.search(text_before(match, 8)) else None


def _read_decade(match: re.Match[str]) -> Outcome:
    return Reading(int(match["century"] + match["decade"]) if match["century"] else None, "decade")


def _read_weekday(_: re.Match[str]) -> Outcome:
    """Which Thursday is meant the words do not say."""
    return Reading(None, "date")


def _read_clock(match: re.Match[str]) -> Outcome:
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return Reading(f"{hour:02}:{match['minute'] or match['minute24'] or '00'}", "time")


def _read_o_clock(match: re.Match[str]) -> Outcome:
    hour = _HOURS.index(match["word"].casefold()) + 1 if match["word"] else int(match["hour"])
    late = match["part"] not in (None, "morning")
    return Reading(f"{hour % 12 + 12 if late else hour:02}:00", "time") if hour <= 12 else None


def _read_four_digits(match: re.Match[str]) -> Outcome:
    return Reading(f"{match['hour']}:{match['minute']}", "time")


HOLDS_MONTH = any_of(*(name.title() for name in _MONTHS))
RULES = (
    Rule(_ISO_DATE, _read_iso, DIGIT),
    Rule(_NUMERIC_DATE, _read_numeric, DIGIT),
    Rule(_DAY_MONTH, _read_day, HOLDS_MONTH),
    Rule(_MONTH_DAY, _read_day, HOLDS_MONTH),
    Rule(_MONTH_YEAR, _read_month, HOLDS_MONTH),
    Rule(_CLOCK, _read_clock, DIGIT),
    Rule(_O_CLOCK, _read_o_clock, any_of("clock")),
    Rule(_FOUR_DIGITS, _read_four_digits, DIGIT),
    Rule(_YEARS, _read_years, DIGIT),
    Rule(_DECADE, _read_decade, DIGIT),
    Rule(_YEAR_ALONE, _read_year, DIGIT),
    Rule(_LONE_MONTH, _read_lone_month, HOLDS_MONTH),
    Rule(_LONE_WEEKDAY, _read_weekday, any_of("day")),
)
