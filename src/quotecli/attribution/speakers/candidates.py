"""Who can be meant at all: the article's entities, and people and institutions that it shows without a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotecli.attribution.mentions.phrases import noun_phrase_before
from quotecli.attribution.speakers.descriptions import Described, contradicts, nations
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.named import named_before
from quotecli.attribution.speakers.questions import Question
from quotecli.attribution.speakers.shown import unnamed
from quotecli.naming.lexicon import (
    PERSON_WORDS,
    PLURAL_PEOPLE,
    THING_PRONOUNS,
    fold,
    singular,
)
from quotecli.naming.names import name_words
from quotecli.records import Span
from quotecli.text.spaces import end_before

SENTENCES_BACK = 2
"""Sentences back in which a group without a name can be what "they" means."""

TURNS_BACK = 4
"""Turns back whose speakers may have made the statement that is spoken of."""

_PLURAL = re.compile(r"\b(?:[A-Za-z-]{3,}s|MPs|people|police(?! officers))\b")
_AND = re.compile(r",? and (?:the |his |her )?")


def candidates(question: Question, discourse: Discourse) -> list[Entity]:
    """Return everyone whom the words can mean by their kind: a person for "he", an institution for "it"."""
    if question.kind == "surname":
        return [e for e in discourse.cast.people if e.words[-1:] == question.names]
    if question.kind == "nobody named":
        return _at_hand(question, discourse)
    if question.kind == "document":  # "the statement", of who has just spoken in one
        spoken = {id(t.entity): t.entity for t in discourse.turns_before(question.start)[:TURNS_BACK]}
        named = discourse.cast.within(question.start, question.end)  # "the NAME statement"
        whose = [discourse.cast.owner[one.start] for one in named]
        return [entity for entity in spoken.values() if not named or entity in whose]
    quoted = discourse.document.is_quoted(question.start)  # who speaks of "him" in a quotation is not he
    others = {id(question.owner), id(question.speaking) if quoted else 0}
    found = [e for e in discourse.around(question.start) if _may_be(e, question) and id(e) not in others]
    if question.kind == "they":
        found += [*_groups_before(discourse, question.start), *_pairs_before(question, discourse)]
    if question.said is None:
        return found
    if question.kind == "person" and question.said.indefinite:  # "A mother has told …"
        return [e for e in found if not _is_shown(e, question, discourse)]
    found += _shown_in_full(question, question.said, discourse)
    found = [e for e in found if not contradicts(question.said, e, discourse.cast.text)]
    found = [e for e in found if not _is_named_by(question, discourse.references(e))]
    if nation := nations(question.said.core.partition(" ")[0]):  # "the Italian minister" is not Egypt's
        theirs = [(e, nations(" ".join(role.text for role in e.roles))) for e in found]
        found = [e for e, of in theirs if nation & of or not of]
    shown = (e for e in found if question.said.is_held_by(e) and discourse.last(e, question.start))
    known = question.kind == "person" and not question.said.modifiers and any(shown)  # one shown as "the judge"
    return [e for e in found if e.role_words or not known]


def _is_named_by(question: Question, references: Sequence[Reference]) -> bool:
    """Whether a description holds the name ("the lawyer representing NAME"), or what is said names someone first."""
    within = any(question.start < r.start < question.end for r in references)
    return within or any(question.start <= r.start < question.content[1] for r in references[:1])


def _is_shown(entity: Entity, question: Question, discourse: Discourse) -> bool:
    """Whether someone has been named before, not counting headlines."""
    last = discourse.last(entity, question.start)
    return last is not None and not discourse.document.is_headline(last.start)


def _may_be(entity: Entity, question: Question) -> bool:
    if entity.only_writes:
        return False
    if question.kind in ("it", "organisation"):
        return entity.type == "organisation" or (question.kind == "it" and entity.type == "document")
    someone = entity.type == "person" or (entity.type == "unknown" and not entity.named)
    if question.kind == "they":
        return entity.type in ("group", "organisation") or (someone and (entity.they or not entity.named))
    return someone


def _at_hand(question: Question, discourse: Discourse) -> list[Entity]:
    """Return who may go on speaking without being named: the last speakers, and who is named just before.

    Words without marks go on only in the sentence in which something is said.
    """
    turns = discourse.turns_before(question.start)
    if not question.quoted:
        sentence = discourse.document.sentence
        if turns and sentence(question.start) == sentence(turns[0].end - 1):
            return [turns[0].entity]
        if not question.elided:
            return []
    start = discourse.document.sentence_at(max(0, question.start - 2)).start
    before = (n for n in discourse.cast.within(start, question.start) if not discourse.document.is_quoted(n.start))
    named = [discourse.cast.owner[n.start] for n in before]
    spoken = [turn.entity for turn in turns[:1] if discourse.paragraph(question.start) - turn.paragraph <= 1]
    spoken += [turn.entity for turn in turns if turn.entity is not turns[0].entity][:1]
    found = {id(e): e for e in (*spoken, *named) if _may_go_on(e)}
    if not turns and (most := discourse.most_named):
        found.setdefault(id(most), most)
    return list(found.values())


def _may_go_on(entity: Entity) -> bool:
    told = (entity.type != "unknown" or not entity.named) and not entity.only_writes
    return told and not entity.place and fold(entity.name) not in THING_PRONOUNS


def _groups_before(discourse: Discourse, offset: int) -> Iterator[Entity]:
    """Yield the groups shown outside quotation marks in the sentences just before `offset`."""
    document, text = discourse.document, discourse.document.text
    longest: dict[int, Span] = {}  # by where they begin: "hundreds of protesters", not "hundreds"
    for match in _PLURAL.finditer(text, discourse.sentences_back(offset, SENTENCES_BACK), offset):
        word = fold(match[0])
        people = word in PLURAL_PEOPLE or singular(word) in PERSON_WORDS
        if people and not document.is_quoted(match.start()):
            span = noun_phrase_before(text, match.end(), document.sentence_at(match.start()).start)
            longest |= {span.start: span} if span is not None else {}
    for span in longest.values():
        before = end_before(text, span.start)
        opens = text[max(0, before - 1) : before] in (".", "", "\n", "!", "?", ",", "”")
        yield unnamed(discourse.cast, span, "group", subject=opens)


def _pairs_before(question: Question, discourse: Discourse) -> Iterator[Entity]:
    """Yield the people named together ("A and B") outside quotation marks in the sentences just before."""
    cast = discourse.cast
    named = cast.within(discourse.sentences_back(question.start, 1), question.start)
    for first, second in pairwise(n for n in named if cast.owner[n.start].type == "person"):
        a, b = cast.owner[first.start], cast.owner[second.start]
        if _AND.fullmatch(cast.text, first.end, second.titles):
            name = f"{a.name} and {b.name}"
            reference = Reference.at(discourse.document, first.start, second.end, subject=True)
            yield Entity("group", name, name_words(name), references=[reference])


def _shown_in_full(question: Question, said: Described, discourse: Discourse) -> Iterator[Entity]:
    """Yield what the text has shown by more words with the same noun: "a Western diplomat" for "the diplomat"."""
    shown = discourse.shown(said.head) if said.definite and not said.modifiers else []
    if question.kind == "person":  # "the American singer" is no more new than "the singer"
        shown = [span for span in shown if discourse.cast.text[span.start : span.start + 4].lower() != "the "]
    at = bisect_right(shown, question.since, key=lambda span: span.end)
    if at and named_before(discourse.cast, shown[at - 1]) is None:
        yield unnamed(discourse.cast, shown[at - 1], "organisation" if question.kind == "organisation" else "unknown")
