"""The signs by which the ranker tells whom a pronoun, a description or a surname means; their weights are learned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest

from quotecli.attribution.speakers.candidates import is_answer
from quotecli.attribution.speakers.descriptions import Features, features_of_organisation, features_of_person
from quotecli.attribution.speakers.discourse import Discourse, Turn
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.questions import Question
from quotecli.naming.lexicon import FEMALE_PRONOUNS, MALE_PRONOUNS, RELATIONS, ROLE_ENDS

FADING = 0.55
"""What a sentence between a mention and the question leaves of the mention."""

PARAGRAPHS_BELOW = 3
"""Paragraphs below a description in which the one is named whom it introduces."""

_ASKED = re.compile(r"\b(?:reached out to|contacted|approached|emailed|asked) (?:the )?\Z")
_ACTS = re.compile(r" (?:also |then |later )?[a-z]+ed\b")
_GENDERED = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_STEM = re.compile(r"\b[a-z]{4,}")
_STEM_LETTERS = 5
_LEAD = 1  # the last paragraph of an article's lead: who is shown there without a name is often named further down


class Field:
    """The candidates of one question, and what depends on all of them."""

    def __init__(self, question: Question, candidates: Sequence[Entity], discourse: Discourse) -> None:
        self.question = question
        self.candidates = candidates
        self._discourse = discourse
        self._text = discourse.cast.text
        self._places = discourse.places
        self._read = max(question.start, question.since + 1)  # what begins before has been read
        self._turns = discourse.turns_before(self._read)
        self._last = {id(e): self._last_reference(e) for e in candidates}
        fitting = [e for e in candidates if _agreement(e, question) > -1 and self._last[id(e)]]
        places = sorted({_recency(self._last[id(e)]) for e in fitting}, reverse=True)
        ranks = {place: rank for rank, place in enumerate(places)}
        self._rank = {id(e): ranks[_recency(self._last[id(e)])] for e in fitting}
        said = question.said
        self._holders = {id(e) for e in candidates if said.is_held_by(e)} if said is not None else set()
        self._full_holders = {id(e) for e in candidates if said.is_all_held_by(e)} if said is not None else set()
        counts = sorted((discourse.count(e, question.since) for e in fitting), reverse=True)
        self._most = counts[0] if counts and (len(counts) == 1 or counts[0] > counts[1]) else 0
        self._own_gender = self._gender_inside()
        self._answer = question.kind == "nobody named" and is_answer(question, discourse)
        self._first_below = self._named_below()

    def of(self, entity: Entity) -> Features:
        """Return the signs for and against a candidate."""
        question = self.question
        found = {**self._standing(entity), **self._nature(entity), **self._speaking(entity)}
        reference = self._last[id(entity)]
        if reference is None:
            found["not yet named"] = 1.0
            found["named next"] = float(self._first_below is entity)
            found["named next, first of all"] = float(self._first_below is entity and not self._rank)
            lead = self._discourse.steps.paragraphs(0, self._places.paragraph(question.start)) <= _LEAD
            found["named next, after the lead"] = float(self._first_below is entity and lead)
        else:
            found.update(self._nearness(entity, reference))
        if question.kind == "person" and question.said is not None:
            found.update(features_of_person(question.said, entity))
            found["another is just that"] = float(bool(self._holders) and id(entity) not in self._holders)
            found["another is all that"] = float(bool(self._full_holders) and id(entity) not in self._full_holders)
            found["called so before"] = float(self._discourse.is_called(entity, question.said.core))
        if question.kind == "organisation" and question.said is not None:
            found.update(features_of_organisation(question.said, entity, self._text))
        if question.said is not None and question.said.owned:
            found["of the last one's surname"] = float(self._is_kin(entity))
        if question.kind == "surname":
            found.update(self._of_surname(entity))
        return found

    def of_nobody(self) -> Features:
        """Return the signs that nobody among the candidates is meant."""
        said = self.question.said
        found: Features = {"nobody": 1.0, "no candidate": float(not self.candidates)}
        found["none fits"] = float(not self._rank)
        if said is not None:
            found["modifiers"] = min(3.0, len(said.modifiers))
            found["indefinite"] = float(not said.definite and not said.owned)
            found["owned"] = float(said.owned)
            found["somebody is just that"] = float(bool(self._holders))
        if self.question.kind == "nobody named":
            turn = self._turns[0] if self._turns else None
            found["nobody has spoken"] = float(turn is None)
            found["unquoted"] = float(not self.question.quoted)
            length = self.question.content[1] - self.question.content[0]
            found["short"] = float(length < 40)
        return found

    def _last_reference(self, entity: Entity) -> Reference | None:
        """Return the last reference before the attribution, or, failing that, one inside its own words."""
        question = self.question
        return self._discourse.last(entity, question.since) or self._discourse.last(entity, question.start)

    def _nearness(self, entity: Entity, reference: Reference) -> Features:
        question, places = self.question, self._places
        steps = self._discourse.steps
        apart = steps.sentences(reference.sentence, places.sentence(question.since))
        paragraphs = steps.paragraphs(reference.paragraph, places.paragraph(question.since))
        fading = FADING**apart
        rank = self._rank.get(id(entity), 9)
        first = self._discourse.references(entity)[0] is reference
        inside = question.content[0] <= reference.start < question.content[1]
        opens = question.content[0] <= reference.start <= question.content[0] + len("The ")
        return {
            "near": fading,
            "far": math.log1p(apart),
            "in this sentence": float(apart == 0),
            "in the sentence before": float(apart == 1),
            "in this paragraph": float(paragraphs == 0),
            "in the paragraph before": float(paragraphs == 1),
            "in the heading above": float(paragraphs == 1 and places.is_heading(reference.paragraph)),
            "subject": float(reference.subject) * min(1.0, fading / FADING),
            "governed": float(reference.governed) * fading,
            "an owner": float(reference.weak) * fading,
            "quoted": float(reference.quoted),
            "in the words quoted": float(inside and question.quoted),
            "in the words reported": float(inside and not question.quoted and not opens),
            "opens the words reported": float(opens and not question.quoted),
            "just introduced": float(first and apart <= 1 and paragraphs <= 1 and len(entity.words) > 1),
            "the last that fits": float(rank == 0),
            "the last but one": float(rank == 1),
            "subject of the last sentence": float(reference.subject and apart == 1 and paragraphs == 0),
            "subject here": float(reference.subject and apart == 0 and not inside),
            "opens its sentence": fading * (reference.start <= places.sentence_at(reference.start).start + len("The ")),
            "acts here": float(apart == 0 and bool(_ACTS.match(self._text, reference.end)) and not inside),
            "was asked": float(bool(_ASKED.search(self._text, max(0, reference.start - 30), reference.start))),
            "heads the paragraph": float(0 <= reference.start - places.paragraph_start(question.since) <= len("The ")),
        }

    def _standing(self, entity: Entity) -> Features:
        """Return how much of the article is about someone."""
        before, heads = self._discourse.count(entity, self.question.since), entity.role_heads
        return {
            "often": math.log1p(before),
            "named most": float(before > 1 and before == self._most),
            "named most, and asked": float(self._answer and before > 1 and before == self._most),
            "alone": float(len(self._rank) == 1 and id(entity) in self._rank),
            "author": float(entity.author),
            "dead": float(entity.dead),
            "died": float(entity.died),
            "a relative": float(bool(heads) and heads <= RELATIONS),
            "subject of an obituary": float(entity.subject),
        }

    def _nature(self, entity: Entity) -> Features:
        question = self.question
        found: Features = {"unnamed": float(not entity.named), f"a {entity.type}": 1.0}
        agreement = _agreement(entity, question)
        found["gender agrees"], found["gender differs"] = max(0.0, agreement), max(0.0, -agreement)
        if self._own_gender and entity.gender:
            found["owns what is said" if self._own_gender == entity.gender else "owns nothing said"] = 1.0
        if question.kind in ("they", "it"):
            found["plural"] = float(entity.plural or entity.they)
            found["a place"] = float(entity.place)
        return found

    def _speaking(self, entity: Entity) -> Features:
        question, places = self.question, self._places
        found: Features = {"says the words around": float(entity is question.speaking)}
        if not self._turns:
            return found
        here = places.paragraph(question.since)
        mine = self._discourse.turns_of(entity, self._read)
        found["has spoken"] = math.log1p(len(mine))
        if mine:
            said = places.sentence(max(mine[0].start, mine[0].end - 1))
            found["spoke near"] = FADING ** self._discourse.steps.sentences(said, places.sentence(question.since))
        latest = self._turns[0]
        if question.kind == "document":
            found["spoke in one"] = float(bool(mine) and self._in_one(mine[0]))
        if latest.entity is entity:
            apart = self._discourse.steps.paragraphs(*sorted((latest.paragraph, here)))
            found[("spoke here", "spoke just before", "spoke further up")[min(2, apart)]] = 1.0
            found["left open"] = float(question.quoted and apart == 1 and places.goes_on(question.start))
            rivals = [e for e in self.candidates if e is not entity and id(e) in self._rank]
            found["another came up since"] = float(apart <= 1 and any(self._came_up(e, latest.end) for e in rivals))
            found["anyone came up since"] = float(self._anyone_since(entity, latest.end))
        elif mine and self._discourse.steps.paragraphs(mine[0].paragraph, here) <= 2:
            found["spoke before the last"] = 1.0
        return found

    def _came_up(self, rival: Entity, since: int) -> bool:
        reference = self._discourse.last(rival, self.question.since)
        return reference is not None and reference.start >= since and reference.subject and not reference.quoted

    def _anyone_since(self, entity: Entity, since: int) -> bool:
        owner = self._discourse.cast.owner
        named = (owner[one.start] for one in self._discourse.cast.within(since, self.question.since))
        return any(other is not entity and other.type == entity.type for other in named)

    def _named_below(self) -> Entity | None:
        """Return the person who is named first behind the question, in the next paragraphs."""
        places, end = self._places, self.question.end
        paragraphs = places.document.paragraphs
        last = self._discourse.steps.paragraphs_on(places.paragraph(end), PARAGRAPHS_BELOW)
        reach = paragraphs[last].end if paragraphs else end
        below = (self._discourse.cast.owner[n.start] for n in self._discourse.cast.within(end, reach))
        return next((e for e in below if e.type == "person" and not e.author), None)

    def _is_kin(self, entity: Entity) -> bool:
        """Whether someone has the surname of whoever else came up last: "her husband"."""
        last = next((e for e in self._latest_two if e is not entity), None)
        return last is not None and bool(entity.words) and entity.words[-1] == last.words[-1]

    @cached_property
    def _latest_two(self) -> list[Entity]:
        """The two named candidates who came up last."""
        named = (e for e in self.candidates if e.named and e.words and id(e) in self._rank)
        return nsmallest(2, named, key=lambda e: self._rank[id(e)])

    def _of_surname(self, entity: Entity) -> Features:
        first = self._discourse.references(entity)[0]
        shared = self._stems_at(self.question.start, self.question.end) & self._stems_at(first.start, first.end)
        return {
            "so called before": float(self._so_called is entity),
            "speaks by full name": float(entity.speaks),
            "same words around": min(3.0, len(shared)),
        }

    @cached_property
    def _so_called(self) -> Entity | None:
        """Whom the surname alone meant last."""
        question, length = self.question, len(self.question.names[0])
        found = None
        for entity in self.candidates:
            for r in self._discourse.references(entity):
                alone = r.end - r.start == length and self._text[r.start : r.end].lower().endswith(question.names[0])
                if r.start < question.since and alone and (found is None or r.start > found[0]):
                    found = (r.start, entity)
        return found[1] if found else None

    def _in_one(self, turn: Turn) -> bool:
        """Whether someone spoke in what the question is about: "In a statement, NAME said … The statement reads"."""
        start = self._places.sentence_start(turn.start)
        said = self._text[start : turn.end + 60].lower()
        return f" {self.question.head}" in said

    def _stems_at(self, start: int, end: int) -> frozenset[str]:
        """Return the first letters of the words in the sentence around a place: "retiring", "retirement"."""
        sentence = self._places.sentence_at(start)
        around = self._text[sentence.start : start] + " " + self._text[end : sentence.end]
        return frozenset(word[:_STEM_LETTERS] for word in _STEM.findall(around.lower()) if word not in ROLE_ENDS)

    def _gender_inside(self) -> str | None:
        """Return the gender of the one who is spoken of in words reported: "the star said that her aim was …"."""
        if self.question.quoted or self.question.kind == "he or she":
            return None
        match = _GENDERED.search(self._text, *self.question.content)
        if match is None:
            return None
        word = match[0].lower()
        return "male" if word in MALE_PRONOUNS else "female" if word in FEMALE_PRONOUNS else None


def _recency(reference: Reference | None) -> tuple[int, bool, int]:
    """Return what says how fresh a mention is: its sentence, then its subject before what else stands there."""
    if reference is None:
        return (-1, False, 0)
    return (reference.sentence, reference.subject, 0 if reference.subject else reference.start)


def _agreement(entity: Entity, question: Question) -> float:
    """Return how the gender asked for agrees, from -2 (certainly not) to 1."""
    if question.gender is None or entity.gender is None:
        return 0.0
    strength = min(1.0, abs(entity.femininity) / 2)
    return strength if entity.gender == question.gender else -2 * strength
