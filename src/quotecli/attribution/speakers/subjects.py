"""Whom an article's sentences are about, and which genders its own pronouns tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.naming.lexicon import MALE_PRONOUNS, ROLE_ENDS, Gender

_NO_NOUNS = "|".join(sorted(ROLE_ENDS | {"to"}))
_GENDERED = re.compile(rf"\b(?:he|himself|his|she|herself|her(?= (?!(?:{_NO_NOUNS})\b)[a-z]))\b", re.IGNORECASE)
"""Subjects and owners; not "him", and "her" only before what is hers: an object is rarely who the sentence is about."""


def mark_subjects(cast: Cast) -> None:
    """Mark the first person of each sentence, outside quotation marks, of those who speak if any does: what the
    sentence is probably about."""
    first: dict[int, Reference] = {}
    speaking = {one.start for one in cast.named if one.speaking}

    def rank(reference: Reference) -> tuple[bool, int]:
        return reference.start not in speaking, reference.start

    for entity in cast.people:
        for reference in entity.references:
            known = first.get(reference.sentence)
            if not reference.quoted and (known is None or rank(reference) < rank(known)):
                first[reference.sentence] = reference
    for reference in first.values():
        reference.subject = not reference.weak
    for before, after in pairwise(cast.named):  # "A and B voted": both are the subject
        one, other = (cast.owner[name.start].last_before(name.start + 1) for name in (before, after))
        if cast.text[before.end : after.titles] == " and " and one and other and one.subject:
            other.subject = True


def bind_pronouns(cast: Cast) -> None:
    """Learn genders from the text's own pronouns: each counts for the one person whom it can mean."""
    for match in _GENDERED.finditer(cast.text):
        if cast.places.quoted(match.start()):
            continue
        gender: Gender = "male" if match[0].lower() in MALE_PRONOUNS else "female"
        entity = _only_person_before(cast, match.start(), gender)
        if entity is not None:
            entity.feel(gender, "pronoun")


def _only_person_before(cast: Cast, offset: int, gender: Gender) -> Entity | None:
    """Return the one person who can be meant: named outside quotes in this sentence, or else in the one before."""
    sentence, starts = cast.places.sentence(offset), cast.starts
    index = bisect_right(starts, offset) - 1
    for wanted in (sentence, sentence - 1):
        found: set[int] = set()
        entity = None
        while index >= 0 and cast.places.sentence(starts[index]) >= wanted:
            owner = cast.owner.get(starts[index])
            fits = owner is not None and owner.type == "person" and owner.gender in (None, gender)
            if fits and cast.is_governed(cast.named[index]):
                return None
            if fits and not cast.places.quoted(starts[index]):
                found.add(id(owner))
                entity = owner
            index -= 1
        if found:
            return entity if len(found) == 1 else None
    return None
