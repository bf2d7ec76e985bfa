"""The signs by which the ranker tells whom a pronoun, a description or a surname means; their weights are learned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from quotecli.attribution.speakers.descriptions import Features, features_of_organisation, features_of_person
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.questions import Question

FADING = 0.55  # what a sentence between a mention and the question leaves of the mention
PARAGRAPHS_BELOW = 3  # in which, below a description, the one is named whom it introduces
_STEM = re.compile(r"\b[a-z]{4,}")
_STEM_LETTERS = 5
_LEAD = 2  # the paragraphs of an article's lead: who is shown there without a name is often named further down


class Field:
    """The candidates of one question, and what depends on all of them."""

    def __init__(self, question: Question, candidates: Sequence[Entity], discourse: Discourse) -> None:
        self.question = question
        self.candidates = candidates
        self._discourse = discourse
        self._read = max(question.start, question.since + 1)  # what begins before has been read
        self._turns = discourse.turns_before(self._read)
        before = ((e, discourse.last(e, question.since) or discourse.last(e, question.start)) for e in candidates)
        self._last = {id(e): reference for e, reference in before if reference is not None}
        fitting = [e for e in candidates if _agreement(e, question) > -1 and id(e) in self._last]
        recency = {id(e): _recency(self._last[id(e)]) for e in fitting}
        ranks = {place: rank for rank, place in enumerate(sorted(set(recency.values()), reverse=True))}
        self._rank = {key: ranks[place] for key, place in recency.items()}
        said = question.said
        self._held = said is not None and any(map(said.is_held_by, candidates))
        counts = sorted((discourse.count(e, question.since) for e in fitting), reverse=True)
        self._most = counts[0] if counts and (len(counts) == 1 or counts[0] > counts[1]) else 0
        self._first_below = self._named_below()
        bound, owner = question.kind in ("he or she", "person"), discourse.cast.owner  # binding theory, principle C
        told = discourse.cast.within(*question.content) if bound else []  # "he said NAME had won"
        self._said_of = {id(owner[one.start]): 1.0 + (one is told[0]) for one in reversed(told)}
        self._so_called = self._called_by_surname() if question.kind == "surname" else None

    def of(self, entity: Entity) -> Features:
        """Return the signs for and against a candidate."""
        question = self.question
        found = {**self._standing(entity), **self._speaking(entity)}
        reference = self._last.get(id(entity))
        if reference is None:
            found["not yet named"] = 1.0
            following = self._first_below is entity
            found["named next"] = float(following)
            found["named next, first of all"] = float(following and not self._rank)
            lead = self._discourse.paragraph(question.start) <= _LEAD
            found["named next, after the lead"] = float(following and lead)
        else:
            found.update(self._nearness(entity, reference))
        said = question.said
        found["named in what is said"] = self._said_of.get(id(entity), 0.0)
        if question.kind == "person" and said is not None:
            found.update(features_of_person(said, entity))
            found["another is just that"] = float(self._held and not said.is_held_by(entity))
            found["called so before"] = float(self._discourse.is_called(entity, said.core))
        if question.kind == "organisation" and said is not None:
            found.update(features_of_organisation(said, entity))
        if question.kind == "surname":
            first = self._discourse.references(entity)[0]  # where someone is named, and where the surname speaks
            shared = self._stems_around(question) & self._stems_around(first)
            rare = sum(self._discourse.lower.count(stem) == 2 for stem in shared)  # they stand nowhere else
            found["same words around"] = min(3.0, rare)
            found["so called before"] = float(self._so_called is entity)
        return found

    def of_nobody(self) -> Features:
        """Return the signs that nobody among the candidates is meant."""
        said = self.question.said
        found: Features = {"nobody": 1.0, "none fits": float(not self._rank)}
        if said is not None:
            found["modifiers"] = min(3.0, len(said.modifiers))
            found["indefinite"] = float(not said.definite and not said.owned)
        if self.question.kind == "nobody named":
            found["nobody has spoken"] = float(not self._turns)
        return found

    def _nearness(self, entity: Entity, reference: Reference) -> Features:
        question, discourse = self.question, self._discourse
        document = discourse.document
        apart = max(0, discourse.sentence(question.since) - discourse.sentence(reference.start))
        paragraphs = max(0, discourse.paragraph(question.since) - discourse.paragraph(reference.start))
        fading = FADING**apart
        rank = self._rank.get(id(entity), 9)
        first = discourse.references(entity)[0] is reference
        into_sentence = reference.start - document.sentence_at(reference.start).start
        into_paragraph = reference.start - document.paragraph_at(question.since).start
        return {
            "near": fading,
            "far": math.log1p(apart),
            "in this sentence": float(apart == 0),
            "in the sentence before": float(apart == 1),
            "in this paragraph": float(paragraphs == 0),
            "in the paragraph before": float(paragraphs == 1),
            "subject": float(reference.subject) * min(1.0, fading / FADING),
            "governed": float(reference.governed) * fading,
            "an owner": float(reference.weak) * fading,
            "quoted": float(reference.quoted),
            "just introduced": float(first and apart <= 1 and len(entity.words) > 1),
            "the last that fits": float(rank == 0),
            "the last but one": float(rank == 1),
            "subject of the last sentence": float(reference.subject and apart == 1 and paragraphs == 0),
            "subject here": float(reference.subject and apart == 0),
            "opens its sentence": fading * (into_sentence <= len("The ")),
            "heads the paragraph": float(0 <= into_paragraph <= len("The ")),
        }

    def _standing(self, entity: Entity) -> Features:
        """Return what someone is, and how much of the article is about them."""
        before, agreement = self._discourse.count(entity, self.question.since), _agreement(entity, self.question)
        return {
            f"a {entity.type}": 1.0,
            "unnamed": float(not entity.named),
            "gender agrees": max(0.0, agreement),
            "gender differs": max(0.0, -agreement),
            "a place": float(entity.place),
            "often": math.log1p(before),
            "named most": float(before > 1 and before == self._most),
            "alone": float(len(self._rank) == 1 and id(entity) in self._rank),
        }

    def _speaking(self, entity: Entity) -> Features:
        question, discourse = self.question, self._discourse
        found: Features = {}
        if not self._turns:
            return found
        here = discourse.paragraph(question.since)
        mine = discourse.turns_of(entity)
        found["has spoken"] = math.log1p(len(mine))
        if mine:
            said = discourse.sentence(max(mine[0].start, mine[0].end - 1))
            found["spoke near"] = FADING ** max(0, discourse.sentence(question.since) - said)
        latest = self._turns[0]
        if latest.entity is entity:
            apart = abs(here - latest.paragraph)
            found[("spoke here", "spoke just before", "spoke further up")[min(2, apart)]] = 1.0
            rivals = [e for e in self.candidates if e is not entity and id(e) in self._rank]
            found["another came up since"] = float(apart <= 1 and any(self._came_up(e, latest.end) for e in rivals))
            found["anyone came up since"] = float(self._anyone_since(entity, latest.end))
        elif mine and here - mine[0].paragraph <= 2:
            found["spoke before the last"] = 1.0
        return found

    def _came_up(self, rival: Entity, since: int) -> bool:
        reference = self._discourse.last(rival, self.question.since)
        return reference is not None and reference.start >= since and reference.subject

    def _anyone_since(self, entity: Entity, since: int) -> bool:
        owner = self._discourse.cast.owner
        named = (owner[one.start] for one in self._discourse.cast.within(since, self.question.since))
        return any(other is not entity and other.type == entity.type for other in named)

    def _named_below(self) -> Entity | None:
        """Return the person who is named first behind the question, in the next paragraphs."""
        cast, end = self._discourse.cast, self.question.end
        named = cast.within(end, self._discourse.paragraphs_on(end, PARAGRAPHS_BELOW))
        below = (cast.owner[one.start] for one in named)
        return next((e for e in below if e.type == "person" and not e.author), None)

    def _called_by_surname(self) -> Entity | None:
        """Return whom the surname alone meant last."""
        question, length = self.question, len(self.question.names[0])
        references = ((r, e) for e in self.candidates for r in self._discourse.references(e))
        alone = [(r.start, e) for r, e in references if r.start < question.since and r.end - r.start == length]
        return max(alone, key=lambda called: called[0])[1] if alone else None

    def _stems_around(self, place: Question | Reference) -> frozenset[str]:
        """Return the first letters of the words in the sentence around a place: "retiring", "retirement"."""
        text, sentence = self._discourse.cast.text, self._discourse.document.sentence_at(place.start)
        around = text[sentence.start : place.start] + " " + text[place.end : sentence.end]
        return frozenset(word[:_STEM_LETTERS] for word in _STEM.findall(around.lower()))


def _recency(reference: Reference) -> tuple[int, bool, int]:
    """Return what says how fresh a mention is: its sentence, then its subject before what else stands there."""
    return (reference.sentence, reference.subject, 0 if reference.subject else reference.start)


def _agreement(entity: Entity, question: Question) -> float:
    """Return how the gender asked for agrees, from -2 (certainly not) to 1."""
    if question.gender is None or entity.gender is None:
        return 0.0
    strength = min(1.0, abs(entity.femininity) / 2)
    return strength if entity.gender == question.gender else -2 * strength
