"""Documents by their full phrase: "the report" is "a report by the Coral Restoration Programme" further up."""

from __future__ import annotations

import re
from functools import lru_cache

from quotecli.naming.lexicon import ARTICLES, DOCUMENTS, PREPOSITIONS, fold

_PHRASE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) (?P<said>(?:[\w’'-]+ ){0,4}?(?P<head>[a-z]+) "
    r"(?:(?:published|written|commissioned|drawn up|issued|filed|released) )?(?:by|from) "
    r"(?:the )?[A-Z][\w’'&.-]*(?: (?:(?:of|for|and|the|&) )*[A-Z][\w’'&-]*)*)"
    r"(?=[,.;:)]| (?:that|which|has|have|had|is|was|in|on|last|this|[a-z]+s|[a-z]+ed|found|said)\b)"
)
_SENT = frozenset(("letter", "email", "note", "memo", "post", "tweet", "statement"))  # who sent it says it
_DEFINITE = re.compile(r"[Tt]h(?:e|at|is) (?P<head>[a-z]+)")


def full_phrase(text: str, words: str, start: int) -> str | None:
    """Return the words by which a document was brought in, with whose it is, where `words` name it in short at
    `start`; None where there are none."""
    short = _DEFINITE.fullmatch(words)
    if short is None:
        return None
    before = [phrase for at, head, phrase in _documents(text) if head == short["head"] and at < start]
    return before[-1] if before else None


@lru_cache(1)
def _documents(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return where the text names a document with whose it is, what it is, and the phrase, without its article."""
    found = []
    for match in _PHRASE.finditer(text):
        said = [fold(word) for word in match["said"].split()]
        before = said[: said.index(match["head"])]
        if match["head"] in DOCUMENTS - _SENT and not ARTICLES.union(PREPOSITIONS).intersection(before):
            found.append((match.start(), match["head"], match["said"]))
    return tuple(found)
