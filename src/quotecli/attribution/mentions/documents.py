"""Documents by their full phrase: "the report" is "a report by the Coral Restoration Programme", or "the Demos report",
elsewhere in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from quotecli.naming.lexicon import ARTICLES, DAYS_AND_MONTHS, DOCUMENTS, OPENERS, PREPOSITIONS, fold

_WORD = r"(?:(?:[A-Z]\.){1,6}|[A-Z][\w’'&-]*)"
_NAME = rf"{_WORD}(?: (?:(?:of|for|and|the|&) ){{0,2}}{_WORD}){{0,8}}"
_BY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) (?P<said>(?:[\w’'-]+ ){0,4}?(?P<head>[a-z]+) "
    r"(?:(?:published|written|commissioned|drawn up|issued|filed|released) (?:\w+day )?)?(?:by|from) "
    rf"(?:the )?{_NAME})"
    r"(?=[,.;:)]| (?:that|which|has|have|had|is|was|in|on|last|this|[a-z]+s|[a-z]+ed|found|said)\b)"
)
_OF = re.compile(rf"(?:\b(?:An?|The|In|Its|Their) )?(?P<said>{_NAME} (?P<head>[a-z]+))\b(?! [A-Z])")
SENT = frozenset("statement letter email e-mail note memo message post tweet reply speech".split())
"""Whoever sent one says what it says; a report, a study or a filing speaks for itself."""
_SHORT = re.compile(r"(?:(?P<new>[Aa]n?)|[Tt]h(?:e|at|is|ese)|) ?(?:new |latest )?(?P<head>[A-Za-z]+)")
REACH = 1000  # characters behind "a report" in which is said whose it is


def full_phrase(text: str, words: str, start: int) -> str | None:
    """Return the words that say whose a document is that `words` name in short at `start`, None where there are none:
    the last ones before it, or, of one that is brought in there, the only ones, behind."""
    short = _SHORT.fullmatch(words)
    if short is None:
        return None
    alike = _documents(text).get(fold(short["head"]), [])
    at = bisect_left(alike, (start, ""))
    if at and not short["new"]:
        return alike[at - 1][1]
    one = len({phrase for _, phrase in alike}) == 1
    return alike[0][1] if one and start <= alike[0][0] < start + REACH else None


@lru_cache(1)
def _documents(text: str) -> dict[str, list[tuple[int, str]]]:
    """Return where the text names a document with whose it is, and the phrase without its article, by what it is."""
    found: dict[str, list[tuple[int, str]]] = {}
    for match in sorted([*_BY.finditer(text), *_OF.finditer(text)], key=lambda match: match.start("said")):
        head, first = fold(match["head"]), fold(match["said"].split()[0]).removesuffix("'s")
        if head in DOCUMENTS - SENT and first not in DAYS_AND_MONTHS | OPENERS | ARTICLES | PREPOSITIONS:
            found.setdefault(head, []).append((match.start("said"), match["said"]))
    return found
