"""From sources to speakers: every attribution in the order of the text, each with what the ones before it have settled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers.entities import Cast, Entity, Places, Reference
from quotecli.attribution.speakers.groups import groups_before, pairs_before
from quotecli.attribution.speakers.lexicon import (
    ABBREVIATIONS,
    ARTICLES,
    COLLECTIVES,
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    ORGANISATION_HEADS,
    OWN_GROUP_PRONOUNS,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    PLURAL_PRONOUNS,
    POSSESSIVES,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Gender,
    fold,
    is_plural,
    role_word,
    singular,
    title_gender,
)
from quotecli.attribution.speakers.names import name_words
from quotecli.attribution.speakers.roles import head_of, names_person, role_heads, role_words
from quotecli.attribution.speakers.scoring import (
    DESCRIPTION_FROM,
    LEAD,
    PRONOUN_FROM,
    Query,
    Scorer,
    Turn,
    description_score,
    gender_score,
    number_score,
)
from quotecli.attribution.speakers.sources import Source, noun_phrase_before, own_words, phrase_type, read_source
from quotecli.attribution.speakers.spotting import Named, find_named
from quotecli.model.tagging import Name
from quotecli.records import Article, Mention, Resolution, Span, Speaker
from quotecli.text.document import Document

Found = tuple[Entity, Resolution | None, str]
"""Who it is, how that was found, and why in a few words."""


def resolve(
    article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
) -> list[Speaker | None]:
    """Return who speaks in each attribution, in the same order; None where the text does not say.

    names: the model's named spans, which may be incomplete or wrong. A speaker carries the fullest name that the article
    gives, the role from a title or an apposition, and how it was resolved; a source that stays in doubt carries its own words.
    """
    return _Resolver(article, document, names, attributions).speakers()


class _Resolver:
    def __init__(
        self, article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
    ) -> None:
        self.text = document.text
        self.article = article
        self.attributions = attributions
        self.places = Places(document)
        self.cast = Cast(self.text, self.places)
        sources = [attribution.source for attribution in attributions if attribution.source is not None]
        self.cast.settle(find_named(document, names, sources))
        self.cast.bind_pronouns()
        self.turns: list[Turn] = []
        self.scorer = Scorer(self.places, self.turns)
        self.entities: dict[int, Entity] = {}  # of each attribution resolved so far, by its index
        self.enclosing = _enclosing(attributions)

    def speakers(self) -> list[Speaker | None]:
        found: list[Speaker | None] = [None] * len(self.attributions)
        for index in self._order():
            found[index] = self._speaker(index)
        return found

    def _order(self) -> list[int]:
        """The order of the text, but what is said inside another's words after the one who says them."""
        return sorted(range(len(self.attributions)), key=self._order_key)

    def _order_key(self, index: int) -> tuple[int, int, int]:
        outer = self.enclosing[index]
        start, end = _extent(self.attributions[index])
        if outer is None:
            return (start, 0, end)
        return (_extent(self.attributions[outer])[0], 1, start)

    def _speaker(self, index: int) -> Speaker | None:
        attribution = self.attributions[index]
        if attribution.source is None:
            return self._continued(index)
        source = read_source(self.text, self.cast, attribution.source)
        if source is None or self._is_byline(source):
            return self._continued(index)
        entity, how, why = self._find(index, source)
        self._remember(index, entity, source)
        return Speaker(
            name=entity.name,
            role=entity.role,
            type=entity.type,
            mention=Mention(source.text, source.start, source.end),
            resolved_by=how,
            evidence=why,
        )

    def _is_byline(self, source: Source) -> bool:
        """Whether the source is who wrote the article ("By NAME:"), not who spoke."""
        lead = self.text[max(0, source.start - 4) : source.start]
        return lead.lstrip("\n").lower() == "by " and source.start - 3 in self.places.paragraph_starts

    def _find(self, index: int, source: Source) -> Found:
        if source.kind == "names":
            return self._by_name(source)
        found = None
        if source.kind == "pronoun":
            found = self._by_pronoun(index, source)
        elif source.kind == "relative":
            found = self._by_relative(source)
        elif source.kind == "label":
            found = self._by_label(source) or (self._by_name(source) if source.heads else None)
        elif source.kind == "description":
            found = self._by_apposition(source) or self._by_description(index, source)
        elif source.type == "organisation":
            found = self._by_organisation(index, source)
        return found or self._unresolved(source)

    # --- names ---------------------------------------------------------------------------------------------------------

    def _by_name(self, source: Source) -> Found:
        entities = list(dict.fromkeys(self.cast.owner[one.start] for one in source.heads))
        people = [entity for entity in entities if entity.type == "person"]
        if len(people) > 1:
            return _together(people)
        entity = (people or entities)[0]  # "the association, and its director Tim Lee": the person speaks
        one = next(one for one in source.heads if self.cast.owner[one.start] is entity)
        if entity.type in ("organisation", "unknown") and self._longer(source, one):
            return self._unresolved(source)
        if len(entities) > 1 and not people:
            return _together(entities)
        if one.words == entity.words:
            return entity, "name", "the name itself"
        return entity, "alias", f"short for {entity.name}, {self._where(entity)}"

    def _longer(self, source: Source, one: Named) -> bool:
        """Whether the source says more than the organisation's name: "the Taliban administration in Kabul"."""
        behind = self.text[one.end : source.end].lstrip("”\"’'s")
        if behind and not re.match(r"\s*(?:[,;:(—–-]|and |who |which |that )", behind):
            return True
        lead = [fold(word) for word in self.text[source.start : one.titles].split()]
        return any(word not in ARTICLES for word in lead) and lead[-1] not in ORGANISATION_HEADS

    def _where(self, entity: Entity) -> str:
        full = next((r for r in entity.references if _covers(self.text, r, entity)), entity.references[0])
        return f"named in paragraph {full.paragraph + 1}"

    # --- pronouns ------------------------------------------------------------------------------------------------------

    def _by_pronoun(self, index: int, source: Source) -> Found | None:
        pronoun = source.head
        outer = self.enclosing[index]
        speaking = self.entities.get(outer) if outer is not None else None
        quoted = self.places.quoted(source.start)
        if pronoun in SPEAKER_PRONOUNS:
            if speaking is not None and speaking.name:
                return speaking, "pronoun", f"“{source.text}” in the words of {speaking.name}"
            return None
        if pronoun in OWN_GROUP_PRONOUNS:
            return None
        query = self._query(index, source, pronoun)
        candidates = [entity for entity in self.cast.entities if not (quoted and entity is speaking)]
        if query.plural:
            groups = groups_before(self.text, self.places, source.start)
            candidates = [*candidates, *groups, *pairs_before(self.text, self.cast, source.start)]
        scores = []
        fitting = [
            entity for entity in candidates if gender_score(entity, query.gender) >= -1 and entity.type == "person"
        ]
        for entity in candidates:
            presence = self.scorer.presence(entity, query, fitting)
            if presence is None or (entity.type == "unknown" and entity.named):
                continue
            own = 2.0 if entity is speaking and not quoted else 0.0
            scores.append((presence + gender_score(entity, query.gender) + number_score(entity, query) + own, entity))
        best = _clear_best(scores, PRONOUN_FROM, source)
        return (
            None if best is None else (best, "pronoun", f"“{source.text}”: {best.name}, {self._nearness(best, query)}")
        )

    def _query(self, index: int, source: Source, pronoun: str = "") -> Query:
        attribution = self.attributions[index]
        content = (attribution.content[0].start, attribution.content[-1].end) if attribution.content else (0, 0)
        quoted = self.places.quoted(content[0]) and not self.places.quoted(source.start)
        gender: Gender | None = "male" if pronoun in MALE_PRONOUNS else "female" if pronoun in FEMALE_PRONOUNS else None
        since = min(source.start, content[0]) if quoted else source.start
        return Query(
            start=source.start,
            since=since,
            content=content,
            quoted=quoted,
            plural=pronoun in PLURAL_PRONOUNS,
            thing=pronoun in THING_PRONOUNS,
            gender=gender,
        )

    def _nearness(self, entity: Entity, query: Query) -> str:
        if self.turns and self.turns[-1].entity is entity:
            return f"who spoke last (paragraph {self.turns[-1].paragraph + 1})"
        reference = entity.last_before(query.start)
        return f"mentioned in paragraph {reference.paragraph + 1}" if reference else "the only one who fits"

    def _by_relative(self, source: Source) -> Found | None:
        """ "who said": the name or the noun phrase right before it."""
        phrase = noun_phrase_before(self.text, source.start, self.places.sentence_start(source.start))
        if phrase is None:
            return None
        before = [one for one in self.cast.within(phrase.start, source.start) if one.end >= phrase.start]
        people = [one for one in before if self.cast.owner[one.start].type == "person" and not one.possessive]
        read = read_source(self.text, self.cast, phrase)
        if read is not None and read.kind == "names":
            entity, _, why = self._by_name(read)
            return entity, "pronoun", f"“{source.text}” after {entity.name}: {why}"
        if people and source.head != "which":
            entity = self.cast.owner[people[-1].start]
            return entity, "pronoun", f"“{source.text}” after {entity.name}"
        name = own_words(self.text, phrase.start, phrase.end)
        head = head_of(name)
        kind = phrase_type(name, head)
        if not (names_person(name) or head in COLLECTIVES or kind in ("organisation", "document")):
            return None
        entity = Entity(kind, name, name_words(name), plural=kind == "group", named=False)
        return entity, "pronoun", f"“{source.text}” after “{name}”"

    def _by_label(self, source: Source) -> Found | None:
        """The label of a turn in an interview: initials, or "A" for the one who answers."""
        people = [entity for entity in self.cast.people if not entity.author]
        letters = source.head.lower()
        matching = [e for e in people if "".join(word[0] for word in e.words) == letters and len(letters) > 1]
        if len(matching) == 1:
            return matching[0], "alias", f"initials of {matching[0].name}"
        if letters == "a" and people:
            most = max(people, key=lambda entity: (len(entity.references), -entity.references[0].start))
            return most, "description", f"the one who answers: {most.name}, {self._where(most)}"
        return None

    # --- descriptions --------------------------------------------------------------------------------------------------

    def _by_apposition(self, source: Source) -> Found | None:
        """A role right beside the name whose role it is: the source was cut short of the name."""
        for entity in self.cast.people:
            for role in entity.roles:
                if role.start < source.end and source.start < role.end:
                    return entity, "description", f"“{source.text}” stands beside the name of {entity.name}"
        return None

    def _by_description(self, index: int, source: Source) -> Found | None:
        if source.type == "organisation":
            return self._by_organisation(index, source)
        head, core = _description_head(source)
        head = next((word for word in ABBREVIATIONS.get(head, ()) if word in PERSON_WORDS), head)  # "PM": minister
        if not names_person(core, by_ending=True) and "-year-old" not in core:
            return None  # "the case", "the film"
        words = role_words(core) - role_words(head)
        age = core.split("-")[0].rpartition(" ")[2] if "-year-old" in core else None
        gender = title_gender(head)
        query = self._query(index, source)
        owned = fold(source.text.split()[0]) in POSSESSIVES
        candidates = [
            e for e in self.cast.entities if e.type == "person" or not (e.named or e.plural or e.type == "document")
        ]
        scores = []
        nobody_yet = True
        for entity in candidates:
            presence = self.scorer.presence(entity, query, candidates)
            if presence is None:
                continue
            nobody_yet = False
            agreement = description_score(entity, head, words if age is None else frozenset(), age)
            if gender is not None:
                agreement += min(0.0, gender_score(entity, gender))
            if agreement < 0 or (owned and agreement < 1):
                continue
            scores.append((presence + agreement - (0 if agreement else 0.8), entity))
        best = _clear_best(scores, DESCRIPTION_FROM, source) or (
            self._only_later(head) if nobody_yet and not owned else None
        )
        if best is None:
            return None
        role = f" is {best.role}" if best.role else f", {self._nearness(best, query)}"
        return best, "description", f"“{source.text}”: {best.name}{role}"

    def _only_later(self, head: str) -> Entity | None:
        """Return the one person of that role in the article, where nobody was named yet: "Mayor" in a headline."""
        fitting = [entity for entity in self.cast.people if role_word(head) in entity.role_heads]
        return fitting[0] if len(fitting) == 1 else None

    def _by_organisation(self, index: int, source: Source) -> Found | None:
        """A short description of an organisation that was named before: "the ministry", "police"."""
        if source.head not in ORGANISATION_HEADS or len(source.text.split()) > 3:
            return None
        query = self._query(index, source)
        modifiers = set(name_words(source.text)) - {source.head}
        scores = []
        for entity in self.cast.entities:
            if entity.type != "organisation" or not entity.named:
                continue
            presence = self.scorer.presence(entity, query, ())
            if presence is None:
                continue
            if source.head in entity.words:
                if not modifiers or modifiers & set(entity.words):  # "the appeals court" is no Supreme Court
                    scores.append((presence + 3.0, entity))
            elif source.head in PLAIN_COMPANIES and source.kind == "description" and not entity.place:
                scores.append((presence, entity))
        best = _clear_best(scores, DESCRIPTION_FROM, source)
        return None if best is None else (best, "description", f"“{source.text}”: {best.name}, {self._where(best)}")

    # --- the rest ------------------------------------------------------------------------------------------------------

    def _unresolved(self, source: Source) -> Found:
        """A source that names no one: its own words; remembered, so that a later "he" or "the spokesman" finds it."""
        name = own_words(self.text, source.start, source.end)
        plural = source.type == "group" or (source.type == "organisation" and is_plural(source.head))
        entity = Entity(source.type, name, name_words(name), plural=plural, named=False)
        if source.heads:
            entity.type = "organisation"
        for known in self.cast.entities:
            if (
                not known.named
                and known.words == entity.words
                and known.type == entity.type
                and source.kind == "phrase"
            ):
                return known, None, "no name in the text: the source's own words"
        bare = singular(source.head.rpartition("-")[2])
        if source.type != "unknown" or bare in PERSON_WORDS:  # "his decision" is no one, and no later "he"
            entity.extra, entity.extra_heads = role_words(name), role_heads(name)
            entity.feel(title_gender(source.head), "role")
            self.cast.add(entity)
        return entity, None, "no name in the text: the source's own words"

    def _continued(self, index: int) -> Speaker | None:
        """Words without a source of their own: the speaker who is still speaking, if they are quoted and follow on."""
        attribution = self.attributions[index]
        content = attribution.content[0]
        turn = self._turn_before(content.start, self._is_quoted(content))
        if turn is None:
            return None
        self._note_turn(index, turn.entity)
        return Speaker(
            name=turn.entity.name,
            role=turn.entity.role,
            type=turn.entity.type,
            resolved_by="continued",
            evidence=f"{turn.entity.name} is still speaking (paragraph {turn.paragraph + 1})",
        )

    def _turn_before(self, offset: int, quoted: bool) -> Turn | None:
        turn = next((turn for turn in reversed(self.turns) if turn.start < offset), None)
        if turn is None:
            return None
        apart = self.places.paragraph(offset) - turn.paragraph
        if not quoted:
            same = self.places.sentence(offset) == self.places.sentence(turn.end - 1)
            return turn if apart == 0 and same else None
        return turn if apart <= 1 else None

    def _is_quoted(self, span: Span) -> bool:
        """Whether a quotation holds the span's first words, or begins in it."""
        return self.places.quoted(span.start) or self.places.quoted(span.end - 1)

    def _remember(self, index: int, entity: Entity, source: Source) -> None:
        """Let later sources know that this entity was meant here, and spoke."""
        places = self.places
        reference = Reference(
            source.start, source.end, places.sentence(source.start), places.paragraph(source.start), subject=True
        )
        if places.quoted(source.start):
            reference.quoted, reference.subject = True, False
        known = [r.start for r in entity.references]
        if source.start not in known:
            entity.references.append(reference)
            entity.references.sort(key=lambda r: r.start)
        self._note_turn(index, entity)

    def _note_turn(self, index: int, entity: Entity) -> None:
        self.entities[index] = entity
        if self.enclosing[index] is None:
            start, end = _extent(self.attributions[index])
            self.turns.append(Turn(entity, start, end, self.places.paragraph(max(start, end - 1))))


