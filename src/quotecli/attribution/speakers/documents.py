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
_SHORT = re.compile(r"(?:(?P<definite>[Tt]h(?:e|at|is))|[Aa]n?) (?P<head>[a-z]+)")
_ALIKE = {"survey": "poll", "paper": "study", "complaint": "lawsuit", "suit": "lawsuit"}
"""Words for one and the same document."""
REACH = 1000
"""Characters behind "a report" in which is said whose it is."""


def full_phrase(text: str, words: str, start: int) -> str | None:
    """Return the words that say whose a document is that `words` name in short at `start`, None where there are none:
    those before it, or, of one that is brought in there, the only ones behind."""
    short = _SHORT.fullmatch(words)
    if short is None:
        return None
    alike = _ALIKE.get(short["head"], short["head"])
    full = [(at, phrase) for at, head, phrase in _documents(text) if _ALIKE.get(head, head) == alike]
    before = [phrase for at, phrase in full if at < start] if short["definite"] else []
    if before:
        return before[-1]
    alone = len({fold(phrase) for _, phrase in full}) == 1 and full[0][0] < start + REACH
    return full[0][1] if alone else None


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
