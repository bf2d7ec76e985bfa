"""Names as words: what a name is made of, and whether a shorter form may stand for a longer one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quotecli.naming.lexicon import (
    ARTICLES,
    HONORIFICS,
    ORGANISATION_TAILS,
    PARTICLES,
    PREPOSITIONS,
    REMEMBERED,
    SHORT_NAMES,
    SMALL_WORDS,
    SUFFIXES,
    fold,
)

NameWords = tuple[str, ...]

_BEFORE_ACRONYM = frozenset("us uk federal national royal american european united".split())
"""First words of names that an acronym may leave out: the FDA is the US Food and Drug Administration."""

_SMALL = PREPOSITIONS | PARTICLES | ARTICLES
WORD = re.compile(r"[\w.&]+(?:['’ʼ‑-][\w.]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
NICKNAME = re.compile(r"(?<=\S)\s+\(?[“\"‘'(][^”\"’')]{1,20}[”\"’')]\)?(?=\s)")

EXACT, SURNAME, GIVEN, LOOSE = 4.0, 3.0, 2.0, 1.0
"""How well a form fits a name: all of it; its surname, alone or with more; its first word; some other part."""


def name_words(text: str) -> NameWords:
    """Return the folded words of a name, without titles, articles, nicknames and possessive endings."""
    return _words_of(text)


@lru_cache(REMEMBERED)
def _words_of(text: str) -> NameWords:
    found = [fold(word).removesuffix("'s") for word in WORD.findall(NICKNAME.sub(" ", text))]
    while len(found) > 1 and (found[0] in HONORIFICS or found[0] in ARTICLES):
        del found[0]
    return tuple(word for word in found if word)


@lru_cache(REMEMBERED)
def person_fit(short: NameWords, full: NameWords) -> float:
    """Return how well the name `short` may stand for the person `full`, 0 where it cannot."""
    if short == full:
        return EXACT
    if _generation(short) and _generation(full) and _generation(short) != _generation(full):
        return 0.0
    core_short, core_full = without_generation(short), without_generation(full)
    if len(core_short) == 1:
        return _one_word_fit(core_short[0], core_full)
    if core_short == core_full:  # the father and the son are both named in full: two people
        return 0.0 if len(core_full) == 2 else SURNAME
    return _many_words_fit(core_short, core_full)


def _one_word_fit(word: str, full: NameWords) -> float:
    if word == full[-1]:
        return SURNAME
    if word == full[0] or (len(full) > 2 and word in full[1:-1] and len(word) > 2 and word not in PARTICLES):
        return GIVEN if word == full[0] else LOOSE
    return LOOSE if word in full[-1].split("-") else 0.0


def _many_words_fit(short: NameWords, full: NameWords) -> float:
    if sorted(short) == sorted(full) or full[-len(short) :] == short:  # "Shen Zhiqiang"; "de Blasio"
        return SURNAME
    if full[: len(short)] == short:  # "Enrique Peña" for Enrique Peña Nieto
        return GIVEN
    if short[-1] == full[-1] and _same_given(short[0], full[0]) and _in_order(short[1:-1], full[1:-1]):
        return SURNAME
    return 0.0


def _same_given(a: str, b: str) -> bool:
    """Whether two first names may be one: the same, an initial, or a short form ("Tim", "Bill")."""
    if a == b or is_initial(a, b) or is_initial(b, a):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 2 and short.isalpha() and short[0] == long[0] and not set(short) & set("aeiouy"):
        return True  # "J.K." for Joanne
    return is_short_form(short, long) or is_short_form(long, short)


def is_initial(letter: str, name: str) -> bool:
    """Whether one letter may stand for a first or middle name."""
    return len(letter) == 1 and name.startswith(letter)


def is_short_form(short: str, long: str) -> bool:
    """Whether a first name is a short form of another: "Tim" for Timothy, "Bill" for William."""
    return (len(short) >= 3 and long.startswith(short)) or SHORT_NAMES.get(short) == long


def _in_order(short: NameWords, full: NameWords) -> bool:
    """Whether the middle names of the shorter form stand in the longer one, initials allowed."""
    rest = iter(full)
    return all(any(word == other or word == other[:1] or other == word[:1] for other in rest) for word in short)


def _generation(name: NameWords) -> str | None:
    return name[-1] if len(name) > 1 and name[-1] in SUFFIXES else None


def without_generation(name: NameWords) -> NameWords:
    """Return a name without "Jr" or "III" behind it."""
    return name[:-1] if _generation(name) else name


def is_misspelt(word: str, other: str) -> bool:
    """Whether two words that begin alike differ by one letter: changed, left out, added, or two that are swapped."""
    short, long = sorted((word, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    same = len(short) == len(long)
    if same and at > 0 and short[at : at + 2] == long[at : at + 2][::-1]:
        return short[at + 2 :] == long[at + 2 :]
    return word != other and at > 0 and len(long) - len(short) <= 1 and short[at + same :] == long[at + 1 :]


def name_parts(words: NameWords) -> set[str]:
    """Return what a name may share with another form of it: its words, their hyphenated parts, its acronym."""
    found = {part for word in words for part in ((word, *word.split("-")) if "-" in word else (word,))}
    if len(words) > 2:
        letters = "".join(word[0] for word in words if word not in PREPOSITIONS and word not in ("the", "and"))
        found.update((letters, letters[1:], letters[-3:], letters[:3], letters[1:4]))  # "CDC" leaves out Prevention
    return found


def same_person(a: NameWords, b: NameWords) -> float:
    """Return how well two forms of at least two words each name one person, whichever is the longer."""
    return max(person_fit(a, b), person_fit(b, a))


@lru_cache(REMEMBERED)
def organisation_fit(short: NameWords, full: NameWords) -> float:
    """Return how well `short` may stand for the organisation `full`: the same words, an acronym, or some of them."""
    if short == full:
        return EXACT
    if not short or len(short) > len(full) or _is_part_of(short, full):
        return 0.0
    if len(short) == 1 and short[0] not in full:
        whole = _step(short[0], full, 0) or (len(full) > 1 and full[0] in _BEFORE_ACRONYM and _step(short[0], full, 1))
        return SURNAME if whole else 0.0
    return SURNAME if _covers(short, full) else 0.0


def _is_part_of(short: NameWords, full: NameWords) -> bool:
    """Whether `full` is something that `short` has: the "U.N. Charter" is not the U.N., nor is the "Board of NAME"."""
    if full[-len(short) :] == short and full[-len(short) - 1] in _SMALL:
        return True  # "Amigos del Prado" are not the Prado
    return full[: len(short)] == short and not set(full[len(short) :]) <= ORGANISATION_TAILS


def _covers(short: NameWords, full: NameWords) -> bool:
    """Whether the words of `short` run through `full` in order; an acronym covers the words that it is made from."""
    at = 0
    for word in short:
        while at < len(full):
            step = _step(word, full, at)
            at += step or 1
            if step:
                break
        else:
            return False
    return True


def _step(word: str, full: NameWords, at: int) -> int:
    """Return how many words of `full` from `at` on the word stands for: itself, or an acronym's words; 0 for none."""
    if word == full[at]:
        return 1
    letters, index = word, at
    while letters and index < len(full):
        if full[index][0] == letters[0]:
            letters = letters[1:]
        elif full[index] not in SMALL_WORDS:
            return 0
        index += 1
    return index - at if not letters and len(word) >= 2 else 0


def display(text: str, span: Sequence[int]) -> str:
    """Return the words of a span as a name is shown: on one line, without possessive ending or loose punctuation."""
    shown = " ".join(text[span[0] : span[1]].split()).strip(" \t,;:–—-")
    return _POSSESSIVE.sub("", shown)
