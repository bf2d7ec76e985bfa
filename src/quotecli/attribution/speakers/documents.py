"""Documents by their full phrase: "the report" is "a report by the Coral Restoration Programme", or "the Demos report",
elsewhere in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quotecli.naming.lexicon import ARTICLES, DAYS_AND_MONTHS, DOCUMENTS, OPENERS, PREPOSITIONS, fold

_NAME = r"[A-Z][\w’'&.-]*(?: (?:(?:of|for|and|the|&) )*[A-Z][\w’'&-]*)*"
_BY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) (?P<said>(?:[\w’'-]+ ){0,4}?(?P<head>[a-z]+) "
    r"(?:(?:published|written|commissioned|drawn up|issued|filed|released) )?(?:by|from) "
    rf"(?:the )?{_NAME})"
    r"(?=[,.;:)]| (?:that|which|has|have|had|is|was|in|on|last|this|[a-z]+s|[a-z]+ed|found|said)\b)"
)
_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][\w’'&-]*)"
_OF = re.compile(
    r"(?P<article>\b(?:[Aa]n?|[Tt]he|[Ii]n|[Ii]ts|[Tt]heir) (?:[a-z-]+ )*)?"
    rf"(?P<said>{_WORD}(?: (?:(?:of|for|and|the|&) )*{_WORD})* (?P<head>[A-Za-z]+))\b(?! [A-Z])"
)
_SENT = frozenset(("letter", "email", "note", "memo", "post", "tweet", "statement"))  # who sent it says it
_SHORT = re.compile(r"(?:(?P<definite>[Tt]h(?:e|at|is|ese)) |[Aa]n? |)(?:new |latest )?(?P<head>[A-Za-z]+)")
_ALIKE = {"survey": "poll", "paper": "study", "complaint": "lawsuit", "suit": "lawsuit"}
"""Words for one and the same document."""
_RESEARCH = frozenset("analysis findings paper report research results review study survey".split())
"""Words for what may be one and the same piece of research: a report on a survey."""
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
    full = [one for one in _documents(text) if _alike(one.head) == _alike(head)]
    if not full and head in _RESEARCH:
        full = [one for one in _documents(text) if one.head in _RESEARCH]
    before = [one for one in full if one.at < start] if short["definite"] else []
    if before:
        return next((one.phrase for one in reversed(before) if one.head == head), before[-1].phrase)
    alone = full and all(one.names >= full[0].names or one.names <= full[0].names for one in full)
    return full[0].phrase if alone and full[0].at < start + REACH else None


def _alike(head: str) -> str:
    return _ALIKE.get(head, head)


@lru_cache(1)
def _documents(text: str) -> tuple[_Full, ...]:
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
    return tuple(sorted(found))
