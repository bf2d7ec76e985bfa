"""Raised characters in HTML: the marks of notes are no part of the words, powers and units keep their raised digits."""

from __future__ import annotations

import re

_RAISED = re.compile(
    r"(?P<before>[^\s<>]?)(?P<link><a\b[^<>]{0,500}>\s*)?<sup\b[^<>]{0,300}>\s*(?P<inner><a\b[^<>]{0,500}>)?"
    r"\s*(?P<words>\[?[\d,–-]{1,9}\]?|[*†‡§]{1,3})\s*(?(inner)</a\s*>)?\s*</sup\s*>(?(link)\s*</a\s*>)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmnµ]?m|ft|in|yd|s)\Z|\d\Z")
_UNIT_LENGTH = 4
_POWERS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def lowered(html: str) -> str:
    """Return a page without the raised marks of notes ("eels<sup>[4]</sup>"), and with powers as they are read
    ("m²")."""
    return _RAISED.sub(_lowered, html) if "<sup" in html or "<SUP" in html else html


def _lowered(match: re.Match[str]) -> str:
    before = match["before"]
    linked = match["link"] or match["inner"]
    is_power = re.fullmatch(r"-?\d+", match["words"]) and not linked
    if is_power and _UNIT.search(match.string[max(0, match.end("before") - _UNIT_LENGTH) : match.end("before")]):
        return before + match["words"].translate(_POWERS)
    return before
