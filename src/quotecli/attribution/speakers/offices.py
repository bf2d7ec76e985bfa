"""Offices by their initials: "the DC" for the deputy commissioner."""

from __future__ import annotations

import re

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import PERSON_WORDS, fold
from quotecli.records import Resolution


def by_initials(cast: Cast, source: Source) -> tuple[Entity, Resolution | None, str] | None:
    """Return whom the initials of an office mean: "the DC" for the one deputy commissioner."""
    word = source.text.removeprefix("The ").removeprefix("the ")
    least = 2 if word != source.text else 3
    if not (word.isalpha() and word.isupper() and least <= len(word) <= 5):
        return None
    holder = holder_of(cast, word.lower())
    if holder is None:
        return None
    return holder, "description", f"“{source.text}”: {holder.name}, {cast.where(holder)}"


def holder_of(cast: Cast, letters: str) -> Entity | None:
    """Return the one person whose role or title the letters stand for."""
    holders = [
        entity
        for entity in cast.people
        if any(_has_initials(role.text, letters) for role in entity.roles) or _has_title(cast.text, entity, letters)
    ]
    return holders[0] if len(holders) == 1 else None


def _has_title(text: str, entity: Entity, letters: str) -> bool:
    """Whether the letters stand as a title before the name: "SSP Operations NAME", "Attorney General (AG) NAME"."""
    title = re.compile(rf"\b{letters.upper()} (?:[A-Z]\w+ )?\Z|\({letters.upper()}\) \Z")
    return any(title.search(text, max(0, r.start - 30), r.start) for r in entity.references)


def _has_initials(role: str, letters: str) -> bool:
    """Whether capitalised words of a role, the last one for a person, begin with these letters in this order."""
    words = role.split()
    runs = (words[i : i + len(letters)] for i in range(len(words) - len(letters) + 1))
    return any("".join(word[0] for word in run).lower() == letters and _is_title(run) for run in runs)


def _is_title(words: list[str]) -> bool:
    return fold(words[-1]) in PERSON_WORDS and all(word[0].isupper() for word in words)
