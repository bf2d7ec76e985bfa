"""How likely a pronoun or a description means a certain entity: a sum of weighted signs, all weights in one place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecli.attribution.speakers.entities import Entity, Places, Reference
from quotecli.naming.lexicon import (
    BROADER,
    GENERIC_PERSONS,
    PARTIES,
    PLURAL_PRONOUNS,
    THING_PRONOUNS,
    Gender,
    pronoun_gender,
    role_word,
)
from quotecli.records import Resolution

if TYPE_CHECKING:
    from quotecli.attribution.attribution import Attribution
    from quotecli.attribution.speakers.sources import Source

WEIGHTS = {
    # who is speaking: news names a speaker once and goes on with "he said"
    "speaking in this paragraph": 2.3,
    "speaking in the paragraph before": 1.9,
    "spoke last, further up": 0.7,
    "someone else came up since": -1.9,  # a new subject of the right gender takes the pronoun over
    # how near the last mention is, in sentences: each sentence between counts for less
    "mentioned": 2.4,
    "per sentence": 0.55,  # factor
    "subject of its sentence": 0.8,
    "introduced in full just before": 1.2,  # news brings someone in to quote them: "Then came NAME, 50. “…,” she said."
    "named behind a preposition or as an owner": -0.5,
    "only in someone's quotation": -1.2,
    "in the very words spoken": -3.0,  # people rarely speak of themselves by name
    "in the very words reported": -1.2,
    "named often": 0.3,  # times the logarithm of the number of mentions
    "unnamed": -0.4,
    # agreement
    "gender agrees": 1.4,
    "gender differs": -5.0,
    "number differs": -3.0,
    "a group, for a plural": 1.2,
    "an organisation, for a plural": 0.3,
    "one unnamed, for a plural": 0.0,  # "A spokesperson did not answer. They said later …"
    "an organisation, for 'it'": 1.0,
    "a place, for 'it'": 0.8,
    "most spoken of so far, for 'the company'": 2.2,
    # a description against the known roles
    "head word agrees": 3.0,
    "broader word": 1.8,
    "broader word, where another is just that": -2.5,
    "modifier agrees": 1.0,
    "modifier unknown": -0.4,
    "nothing known": -0.8,  # of the person's role
    "another role": -2.5,
    "another party": -4.0,
    "age agrees": 4.0,
    "age differs": -5.0,
    # who cannot be meant
    "author": -5.0,
    "whom an obituary is about": 1.2,
    "dead": -2.0,
}

OWN_WORDS = 2.0  # "he" in what someone is reported to have said is most often that someone
PRONOUN_FROM = 1.6  # below: nobody is near or fits
DESCRIPTION_FROM = 2.4
LEAD = 0.25  # the best must lead the second by this much: two equal candidates are no answer


Found = tuple[Entity, Resolution | None, str]
"""Who it is, how that was found, and why in a few words."""


@dataclass(slots=True)
class Turn:
    """Someone has spoken: who, and where their words and source stand."""

    entity: Entity
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: who is meant at `start`.

    since: where the attribution begins (its quotation stands before "he said"). spoken: its content, quoted or not.
    """

    start: int
    since: int
    content: tuple[int, int]
    quoted: bool
    plural: bool = False
    thing: bool = False
    gender: Gender | None = None


class Scorer:
    """Scores entities for a query, given who has spoken so far."""

    def __init__(self, places: Places, turns: list[Turn]) -> None:
        self._places = places
        self._turns = turns

    def presence(self, entity: Entity, query: Query, rivals: Sequence[Entity]) -> float | None:
        """Return how present the entity is to the reader: speaking, near, subject; None if it has not come up yet."""
        reference = self._last(entity, query)
        if reference is None:
            return None
        distance = max(0, self._places.sentence(query.since) - reference.sentence)
        fading = WEIGHTS["per sentence"] ** distance
        score = WEIGHTS["mentioned"] * fading
        score += WEIGHTS["named often"] * math.log1p(entity.count_before(query.since))
        if reference.subject:
            score += WEIGHTS["subject of its sentence"] * min(1.0, fading / WEIGHTS["per sentence"])
        if reference.weak:
            score += WEIGHTS["named behind a preposition or as an owner"]
        if self._is_introduced(entity, reference, query):
            score += WEIGHTS["introduced in full just before"]
        opens = 0 <= reference.start - query.content[0] <= len("The ")
        itself = (
            query.thing and entity.type == "organisation" and opens and not query.quoted
        )  # "NAME will appeal, it said"
        score += 0.0 if itself else self._standing(reference, query)
        score += self._speaking(entity, query, rivals)
        score += (
            WEIGHTS["author"] * entity.author
            + WEIGHTS["dead"] * entity.dead
            + WEIGHTS["whom an obituary is about"] * entity.subject
            + WEIGHTS["unnamed"] * (not entity.named)
        )
        return score

    def _last(self, entity: Entity, query: Query) -> Reference | None:
        """Return the entity's last reference before the attribution, or, failing that, one inside its own words."""
        return entity.last_before(query.since) or entity.last_before(query.start)

    def _is_introduced(self, entity: Entity, reference: Reference, query: Query) -> bool:
        """Whether someone is named for the first time in the sentence before words that nobody has begun to say."""
        near = self._places.sentence(query.since) - reference.sentence <= 1
        here = self._places.paragraph(query.since) - reference.paragraph <= 1
        first = entity.type == "person" and entity.references[0] is reference and len(entity.words) > 1
        return query.quoted and near and here and first and not reference.quoted

    @staticmethod
    def _standing(reference: Reference, query: Query) -> float:
        """What it costs to be mentioned inside the words spoken, or in someone's quotation."""
        if query.content[0] <= reference.start < query.content[1]:
            return WEIGHTS["in the very words spoken" if query.quoted else "in the very words reported"]
        return WEIGHTS["only in someone's quotation"] if reference.quoted else 0.0

    def _speaking(self, entity: Entity, query: Query, rivals: Sequence[Entity]) -> float:
        """What having spoken last counts for, less when a rival has come up since."""
        turn = next((turn for turn in reversed(self._turns) if turn.start < query.start), None)
        if turn is None or turn.entity is not entity:
            return 0.0
        apart = self._places.paragraph(query.since) - turn.paragraph
        where = ("speaking in this paragraph", "speaking in the paragraph before", "spoke last, further up")[
            min(2, abs(apart))  # a turn that another's words enclose may stand further down
        ]
        score = WEIGHTS[where]
        last = entity.last_before(query.since)
        since = max(turn.end, last.end if last and not last.weak else 0)
        if apart <= 1 and any(self._came_up(rival, since, query.since) for rival in rivals if rival is not entity):
            score += WEIGHTS["someone else came up since"]
        return score

    @staticmethod
    def _came_up(rival: Entity, since: int, until: int) -> bool:
        reference = rival.last_before(until)
        return reference is not None and reference.start >= since and reference.subject and not reference.quoted


