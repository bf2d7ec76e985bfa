"""From sources to speakers: the attributions in the order of the text, each with what the ones before it settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgspec.structs import replace as replaced

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout import resolve_echoes
from quotecli.attribution.mentions.phrases import names_person, noun_phrase_before
from quotecli.attribution.mentions.spotting import find_named
from quotecli.attribution.order import enclosing, extent, order
from quotecli.attribution.speakers import named
from quotecli.attribution.speakers.candidates import candidates
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.discourse import Discourse, Turn
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.named import Found
from quotecli.attribution.speakers.questions import (
    Question,
    ask,
    ask_unattributed,
    described_kind,
    openings,
    pronoun_kind,
)
from quotecli.attribution.speakers.ranker import Choice, choose
from quotecli.attribution.speakers.shown import shown_unnamed
from quotecli.attribution.speakers.source_words import OWNERS, Source, read_source
from quotecli.deadline import check_time
from quotecli.model.tagging import Name
from quotecli.naming.lexicon import NOBODY, OWN_GROUP_PRONOUNS, PRONOUNS, SPEAKER_PRONOUNS, fold
from quotecli.records import Article, Mention, Resolution, Span, Speaker, SpeakerType
from quotecli.text.document import Document

SURELY_CALLED, SURELY_SAID = 0.6, 0.3
"""The probability from which "the Tory leader" says what somebody is; and that the words are somebody's at all."""


def resolve_surely(
    article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
) -> list[tuple[Speaker | None, float]]:
    """Return who speaks in each attribution, in the same order, None where the text does not say; and the ranker's
    probability, 0-1, that it is this one; 1 where nothing was ranked: a name speaks for itself.

    names: the model's named spans, which may be incomplete or wrong. A speaker carries the fullest name that the
    article gives, the role from a title or an apposition, and how it was resolved; a source that stays in doubt
    carries its own words.
    """
    resolver = _Resolver(article, document, names, attributions)
    speakers = resolve_echoes(document, attributions, resolver.speakers())
    return list(zip(speakers, resolver.sure, strict=True))


