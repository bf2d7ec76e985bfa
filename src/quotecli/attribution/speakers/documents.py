"""Documents by their full phrase: "the report" is "a report by the Coral Restoration Programme", or "the Demos report",
elsewhere in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from quotecli.naming.lexicon import ARTICLES, DAYS_AND_MONTHS, DOCUMENTS, OPENERS, PREPOSITIONS, fold

_NAME = r"[A-Z][\w’'&.-]*(?: (?:(?:of|for|and|the|&) ){0,2}[A-Z][\w’'&-]*){0,8}"
_BY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) (?P<said>(?:[\w’'-]+ ){0,4}?(?P<head>[a-z]+) "
    r"(?:(?:published|written|commissioned|drawn up|issued|filed|released) )?(?:by|from) "
    rf"(?:the )?{_NAME})"
    r"(?=[,.;:)]| (?:that|which|has|have|had|is|was|in|on|last|this|[a-z]+s|[a-z]+ed|found|said)\b)"
)
_WORD = r"(?:(?:[A-Z]\.){1,6}|[A-Z][\w’'&-]*)"
_OF = re.compile(
    r"(?P<article>\b(?:[Aa]n?|[Tt]he|[Ii]n|[Ii]ts|[Tt]heir) (?:[a-z-]+ ){0,3})?"
    rf"(?P<said>{_WORD}(?: (?:(?:of|for|and|the|&) ){{0,2}}{_WORD}){{0,8}} (?P<head>[A-Za-z]+))\b(?! [A-Z])"
)
_SENT = frozenset(("letter", "email", "note", "memo", "post", "tweet", "statement"))  # who sent it says it
_SHORT = re.compile(r"(?:(?P<definite>[Tt]h(?:e|at|is|ese)) |[Aa]n? |)(?:new |latest )?(?P<head>[A-Za-z]+)")
_ALIKE = {"survey": "poll", "paper": "study", "complaint": "lawsuit", "suit": "lawsuit"}
"""Words for one and the same document."""
_RESEARCH = frozenset("analysis findings paper report research results review study survey".split())
"""Words for what may be one and the same piece of research: a report on a survey."""
_ANY = "research of any kind"
NEAR = 20
"""Documents of a kind that are looked at before a place: further back, none is meant."""
REACH = 1000
"""Characters behind "a report" in which is said whose it is."""


class _Full(NamedTuple):
    at: int
    head: str
    phrase: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset(fold(word) for word in re.findall(r"[A-Z][\w&-]*", self.phrase)) - {self.head}


def full_phrase(text: str, words: str, start: int) -> str | None:
    """Return the words that say whose a document is that `words` name in short at `start`, None where there are none:
    those before it, or, of one that is brought in there, the only ones behind."""
    short = _SHORT.fullmatch(words)
    if short is None:
        return None
    head = fold(short["head"])
    known = _known(text)
    full = known.get(_alike(head)) or (known[_ANY] if head in _RESEARCH else [])
    before = full[max(0, (at := bisect_left(full, start, key=lambda one: one.at)) - NEAR) : at]
    if short["definite"] and before:
        return next((one.phrase for one in reversed(before) if one.head == head), before[-1].phrase)
    near = full[: NEAR + 1]  # of more, some are by others
    alone = near and all(one.names >= near[0].names or one.names <= near[0].names for one in near)
    return near[0].phrase if alone and near[0].at < start + REACH else None


@lru_cache(1)
def _known(text: str) -> dict[str, list[_Full]]:
    """Return the documents that the text names in full, by what they are, and under `_ANY` those of research."""
    known: dict[str, list[_Full]] = {_ANY: []}
    for one in _documents(text):
        known.setdefault(_alike(one.head), []).append(one)
        if one.head in _RESEARCH:
            known[_ANY].append(one)
    return known


def _alike(head: str) -> str:
    return _ALIKE.get(head, head)


def _documents(text: str) -> list[_Full]:
    """Return where the text names a document with whose it is, what it is, and the phrase, without its article."""
    found = []
    for match in _BY.finditer(text):
        said = [fold(word) for word in match["said"].split()]
        before = said[: said.index(match["head"])]
        if match["head"] in DOCUMENTS - _SENT and not ARTICLES.union(PREPOSITIONS).intersection(before):
            found.append(_Full(match.start(), match["head"], match["said"]))
    for match in _OF.finditer(text):
        head, first = fold(match["head"]), fold(match["said"].split()[0])
        body = match["head"] == "Research"  # "the Centre for Forest Research"
        plain = match["head"].islower() or (match["article"] and not body)  # no headline
        if plain and head in DOCUMENTS - _SENT and first not in DAYS_AND_MONTHS | OPENERS | ARTICLES | PREPOSITIONS:
            found.append(_Full(match.start("said"), head, match["said"]))
    return sorted(found)
