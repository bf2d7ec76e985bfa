"""A value or two: "10 to 15" is one figure with both ends."""

from __future__ import annotations

from quotecli.facts.rules import Expression
from quotecli.numbers import DIGITS, SCALE, SHORT_SCALE, number_value

SCALED_DIGITS = rf"{DIGITS}(?:[ \u00a0-]?(?:{SCALE}(?: {SCALE})?|{SHORT_SCALE})\b)?"
TO = r"(?: ?[-–—] ?|-?\bto\b-?| to | or )"

_LAST_SCALE = Expression(rf"(?:{SCALE}|{SHORT_SCALE})$")


def range_value(low: str, high: str | None) -> int | float | str | None:
    """Return the value of `low`, or "10..15" for a range; "5-10 million" means millions at both ends, "50-100,000"
    thousands."""
    first = number_value(low)
    if high is None or first is None:
        return first
    scale = _LAST_SCALE.search(high)
    if scale and not low[-1].isalpha():
        first = number_value(f"{low} {scale.group()}")
    last = number_value(high)
    if high.endswith(",000") and low.isdigit() and last is not None and first and first < 1000 and first * 1000 < last:
        first *= 1000  # "$50-100,000"
    return None if last is None else f"{first}..{last}"
