"""Numbers that name something and count nothing: phone numbers, sections, codes, addresses."""

from __future__ import annotations

import re

from quotecli.facts.rules import DIGIT, NO_FIGURE, Expression, Outcome, Rule, any_of, text_before

_NUMBERED = Expression(
    r"\b(?:sections?|articles?|clauses?|chapters?|rules?|parts?|pages?|pp?\.|nos?\.|numbers?|figures?|fig\.|tables?|rooms?|"
    r"flights?|routes?|highways?|interstate|channels?|resolutions?|acts?|bills?|volumes?|vol\.|phases?|levels?|paragraphs?|"
    r"para|schedules?|amendments?|propositions?|prop\.|measures?|questions?|items?|cases?|exhibits?|forms?|appendix|annex|"
    r"version|grades?|tiers?|types?|stages?|units?|gates?|piers?|platforms?|apartments?|apt\.|suites?|lots?|box|districts?|"
    r"wards?|zones?|areas?|seasons?|episodes?|steps?|categor(?:y|ies)|bus|terminal|runway|block|building|sector|squadron|"
    r"battalion) $",
    re.IGNORECASE,
)
_NUMBER_OF_A_THING = Expression(
    r"(?<=[a-z.] )(?:\d[\w.-]*(?:\(\w+\))*|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"(?:(?:, | and | or |[-–]| to )\d[\w-]*(?:\(\w+\))*(?![\w/]))*"
)
_CODE = Expression(
    r"(?<![\w$£€])(?!(?i:mid|pre|post|under|over|sub|non|ex|anti|rs|inr|usd|eur|gbp|pkr|aud|cad)-?\d)[^\W\d_]+-?\d[\w-]*"
)
_WEB = Expression(r"(?:https?://|www\.)\S+|\S+@\w[\w.-]+|(?<!\w)[@#]\w+")
_PHONE = Expression(
    r"""(?<![\w$£€,.-])(?:
        \+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,5}(?:[ .-]?\d{2,5}){1,4}
      | (?:1[ .-])?\(\d{3}\)[ -]?\d{3}[ .-]\d{4}
      | (?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4}
      | 0\d{2,4}[ -]\d{3,4}(?:[ -]?\d{3,4})
      | (?:1-)?8\d\d-\d{3}-\d{4}
      | \d{3}-\d{4}
    )(?![\w-])""",
    re.VERBOSE,
)
_HOTLINE = Expression(r"\b(?i:call|calling|called|dial|dialled|text|phone|ring) (?P<figure>\d{3,6})\b(?! \w+s\b)")
_STREET = (
    "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Square|Way|Place|Court|Terrace|Highway|Parkway|Crescent|Close|"
    r"Row|Gardens|Quay|Plaza|Broadway|Embankment)\b"
)
_ADDRESS = Expression(
    r"(?<![\w.,$£€])(?:\d{1,5}[A-Z]?(?: [NSEW]\.?)?(?: (?:[A-Z][\w.’'-]*|\d+(?:st|nd|rd|th))){1,3}?"
    r"|\d+(?:st|nd|rd|th)) " + _STREET
)
_WITH_SLASH = Expression(r"(?<![\w/])(?![123]/(?:[23458]|10)\b)\d{1,2}/\d{1,2}(?![\w/])")
_DIMENSION = Expression(r"(?<![\w.-])\d-?D\b")
_IDENTIFIER = Expression(r"(?<![\w.,:/$£€-])(?:\d{10,}|0\d{2,}(?: \d{2,4})*)(?![\w%]|[.,:/-]\d)")
"""Long rows of digits, and those that begin with a nought: numbers of accounts, telephones, posts."""
_VERSION = Expression(r"(?<![\w.])\d+(?:\.\d+){2,}(?![\w])")
_IDIOM = Expression(
    r"""\b(?i:
        one\ another | one\ of | no\ one | someone | one[’']s | number\ one | for\ one(?=[,.;:!?])
      | (?<!in\ )(?<!for\ )(?<!ter\ )(?<!ver\ )(?<!han\ )(?<!ust\ )(?<!nly\ )(?<!hin\ )(?<!out\ )(?<!of\ )
        one\ day(?!\ (?:of|after|before|later|earlier|ago|in|per|per|a|and|to|only|for|off)\b|['’-])
      | (?:net|ground|patient|absolute|sub)[- ]zero | zero[- ](?:sum|carbon|tolerance|hour|waste|hours)
      | CC\ BY(?:-\w\w)*\ \d\.\d
      | (?:this|that|which|the|a|no|any|every|each|another)\ one
      | one-(?:on|to|by)-one | one-(?:offs?|way|sided|liner|time|stop) | two-way
      | first-(?:class|hand|rate|name) | second-(?:hand|guess\w*|class|rate)
      | third-(?:party|rate) | third\ part(?:y|ies)
      | (?:at|from\ the)\ first | first\ of\ all | first\ and\ foremost
      | (?<!the\ )(?<!his\ )(?<!her\ )(?<!its\ )(?<!eir\ )(?<!our\ )(?<!my\ )(?<!a\ )
        first(?=\ (?:\w+ed|went|came|met|saw|became|began|took|made|told|said|wrote|heard|spoke|got)\b)
      | first\ (?:lady|ladies|ministers?|names?|aid|responders?)
      | a\ second(?:\ later)?(?=\ ?[,.]) | (?<=th\ of\ )a\ second | (?<=ths\ of\ )a\ second
      | split[- ]second | per\ second | on\ second\ thoughts? | second\ nature
    )\b""",
    re.VERBOSE,
)


def _read_number_of_a_thing(match: re.Match[str]) -> Outcome:
    return NO_FIGURE if _NUMBERED.search(text_before(match, 15)) else None


def _no_figure(_: re.Match[str]) -> Outcome:
    return NO_FIGURE


RULES = (
    Rule(_NUMBER_OF_A_THING, _read_number_of_a_thing),
    Rule(_WEB, _no_figure, any_of("http", "www.", "@", "#")),
    Rule(_PHONE, _no_figure, DIGIT),
    Rule(_HOTLINE, _no_figure, DIGIT),
    Rule(_ADDRESS, _no_figure, DIGIT),
    Rule(_CODE, _no_figure, re.compile(r"\d(?:(?<=[^\W\d_]\d)|(?<=[^\W\d_]-\d))").search),
    Rule(_IDENTIFIER, _no_figure, DIGIT),
    Rule(_VERSION, _no_figure, DIGIT),
    Rule(_DIMENSION, _no_figure, DIGIT),
    Rule(_WITH_SLASH, _no_figure, DIGIT),
    Rule(_IDIOM, _no_figure, any_of("one", "two-", "first", "second", "third", "zero", "cc by")),
)
