"""People's names: what they are made of, and whether a shorter name may be short for a longer one.

`kinship` answers for two articles, which know nothing of each other; within one, a first name or another part of a name
may do as well (`person_fit`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    HONORIFICS,
    KEPT_TITLES,
    PARTICLES,
    REMEMBERED,
    SAME_WORD,
    SHORT_NAMES,
    SUFFIXES,
)
from quotecli.naming.names import EXACT, LOOSE, NICKNAME, SHORTER, WORD, NameWords
from quotecli.naming.words import flat, flat_words

Kinship = Literal["middle names", "initials", "surname", "short first name", "part"]
"""How a name is shorter than another: it lacks middle names or has initials for them ("Jalil Jilani"); its first name
is an initial ("J. A. Jilani"); it is the surname alone; its first name is a short form ("Joe" for Joseph); it is the
beginning or the end of the other ("López Obrador")."""

_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)+[^\W\d_a-z]?\.?|[BCDFGHJ-NP-TV-Z]{2}|[AJ][A-Z]|[A-Z]J")
"""Letters that each stand for a name: "J.", "J.K.", "JD", "AJ"."""
_ARABIC_ARTICLES = frozenset(["al", "el"])  # written or left out: Bashar al-Assad, Bashar Assad


class PersonName(msgspec.Struct, frozen=True):
    """A person's name, folded. given: first and middle names; surname: with its particles; suffix: jr, sr, iii."""

    given: tuple[str, ...]
    surname: str
    suffix: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All the words but the suffix, in their order."""
        return (*self.given, *self.surname.split())

    @property
    def fullness(self) -> tuple[int, int, tuple[str, ...]]:
        """What sorts full names before those with initials, and longer ones before shorter ones."""
        return (-sum(len(word) > 1 for word in self.words), -len(self.words), self.words)


@lru_cache(maxsize=65536)
def person_name(text: str) -> PersonName | None:
    """Return the parts of a person's name, without titles and nicknames; None where there is no word in it."""
    found = [part for token in WORD.findall(NICKNAME.sub(" ", text)) for part in _parts(token)]
    while len(found) > 1 and found[0] in HONORIFICS:
        if len(found) == 2 and found[0] in KEPT_TITLES:
            break
        del found[0]
    suffix = found.pop() if len(found) > 1 and found[-1] in SUFFIXES else None
    if not found:
        return None
    first = len(found) - 1
    while first > 1 and found[first - 1] in PARTICLES:
        first -= 1
    if first == 1 and found[0] in PARTICLES:
        first = 0
    surname = [word for word in found[first:-1] if word not in _ARABIC_ARTICLES]
    return PersonName(tuple(found[:first]), " ".join([*surname, found[-1]]), suffix)


def _parts(token: str) -> list[str]:
    """Return the folded words that a token stands for: one as a rule, each letter of "J.K."."""
    if _INITIALS.fullmatch(token):
        return list(flat(token.replace(".", "")))
    pieces = [folded for piece in re.split("[‑-]", token) if (folded := flat(piece))]
    if len(pieces) > 1 and pieces[0] in _ARABIC_ARTICLES:
        return [pieces[0], "-".join(pieces[1:])]
    return ["-".join(pieces)] if pieces else []


def kinship(short: PersonName, full: PersonName) -> Kinship | None:
    """Say how `short` may be short for `full`; None where it cannot be. A father and a son are never one."""
    if short.suffix != full.suffix and (short.given or short.suffix):
        return None
    if not short.given:
        return "surname" if full.given and short.surname == full.surname else None
    if short.surname == full.surname and full.given:
        found = _by_given_names(short.given, full.given)
        if found:
            return found
    return "part" if _is_part(short.words, full.words) else None


@lru_cache(REMEMBERED)
def person_fit(one: NameWords, other: NameWords) -> float:
    """Return how well two names, whichever is longer, may be one person's of the same article; 0: they cannot."""
    short, full = sorted((one, other), key=len)
    if short == full:
        return EXACT
    if len(short) > 1:
        a, b = person_name(" ".join(short)), person_name(" ".join(full))
        return SHORTER if a and b and (kinship(a, b) or kinship(b, a)) else 0.0
    core = full[:-1] if len(full) > 1 and full[-1] in SUFFIXES else full
    if short[0] == core[-1]:
        return SHORTER
    return LOOSE if short[0] in (*core, *core[-1].split("-")) else 0.0


def _by_given_names(short: Sequence[str], full: Sequence[str]) -> Kinship | None:
    if len(short) > len(full):
        return None
    if len(full[0]) == 1 and len(short[0]) > 1 and _side_by_side(short, full[1:]):
        return "middle names"  # Edgar Hoover is J. Edgar Hoover
    if not _side_by_side(short[1:], full[1:]):
        return None
    if short[0] == full[0]:
        return "middle names"
    if _is_initial(short[0], full[0]):
        return "initials"
    return "short first name" if _is_short_form(short[0], full[0]) or _is_short_form(full[0], short[0]) else None


def _side_by_side(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the names of `short` stand at the same places in `full`: George W. is not short for George H. W."""
    return len(short) <= len(full) and all(
        a == b or _is_initial(a, b) or _is_initial(b, a) for a, b in zip(short, full, strict=False)
    )


def _is_initial(letter: str, name: str) -> bool:
    return len(letter) == 1 and name.startswith(letter)


def _is_short_form(short: str, long: str) -> bool:
    """Whether a first name is a short form of another: "Tim" for Timothy, "Bill" for William."""
    return (len(short) >= 3 and long.startswith(short)) or SHORT_NAMES.get(short) == long


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name of two words or more begins or ends the other; not by a single first name and a middle one."""
    size = len(short)
    return 2 <= size < len(full) and (full[:size] == short or full[-size:] == short)


_WEAK_IN_ROLES = frozenset(
    """a an and at by ex for former from his her in its of on our the their to with acting caretaker current interim
    longtime new outgoing then veteran""".split()
)


@lru_cache(maxsize=16384)
def role_words(role: str) -> frozenset[str]:
    """Return what a role says in words, abbreviations spelt out: "FM" says foreign and minister."""
    said: set[str] = set()
    for word in flat_words(role.replace("-", " ")):
        said.update(ABBREVIATIONS.get(word) or SAME_WORD.get(word, word).split())
    return frozenset(said - _WEAK_IN_ROLES)


def same_role(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles may be one: "interim foreign minister", "foreign minister"; not "interior minister"."""
    shared, smaller = one & other, min(len(one), len(other))
    return bool(shared) and (len(shared) == smaller or (len(shared) > 1 and 3 * len(shared) >= 2 * smaller))
