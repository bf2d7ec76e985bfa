"""Parts of a whole, factors and vague amounts: "two-thirds", "one in five", "half of", "doubled", "dozens"."""

from __future__ import annotations

import re
from decimal import Decimal

from quotecli.facts.counted import counted
from quotecli.facts.rules import Expression, Outcome, Reading, Rule, any_of
from quotecli.numbers import NUMBER, ONES, SCALES, TENS, number_value, plain

PARTS = "half third quarter fifth sixth seventh eighth ninth tenth".split()
_PART = "(?:halves|halfs?|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_NEARLY = "(?:(?<= by )|(?<=ost )|(?<=rly )|(?<=hly )|(?<=bout )|(?<=ound )|(?<=ver )|(?<=han )|(?<=nly )|(?<=just ))"
_NO_NOUN = r"(?: (?:from|to|in|between|since|over|on|less|more|higher|lower|this|last|compared)\b|[.,;:)]|$)"
_FRACTION = Expression(
    rf"(?<![\w-])(?i:(?P<many>two|three|four|five|six|seven|eight|nine)[- ](?P<parts>{_PART})\b(?!-\w)"
    rf"|(?:one-(?={_PART})|(?:one|an?) (?={_PART} (?:of|the)\b)|{_NEARLY}an? (?={_PART}{_NO_NOUN}))"
    rf"(?P<part>{_PART})\b(?!-\w)"
    r"|(?<!first )(?<!second )(?P<half>half)(?= (?:of|the|its|their|his|her|our|all|those|these)\b))"
    r"|(?<![\w/])(?P<over>[123])/(?P<under>[23458]|10)(?![\w/])"
)
_LEVEL = Expression(
    r"\b(?i:top|bottom|middle|upper|lower|poorest|richest|wealthiest) (?P<part>third|quarter|fifth|tenth)\b"
    r"(?= (?:of|in|by)\b|[.,;])"
)
_RATIO = Expression(
    rf"(?P<part>{NUMBER}) (?P<by>in|out of|of)(?: every)?(?: the)?(?: last)? (?P<whole>{NUMBER})(?![\w%-]|[.,/:]\d)"
)
_MAY_HOLD_RATIO = Expression(
    rf" (?:in|of) (?:every )?(?:the )?(?:last )?"
    rf"(?:\d|{'|'.join([*ONES, *TENS])}|half |an? (?:hundred|{'|'.join(SCALES)}))"
).search
_MULTIPLE = "doubl|tripl|trebl|quadrupl|halv"
_FACTOR = Expression(
    rf"\b(?i:(?P<word>twice|thrice)|(?P<half>half) as (?:much|many|\w+(?= as\b))|(?P<verb>{_MULTIPLE})(?:ed|ing)"
    rf"|(?:(?<=\bto )|(?<=ll )|(?<=ld )|(?<=than )|(?<=may )|(?<=ght ))(?P<plain>{_MULTIPLE})e)"
    r"(?![\w-]| digits| figures)"
)
FACTOR_UNIT = "times"
_FACTORS = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "halv": 0.5}
_VAGUE = Expression(
    r"(?<![\w-])(?i:(?:(?:tens|dozens|hundreds|thousands|millions|billions) of )*"
    r"(?:dozens|hundreds|thousands|millions|billions|trillions|lakhs|crores|scores(?= of\b))"
    r"|(?:several|a few|many|some) (?:hundred|thousand|million|billion|dozen))\b"
)


def _unit(match: re.Match[str]) -> str | None:
    return counted(match.string, match.end(), match.endpos)


def _read_fraction(match: re.Match[str]) -> Outcome:
    if match["over"]:
        part, whole = int(match["over"]), int(match["under"])
    else:
        part = int(number_value(match["many"]) or 1) if match["many"] else 1
        whole = _denominator(match["parts"] or match["part"] or match["half"])
    return Reading(_quotient(part, whole), _unit(match)) if part < whole else None


def _read_level(match: re.Match[str]) -> Outcome:
    return Reading(_quotient(1, _denominator(match["part"])), _unit(match))


def _denominator(name: str) -> int:
    name = name.casefold().replace("halves", "half").removesuffix("s")
    return PARTS.index(name) + 2


def _read_ratio(match: re.Match[str]) -> Outcome:
    part, whole = number_value(match["part"]), number_value(match["whole"])
    if part is None or whole is None or not 0 < part < whole:
        return None
    if whole > 1000 and (match["by"] == "in" or "," not in match["whole"]):  # "one in 2019", "five in 2020"
        return None
    return Reading(_quotient(part, whole), _unit(match))


def _quotient(part: float, whole: float) -> int | float:
    return plain(round(Decimal(str(part)) / Decimal(str(whole)), 4))


def _read_vague(match: re.Match[str]) -> Outcome:
    """ "Hundreds" is a figure that a checker wants to see, but has no value that could be named."""
    return Reading(None, _unit(match))


def _read_factor(match: re.Match[str]) -> Outcome:
    """Read what something is multiplied by: "twice as many", "doubled"."""
    word = match["word"] or match["verb"] or match["plain"]
    return Reading(_FACTORS[word.casefold()] if word else 0.5, FACTOR_UNIT)


RULES = (
    Rule(_FRACTION, _read_fraction, any_of("halves", "/", *PARTS)),
    Rule(_LEVEL, _read_level, any_of("third", "quarter", "fifth", "tenth")),
    Rule(_RATIO, _read_ratio, _MAY_HOLD_RATIO),
    Rule(_VAGUE, _read_vague, any_of(*"dozen hundred thousand illion lakh crore scores".split())),
    Rule(_FACTOR, _read_factor, any_of("twice", "thrice", "half as", *_MULTIPLE.split("|"))),
)
