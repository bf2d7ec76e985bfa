"""Who a pronoun, a description or a label means: candidates, scored; no answer where two are equally likely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.described import Described
from quotecli.attribution.speakers.descriptions import opening_description, opening_pronouns
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.families import KINSFOLK
from quotecli.attribution.speakers.groups import groups_before, institution_before, pairs_before
from quotecli.attribution.speakers.introductions import Introductions
from quotecli.attribution.speakers.offices import holder_of
from quotecli.attribution.speakers.roles import head_of, names_person
from quotecli.attribution.speakers.scoring import (
    OWN_WORDS,
    PRONOUN_FROM,
    WEIGHTS,
    Found,
    Query,
    Scorer,
    Turn,
    clear_best,
    gender_score,
    number_score,
    query_for,
)
from quotecli.attribution.speakers.sources import Source
from quotecli.naming.lexicon import (
    OWN_GROUP_PRONOUNS,
    SPEAKER_PRONOUNS,
    Gender,
    fold,
    pronoun_gender,
)
from quotecli.naming.names import name_words
from quotecli.records import Span

_KIN = re.compile(rf"(?:His|Her) (?:{'|'.join(KINSFOLK)})\b(?! ?[,'’])")
_KINSHIP = re.compile(rf"(?P<whose>his|her) (?:[a-z-]+ )?(?P<kin>{'|'.join(KINSFOLK)})\b", re.IGNORECASE)


class Antecedents:
    """Finds what words without a name mean, in a cast whose members have spoken so far as `turns` say."""

    def __init__(self, cast: Cast, turns: list[Turn], introductions: Introductions, byline: str | None) -> None:
        self._cast = cast
        self._text = cast.text
        self._turns = turns
        self._byline = byline
        self._offices: dict[str, Entity | None] = {}  # who holds the office with these initials
        self._scorer = Scorer(cast.places, turns)
        self._introductions = introductions
        self._followed = 0  # how far pronouns that nobody's words hang on have been followed

    def by_pronoun(self, source: Source, attribution: Attribution, speaking: Entity | None) -> Found | None:
        pronoun = source.head
        quoted = self._cast.places.quoted(source.start)
        if pronoun in SPEAKER_PRONOUNS:
            if speaking is not None and speaking.name:
                return speaking, "pronoun", f"“{source.text}” in the words of {speaking.name}"
            return None if quoted else self._author(source)
        if pronoun in OWN_GROUP_PRONOUNS:
            return None
        self._note_described(source, attribution)
        query = query_for(self._cast.places, source, attribution, pronoun)
        self._follow(min(query.start, query.since), source.end)
        candidates = [e for e in self._cast.entities if _may_be(e, query) and not (quoted and e is speaking)]
        if query.plural:
            groups = groups_before(self._text, self._cast.places, source.start)
            pairs = pairs_before(self._text, self._cast, source.start)
            themselves = [entity for entity in self._cast.people if entity.they]
            candidates = [*candidates, *groups, *pairs, *self._singular_they(source), *themselves]
        if query.thing:
            subject = list(institution_before(self._text, self._cast, source.start))
            candidates = [*(e for e in candidates if not _stands_in(e, subject, source.start)), *subject]
            candidates = [e for e in candidates if not (e.place and _is_told_of(e, query))]
        best = self._meant(query, candidates, None if quoted else speaking) or self._only_one(query)
        if best is None:
            return None
        return best, "pronoun", f"“{source.text}”: {best.name}, {self._nearness(best, query)}"

    def _meant(self, query: Query, candidates: list[Entity], speaking: Entity | None = None) -> Entity | None:
        """Return whom a pronoun means; `speaking`: who says the words that it stands in."""
        agreeing = [(e, gender_score(e, query.gender) + number_score(e, query)) for e in candidates]
        rivals = [e for e, agreement in agreeing if agreement >= -1 and e.type == "person"]
        scores = []
        for entity, agreement in agreeing:
            presence = self._scorer.presence(entity, query, rivals)
            if presence is not None:
                scores.append((presence + agreement + OWN_WORDS * (entity is speaking), entity))
        return clear_best(scores, PRONOUN_FROM)

    def _only_one(self, query: Query) -> Entity | None:
        """Return the one person whom the text has shown so far, named or not, if "he" or "she" is asked for."""
        if query.gender is None:
            return None
        one = _only_shown([entity for entity in self._cast.entities if _may_be(entity, query)], query)
        return one if one is not None and gender_score(one, query.gender) >= 0 else None

    def _follow(self, until: int, end: int) -> None:
        """Let "he" and "she" at the start of the sentences up to `until` be mentions of those whom they mean.

        end: of the pronoun that is asked for, where the next search begins.
        """
        places = self._cast.places
        for match in opening_pronouns(self._text, places, self._followed, until):
            start, gender = match.start("pronoun"), pronoun_gender(match["pronoun"].lower())
            query = Query(start, start, (start, start), quoted=False, gender=gender)
            found = self._meant(query, [entity for entity in self._cast.entities if _may_be(entity, query)])
            if found is not None:
                found.mention(places.reference(start, match.end(), subject=True))
        self._followed = max(self._followed, end)

    def _note_described(self, source: Source, attribution: Attribution) -> None:
        """Let the pronoun find whom the sentence before describes: "Her husband sighed. “No,” he said."."""
        places = self._cast.places
        spoken = min([source.start, *(span.start for span in attribution.content)])
        start = places.sentence_start(max(0, spoken - 2))
        kin = _KIN.match(self._text, start, spoken)
        span = Span(*kin.span()) if kin else opening_description(self._text, start)
        apart = places.paragraph(start) != places.paragraph(spoken)
        if span is None or span.end > spoken or apart or places.quoted(start):
            return
        words = self._text[span.start : span.end]
        described = Source("description", span.start, span.end, words, head_of(words), "unknown")
        found = self.by_kinship(described) if kin else self.by_description(described, attribution)
        if found is not None:
            found[0].mention(places.reference(span.start, span.end, subject=True))

    def _singular_they(self, source: Source) -> list[Entity]:
        """The one unnamed person of no known gender who spoke just before: "A spokesperson declined. … they said"."""
        if not self._turns:
            return []
        entity = self._turns[-1].entity
        apart = self._cast.places.paragraph(source.start) - self._turns[-1].paragraph
        if apart > ("spokesperson" in entity.words or "spokesman" in entity.words):
            return []
        someone = entity.type == "unknown" and not entity.named and entity.gender is None and names_person(entity.name)
        return [entity] if someone else []

    def _author(self, source: Source) -> Found | None:
        """Return who wrote the article, for an "I" that nobody in it says."""
        byline = " ".join((self._byline or "").split())
        if not byline or re.search(r",|;|\band\b|&", byline):
            return None
        author = Entity("person", byline, name_words(byline), author=True)
        return author, "pronoun", f"“{source.text}” outside quotation marks: the author"

    def _nearness(self, entity: Entity, query: Query) -> str:
        if self._turns and self._turns[-1].entity is entity:
            return f"who spoke last (paragraph {self._turns[-1].paragraph + 1})"
        reference = entity.last_before(query.start)
        return f"mentioned in paragraph {reference.paragraph + 1}" if reference else "the only one who fits"

    def by_label(self, source: Source) -> Found | None:
        """The label of a turn in an interview: initials, or "A" for the one who answers."""
        people = [entity for entity in self._cast.people if not entity.author]
        letters = source.head.lower()
        matching = [e for e in people if "".join(word[0] for word in e.words) == letters and len(letters) > 1]
        if len(matching) == 1:
            return matching[0], "alias", f"initials of {matching[0].name}"
        if letters == "a" and people:
            most = max(people, key=lambda entity: (len(entity.references), -entity.references[0].start))
            return most, "description", f"the one who answers: {most.name}, {self._cast.where(most)}"
        return None

    def by_initials(self, source: Source) -> Found | None:
        """The initials of the role of one person: "the DC" for the deputy commissioner."""
        word = source.text.removeprefix("The ").removeprefix("the ")
        least = 2 if word != source.text else 3
        if not (word.isalpha() and word.isupper() and least <= len(word) <= 5):
            return None
        if word not in self._offices:
            self._offices[word] = holder_of(self._cast, word.lower())
        holder = self._offices[word]
        if holder is None:
            return None
        return holder, "description", f"“{source.text}”: {holder.name}, {self._cast.where(holder)}"

    def by_description(self, source: Source, attribution: Attribution) -> Found | None:
        said = Described.read(source)
        if said is None:
            return None
        query = query_for(self._cast.places, source, attribution)
        best = clear_best(list(self._described(said, query)), said.least)
        if best is None and said.age is not None:
            one = _only_shown(self._cast.people, query)
            best = one if one is not None and one.age in (None, said.age) else None
        if (best is None or not best.named) and not said.owned:
            best = self._introductions.only_later(said, source) or best or self._at_hand(said, query)
        if best is None or any(source.start < r.start < source.end for r in best.references):
            return None  # "the lawyer representing NAME" is not NAME
        if best.named and not said.vague and not best.roles:
            said.learn(best)
        role = f" is {best.role}" if best.role else f", {self._nearness(best, query)}"
        return best, "description", f"“{source.text}”: {best.name}{role}"

    def _described(self, said: Described, query: Query) -> Iterator[tuple[float, Entity]]:
        """Yield who can be meant by a description, each with a score."""
        entities = self._cast.entities
        candidates = [e for e in entities if e.type == "person" or (e.type == "unknown" and not (e.named or e.plural))]
        holders = [entity for entity in candidates if said.is_held_by(entity)]
        for entity in candidates:
            presence, agreement = self._scorer.presence(entity, query, candidates), said.agreement(entity)
            if presence is None or agreement is None:
                continue
            other = entity not in holders and any(entity.role_heads or holder.named for holder in holders)
            yield presence + agreement + WEIGHTS["broader word, where another is just that"] * other, entity

    def by_kinship(self, source: Source) -> Found | None:
        """ "Her husband": the one other person of the surname and the right gender."""
        match = _KINSHIP.match(source.text)
        if match is None:
            return None
        owner = self._owner(source, pronoun_gender(match["whose"].lower()))
        if owner is None:
            return None
        gender = KINSFOLK[match["kin"].lower()]
        named_alike = [e for e in self._cast.people if e.words[-1] == owner.words[-1] and e is not owner]
        kindred = [entity for entity in named_alike if entity.gender in (None, gender)]
        if len(kindred) != 1:
            return None
        return kindred[0], "description", f"“{source.text}”: {kindred[0].name}, of the surname of {owner.name}"

    def _owner(self, source: Source, gender: Gender | None) -> Entity | None:
        """Return whom "his" or "her" at a source's start means: who of that gender is most present to the reader."""
        query = Query(source.start, source.start, (source.start, source.end), quoted=False, gender=gender)
        people = [entity for entity in self._cast.people if gender_score(entity, gender) >= 0]
        found = ((self._scorer.presence(entity, query, people), entity) for entity in people)
        return clear_best([(p + gender_score(e, gender), e) for p, e in found if p is not None], PRONOUN_FROM)

    def _at_hand(self, said: Described, query: Query) -> Entity | None:
        """Return who is before the reader's eyes, where a description of someone new follows at once: who was just
        shown, or who has just spoken ("“No,” NAME said. “Never,” the veteran said.")."""
        opens = bool(said.modifiers) and query.start == self._cast.places.sentence_start(query.start)
        behind = query.quoted and query.since < query.start
        definite = self._text[query.start : query.start + 4].lower() == "the "
        if not (opens or behind) or not definite or "'s " in fold(said.core):
            return None
        if any(said.is_held_by(entity) for entity in self._cast.entities):
            return None
        entity = self._shown_before(query, again=behind) if said.modifiers or behind else None
        if entity is not None and not said.modifiers and _contradicts(said, entity):
            entity = None
        if entity is None and query.quoted:
            entity = self._spoke_before(query)
        if entity is None and said.core.islower() and query.start in self._cast.places.paragraph_starts:
            entity = self._spoke_before(query)
            entity = None if entity is not None and _contradicts(said, entity) else entity
        if entity is None or entity.type != "person" or gender_score(entity, said.gender) < 0:
            return None
        return entity

    def _shown_before(self, query: Query, *, again: bool) -> Entity | None:
        """Return the one person whom the sentence before brings in, unless someone has spoken since.

        again: or is about, though the person has come up before.
        """
        sentence = self._cast.places.sentence(query.since) - 1
        last = ((entity, entity.last_before(query.since)) for entity in self._cast.people)
        found = [(entity, r) for entity, r in last if r is not None and r.sentence == sentence and not r.quoted]
        if len(found) > 1:
            found = [(entity, r) for entity, r in found if r.subject]
        spoken = self._turns[-1].end if self._turns else 0
        if len(found) != 1:
            return None
        entity, reference = found[0]
        fresh = reference if again and reference.subject else entity.references[0]
        return entity if fresh.start > spoken else None

    def _spoke_before(self, query: Query) -> Entity | None:
        """Return who spoke last, in this paragraph or the one before, if nobody has been named since."""
        turn = self._turns[-1] if self._turns else None
        if turn is None or self._cast.places.paragraph(query.since) - turn.paragraph > 1:
            return None
        between = {self._cast.owner[one.start] for one in self._cast.within(turn.end, query.since)}
        others = any(entity.type == "person" and entity is not turn.entity for entity in between)
        return None if others else turn.entity

    def by_owner(self, source: Source, attribution: Attribution) -> Found | None:
        """ "Its analysis", "her memoir": what someone wrote says what they say."""
        owner, _, _ = source.text.partition(" ")
        pronoun = {"its": "it", "his": "he", "her": "she"}.get(fold(owner))
        if source.type != "document" or pronoun is None:
            return None
        whose = Source("pronoun", source.start, source.start + len(owner), owner, pronoun, "unknown")
        found = self.by_pronoun(whose, attribution, None)
        return None if found is None else (found[0], "description", f"“{source.text}”: of {found[0].name}")


