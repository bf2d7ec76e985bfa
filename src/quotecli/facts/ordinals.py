"""Ordinals ("third", "21st") and ages ("aged 34", "Ann Lee, 34,")."""

from __future__ import annotations

import re

from quotecli.facts.numbers import NUMBER, TENS
from quotecli.facts.ranges import range_value
from quotecli.facts.reading import NO_FIGURE, Outcome, Reading, Rule

WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

_ORDINAL = re.compile(
    r"(?<![\w’'])(?<!\w-)(?:(?P<digits>\d+(?:,\d{3})*)(?:st|nd|rd|th)"
    rf"|(?:(?P<tens>(?i:{'|'.join(TENS)}))-)?(?P<word>(?i:{'|'.join(WORDS)})))(?![\w’'])"
)
_AGE_IN_COMMAS = re.compile(r"\b[A-Z][\w’'-]+(?:,? Jr\.?)?(?:, | \()(?P<figure>[1-9]\d?|1[01]\d)(?=[,)]|\.(?!\d))")
_AGED = re.compile(
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
    return Reading(range_value(groups.get("low") or match["figure"], groups.get("high")), AGE_UNIT)


RULES = (Rule(_AGE_IN_COMMAS, _read_age), Rule(_AGED, _read_age), Rule(_ORDINAL, _read_ordinal))
