"""Descriptions of people without a name, read: what "the former Tory MP" says, and whether someone can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.roles import head_of, names_person, role_heads, role_words
from quotecli.attribution.speakers.scoring import (
    DESCRIPTION_FROM,
    PRONOUN_FROM,
    WEIGHTS,
    description_score,
    gender_score,
    is_among,
)
from quotecli.attribution.speakers.sources import Source
from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    PARTIES,
    PERSON_WORDS,
    POSSESSIVES,
    Gender,
    fold,
    is_demonym,
    title_gender,
)

_PARENT_OF = re.compile(r"(?:mother|father|mum|dad|parent)[ -]of[ -]\w+")  # "the mother of four", "the father-of-two"
_OWNER = re.compile(r"\b[a-z]+['’]s [a-z]| (?:representing|defending|advising) \w")
"""Whose someone is: "the woman's brother" (but "Fiji’s captain"), "the lawyer representing Lowe"."""

_PERSONS_OWN = re.compile(r"\b([a-z]+)['’]s ")
_AGED = re.compile(r"\b(\w+)-year-old|, (?:aged )?(\d{1,3})$")
AGED_FROM = 0.8  # "the 69-year-old" is new to nobody: someone has just been shown
_FORMERLY = ("former ", "ex-", "one-time ", "onetime ", "retired ")


@dataclass(frozen=True, slots=True)
class Described:
    """What a description says of someone: a noun and what stands before it ("Tory", "former"), an age.

    owned: "her lawyer", "the woman's brother". elsewhere: what someone was, or where from ("the former MP", "the
    Italian").
    """

    core: str
    head: str
    modifiers: frozenset[str]
    age: str | None
    owned: bool
    elsewhere: bool
    gender: Gender | None

    @classmethod
    def read(cls, source: Source) -> Described | None:
        """Return what a source says of a person, None where it describes none ("the case", "the film")."""
        first, _, rest = source.text.partition(" ")
        owned = fold(first) in POSSESSIVES or _OWNER.search(source.text) is not None
        core = (
            " ".join(rest.split())
            if fold(first) in POSSESSIVES or fold(first) in ("the", "this", "that")
            else source.text
        )
        head = head_of(core).partition("-of-")[0]
        head = next((word for word in ABBREVIATIONS.get(head, ()) if word in PERSON_WORDS), head)  # "PM": minister
        if not (names_person(core, by_ending=True) or "-year-old" in core or is_demonym(core)):
            return None
        aged = _AGED.search(core)
        age = next(filter(None, aged.groups())) if aged else None
        modifiers = role_words(core) - role_words(head) if age is None else frozenset()
        elsewhere = core.startswith(_FORMERLY) or is_demonym(core)
        return cls(core, head, modifiers, age, owned, elsewhere, title_gender(head))

    @property
    def vague(self) -> bool:
        """Whether it says no more than "he": nobody need be known to be "the 34-year-old" or "the Republican"."""
        party = self.head in PARTIES and not self.modifiers
        return self.elsewhere or self.age is not None or party or _PARENT_OF.match(self.core) is not None

    @property
    def least(self) -> float:
        """The score from which someone is meant."""
        if self.age is not None:
            return AGED_FROM
        return PRONOUN_FROM if self.vague else DESCRIPTION_FROM

    def agreement(self, entity: Entity) -> float | None:
        """Return how what is known of someone agrees with the description, None where it speaks against it."""
        if self._is_of_another(entity):
            return None
        agreement = description_score(entity, self.head, self.modifiers, self.age)
        if self.elsewhere:
            agreement = 0.0 if self._is_still(entity) else max(agreement, 0.0)
        if self.gender is not None:
            agreement += min(0.0, gender_score(entity, self.gender))
        if agreement < 0 or (self.owned and agreement < 1):
            return None
        return agreement or (0.0 if self.vague else WEIGHTS["nothing known"])

    def _is_of_another(self, entity: Entity) -> bool:
        """Whether someone speaks for another than the person that is said: "the minister's spokesperson"."""
        owner = _PERSONS_OWN.search(self.core)
        if owner is None or fold(owner[1]) not in PERSON_WORDS:
            return False
        return "’s " in (role := (entity.role or "").replace("'", "’")) and owner[1] not in role

    def _is_still(self, entity: Entity) -> bool:
        """Whether someone is now what another was: the minister is not "the former minister"."""
        return self.core.startswith("former ") and self.is_held_by(entity) and "former" not in entity.role_words

    def is_held_by(self, entity: Entity) -> bool:
        """Whether that is just what someone is known to be."""
        return is_among(self.head, entity.role_heads)

    def learn(self, entity: Entity) -> None:
        """Let later descriptions find someone by the words of this one."""
        entity.extra |= role_words(self.core)
        entity.extra_heads |= role_heads(self.core)
