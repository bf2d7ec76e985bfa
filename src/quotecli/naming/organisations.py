"""Organisations' names: their spellings, their initials, their acronyms, and what may be short for what."""

from __future__ import annotations

from functools import lru_cache

from quotecli.naming.lexicon import (
    ARTICLES,
    LEGAL_FORMS,
    ORGANISATION_TAILS,
    PARTICLES,
    PREPOSITIONS,
    REMEMBERED,
    SMALL_WORDS,
)
from quotecli.naming.names import EXACT, SHORTER, NameWords
from quotecli.naming.words import SMALL, flat_words

_HEADS = frozenset(["agency", "bureau", "court", "department", "ministry", "office"])
"""Their names stand in two orders: Department of Justice, Justice Department."""
_BEFORE_ACRONYMS = SMALL_WORDS | {"us", "uk", "eu", "un"}
"""Behind what an acronym may begin inside a name: US Food and Drug Administration, Department of Veterans Affairs; CDC
is no Clark County District Court."""
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


@lru_cache(REMEMBERED)
def organisation_fit(short: NameWords, full: NameWords) -> float:
    """Return how well `short` may stand for the organisation `full`: the same words, an acronym, or some of them."""
    if short == full:
        return EXACT
    fits = len(short) <= len(full) and not _is_part_of(short, full) and _covers(short, full)
    return SHORTER if fits else 0.0


def _is_part_of(short: NameWords, full: NameWords) -> bool:
    """Whether `full` is something that `short` has: the "U.N. Charter" is not the U.N., nor is the "Board of NAME"."""
    if full[-len(short) :] == short and full[-len(short) - 1] in PREPOSITIONS | PARTICLES | ARTICLES:
        return True  # "Amigos del Prado" are not the Prado
    return full[: len(short)] == short and not set(full[len(short) :]) <= ORGANISATION_TAILS


def _covers(short: NameWords, full: NameWords) -> bool:
    """Whether the words of `short` run through `full` in order; an acronym covers the words that it is made from."""
    at = 0
    for word in short:
        behind = range(at, len(full))
        ends = [i + 1 for i in behind if full[i] == word]
        ends += [_end(word, full, i) for i in behind if i == at or full[i - 1] in _BEFORE_ACRONYMS]
        at = next(filter(None, ends), 0)
        if not at:
            return False
    return True


def _end(letters: str, full: NameWords, at: int) -> int:
    """Return where in `full` the words end that an acronym spells from `at` on, 0 for none."""
    while letters and at < len(full):
        if full[at][0] == letters[0]:
            letters = letters[1:]
        elif full[at] not in SMALL_WORDS:
            return 0
        at += 1
    return 0 if letters else at