def _together(entities: list[Entity]) -> Found:
    name = " and ".join(entity.name for entity in entities)
    return Entity("group", name, name_words(name), plural=True), "name", "several, named together"


def _extent(attribution: Attribution) -> tuple[int, int]:
    """Return where an attribution begins and ends, its source and cue included."""
    spans = [*attribution.content, *(span for span in (attribution.source, attribution.cue) if span is not None)]
    return min(span.start for span in spans), max(span.end for span in spans)


def _enclosing(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return for each attribution the one whose content holds its source (or its words, where it has no source)."""
    spans = sorted(
        (span.start, -span.end, i) for i, attribution in enumerate(attributions) for span in attribution.content
    )
    found: list[int | None] = []
    for index, attribution in enumerate(attributions):
        inner = attribution.source or attribution.content[0]
        outer = None
        for start, minus_end, other in spans:
            if start > inner.start:
                break
            if inner.end <= -minus_end and other != index and (start, -minus_end) != (inner.start, inner.end):
                outer = other
                break
        found.append(outer)
    return found


def _covers(text: str, reference: Reference, entity: Entity) -> bool:
    return name_words(text[reference.start : reference.end]) == entity.words


def _description_head(source: Source) -> tuple[str, str]:
    """Return the head noun of a description and the words that describe: "the former Tory MP" -> mp, former Tory MP."""
    core = (
        " ".join(source.text.split()[1:])
        if fold(source.text.split()[0]) in POSSESSIVES | {"the", "this", "that"}
        else source.text
    )
    return head_of(core), core


def _clear_best(scores: list[tuple[float, Entity]], least: float, source=None) -> Entity | None:
    """Return the entity with the best score if it is good enough and leads the next; None when in doubt."""
    ranked = sorted(scores, key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < least:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD:
        return None
    return ranked[0][1]
