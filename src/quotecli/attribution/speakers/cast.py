"""The cast of an article: which names mean the same person or organisation, and what is learnt about each."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, islice, pairwise

from quotecli.attribution.layout import bylines
from quotecli.attribution.mentions.families import share_surnames
from quotecli.attribution.mentions.kinds import called_behind, correct_kinds, lends_name
from quotecli.attribution.mentions.spotting import Named
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.learnt import is_asked_of, learn
from quotecli.naming.lexicon import MALE_PRONOUNS, PREPOSITIONS, ROLE_ENDS, Gender, fold, pronoun_gender
from quotecli.naming.names import EXACT, NameWords, display, is_misspelt, name_parts, name_words
from quotecli.naming.organisations import organisation_fit
from quotecli.naming.person_names import person_fit
from quotecli.records import Span, SpeakerType
from quotecli.text.document import Document


class Cast:
    """All the entities of an article, and which of them each name belongs to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.entities: list[Entity] = []
        self.named: list[Named] = []
        self.owner: dict[int, Entity] = {}  # by the start of the name
        self.starts: list[int] = []
        self._by_word: dict[str, dict[int, None]] = {}  # which entities have a word in their name, in order

    @property
    def people(self) -> list[Entity]:
        return [entity for entity in self.entities if entity.type == "person"]

    def settle(self, named: Sequence[Named]) -> None:
        """Sort the names into entities: full names first, so that a surname finds its person wherever it stands."""
        self.named = list(named)
        share_surnames(self.text, self.named)
        self.starts = [one.start for one in self.named]
        correct_kinds(self.text, self.named)
        people = [one for one in self.named if one.kind == "person"]
        people.sort(key=self._reliability)
        lone = sum(len(one.words) > 1 for one in people)
        for one in people[:lone]:
            self._join(one)
        if first := min(self.people, key=lambda person: min(r.start for r in person.references), default=None):
            first.subject = first.died and _DIES_AT.search(self.text, 0, _HEADLINE) is not None
        for one in (*people[lone:], *(one for one in self.named if one.kind != "person")):
            self._join(one)
        persons = [Span(one.start, one.end) for one in self.named if one.kind == "person"]
        bodies = [Span(one.start, one.end) for one in self.named if one.kind != "person"]
        lines = frozenset(bylines(self.document, persons, bodies))
        for entity in self.entities:
            entity.references.sort(key=lambda reference: reference.start)
            entity.author = lines.issuperset(reference.start for reference in entity.references)
        _mark_subjects(self)
        _bind_pronouns(self)

    def _reliability(self, one: Named) -> tuple[bool, bool, bool, bool]:
        """What comes first: the article's own full names; speech is full of nicknames ("Crooked Jane Roe")."""
        return len(one.words) == 1, one.headline, self.document.is_quoted(one.start), one.gender is None

    def within(self, start: int, end: int) -> list[Named]:
        """Return the names that begin in a span, or reach into it."""
        first = bisect_right(self.starts, start) - 1
        first += first < 0 or self.named[first].end <= start
        return self.named[first : bisect_right(self.starts, end - 1)]

    def where(self, entity: Entity) -> str:
        """Return in a few words where an entity is named in full."""
        full = max(entity.references, key=lambda reference: reference.end - reference.start)
        return f"named in paragraph {full.paragraph + 1}"

    def _sharing(self, words: NameWords, kind: SpeakerType) -> list[Entity]:
        """Return the entities of a type that have a word in common with a name, in the order that they came up.

        Of many who share a word, only the last are returned: it tells little.
        """
        found = {number for part in name_parts(words) for number in islice(reversed(self._by_word.get(part, {})), MANY)}
        return [self.entities[number] for number in sorted(found) if self.entities[number].type == kind]

    def add(self, entity: Entity) -> Entity:
        entity.number = len(self.entities)
        self.entities.append(entity)
        return entity

    def _join(self, one: Named) -> None:
        if one.kind == "person":
            known = self._person_for(one)
        else:
            known = self._person_named(one) or self._organisation_for(one)
        entity = known or self._new(one)
        self._take(entity, one)
        if entity.type == "person":
            learn(entity, self.named, bisect_right(self.starts, one.start) - 1, self.document)
        elif not entity.place and (called := called_behind(self.text, one.start, one.end)):
            entity.extra_heads |= {called}

    def _new(self, one: Named) -> Entity:
        kind: SpeakerType = "organisation" if one.kind == "place" else one.kind
        return self.add(Entity(kind, self._shown(one), one.words, place=one.kind == "place"))

    def _shown(self, one: Named) -> str:
        return one.shown or display(self.text, (one.start, one.end))

    def _person_for(self, one: Named) -> Entity | None:
        """Return the person that a name means: the best fit, no gender against it, the last one named so far."""
        best, best_score = None, 0.0
        told = self.pronoun_behind(one)
        for entity in self._sharing(one.words, "person"):
            fit = max(person_fit(one.words, entity.words), EXACT * (one.words in entity.nicknamed))
            if not fit or entity.is_other_than(one.gender) or self._is_kin(one, entity):
                continue
            score = fit + self._closeness(one, entity) + _claim(one, entity)
            score += 0.5 if one.gender and one.gender == entity.gender else 0.0
            score += 0.0 if None in (told, entity.gender) else PRONOUN_CLAIM * (1 if told == entity.gender else -1)
            if score > best_score:
                best, best_score = entity, score
        return best or self._misspelt(one)

    def _is_kin(self, one: Named, entity: Entity) -> bool:
        """Whether a name's bearer is a relative of who has it, too: "M. Reyes, Malcolm's father"."""
        return fold(self.text[one.end : one.end + 40]).startswith(f", {entity.words[0]}'s ")

    def pronoun_behind(self, one: Named) -> Gender | None:
        """Return the gender of the "he" or "her" behind a name, if nobody else is named before it in the sentence."""
        sentence = self.document.sentence_at(one.start)
        found = _PRONOUN.search(self.text, one.end, sentence.end)
        if found is None or any(other.kind == "person" for other in self.within(one.end, found.start())):
            return None
        return pronoun_gender(fold(found[0]))

    def _closeness(self, one: Named, entity: Entity) -> float:
        """Up to 1 for a person named shortly before, less for one named only later, a little for one named often."""
        before = [r.start for r in entity.references if r.start <= one.start]
        often = 0.1 * math.log1p(len(entity.references))
        if not before:
            return often - 0.5
        return often + 1.0 / (1.0 + (one.start - max(before)) / 600)

    def _misspelt(self, one: Named) -> Entity | None:
        """Return the one person whose surname differs by a letter from one that speaks, and that nobody has."""
        word = one.words[0]
        if len(one.words) > 1 or not one.speaking:
            return None
        alike = [entity for entity in self.people if is_misspelt(word, entity.words[-1])]
        return alike[0] if len(alike) == 1 else None

    def _take(self, entity: Entity, one: Named) -> None:
        """Make a name one of the entity's references; the longest form becomes its name."""
        self.owner[one.start] = entity
        entity.forms.add(one.words)
        nicknames = [name_words(found) for found in _NICKNAME.findall(self.text, one.start, one.end)]
        entity.nicknamed.update(form for words in nicknames for form in (words, (*words, entity.words[-1])))
        for part in (*name_parts(one.words), *chain.from_iterable(nicknames)):
            self._by_word.setdefault(part, {})[entity.number] = None
        quoted = self.document.is_quoted(one.start)
        nickname = quoted and len(entity.words) > 1
        better = len(one.words) > len(entity.words) and not nickname and not one.headline
        shouted = one.words == entity.words and entity.name.isupper()
        if better or (shouted and not self.text[one.start : one.end].isupper()):
            entity.words, entity.name = one.words, self._shown(one)
        reference = Reference.at(self.document, one.start, one.end)
        reference.quoted = quoted
        owner = (one.possessive and not self._opens_sentence(one)) or lends_name(self.text, one)
        reference.weak = owner or is_asked_of(self.document, one)
        reference.governed = self.is_governed(one)
        entity.references.append(reference)

    def is_governed(self, one: Named) -> bool:
        """Whether a preposition stands right before the name: "a letter to NAME"."""
        before = _WORD_BEFORE.search(self.text, max(0, one.titles - 12), one.titles)
        if before is None or fold(before[0].rstrip()) not in _GOVERNING:
            return False
        return before.start() > self.document.sentence_at(one.start).start  # "For NAME, it was …" is about NAME

    def _opens_sentence(self, one: Named) -> bool:
        """Whether the sentence begins with "NAME's fate …", and not with "NAME's colleague NAME"."""
        following = self.within(one.end, one.end + _POSSESSION_REACH)
        return one.titles <= self.document.sentence_at(one.start).start and all(f.kind != "person" for f in following)

    def _person_named(self, one: Named) -> Entity | None:
        """Return the person whose name an unjudged capitalised word is ("Mujahid"): the surname or the first name."""
        if one.kind != "unknown" and not (one.speaking and len(one.words) == 1):
            return None  # a place or an organisation; but a surname that speaks is the person's
        people = [entity for entity in self._sharing(one.words, "person") if len(one.words) <= len(entity.words)]
        fits = [(fit, entity.number) for entity in people if (fit := person_fit(one.words, entity.words))]
        return self.entities[max(fits)[1]] if fits else None

    def _organisation_for(self, one: Named) -> Entity | None:
        before = self.within(one.start - 3, one.start - 2)
        if before and self.text.startswith(" (", before[0].end):
            return self.owner[before[0].start]  # "Norvessa (NVSA.ST)": a code for the name before
        fits: list[tuple[float, int]] = []
        for entity in self._sharing(one.words, "document" if one.kind == "document" else "organisation"):
            forms = (organisation_fit(one.words, form) for form in entity.forms)
            fit = max(organisation_fit(entity.words, one.words), *forms)
            if entity.place or one.kind == "place":
                fit = fit if one.words == entity.words else 0.0  # "York" is not short for "New York"
            fits.append((fit, entity.number))
        best, number = max(fits, default=(0.0, 0))
        return self.entities[number] if best else None


