"""Whom an article's sentences are about, and which genders its own pronouns tell."""

from __future__ import annotations

import re
from itertools import pairwise

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity
from quotecli.naming.lexicon import MALE_PRONOUNS, ROLE_ENDS, Gender

_NO_NOUNS = "|".join(sorted(ROLE_ENDS | {"to"}))
_GENDERED = re.compile(rf"\b(?:he|himself|his|she|herself|her(?= (?!(?:{_NO_NOUNS})\b)[a-z]))\b", re.IGNORECASE)
"""Subjects and owners; not "him", and "her" only before what is hers: an object is rarely who the sentence is about."""


def mark_subjects(cast: Cast) -> None:
    """Mark the first person of each sentence, outside quotation marks, of those who speak if any does: what the
    sentence is probably about."""
    speaking = {one.start for one in cast.named if one.speaking}
    references = [r for entity in cast.people for r in entity.references if not r.quoted]
    references.sort(key=lambda reference: (reference.start not in speaking, reference.start), reverse=True)
    for reference in {reference.sentence: reference for reference in references}.values():  # the last is the first
        reference.subject = not reference.weak
    at = {reference.start: reference for reference in references}
    for one, other in pairwise(cast.named):  # "A and B voted": both are the subject
        if cast.text[one.end : other.titles] == " and " and one.start in at and other.start in at:
            at[other.start].subject |= at[one.start].subject


def bind_pronouns(cast: Cast) -> None:
    """Learn genders from the text's own pronouns: each counts for the one person whom it can mean."""
    for match in _GENDERED.finditer(cast.text):
        if cast.document.is_quoted(match.start()):
            continue
        gender: Gender = "male" if match[0].lower() in MALE_PRONOUNS else "female"
        entity = _only_person_before(cast, match.start(), gender)
        if entity is not None:
            entity.feel(gender, "pronoun")


def _only_person_before(cast: Cast, offset: int, gender: Gender) -> Entity | None:
    """Return the one person who can be meant: named outside quotes in this sentence, or else in the one before."""
    until = offset
    for _ in ("this sentence", "the one before"):
        start = cast.document.sentence_at(until).start
        named = [(one, cast.owner[one.start]) for one in cast.within(start, until)]
        fitting = [(one, who) for one, who in named if who.type == "person" and who.gender in (None, gender)]
        found = {who for one, who in fitting if not cast.document.is_quoted(one.start)}
        if found:
            return found.pop() if len(found) == 1 else None
        until = start - 1
    return None
