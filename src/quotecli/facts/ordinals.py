"""Ordinals ("third", "21st") and ages ("aged 34", "Ann Lee, 34,")."""

from __future__ import annotations

import re

from quotecli.facts.ranges import range_value
from quotecli.facts.rules import DIGIT, NO_FIGURE, Expression, Outcome, Reading, Rule, any_of
from quotecli.numbers import NUMBER, TENS

WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

_ORDINAL = Expression(
    r"(?<![\w’'])(?<!\w-)(?:(?P<digits>\d+(?:,\d{3})*)(?:st|nd|rd|th)"
    rf"|(?:(?P<tens>(?i:{'|'.join(TENS)}))-)?(?P<word>(?i:{'|'.join(WORDS)})))(?![\w’'])"
)
_AGE_IN_COMMAS = Expression(
    r"\b[A-Z][\w’'-]+(?:,? Jr\.?)?(?:, |(?P<open> \())(?P<figure>[1-9]\d?|1[01]\d)(?=[,)]|\.(?!\d))"
)
_FULL_NAME = Expression(r"\b[A-Z][\w’'.-]+ (?:(?:[a-z]{1,3} )*[A-Z][\w’'-]+)(?:,? Jr\.?)? $")
_TALLY_WORDS = Expression(
    r"\b(?:goals?|points?|scor\w+|wickets?|tries|runs|rebounds|assists|medals?|seats|kills|seed\w*)\b"
)
_NEAR = 120

_AGED = Expression(
    rf"\b(?i:aged?|ages|age of|aged between|ages of) (?P<figure>(?P<low>{NUMBER})(?:(?: to | and |[-–])(?P<high>\d+))?)"
    r"(?![\w%]|[.,]\d)"
)
AGE_UNIT = "years old"


def _read_ordinal(match: re.Match[str]) -> Outcome:
    if match["digits"]:
        return Reading(int(match["digits"].replace(",", "")), "ordinal")
    following = match.string[match.end() : match.end() + 2].strip()
    if match["word"][0].isupper() and (not following or following[0].isupper() or following[0] == ","):
        return NO_FIGURE  # "First Minister", "Third Reich", "First, ..."
    number = WORDS.index(match["word"].casefold()) + 1
    return Reading(number + TENS.get((match["tens"] or "").casefold(), 0), "ordinal")


def _read_age(match: re.Match[str]) -> Outcome:
    groups = match.groupdict()
    if groups.get("open") and _is_tally(match):
        return Reading(int(match["figure"]), None)
    return Reading(range_value(groups.get("low") or match["figure"], groups.get("high")), AGE_UNIT)


def _is_tally(match: re.Match[str]) -> bool:
    """Whether "Kov (17)" tells points: a surname alone, or a word of scoring nearby."""
    at = match.start("figure") - 1
    if not _FULL_NAME.search(match.string, max(0, at - 60), at):
        return True
    return _TALLY_WORDS.search(match.string, max(match.pos, at - _NEAR), min(match.endpos, at + _NEAR)) is not None


def _may_hold_ordinals(text: str) -> bool:
    return DIGIT(text) is not None or any(word in text for word in WORDS)


RULES = (
    Rule(_AGE_IN_COMMAS, _read_age, DIGIT),
    Rule(_AGED, _read_age, any_of("age")),
    Rule(_ORDINAL, _read_ordinal, _may_hold_ordinals),
)