class _Resolver:
    def __init__(
        self, article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
    ) -> None:
        self.text = document.text
        self.attributions = attributions
        self.document = document
        self.cast = Cast(document)
        sources = [attribution.source for attribution in attributions if attribution.source is not None]
        self.cast.settle(find_named(document, names, sources))
        self.discourse = Discourse(self.cast, [span.start for one in attributions for span in one.spans])
        for someone in shown_unnamed(self.cast, sources):
            self.discourse.take_in(someone)
        self.byline = article.byline
        self.followed = 0  # how far pronouns that nobody's words hang on have been followed
        self.entities: dict[int, Entity] = {}  # of each attribution resolved so far, by its index
        self.enclosing = enclosing(attributions)
        self.sure = [1.0] * len(attributions)
        self.probability = 1.0  # of the speaker that was ranked last

    def speakers(self) -> list[Speaker | None]:
        found: list[Speaker | None] = [None] * len(self.attributions)
        for index in order(self.attributions, self.enclosing):
            check_time()
            self.probability = 1.0
            found[index] = self._speaker(index)
            self.sure[index] = self.probability
        self._follow(len(self.text), len(self.text))
        return [one and replaced(one, role=self.discourse.role(self.entities.get(i))) for i, one in enumerate(found)]

    def _speaker(self, index: int) -> Speaker | None:
        span = self.attributions[index].source
        source = read_source(self.text, self.cast, span) if span else None
        if span is None or source is None:
            return self._continued(index)
        entity, how, why = self._find(index, source)
        if how is None and fold(source.text) in NOBODY:
            return None
        self.discourse.mention(entity, Reference.at(self.document, source.start, source.end, subject=True))
        if source.text.lower() != "you":  # whoever reads or is asked does not speak
            self._note_turn(index, entity)
        closed = source.end < span.end and self.text[source.end] == "," and ", " in source.text
        end = source.end + closed  # "Tom Lee, a spokesman,"
        mention = Mention(self.text[source.start : end], source.start, end)
        return Speaker(name=entity.name, type=_type(entity, how), mention=mention, resolved_by=how, evidence=why)

    def _find(self, index: int, source: Source) -> Found:
        if source.kind == "names":
            return named.by_initials(self.cast, source) or self._by_name(source, self.attributions[index])
        return (
            named.self_named(self.cast, source)
            or named.body_named(self.discourse, source)
            or self._find_unnamed(index, source)
            or named.unresolved(self.discourse, source, self._owner(index, source))
        )

    def _owner(self, index: int, source: Source) -> Entity | None:
        """Whose an organisation or a document is that no name says: "her campaign", "its analysis"."""
        return self._whose(index, source) if source.type in ("organisation", "document") else None

    def _whose(self, index: int, source: Source) -> Entity | None:
        """Whom "her" means in "her mother", "her campaign"."""
        owner = source.text.partition(" ")[0]
        pronoun = OWNERS.get(fold(owner))
        if pronoun is None:
            return None
        whose = Source("pronoun", source.start, source.start + len(owner), owner, pronoun, "unknown")
        question = ask(self.document, pronoun_kind(pronoun), whose, self.attributions[index])
        found = self._ranked(replace(question, content=(whose.start, whose.end)))  # the owner need not speak
        return found[0] if found else None

    def _find_unnamed(self, index: int, source: Source) -> Found | None:
        """Return whom words without a name mean."""
        if source.kind == "pronoun":
            return self._by_pronoun(index, source)
        if source.kind == "relative":
            return self._by_relative(index, source)
        if source.kind == "label":
            return named.by_label(self.cast, source)
        if source.kind == "description" and (beside := named.by_apposition(self.cast, source)) is not None:
            return beside
        if source.type == "document" and (owner := self._owner(index, source)) is not None:
            return owner, "description", f"“{source.text}”, of {owner.name}"
        return self._by_description(index, source)

    def _by_description(self, index: int, source: Source) -> Found | None:
        kind = described_kind(source)
        if kind is None:
            return None
        question = ask(self.document, kind, source, self.attributions[index])
        kin = question.said is not None and question.said.kin
        question = replace(question, owner=self._whose(index, source)) if kin else question
        return self._ranked(question, self.attributions[index].confidence)

    def _by_pronoun(self, index: int, source: Source) -> Found | None:
        outer = self.enclosing[index]
        speaking = self.entities.get(outer) if outer is not None else None
        if source.head in SPEAKER_PRONOUNS:
            if speaking is not None:
                return speaking, "pronoun", f"“{source.text}” in the words of {speaking.name}"
            return named.by_author(source, self.byline) if outer is None else None
        if source.head in OWN_GROUP_PRONOUNS:
            return None
        question = ask(self.document, pronoun_kind(source.head), source, self.attributions[index], speaking)
        return self._ranked(question)

    def _ranked(self, question: Question, confidence: float = 1.0) -> Found | None:
        self._follow(min(question.start, question.since), question.end)
        choice = choose(question, self.discourse)
        if choice.entity is None:
            return None
        surely = choice.probability >= SURELY_CALLED and confidence >= SURELY_SAID
        self.discourse.call(choice.entity, question, surely=surely)
        how: Resolution = "description" if question.said is not None else "pronoun"
        return choice.entity, how, self._reason(question, choice)

    def _reason(self, question: Question, choice: Choice) -> str:
        self.probability = choice.probability
        return choice.told(question)

    def _follow(self, until: int, end: int) -> None:
        """Let "he", "she" and "the winger" that open the sentences up to `until` be mentions of those whom they mean.

        end: of the pronoun that is asked for, where the next search begins.
        """
        for opening in openings(self.document, self.followed, until):
            choice = choose(opening, self.discourse)
            if choice.entity is not None:
                reference = Reference.at(self.document, opening.start, opening.end, subject=True)
                self.discourse.mention(choice.entity, reference)
                self.discourse.call(choice.entity, opening, surely=False)
        self.followed = max(self.followed, end)

    def _by_name(self, source: Source, attribution: Attribution) -> Found:
        people = [one for one in source.heads if self.cast.owner[one.start].type == "person"]
        heads = people or source.heads  # "the association, and its director Tim Lee": the person speaks
        entities = list(dict.fromkeys(self.cast.owner[one.start] for one in heads))
        one, entity = heads[0], entities[0]
        if entity.type in ("organisation", "unknown") and named.says_more(self.cast, source, one):
            return named.body_named(self.discourse, source) or named.unresolved(self.discourse, source)
        if len(entities) > 1:
            return named.together(entities)
        if one.words == entity.words:
            return entity, "name", "the name itself"
        if entity.type == "person" and one.words[0] == entity.words[-1]:
            return self._by_surname(source, attribution, entity)
        return entity, "alias", f"short for {entity.name}, {self.cast.where(entity)}"

    def _by_surname(self, source: Source, attribution: Attribution, owner: Entity) -> Found:
        """Return whom a surname means, its `owner` if nobody else has it; in doubt, the source's own words."""
        question = ask(self.document, "surname", source, attribution)
        if question.gender is None:
            question = replace(question, gender=self.cast.pronoun_behind(source.heads[0]))
        having = candidates(question, self.discourse)
        if len(having) < 2:
            owner = having[0] if having else owner
            return owner, "alias", f"short for {owner.name}, {self.cast.where(owner)}"
        choice = choose(question, self.discourse)
        if choice.entity is None:
            return named.unresolved(self.discourse, source)
        return choice.entity, "alias", self._reason(question, choice)

    def _by_relative(self, index: int, source: Source) -> Found | None:
        """ "who said": whom the name or the noun phrase right before it means."""
        phrase = self._antecedent(source)
        read = None if phrase is None else read_source(self.text, self.cast, phrase)
        if phrase is None or read is None:
            return None
        holder = named.holder_of(self.cast, phrase) or named.named_before(self.cast, phrase)
        who_place = holder is not None and holder.place and source.head == "who"
        if holder is not None and read.kind != "names" and not who_place:
            return holder, "pronoun", f"“{source.text}” after what {holder.name} is"
        entity, how, why = self._find(index, read)
        if entity.place and source.head == "who":  # "said NAME, a doctor from Leeds, who"
            before = self.cast.within(self.document.sentence_at(source.start).start, phrase.start)
            people = [owner for one in before if (owner := self.cast.owner[one.start]).type == "person"]
            entity = people[-1] if people else entity
        if how is None and source.head == "who" and entity.type == "unknown" and not names_person(entity.name):
            return None
        return entity, "pronoun", f"“{source.text}” after {entity.name}: {why}"

    def _antecedent(self, source: Source) -> Span | None:
        """Return the words right before "who" or "which" that it means: "the rise of | NAME, who", "the head of | NAME,
        which"."""
        phrase = noun_phrase_before(self.text, source.start, self.document.sentence_at(source.start).start)
        named_in = self.cast.within(phrase.start, phrase.end) if phrase is not None else []
        if phrase is None or not named_in:
            return phrase
        owners = [(one, self.cast.owner[one.start]) for one in named_in]
        last, whose = owners[-1]
        if last.end == phrase.end and whose.type == "person":
            return Span(last.titles, phrase.end)
        bodies = [one for one, owner in owners if owner.type == "organisation" and not owner.place]
        office = source.head == "which" and names_person(self.text[phrase.start : phrase.end])
        return Span(bodies[-1].titles, bodies[-1].end) if office and bodies else phrase

    def _continued(self, index: int) -> Speaker | None:
        """Words without a source of their own: who speaks all the same."""
        entity, why = self._going_on(index), "the quotation goes on from the paragraph before"
        if entity is None:
            question = ask_unattributed(self.document, self.attributions[index])
            choice = choose(question, self.discourse)
            entity = choice.entity
            if entity is None:
                return None
            why = self._reason(question, choice)
        self._note_turn(index, entity)
        if fold(entity.name) in PRONOUNS:
            return None  # somebody goes on whom nothing names
        return Speaker(name=entity.name, type=entity.type, resolved_by="continued", evidence=why)

    def _going_on(self, index: int) -> Entity | None:
        """Who has said the quotation that the paragraph before left open, if the words go on with it."""
        start = self.attributions[index].content[0].start
        around = self.document.quotations_touching(start, start + 1)
        if not (index and around and around[0].continues):
            return None
        end = self.attributions[index - 1].content[-1].end
        before = self.document.quotations_touching(end - 1, end)
        left_open = bool(before) and not before[0].closed
        below = self.document.paragraph(start) == self.document.paragraph(end - 1) + 1
        entity = self.entities.get(index - 1) if left_open and below else None
        return None if entity is None or fold(entity.name) in PRONOUNS else entity

    def _note_turn(self, index: int, entity: Entity) -> None:
        """Let later sources know that this entity spoke."""
        self.entities[index] = entity
        start, end = extent(self.attributions[index])
        self.discourse.speak(Turn(entity, start, end, self.discourse.paragraph(end - 1)))


def _type(entity: Entity, how: Resolution | None) -> SpeakerType:
    """Return what someone is: a name that speaks and that nothing shows to be a person's is an organisation's."""
    return "organisation" if entity.type == "unknown" and how in ("name", "alias") else entity.type
