"""Which of the roles that articles give a speaker is told: what most articles say, offices before all else.

What articles say of somebody is read off apposition and title, and now and then a piece of a sentence is taken for it:
a role is a noun for a person with what belongs to it, never a clause.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    HONORIFICS,
    NO_VERBS,
    OFFICES,
    PERSON_WORDS,
    PREPOSITIONS,
    RELATIONS,
    RELATIVES,
    ROLE_TITLES,
    fold,
    is_plural,
)
from quotecli.naming.person_names import role_words, same_role

_WORD = re.compile(r"[^\W\d_]+(?:[.'’‑-][^\W\d_]+)*\.?|,")
_VERBS = frozenset(
    """am are be beaten been being came can consolidated could did do does enter gave get goes had has have is joined
    made may might must regarding regardless remember said says shall should took was went were will would""".split()
)
_OFFICE, _PERSON, _RELATION = 8, 2, 1
_BESIDE = RELATIONS | frozenset("ally colleague friend opponent rival".split())
"""Words for what somebody is to another one."""
_PAST = frozenset({"former", "ex", "late"})
_MOST_WORDS = 20
_SHARE = 3
"""A fuller role may be so many times as rare as the commonest that is the same."""


def best_role(roles: Mapping[str, Collection[int]]) -> str | None:
    """Return the role that is told of somebody, None where none of them is one; `roles`: each with its articles.

    Roles that may be one ("Sen.", "Vermont senator") count together, an office four times, a relation ("friend of the
    mayor") half as much as another; of those that are one, a fuller one is told if it is not much rarer.
    """
    said = {cut: articles for role, articles in _folded(roles).items() if (cut := plain_role(role))}
    if not said:
        return None
    together = {role: [other for other in said if other == role or _same(role, other)] for role in said}
    weights = {role: _weight(role) * len(_all_of(said, others)) for role, others in together.items()}
    best = max(weights, key=lambda role: (weights[role], len(said[role]), role))
    alike = [role for role in together[best] if _weight(role) == _weight(best)]
    often = max(len(said[role]) for role in alike)
    shown = [role for role in alike if _SHARE * len(said[role]) >= often]
    return min(shown, key=lambda role: (-len(role_words(role)) - _is_past(role), -len(said[role]), role))


def _is_past(role: str) -> bool:
    """Say whether it is one that somebody had: "President Clinton" is said of a former president, too."""
    return fold(role.split(maxsplit=1)[0]) in _PAST


def _folded(roles: Mapping[str, Collection[int]]) -> dict[str, set[int]]:
    """Return roles that differ in case alone as one, in the spelling of most articles."""
    spelt: dict[str, list[str]] = {}
    for role in roles:
        spelt.setdefault(role.casefold(), []).append(role)
    return {
        max(forms, key=lambda form: (len(roles[form]), form)): {each for form in forms for each in roles[form]}
        for forms in spelt.values()
    }


def _all_of(said: Mapping[str, set[int]], roles: Collection[str]) -> set[int]:
    return {article for role in roles for article in said[role]}


def _same(one: str, other: str) -> bool:
    return same_role(role_words(one), role_words(other))


@lru_cache(maxsize=65536)
def plain_role(role: str) -> str | None:
    """Return a role without the participle and the clause behind it; None where it is none."""
    if len(role.split()) > _MOST_WORDS:
        return None
    pieces = list(_WORD.finditer(role))
    head = _head(pieces)
    if head is None or any(fold(piece[0]) in _VERBS for piece in pieces[: head + 1]):
        return None
    for number, piece in enumerate(pieces[head + 1 :]):
        word = fold(piece[0])
        if word in _VERBS or word in RELATIVES or (number == 0 and _is_participle(word)):
            return role[: piece.start()].rstrip(" ,")
    return role


def _head(pieces: list[re.Match[str]]) -> int | None:
    """Return which word says what somebody is: the last before the first preposition or comma that is a person's."""
    for number, piece in enumerate(pieces):
        word = fold(piece[0])
        if piece[0] == "," or word in PREPOSITIONS or word in RELATIVES or (number and _is_participle(word)):
            pieces = pieces[:number]
            break
    if not pieces:
        return None
    word = fold(pieces[-1][0])
    return len(pieces) - 1 if _is_persons(word) and not is_plural(word) else None


def _is_participle(word: str) -> bool:
    return word.endswith("ing") and len(word) > len("being") and word not in NO_VERBS and not _is_persons(word)


def _is_persons(word: str) -> bool:
    return word in PERSON_WORDS or _is_office(word) or word in _BESIDE or word.rpartition("-")[2] in PERSON_WORDS


def _is_office(word: str) -> bool:
    return word in OFFICES or word in HONORIFICS or word in ROLE_TITLES or word in ABBREVIATIONS


def _weight(role: str) -> int:
    head = fold(_head_word(role))
    if head in _BESIDE:
        return _RELATION
    return _OFFICE if _is_office(head) else _PERSON


def _head_word(role: str) -> str:
    pieces = list(_WORD.finditer(role))
    head = _head(pieces)
    return pieces[head][0] if head is not None else ""
