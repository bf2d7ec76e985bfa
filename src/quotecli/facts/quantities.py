"""Quantities: a number with its per cent sign, unit of measure, hyphened noun, or the noun that it counts."""

from __future__ import annotations

import re

from quotecli.facts.counted import counted
from quotecli.facts.money import EACH, currency, per
from quotecli.facts.money import NAME as MONEY_NAME
from quotecli.facts.ordinals import AGE_UNIT
from quotecli.facts.ranges import SCALED_DIGITS, TO, range_value
from quotecli.facts.rules import DIGIT, NO_FIGURE, Expression, Outcome, Reading, Rule, any_of, text_before
from quotecli.facts.shares import FACTOR_UNIT
from quotecli.numbers import NUMBER, number_value

_MEASURES = (
    "seconds? minutes? mins? hours? hrs? days? nights? weeks? weekends? fortnights? months? years? decades? "
    "centur(?:y|ies) miles? kilomet(?:re|er)s? met(?:re|er)s? centimet(?:re|er)s? millimet(?:re|er)s? f(?:ee|oo)t "
    "inch(?:es)? yards? acres? hectares? tonnes? tons? kilograms? kilos? grams? pounds? ounces? lit(?:re|er)s? "
    "gallons? barrels? bushels? degrees? megawatts? gigawatts? kilowatts? (?:kilo|mega|giga|tera)(?:bytes?|bits?) "
    "(?:mega|kilo|giga)hertz megapixels? calories kilocalories km/h km² km kph mph kg cm mm lbs? oz ft m² "
    "[GMk]Wh? [KkGMTPmgt][Bb] [KMG]b(?:ps|/s) [GMk]?Hz °[CF] °"
).split()
MEASURE = (
    rf"(?:(?:square |cubic |light[- ])?(?:{'|'.join(_MEASURES)})(?<=[\w°²])(?!\w)"
    r"(?: (?:Celsius|Fahrenheit))?)"
)
PERCENT = r"(?:[ -]?%|[ -]per[ -]?cent(?:age)?[ -]points?\b|[ -]per[ -]?cent\b|pc\b|[ -]basis[ -]points?\b)"
_MILLION = r"m\b(?= (?:[\w’'-]+ ){0,2}(?:people|\w+s)\b)"  # "3m people", but not "a 3m wall"

_LOW = rf"(?P<low>{NUMBER}(?:(?:bn|mn|tn|k)\b|{_MILLION})?)"
_TAIL = (
    rf"(?:(?P<percent>{PERCENT})|(?P<age>[- ]years?[- ](?:olds?|of[- ]age)\b)"
    rf"|(?:[ \u00a0-](?P<money>{MONEY_NAME})|[ \u00a0-]?(?P<measure>{MEASURE}))(?:(?: of \w+)?{EACH})?"
    r"|[ -]?(?P<fold>fold)\b| (?P<times>times)(?= (?:as|more|the|that|what|less|\w+er)\b)"
    r"|-(?P<noun>[a-z]{3,})\b|(?P<glued>[\w°$£€]|-\d))?"
)
_MINUS = r"(?P<minus>(?<![\w)%])(?<!\d )[-−](?=\d)|\b(?i:minus) (?=\d))?"
_ONE_NUMBER = Expression(r"(?<!\w)" + _MINUS + _LOW + _TAIL)
_TWO_NUMBERS = Expression(rf"{_LOW}(?P<share> ?%)?(?P<to>{TO})(?P<high>(?:{SCALED_DIGITS}|{NUMBER})){_TAIL}")
_BETWEEN = Expression(
    rf"\b[Bb]etween (?P<figure>(?P<low>{SCALED_DIGITS}) and (?P<high>{SCALED_DIGITS})(?P<percent>{PERCENT})?)"
    r"(?![\w.,]*\d)"
)
_WHOLE = Expression(r"\b(?i:an?) (?P<measure>(?:half-)?(?:decade|century|fortnight))\b(?![’']s|-)")
_VOTE = Expression(
    r"\b(?i:votes? of|voted|won|lost|win|loss|victory|defeat|beat|by|score of|scored?|margin of) "
    r"(?P<figure>(?P<low>\d{1,3}) to (?P<high>\d{1,3}))(?![\w%]|[.,]\d| (?:percent|per cent|\w+s)\b)"
)
_TRIES = Expression(r"(?<![\w-])(?P<low>\d{1,2})-(?P<of>for|of)-(?P<high>\d{1,2})(?![\w-])")
_HALF = Expression(rf"\b(?i:half)(?: an? |[- ])(?P<measure>{MEASURE})")

_YEAR = Expression(r"(?:19|20)\d\d")
_SCORE_WORDS = Expression(
    r"\b(?:w[io]n|wins|beat|beating|beaten|lost|loss|lose|drew|draw|led|lead|leads|victory|defeat|scored?|votes?|voted|"
    r"ruling|ruled|decision|majority|opinion|game|match|tie)\b",
    re.IGNORECASE,
)
_NOT_NOUNS = frozenset("off odd plus ish like one ever based and".split())
_NOT_IN_NAMES = frozenset(
    """about some over nearly only just around almost than all of the another these those and but in for with from to by
    at on between after before since until when if as both up or approximately roughly exactly least most our his her
    their its my your an a that this next last first other under below above past have had has were was are is be killed
    so far now then also still no not every each per plus minus more less fewer""".split()
)