def _stands_in(entity: Entity, holders: list[Entity], offset: int) -> bool:
    """Whether the last reference before `offset` is part of a holder's name: "China" in "China's military"."""
    last = entity.last_before(offset)
    return last is not None and any(h.references[0].start <= last.start < h.references[0].end for h in holders)


def _only_shown(entities: list[Entity], query: Query) -> Entity | None:
    """Return the one of these that the text has shown before what is asked, None if there are more."""
    shown = [entity for entity in entities if not entity.author and entity.last_before(query.start)]
    return shown[0] if len(shown) == 1 else None


def _is_told_of(entity: Entity, query: Query) -> bool:
    """Whether an entity came up last inside the words that are said, and not as what they begin with."""
    last = entity.last_before(query.start)
    return last is not None and query.content[0] + len("The ") < last.start < query.content[1]


def _contradicts(said: Described, entity: Entity) -> bool:
    """Whether someone is known to be something else than a description says."""
    return bool(entity.roles) and said.agreement(entity) is None


def _may_be(entity: Entity, query: Query) -> bool:
    """Whether a pronoun can mean the entity at all: a person for "he", a group for "they", an institution for "it"."""
    if query.thing:
        return entity.type in ("organisation", "document")
    if query.plural:
        return entity.plural or entity.type == "organisation"
    return not entity.plural and (entity.type == "person" or (entity.type == "unknown" and not entity.named))
