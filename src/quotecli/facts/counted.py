"""What a number counts: the noun behind it, found by its plural ("1.4 million Afghan refugees"), without a parser."""

from __future__ import annotations

import re
from itertools import zip_longest

from quotecli.facts.money import EACH
from quotecli.facts.rules import Expression

WORD = Expression(r"[ \u00a0\n]?([^\W\d_](?:\w|\.(?=\w))*(?:['’-]\w+)*)(['’](?=[ \u00a0]))?")
OF = Expression(r"[ \u00a0](?:or (?:so|more) )?(?:of )?(?:all )?(?:(?:the|its|their|his|her|our|those|these) )?")
MOST_WORDS = 5

STOPS = frozenset(
    """a an the this that these those of in on at by for from to with without within into onto over under above below
    between among across after before since until during against about around near per via as than then and or but
    nor if when while where who whom whose which what why how so because though although is are was were be been
    being am has have had do does did will would shall should can could may might must not no he she it they we you
    i me him her them us his its their our my your there here also just only ever never now already still once again
    each every both buy sell need want get see go think believe died said says voted fled left came went took got made
    gave told began himself herself itself themselves myself yourself ourselves later ago earlier
    yesterday today tomorrow nobody everybody always perhaps less across towards besides thus plus yes versus news
    series means january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
IRREGULAR_PLURALS = frozenset(
    "people men women children police cattle sheep aircraft spacecraft feet teeth mice geese fish salmon deer dice "
    "policemen policewomen firefighters fishermen servicemen congressmen gunmen clergymen spokesmen personnel "
    "staff".split()
)
SINGULARS_IN_S = frozenset("axis debris iris mathematics pelvis physics politics tennis this".split())
_LEADING_PLURALS = frozenset("police staff women".split())
"""Plurals that often stand before the noun: "police officers"."""
STATES = frozenset(
    "dead killed injured wounded missing arrested hurt homeless displaced infected dollars percent".split()
)
"""Not plurals, yet what a number behind them counts: "12 dead", "40 injured"."""
_ADJECTIVE = Expression(
    r"(?:ing|al|ive|ous|ed|ful|ic|able|ible|ior|lar|less|ant|ent|ary)$|^(?:big|new|old|young|small|large|narrow|"
    r"wide|key|main|major|minor|top|high|low|short|long|good|bad|great|huge|tiny|strong|weak|rare|brief|full|simple|late|"
    r"early|fast|slow|free|poor|rich|hard|easy|safe|clear|real|true|false|wrong|lone|mere|unique|black|white|red|blue|green)$"
)
_EACH = Expression(rf"(?: of (?!the\b|an?\b)\w+(?: \w+)?)?{EACH}")
_BASE = Expression(r" (?:per|(?:for|in) every) (?P<base>(?:1,000|10,000|100,000|(?:1 |one |a )?million)(?: people)?)\b")
_AGENT = Expression(
    r"(?:er|or|ist|ment|tion|ship|ian|ency)$(?<!longer)(?<!later)(?<!higher)(?<!lower)(?<!earlier)(?<!better)(?<!fewer)"
)
"""How many a second noun ends: "one discount retailer"."""
LEADING = frozenset("more other additional further such or so".split())


def counted(text: str, start: int, end: int, *, one: bool = False) -> str | None:
    """Return the words from `start` on (at most to `end`) that say what a number counts, as they stand in the text.

    one: the number is 1, so that the noun is a singular. None where no noun is recognised.
    """
    of = OF.match(text, start, end)
    first: int | None = None
    best: int | None = None
    words = _words(text, of.end() - 1 if of else start, end)
    if one and not (of and of.group().strip()):
        return _one_thing(text, words)
    for match in words:
        word = match.group(1).casefold()
        if first is None and word in LEADING:
            continue
        first = match.start(1) if first is None else first
        if match.group(2):  # "workers’ rights": the owner, not the thing
            continue
        if is_plural(word) or (best is None and word in STATES and match.start(1) == first):
            best = match.end(1)
            if word in IRREGULAR_PLURALS - _LEADING_PLURALS:
                break
        elif best is not None:
            break
    if first is None or best is None:
        return _rate(text, start, end).strip() or None
    return text[first:best] + _rate(text, best, end)


def _rate(text: str, start: int, end: int) -> str:
    """Return what something is counted for: "25 bodies a week", "65 cases per 100,000 people"."""
    each = _EACH.match(text, start, end)
    if each:
        return f" per {each['each'].casefold()}"
    base = _BASE.match(text, start, end)
    return f" per {base['base']}" if base else ""


def _one_thing(text: str, words: list[re.Match[str]]) -> str | None:
    """Return a singular noun with what leads to it, as far as the first word that looks like one ("big thing")."""
    words = [match for match in words if match.group(1) not in LEADING]
    end = None
    for match, following in zip_longest(words, words[1:]):
        word = match.group(1)
        if not _ADJECTIVE.search(word) and word.islower() and not word.endswith(("'s", "’s")):
            end = (following if following and _AGENT.search(following.group(1)) else match).end(1)
            break
        if not word.endswith("ed"):
            end = match.end(1)
    return None if end is None else text[words[0].start(1) : end]


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in IRREGULAR_PLURALS:
        return True
    singular = word.endswith(("ss", "us", "sis", "'s", "’s")) or word in SINGULARS_IN_S
    return len(word) > 3 and word.endswith("s") and not singular and word not in STOPS


def _words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the next words up to the first function word or punctuation mark."""
    words: list[re.Match[str]] = []
    while len(words) < MOST_WORDS and (match := WORD.match(text, start, end)):
        if match.group(1).casefold() in STOPS:
            break
        words.append(match)
        start = match.end()
    return words
