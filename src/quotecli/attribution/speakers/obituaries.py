"""Obituaries: the dead one is quoted, named by the surname alone, and whom most pronouns mean.

Elsewhere the dead do not speak: a surname and "she said" mean the relatives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.speakers.entities import Entity
from quotecli.naming.lexicon import pronoun_gender

_HEAD = 1500
"""Characters from the text's start in which an obituary says that someone died, and how old."""

_DIES_AT = re.compile(r"\b(?:[Dd]ies|[Dd]ied|[Dd]ead)(?: at| aged|,) \d{1,3}\b|\b[Oo]bituary\b")
_HEADLINE = 200
_AGE = re.compile(r"\b(He|She) was \d{1,3}\.")


def find_subject(text: str, people: Sequence[Entity]) -> None:
    """Mark the one whom an obituary is about: the first of `people`, who died, the age at death given."""
    named = [person for person in people if not person.author and person.references]
    first = min(named, key=lambda person: min(r.start for r in person.references), default=None)
    age = _AGE.search(text, 0, _HEAD)
    if first is None or not first.died or not (age and _DIES_AT.search(text, 0, _HEADLINE)):
        return
    first.subject = True
    first.feel(pronoun_gender(age[1].lower()), "role")
