"""From sources to speakers: the attributions in the order of the text, each with what the ones before it settled."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers.antecedents import Antecedents
from quotecli.attribution.speakers.appositions import by_apposition
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.descriptions import learn_descriptions
from quotecli.attribution.speakers.documents import full_phrase
from quotecli.attribution.speakers.echoes import resolve_echoes
from quotecli.attribution.speakers.entities import Entity, Places
from quotecli.attribution.speakers.institutions import Institutions
from quotecli.attribution.speakers.introductions import Introductions
from quotecli.attribution.speakers.roles import head_of, names_person, role_heads, role_words
from quotecli.attribution.speakers.scoring import Found, Turn
from quotecli.attribution.speakers.sources import (
    Source,
    is_named_kind,
    names_kind,
    noun_phrase_before,
    own_words,
    phrase_type,
    read_source,
)
from quotecli.attribution.speakers.spotting import Named, find_named
from quotecli.attribution.speakers.unattributed import Unattributed, Voice
from quotecli.deadline import check_time
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import (
    ARTICLES,
    COLLECTIVES,
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    NOBODY,
    PERSON_WORDS,
    PLURAL_PRONOUNS,
    fold,
    is_plural,
    singular,
    title_gender,
)
from quotecli.naming.names import name_words
from quotecli.records import Article, Mention, Span, Speaker
from quotecli.text.document import Document

REACH = 200
"""Characters before a source in which is said who is quoted, or where someone lives."""

NAME_REACH = 90
"""Characters behind an unnamed source in which it may give a name."""

_GIVES_NAME = re.compile(
    r"[^.;“”\"\n]{3,90}?,? who (?:gave|asked|wanted|wished|identified|introduced|would|preferred|goes|is known)\b"
    r"[^.;“”\"\n]{0,60}\b(?:as|by|name) [“\"‘]?"
)
_QUOTED_BY = re.compile(r" (?:was|were|is|has been) (?:quoted|cited) by [^.;“”\"]*\Z")
_QUOTES = re.compile(r" (?:quoted|cited|quotes|cites) (?P<who>[^.;“”\"]{3,120}?) as (?:saying|telling)\b")
_RESIDENCE = re.compile(r"(?:, \d{1,3})?, (?:of|from) [A-Z][\w.' -]*(?:, [A-Z][\w.]+)?,? ?\Z")
_ENDS_NAME = re.compile(r"(?:[,;:(—–-]|and |who |which |that )")


def resolve(
    article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
) -> list[Speaker | None]:
    """Return who speaks in each attribution, in the same order; None where the text does not say.

    names: the model's named spans, which may be incomplete or wrong. A speaker carries the fullest name that the
    article gives, the role from a title or an apposition, and how it was resolved; a source that stays in doubt
    carries its own words.
    """
    speakers = _Resolver(article, document, names, attributions).speakers()
    return resolve_echoes(document, attributions, speakers)


class _Resolver:
    def __init__(
        self, article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
    ) -> None:
        self.text = document.text
        self.attributions = attributions
        self.places = Places(document)
        self.cast = Cast(self.text, self.places)
        sources = [attribution.source for attribution in attributions if attribution.source is not None]
        self.cast.settle(find_named(document, names, sources))
        self.cast.bind_pronouns()
        learn_descriptions(self.cast)
        self.turns: list[Turn] = []
        self.introductions = Introductions(self.cast)
        self.antecedents = Antecedents(self.cast, self.turns, self.introductions, article.byline)
        self.institutions = Institutions(self.cast, self.turns)
        self.unattributed = Unattributed(self.cast, self.turns)
        self.entities: dict[int, Entity] = {}  # of each attribution resolved so far, by its index
        self.enclosing = _enclosing(attributions)

    def speakers(self) -> list[Speaker | None]:
        found: list[Speaker | None] = [None] * len(self.attributions)
        for index in self._order():
            check_time()
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
        unattributed = self.unattributed
        source = read_source(self.text, self.cast, attribution.source) if attribution.source else None
        if source is None or self._is_byline(source) or unattributed.is_asked(source, attribution):
            return self._continued(index, unattributed.voice(attribution))
        entity, how, why = self._find(index, source)
        if how is None and fold(source.text) in NOBODY:
            return None
        if unattributed.is_spoken_to(entity, source, attribution):
            return self._continued(index, unattributed.replying(attribution, entity))
        self._remember(index, entity, source)
        return Speaker(
            name=entity.name,
            role=entity.role,
            type=entity.type,
            mention=self._mention(source, attribution),
            resolved_by=how,
            evidence=why,
        )

    def _mention(self, source: Source, attribution: Attribution) -> Mention:
        """Return the source's words, with the comma that closes an apposition ("Tom Lee, a spokesman,")."""
        span = attribution.source
        closed = span is not None and source.end < span.end and self.text[source.end] == "," and ", " in source.text
        end = source.end + closed
        return Mention(self.text[source.start : end], source.start, end)

    def _is_byline(self, source: Source) -> bool:
        """Whether the source is who wrote the article ("By NAME:"), not who spoke."""
        lead = self.text[max(0, source.start - 4) : source.start]
        return lead.lstrip("\n").lower() == "by " and source.start - 3 in self.places.paragraph_starts

    def _find(self, index: int, source: Source) -> Found:
        if source.kind == "names":
            return self._quoted_by(source) or self._by_office(source) or self._by_name(source)
        return self._self_named(source) or self._find_unnamed(index, source) or self._unresolved(source)

    def _find_unnamed(self, index: int, source: Source) -> Found | None:
        """Return whom words without a name mean."""
        attribution = self.attributions[index]
        if source.kind == "pronoun":
            outer = self.enclosing[index]
            speaking = self.entities.get(outer) if outer is not None else None
            return self.antecedents.by_pronoun(source, attribution, speaking)
        if source.kind == "relative":
            return self._by_relative(source)
        if source.kind == "label":
            return self.antecedents.by_label(source) or (self._by_name(source) if source.heads else None)
        if source.kind == "description":
            return by_apposition(self.cast, source) or self._by_description(source, attribution)
        if source.type == "organisation":
            return self.institutions.by_organisation(source, attribution)
        return (
            self.antecedents.by_owner(source, attribution)
            or self.institutions.by_spokesperson(source)
            or self.institutions.by_statement(source)
            or self.introductions.by_introduction(source)
        )

    def _by_description(self, source: Source, attribution: Attribution) -> Found | None:
        if (found := self.antecedents.by_kinship(source)) is not None:
            return found
        if source.type == "organisation":
            found = self.institutions.by_organisation(source, attribution)
        else:
            found = self.introductions.by_indefinite(source) or self.antecedents.by_description(source, attribution)
        return found or self.antecedents.by_initials(source)

    def _quoted_by(self, source: Source) -> Found | None:
        """A medium that only passes words on: "NAME was quoted by the agency as saying"."""
        if any(self.cast.owner[one.start].type == "person" for one in source.heads):
            return None
        start = max(self.places.sentence_start(source.start), source.start - REACH)
        passive = _QUOTED_BY.search(self.text, start, source.start)
        active = _QUOTES.match(self.text, source.end)
        if passive:
            span = (start, passive.start())
        elif active:
            span = active.span("who")
        else:
            return None
        people = [one for one in self.cast.within(*span) if self.cast.owner[one.start].type == "person"]
        if not people or people[0].possessive:
            return None
        entity = self.cast.owner[people[0].start]
        return entity, "name", f"quoted by {source.text}"

    def _self_named(self, source: Source) -> Found | None:
        """Who gives a name for themselves: "a driver, who identified himself simply as NAME"."""
        for one in self.cast.within(source.start, source.end + NAME_REACH):
            if _GIVES_NAME.fullmatch(self.text, source.start, one.titles):
                return self.cast.owner[one.start], "name", f"the name that “{source.text}” goes by"
        return None

    def _by_office(self, source: Source) -> Found | None:
        """An office in capitals that was taken for an organisation's name: "the DC"."""
        entities = {self.cast.owner[one.start] for one in source.heads}
        if any(entity.type == "person" or len(entity.words) > 1 for entity in entities):
            return None
        return self.antecedents.by_initials(source)

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
        return entity, "alias", f"short for {entity.name}, {self.cast.where(entity)}"

    def _longer(self, source: Source, one: Named) -> bool:
        """Whether the source says more than the organisation's name: "the Taliban administration in Kabul"."""
        behind = self.text[one.end : source.end].lstrip("”\"’'s. ")
        if is_named_kind(self.text, one, source.end):
            return False
        if behind and not _ENDS_NAME.match(behind):
            return True
        if self.text.endswith(", ", 0, one.titles):
            return False  # "Spain's weather agency, NAME"
        lead = [fold(word) for word in self.text[source.start : one.titles].split()]
        if lead and lead[-1].endswith("'s"):
            return False  # "the country's National Institute"
        return any(word not in ARTICLES for word in lead) and not names_kind(self.text, lead[-1], one.titles)

    def _by_relative(self, source: Source) -> Found | None:
        """ "who said": the name or the noun phrase right before it."""
        start = self.places.sentence_start(source.start)
        home = _RESIDENCE.search(self.text, max(start, source.start - REACH), source.start)
        phrase = noun_phrase_before(self.text, home.start() if home else source.start, start)
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
        holder = self._holder_of(phrase)
        if holder is not None:
            return holder, "pronoun", f"“{source.text}” after what {holder.name} is"
        name = own_words(self.text, phrase.start, phrase.end)
        head = head_of(name)
        kind = phrase_type(name, head)
        if not (names_person(name) or head in COLLECTIVES or kind in ("organisation", "document")):
            return None
        entity = Entity(kind, name, name_words(name), plural=kind == "group", named=False)
        return entity, "pronoun", f"“{source.text}” after “{name}”"

    def _holder_of(self, phrase: Span) -> Entity | None:
        """The person whose role stands in `phrase`: "NAME, a lawyer who …"."""
        for person in self.cast.people:
            if any(role.start < phrase.end and phrase.start < role.end for role in person.roles):
                return person
        return None

    def _unresolved(self, source: Source) -> Found:
        """A source that names no one: its own words; remembered, so that a later "he" or "the spokesman" finds it."""
        name = own_words(self.text, source.start, source.end)
        if source.type == "document":
            name = full_phrase(self.text, source.text, source.start) or name
        plural = source.type == "group" or (source.type == "organisation" and is_plural(source.head))
        entity = Entity(source.type, name, name_words(name), plural=plural, named=False)
        if source.heads:
            entity.type = "document" if source.heads[0].kind == "document" else "organisation"
        for known in self.cast.entities:
            if (
                not known.named
                and known.words == entity.words
                and known.type == entity.type
                and source.kind == "phrase"
            ):
                return known, None, "no name in the text: the source's own words"
        bare = singular(source.head.rpartition("-")[2])
        someone = source.type != "unknown" or bare in PERSON_WORDS  # "his decision" is no one, and no later "he"
        if someone and not self.places.headline(source.start):  # the article says it again, and better
            entity.extra, entity.extra_heads = role_words(name), role_heads(name)
            entity.feel(title_gender(source.head), "role")
            self.cast.add(entity)
        return entity, None, "no name in the text: the source's own words"

    def _continued(self, index: int, voice: Voice | None) -> Speaker | None:
        """Words without a source of their own: who speaks all the same."""
        if voice is None:
            return None
        entity, why = voice
        self._note_turn(index, entity)
        return Speaker(name=entity.name, role=entity.role, type=entity.type, resolved_by="continued", evidence=why)

    def _remember(self, index: int, entity: Entity, source: Source) -> None:
        """Let later sources know that this entity was meant here, and spoke."""
        reference = self.places.reference(source.start, source.end, subject=True)
        if self.places.quoted(source.start):
            reference.quoted, reference.subject = True, False
        at = entity.count_before(source.start)
        known = at < len(entity.references) and entity.references[at].start == source.start
        if not known:
            entity.mention(reference)
        if source.text.lower() != "you":  # whoever reads or is asked does not speak
            self._note_turn(index, entity)

    def _note_turn(self, index: int, entity: Entity) -> None:
        self.entities[index] = entity
        if self.enclosing[index] is None and self._is_speech(self.attributions[index]):
            start, end = _extent(self.attributions[index])
            self.turns.append(Turn(entity, start, end, self.places.paragraph(max(start, end - 1))))

    def _is_speech(self, attribution: Attribution) -> bool:
        """Whether something is said: of "songs about | him", nobody goes on to speak."""
        said = fold(self.text[attribution.content[0].start : attribution.content[-1].end])
        return said not in MALE_PRONOUNS | FEMALE_PRONOUNS | PLURAL_PRONOUNS


def _together(entities: list[Entity]) -> Found:
    name = " and ".join(entity.name for entity in entities)
    return Entity("group", name, name_words(name), plural=True), "name", "several, named together"


def _extent(attribution: Attribution) -> tuple[int, int]:
    """Return where an attribution begins and ends, its source and cue included."""
    return min(span.start for span in attribution.spans), max(span.end for span in attribution.spans)


def _enclosing(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return for each attribution the one whose content holds its source (or its words, where it has no source)."""
    spans = sorted(
        (span.start, -span.end, i) for i, attribution in enumerate(attributions) for span in attribution.content
    )
    reach = list(accumulate((-minus_end for _, minus_end, _ in spans), max))
    found: list[int | None] = []
    for index, attribution in enumerate(attributions):
        inner = attribution.source or attribution.content[0]
        outer = None
        for place in range(bisect_left(reach, inner.end), len(spans)):  # none before that reaches so far
            start, minus_end, other = spans[place]
            if start > inner.start:
                break
            if inner.end <= -minus_end and other != index and (start, -minus_end) != (inner.start, inner.end):
                outer = other
                break
        found.append(outer)
    return found
