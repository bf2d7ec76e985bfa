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

MOST_NEEDED = {"nobody named": 0.6, "surname": 0.65, "they": 0.5}
"""The same where more is needed: no words at all name who speaks; a surname that several have is in doubt; "they"
often means nobody whom the text names."""

LEAD = 1.7
"""How much more probable the first must be than the second: two who are equally likely are no answer."""

MOST_REASONS = 3

_WITHIN_ENTRY = ("he or she", "they", "it", "nobody named")
"""Questions that mean nobody whom only other entries of a live blog name."""


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
        """Return who was chosen, the signs that told them from the second, and who came next, with probabilities."""
        assert self.entity is not None
        best, other = self.signs
        gains = {s: self.weighed.get(s, 0.0) * (best.get(s, 0.0) - other.get(s, 0.0)) for s in {**best, **other}}
        leading = sorted((sign for sign, gain in gains.items() if gain > 0), key=lambda sign: -gains[sign])
        why = ", ".join(leading[:MOST_REASONS])
        second = f"; else {self.second.name} ({self.second_probability:.2f})" if self.second else ""
        words = f"“{question.text}”" if question.text else "no source"
        return f"{words}: {self.entity.name} ({self.probability:.2f}: {why}){second}"


@cache
def weights() -> dict[str, Features]:
    """Return the weight of each sign, by the kind of question."""
    content = files("quotecli.attribution.speakers").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, Features] = json.loads(content)
    return loaded


def options(question: Question, discourse: Discourse) -> list[tuple[Entity | None, Features]]:
    """Return everyone who may be meant, and last of all nobody, each with the signs."""
    known, entry = candidates(question, discourse), discourse.entry(question.start)
    if entry is not None and question.kind in _WITHIN_ENTRY:
        known = [e for e in known if any(entry.start <= r.start < entry.end for r in discourse.references(e))]
    field = Field(question, known, discourse)
    return [*((entity, field.of(entity)) for entity in field.candidates), (None, field.of_nobody())]


def choose(question: Question, discourse: Discourse) -> Choice:
    """Return who is meant."""
    weighed = weights().get(question.kind, {})
    scored = [(score(weighed, signs), entity, signs) for entity, signs in options(question, discourse)]
    scored.sort(key=lambda option: -option[0])
    highest, first, signs = scored[0]
    shares = [math.exp(value - highest) for value, _, _ in scored]
    rest = [
        (share / sum(shares), entity, others)
        for share, (_, entity, others) in zip(shares, scored, strict=True)
        if (entity and entity.name) != (first and first.name)  # two who are "a spokesperson" are one
    ]
    probability = 1.0 - sum(share for share, _, _ in rest)
    second_probability, second, second_signs = rest[0] if rest else (0.0, None, {})
    rivalled = second is not None and second_probability * LEAD > probability
    sure = probability >= MOST_NEEDED.get(question.kind, LEAST) and not rivalled
    return Choice(first if sure else None, probability, second, second_probability, weighed, (signs, second_signs))


def score(weighed: Features, signs: Features) -> float:
    """Return the sum of the signs, each by its weight."""
    return sum(weighed.get(sign, 0.0) * value for sign, value in signs.items() if value)