def _read_two(match: re.Match[str]) -> Outcome:
    if match["glued"] or (match["to"] == " to " and text_before(match, 5).casefold() == "from "):
        return None  # "from 61 to 58" are two figures
    if _YEAR.fullmatch(match["low"]) and not _YEAR.fullmatch(match["high"]):
        return None  # "from 90,000 in 2004 to 136,000"
    if match["share"] and not match["percent"]:
        return None  # "sales rose 8% to 4.7 million"
    if not _is_range(match):
        return Reading(_score(match), "score") if _is_score(match) else None
    return _read(match, range_value(match["low"], match["high"]))


def _read_one(match: re.Match[str]) -> Outcome:
    if match["glued"]:
        return None
    value = range_value(match["low"], None)
    return _read(match, -value if match["minus"] and isinstance(value, int | float) else value)


def _read(match: re.Match[str], value: int | float | str | None) -> Outcome:
    if match["noun"] in _NOT_NOUNS:
        return NO_FIGURE
    unit = _unit(match)
    return Reading(value, unit) if unit else _read_count(match, value)


def _unit(match: re.Match[str]) -> str | None:
    """Return the unit that the match itself holds; None where the number only counts what follows."""
    if match["percent"]:
        return _share(match["percent"])
    if match["fold"] or match["times"]:
        return FACTOR_UNIT
    if match["money"]:
        return per(currency(match["money"]), match["each"])
    if match["measure"]:
        return per(_singular(match["measure"]), match["each"])
    return AGE_UNIT if match["age"] else match["noun"]


def _read_count(match: re.Match[str], value: int | float | str | None) -> Outcome:
    low, behind = match["low"], match.string[match.end() : match.end() + 2].strip()
    unit = counted(match.string, match.end(), match.endpos, one=value == 1)
    if unit is None and low.casefold() == "one":
        return NO_FIGURE  # a pronoun
    if unit is None and re.fullmatch(r"\d{1,4}", low) and _names_a_thing(match):
        return NO_FIGURE
    if low.istitle() and low.isalpha() and _names_a_thing(match):
        return NO_FIGURE  # "BBC One", "Phase Two"
    if low[0].isupper() and behind.istitle() and not _opens_sentence(match):
        return NO_FIGURE  # "the Big Ten Conference", "Three Mile Island"
    return Reading(value, unit)


def _names_a_thing(match: re.Match[str]) -> bool:
    """Whether the number belongs to a name: "Boeing 737", "Windows 10", "Formula 1"."""
    before = re.search(r"(?:^|\s)([A-Z][\w’'-]*) $", text_before(match, 30))
    return before is not None and before.group(1).casefold() not in _NOT_IN_NAMES


def _opens_sentence(match: re.Match[str]) -> bool:
    before = text_before(match, 6)
    return match.start() == match.pos or not before.strip() or "\n" in before or before.rstrip()[-1] in ".!?:“\"‘'«”—"


def _is_range(match: re.Match[str]) -> bool:
    """Whether "a-b" runs upward or carries a unit; else it is a score, or two numbers side by side."""
    low, high = number_value(match["low"]), number_value(match["high"])
    if low is None or high is None:
        return False
    if match["percent"] or match["measure"] or match["age"] or match["money"]:
        return True
    return isinstance(range_value(match["low"], match["high"]), str) and (low < high) and not _is_score(match)


def _is_score(match: re.Match[str]) -> bool:
    """Whether "3-1" is a score: two small numbers that do not rise, or with a word of winning beside them."""
    if not re.fullmatch(r"\d{1,3}[-–]\d{1,3}", match.group()):
        return False
    around = text_before(match, 30) + " " + match.string[match.end() : match.end() + 25]
    return int(match["low"]) == 0 or int(match["low"]) >= int(match["high"]) or _SCORE_WORDS.search(around) is not None


def _score(match: re.Match[str]) -> str:
    return f"{match['low']}-{match['high']}"


def _share(words: str) -> str:
    if "basis" in words:
        return "basis points"
    return "percentage points" if "point" in words else "%"


def _singular(unit: str) -> str:
    """Return a unit of measure in the singular, in lower case unless it is an abbreviation ("GWh", "°C")."""
    if re.fullmatch(r"[GMTPKkmgt]?(?:Wh?|[Bb]|Hz)|[KMG]b(?:ps|/s)|°.?", unit):
        return unit
    words = unit.casefold().split()
    plural = next((i for i, word in enumerate(words) if word not in {"square", "cubic"}), 0)
    irregular = {"feet": "foot", "centuries": "century", "inches": "inch"}
    words[plural] = irregular.get(words[plural]) or re.sub(r"(?<=[a-z]{2})s$", "", words[plural])
    return " ".join(words)


def _read_between(match: re.Match[str]) -> Outcome:
    unit = _share(match["percent"]) if match["percent"] else counted(match.string, match.end(), match.endpos)
    return Reading(range_value(match["low"], match["high"]), unit)


def _read_half(match: re.Match[str]) -> Outcome:
    return Reading(0.5, _singular(match["measure"]))


def _read_whole(match: re.Match[str]) -> Outcome:
    whole = match["measure"].casefold()
    return Reading(0.5 if "half" in whole else 1, whole.removeprefix("half-"))


def _read_score(match: re.Match[str]) -> Outcome:
    return Reading(f"{match['low']}-{match['high']}", "score")


RULES = (
    Rule(_BETWEEN, _read_between, any_of("between")),
    Rule(_HALF, _read_half, any_of("half")),
    Rule(_WHOLE, _read_whole, any_of("decade", "century", "fortnight")),
    Rule(_VOTE, _read_score, any_of(" to ")),
    Rule(_TRIES, _read_score, DIGIT),
    Rule(_TWO_NUMBERS, _read_two),
    Rule(_ONE_NUMBER, _read_one),
)
