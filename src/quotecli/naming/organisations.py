"""Organisations' names across articles: their spellings, their initials, their acronyms."""

from __future__ import annotations

from functools import lru_cache

from quotecli.naming.lexicon import LEGAL_FORMS
from quotecli.naming.words import SMALL, flat_words

_HEADS = frozenset(["agency", "bureau", "court", "department", "ministry", "office"])
"""Their names stand in two orders: Department of Justice, Justice Department."""
_LONGEST_ACRONYM = 7


@lru_cache(maxsize=65536)
def organisation_key(text: str) -> tuple[str, ...]:
    """Return what the spellings of an organisation's name have in common: without legal form, "Department of X" and
    "X Department" in one order."""
    found = [word for word in flat_words(text) if word != "the"]
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        del found[-1]
    if len(found) > 2 and found[0] in _HEADS and found[1] in {"of", "for"}:
        found = [*found[2:], found[0]]
    return tuple(found)


@lru_cache(maxsize=65536)
def initials(text: str) -> str | None:
    """Return the initials of an organisation's name of several words: "who" for World Health Organization."""
    main = [word for word in flat_words(text) if word not in SMALL]
    return "".join(word[0] for word in main) if 2 <= len(main) <= _LONGEST_ACRONYM else None


def acronym(text: str) -> str | None:
    """Return an acronym ("WHO", "U.N.") folded; None for any other name."""
    found = flat_words(text)
    if len(found) == 1 and 2 <= len(found[0]) <= _LONGEST_ACRONYM and text.replace(".", "").isupper():
        return found[0]
    return None
