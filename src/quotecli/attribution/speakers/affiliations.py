"""Where people belong, for those of whom the text says no more: "of the Institute for Fiscal Studies", "D-Nev."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.speakers.roles import DEGREES, names_person
from quotecli.attribution.speakers.spotting import Named

_KIND = (
    r"(?:[A-Z]{2,4}|(?!\w+ing\b|of\b|in\b|an?\b|his\b|her\b|its\b|their\b)[a-z-]+)"  # "IT", "brokers", "the charity"
)
_BEHIND = re.compile(rf"{DEGREES},? (?:of|from|for|with|at) (?P<what>(?:the )?(?:{_KIND} ){{0,3}})")
_LISTED = re.compile(rf"{DEGREES}(?:, | \()(?P<role>[^,.;()“”\"\n]{{2,60}}), (?:the )?")  # "NAME, deputy director, X"
_FOR = re.compile(r"(?:\A|\n|[.”\"] )For (?:the )?\Z")
_PARTY = re.compile(r"(?: \(|, )([DRI][-–][A-Z][\w.]+(?: [A-Z][\w.]+)?)(?=[),])")


def affiliation(text: str, named: Sequence[Named], index: int) -> str | None:
    """Return where the person belongs whose name stands at `index` of `named`: with the organisation behind ("NAME, of
    brokers ING"), or before ("Arsenal's NAME"), or with a party and a state ("NAME (D-Nev.)")."""
    one = named[index]
    following, before = named[index + 1 : index + 2], named[max(0, index - 1) : index]
    found = [_behind(text, one.end, body.titles, body.end) for body in following if _may_be_body(body)]
    found += [_before(text, body.titles, body.end, one.titles) for body in before if _may_be_body(body)]
    party = _PARTY.match(text, one.end)
    return next(filter(None, found), party[1] if party else None)


def _may_be_body(one: Named) -> bool:
    return one.kind == "organisation" or (one.kind == "unknown" and len(one.words) > 2)


def _behind(text: str, person: int, body: int, end: int) -> str | None:
    link = _BEHIND.fullmatch(text, person, body)
    if link is not None:
        return f"of {link['what']}{text[body:end]}"
    listed = _LISTED.fullmatch(text, person, body)
    ends = text[end : end + 1] in (*',.;)”"\n', "")
    return f"of {text[body:end]}" if listed is not None and ends and names_person(listed["role"]) else None


def _before(text: str, body: int, end: int, person: int) -> str | None:
    """Return "of Arsenal" for "Arsenal's NAME", "of the Greens" for "For the Greens, NAME said"."""
    between = text[end:person]
    leads = between == ", " and _FOR.search(text, max(0, body - 12), body) is not None
    if not leads and between not in ("'s ", "’s ", "' ", "’ "):
        return None
    the = "the " if text.endswith(("the ", "The "), 0, body) else ""
    return f"of {the}{text[body:end]}"
