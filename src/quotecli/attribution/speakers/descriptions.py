"""Descriptions read ("the former Tory MP", "the trust"), and what they have in common with what is known of someone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotecli.attribution.mentions.phrases import head_of, names_person, role_words
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import (
    ABBREVIATIONS,
    ARTICLES,
    BROADER,
    GENERIC_PERSONS,
    INSTITUTIONS,
    KINSFOLK,
    PARTIES,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    POSSESSIVES,
    PRIVATE_COMPANIES,
    PUBLIC_BODIES,
    SOMEBODYS,
    Gender,
    fold,
    is_demonym,
    role_word,
    title_gender,
)
from quotecli.naming.names import name_words

Features = dict[str, float]
"""Named signs for or against a candidate; a sign that is left out is 0."""

_OWNER = re.compile(r"\b[a-z]+['’]s [a-z]| (?:representing|defending|advising) \w")
"""Whose someone is: "the woman's brother" (but "Fiji’s captain"), "the lawyer representing Lowe"."""

_NAMES_OWN = re.compile(r"(?:[A-Z][\w.-]* ){0,3}[A-Z][\w.-]*['’]s? [a-z]")  # "France's finance minister"
_NATION = re.compile(
    r"\b(?!European|Asian|Christian)[A-Z][a-z]*(?:[ie]an|ese|ish|lander|eli|aqi|ani|eshi|udi)\b|\b(?:American|German|French|Dutch|Greek|Swiss|Czech|Thai)\b"
)
_AGED = re.compile(r"\b(\w+)-year-old|, (?:aged )?(\d{1,3})$")
_THE = frozenset(("the", "this", "that"))


@dataclass(frozen=True, slots=True)
class Described:
    """What a description says: a noun and the words before it ("Tory", "former"), an age.

    owned: "her lawyer", "the woman's brother". elsewhere: what someone was, or where from ("the former MP", "the
    Italian"). person: it describes one. definite, indefinite: it begins with "the" or "a", or the like.
    kin: "her husband".
    """

    core: str
    head: str
    modifiers: frozenset[str]
    age: str | None
    owned: bool
    elsewhere: bool
    person: bool
    definite: bool
    indefinite: bool
    kin: bool
    gender: Gender | None

    @classmethod
    def read(cls, source: Source) -> Described:
        first, _, rest = source.text.partition(" ")
        article = fold(first)
        core = " ".join(rest.split()) if article in POSSESSIVES | _THE | ARTICLES and rest else source.text
        head = head_of(core).partition("-of-")[0]
        head = next((word for word in ABBREVIATIONS.get(head, ()) if word in PERSON_WORDS), head)  # "PM": minister
        aged = _AGED.search(core)
        age = next(filter(None, aged.groups())) if aged else None
        person = names_person(core, by_ending=True) or age is not None or is_demonym(core)
        owned = article in POSSESSIVES or _OWNER.search(source.text) is not None
        owned |= head in SOMEBODYS and _NAMES_OWN.match(core) is not None  # "Pagliano's lawyer"
        noun = core.partition(", who ")[0]
        if person:
            words = role_words(noun) - role_words(head)
        else:
            words = frozenset(word for word in name_words(noun) if word != head and not _says_where(word, head))
        former = core.startswith(("former ", "ex-"))
        owned |= former and head.removeprefix("ex-") in SOMEBODYS
        elsewhere = (former and not owned) or is_demonym(core)
        kin = article in ("his", "her") and head in KINSFOLK
        gender = title_gender(head)
        the, a = article in _THE, article in ("a", "an", "one", "another")
        return cls(core, head, frozenset(words), age, owned, elsewhere, person, the, a, kin, gender)

    @property
    def office(self) -> bool:
        """Whether it says what someone is by office or calling: "the prime minister", "the Tory leader", not "the man",
        "the Italian", "her lawyer"."""
        vague = self.head in GENERIC_PERSONS and not any(word[:1].isupper() for word in self.core.split())
        named = is_demonym(self.core.rpartition(" ")[2]) or self.head == "one"
        calling = self.head in PERSON_WORDS and not named and not vague
        return calling and (self.definite or _NAMES_OWN.match(self.core) is not None)

    def is_held_by(self, entity: Entity) -> bool:
        """Whether that is just what someone is known to be."""
        return role_word(self.head) in entity.role_heads

    def is_all_held_by(self, entity: Entity) -> bool:
        """Whether that is what someone is known to be, with all the words before the noun: "the Tory leader"."""
        return bool(self.modifiers) and self.modifiers <= entity.role_words and self.is_held_by(entity)


def _says_where(word: str, head: str) -> bool:
    """Whether a folded word only says where a body is, which no name need say: "Leicester-based", "Swiss" of a firm."""
    return word.endswith("-based") or (head in PLAIN_COMPANIES and is_demonym(word.title()))


def nations(words: str) -> set[str]:
    """Return the countries that words name: "Italian minister"."""
    return set(_NATION.findall(words))


def contradicts(said: Described, entity: Entity, text: str) -> bool:
    """Whether what is known of someone speaks against a description, whatever else speaks for it."""
    if entity.type == "organisation":
        return _names_another(said, entity, text)
    if entity.is_other_than(said.gender):
        return True
    if said.age is not None:
        return entity.age not in (None, said.age)
    known = entity.role_words
    agrees = said.is_held_by(entity) or _is_broader(said, entity)
    if said.owned and not (agrees and said.modifiers <= known) and (known or not said.kin):
        return True  # "her lawyer" is nobody of whom nothing is known, "her father" nobody of whom other things are
    parties = {PARTIES[word] for word in known if word in PARTIES}
    claimed = {PARTIES[word] for word in (*said.modifiers, said.head) if word in PARTIES}
    if parties and claimed and not parties & claimed:
        return True
    vague = said.elsewhere or said.head in GENERIC_PERSONS
    return bool(known) and not (agrees or vague or said.modifiers)


def _is_broader(said: Described, entity: Entity) -> bool:
    return any(role_word(word) in entity.role_heads for word in BROADER.get(role_word(said.head), ()))


def _names_another(said: Described, entity: Entity, text: str) -> bool:
    """Whether an organisation's name says that it is another one: "the appeals court" is no Supreme Court."""
    words = set(entity.words)
    if said.head in PRIVATE_COMPANIES and PUBLIC_BODIES & words:
        return True
    kinds = {said.head, *INSTITUTIONS.get(said.head, ())}
    if not entity.named:
        proper = {*name_words(" ".join(word for word in said.core.split() if word[:1].isupper()))}
        if proper and entity.name[:1].isupper() and not proper & words:
            return True  # "the French foreign ministry" is not Russia's
        return not kinds & (words | entity.extra_heads) and said.head not in PLAIN_COMPANIES
    if said.head in entity.extra_heads or any(text.endswith(f" {said.head} ", 0, r.start) for r in entity.references):
        return False  # "NAME, the state's utility", "the union NAME"
    if kinds & words:
        return bool(said.modifiers) and not said.modifiers & words
    own = said.core[:1].isupper() and not _says_where(fold(said.core.split()[0]), said.head)
    return said.head not in PLAIN_COMPANIES or own or entity.place


def features_of_person(said: Described, entity: Entity) -> Features:
    """Return what a description of a person has in common with what is known of someone."""
    known = entity.role_words
    if said.is_held_by(entity):
        sign = "head agrees"
    elif _is_broader(said, entity):
        sign = "broader head"
    else:
        sign = "another role" if known else "nothing known"
    vague = role_word(said.head) in GENERIC_PERSONS or said.elsewhere or said.age is not None
    return {
        f"{sign}, vague" if vague else sign: 1.0,
        "modifiers unknown": min(3.0, len(said.modifiers - known)) * bool(known),
        "all agrees": float(said.is_all_held_by(entity)),
    }


def features_of_organisation(said: Described, entity: Entity) -> Features:
    """Return what a description of an organisation has in common with its name."""
    words, called = set(entity.words), said.head in entity.extra_heads
    kind = bool({said.head, *INSTITUTIONS.get(said.head, ())} & words) or (called and entity.named)
    return {
        "kind in name": float(kind),
        "head of the unnamed": float(called),
        "modifiers not in name": min(2.0, len(said.modifiers - words)),
    }
