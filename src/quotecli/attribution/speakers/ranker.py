"""Whom a question means: a conditional logit over the candidates and "nobody", with learned weights.

The weights (`weights.json`) are made by training/ranker.py: one set for each kind of question.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quotecli.attribution.speakers.candidates import candidates
from quotecli.attribution.speakers.descriptions import Features
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.features import Field
from quotecli.attribution.speakers.questions import Question

LEAST = 0.4
"""The probability from which somebody is taken to be meant; below, the answer is nobody."""

MOST_NEEDED = {"nobody named": 0.6, "surname": 0.65, "they": 0.6}
"""The same where more is needed: no words at all name who speaks; a surname that several have is in doubt; "they"
often means nobody whom the text names."""

LEAD = 1.9
"""How much more probable the first must be than the second: two who are equally likely are no answer."""

MOST_REASONS = 3

WITHIN_ENTRY = ("he or she", "they", "it", "nobody named")
"""Questions that mean nobody of another entry of a live blog."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the ranker chose, None for nobody, and how probable that is; who came next; the signs of both."""

    entity: Entity | None
    probability: float
    second: Entity | None
    second_probability: float
    weighed: Features
    signs: tuple[Features, Features]

    def told(self, question: Question) -> str:
        """Return who was chosen, what decided, and who came next, each with the probability."""
        assert self.entity is not None
        second = f"; else {self.second.name} ({self.second_probability:.2f})" if self.second else ""
        words = f"“{question.text}”" if question.text else "no source"
        return f"{words}: {self.entity.name} ({self.probability:.2f}: {self.why}){second}"

    @property
    def why(self) -> str:
        """The signs that told the best from the second, the weightiest first."""
        best, second = self.signs
        every = {**best, **second}
        gains = {s: self.weighed.get(s, 0.0) * (best.get(s, 0.0) - second.get(s, 0.0)) for s in every}
        leading = sorted((sign for sign, gain in gains.items() if gain > 0), key=lambda sign: -gains[sign])
        return ", ".join(leading[:MOST_REASONS])


@cache
def weights() -> dict[str, Features]:
    """Return the weight of each sign, by the kind of question."""
    content = files("quotecli.attribution.speakers").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, Features] = json.loads(content)
    return loaded


def options(question: Question, discourse: Discourse) -> list[tuple[Entity | None, Features]]:
    """Return everyone who may be meant, and last of all nobody, each with the signs."""
    seen = discourse.seen_from(question.start) if question.kind in WITHIN_ENTRY else discourse
    known = [e for e in candidates(question, seen) if seen.entry is None or seen.references(e)]
    field = Field(question, known, seen)
    return [*((entity, field.of(entity)) for entity in field.candidates), (None, field.of_nobody())]


def choose(question: Question, discourse: Discourse) -> Choice:
    """Return who is meant."""
    weighed = weights().get(question.kind, {})
    scored = [(score(weighed, signs), entity, signs) for entity, signs in options(question, discourse)]
    scored.sort(key=lambda option: -option[0])
    highest = scored[0][0]
    shares = [math.exp(value - highest) for value, _, _ in scored]
    called = [entity.name if entity else None for _, entity, _ in scored]
    alike = [place for place, name in enumerate(called) if name == called[0]]  # two who are "a spokesperson" are one
    other = next((place for place in range(len(called)) if place not in alike), None)
    first, second = scored[0], None if other is None else scored[other]
    probability = sum(shares[place] for place in alike) / sum(shares)
    second_probability = 0.0 if other is None else shares[other] / sum(shares)
    rivalled = second is not None and second[1] is not None and second_probability * LEAD > probability
    least = MOST_NEEDED.get(question.kind, LEAST)
    return Choice(
        first[1] if probability >= least and not rivalled else None,
        probability,
        second[1] if second else None,
        second_probability,
        weighed,
        (first[2], second[2] if second else {}),
    )


def score(weighed: Features, signs: Features) -> float:
    """Return the sum of the signs, each by its weight."""
    return sum(weighed.get(sign, 0.0) * value for sign, value in signs.items() if value)