def gender_score(entity: Entity, gender: Gender | None) -> float:
    """Return how the entity's gender agrees with the one asked for; a weak sign counts for less."""
    if gender is None or entity.gender is None:
        return 0.0
    strength = min(1.0, abs(entity.femininity) / 2)
    return strength * WEIGHTS["gender agrees" if entity.gender == gender else "gender differs"]


def number_score(entity: Entity, query: Query) -> float:
    """Return how the entity's number agrees: a group for "they", an organisation for "it", a person for "he"."""
    if query.plural:
        if entity.plural or entity.they:
            return WEIGHTS["a group, for a plural"]
        if entity.type == "unknown" and not entity.named:
            return WEIGHTS["one unnamed, for a plural"]
        return WEIGHTS["an organisation, for a plural" if entity.type == "organisation" else "number differs"]
    if query.thing:
        if entity.place:
            return WEIGHTS["a place, for 'it'"]
        return WEIGHTS["an organisation, for 'it'" if entity.type in ("organisation", "document") else "number differs"]
    return 0.0 if entity.type in ("person", "unknown") and not entity.plural else WEIGHTS["number differs"] * 2


def is_among(head: str, heads: frozenset[str]) -> bool:
    """Whether a noun for a person is one of those that someone is known by, or is made of them: "solicitor-general"."""
    return role_word(head) in heads or heads.issuperset(head.split("-"))


def description_score(entity: Entity, head: str, modifiers: frozenset[str], age: str | None) -> float:
    """Return how the entity's roles agree with a description's head noun and its other words.

    Positive: it is the one described. 0: nothing is known either way. Negative: it is known to be something else.
    """
    score = 0.0
    if age is not None:
        return 0.0 if entity.age is None else WEIGHTS["age agrees" if entity.age == age else "age differs"]
    known = entity.role_words
    if not known:
        return score
    head, heads = role_word(head), entity.role_heads
    if is_among(head, heads):
        score += WEIGHTS["head word agrees"]
    elif any(role_word(narrower) in heads for narrower in BROADER.get(head, ())):
        score += WEIGHTS["broader word"]
    elif head and head not in GENERIC_PERSONS:
        score += WEIGHTS["another role"]
    parties = {PARTIES[word] for word in known if word in PARTIES}
    if parties and any(word in PARTIES and PARTIES[word] not in parties for word in (*modifiers, head)):
        score += WEIGHTS["another party"]
    for modifier in modifiers:
        if modifier in known:
            score += WEIGHTS["modifier agrees"]
        elif head not in GENERIC_PERSONS:  # "the mother of four": nobody says all that a mother is
            score += WEIGHTS["modifier unknown"]
    return score


def query_for(places: Places, source: Source, attribution: Attribution, pronoun: str = "") -> Query:
    """Return what is asked with a source: whom its words mean, where they stand."""
    content = (attribution.content[0].start, attribution.content[-1].end) if attribution.content else (0, 0)
    quoted = places.quoted(content[0]) and not places.quoted(source.start)
    since = min(source.start, content[0]) if quoted else source.start
    return Query(
        start=source.start,
        since=since,
        content=content,
        quoted=quoted,
        plural=pronoun in PLURAL_PRONOUNS,
        thing=pronoun in THING_PRONOUNS,
        gender=pronoun_gender(pronoun),
    )


def clear_best(scores: list[tuple[float, Entity]], least: float) -> Entity | None:
    """Return the entity with the best score if it is good enough and leads the next; None when in doubt."""
    ranked = sorted(scores, key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < least:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD:
        return None
    return ranked[0][1]