_DIES_AT = re.compile(r"\b(?:[Dd]ies|[Dd]ied|[Dd]ead)(?: at| aged|,) \d{1,3}\b|\b[Oo]bituary\b")
_HEADLINE = 200
_POSSESSION_REACH = 60  # characters behind "NAME's" in which whom it leads to is named
_NICKNAME = re.compile(r" [“\"‘'(]([^\W\d_]\w+)[”\"’')] ")
_GOVERNING = PREPOSITIONS | {"told"}
_WORD_BEFORE = re.compile(r"\b\w+ \Z")


def _claim(one: Named, entity: Entity) -> float:
    """How well a name may stand for a person, besides nearness: a surname is that of whoever an obituary is about.

    Relatives ("her daughter, NAME") come in on someone else's account; of the dead, others speak, except in obituaries.
    """
    if entity.subject:
        return SUBJECT_CLAIM
    score = -RELATIVE_CLAIM * entity.is_relative
    if one.speaking:
        known = entity.references[0].start < one.start
        score += 0.8 * known - 0.8 * entity.died
    return score


MANY = 20  # entities that have a word in common: of more, it tells none
_PRONOUN = re.compile(r"\b(?:he|his|himself|she|her|herself)\b")
SUBJECT_CLAIM, RELATIVE_CLAIM, PRONOUN_CLAIM = 1.5, 1.0, 0.6
_NO_NOUNS = "|".join(sorted(ROLE_ENDS | {"to"}))
_GENDERED = re.compile(rf"\b(?:he|himself|his|she|herself|her(?= (?!(?:{_NO_NOUNS})\b)[a-z]))\b", re.IGNORECASE)
"""Subjects and owners; not "him", and "her" only before what is hers: an object is rarely who the sentence is about."""


def _mark_subjects(cast: Cast) -> None:
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


def _bind_pronouns(cast: Cast) -> None:
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
