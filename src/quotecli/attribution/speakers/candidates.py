"""Who can be meant at all: the article's entities, and people and institutions that it shows without a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.descriptions import Described, contradicts
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.headlines import DATELINE
from quotecli.attribution.speakers.phrases import role_heads, role_words
from quotecli.attribution.speakers.questions import Question
from quotecli.attribution.speakers.roles import age_near
from quotecli.attribution.speakers.source_words import noun_phrase_before, own_words
from quotecli.naming.lexicon import (
    GENERIC_PERSONS,
    ORGANISATION_HEADS,
    PARTIES,
    PERSON_WORDS,
    PLURAL_PEOPLE,
    PREPOSITIONS,
    THING_PRONOUNS,
    fold,
    role_word,
    singular,
    title_gender,
)
from quotecli.naming.names import name_words
from quotecli.naming.person_names import person_fit
from quotecli.records import Span
from quotecli.text.spaces import end_before

SENTENCES_BACK = 2
"""Sentences back in which a group without a name can be what "they" means."""

TURNS_BACK = 4
"""Turns back whose speakers may have made the statement that is spoken of."""

NEXT_REACH = 2
"""Paragraphs back in which someone has spoken who may go on, what tells of nobody included."""

DIALOGUE_REACH = 3
"""Paragraphs back in which someone has spoken who may now answer."""

_PLURAL = re.compile(r"\b(?:[A-Za-z-]{3,}s|MPs|people|police(?! officers))\b")
_AND = re.compile(r",? and (?:the |his |her )?")
_INSTITUTION = re.compile(r"(?:(?:The|A|An) )?(?:[\w’'.-]+ ){0,4}?([a-z][a-z-]+)(?= (?!of\b|and\b)[a-z])")
_INDEFINITE = re.compile(
    r"(?:(?:And|But|Then|Later,?) )?(?P<who>(?P<phrase>(?:An?|One|Another|a|an|one|another)(?: [a-z’'-]+){1,4})"
    r"|(?:[Ss]omeone|[Ss]omebody)(?: else)?\b)"
)


def candidates(question: Question, discourse: Discourse) -> list[Entity]:
    """Return everyone whom the words can mean by their kind: a person for "he", an institution for "it"."""
    if question.kind == "surname":
        people = [e for e in discourse.cast.people if person_fit(question.names, e.words) and len(e.words) > 1]
        people = [e for e in people if e.words[-1:] == question.names] or people  # no Lee-Pike, where there is a Pike
        named = discourse.cast.within(question.start, question.end)
        age = age_near(discourse.cast.text, named[0].end) if named else None
        return [e for e in people if age is not None and e.age == age] or people
    if question.kind == "nobody named":
        return _at_hand(question, discourse)
    if question.kind == "document":  # "the statement", of who has just spoken in one
        spoken = [turn.entity for turn in discourse.turns_before(question.start)[:TURNS_BACK]]
        return list({id(e): e for e in spoken if e.named}.values())
    quoted = discourse.places.quoted(question.start)  # who speaks of "him" in a quotation is not he
    found = [
        e for e in discourse.around(question.start) if _may_be(e, question) and not (quoted and e is question.speaking)
    ]
    if question.kind == "they":
        found += [
            *_groups_before(discourse, question.start),
            *_pairs_before(question, discourse),
        ]
    if question.kind == "it":
        found += _institution_before(question, discourse)
    if question.said is None:
        return found
    if question.kind == "person" and question.said.indefinite:  # "A mother has told …"
        found = [e for e in found if e.named and not _is_shown(e, question, discourse)]
        return [*found, *_spoken_for(question, discourse)]
    found += _shown_in_full(question, discourse)
    found = [e for e in found if not contradicts(question.said, e, discourse.cast.text)]
    return _holders(question, question.said, discourse, found)


def _holders(question: Question, said: Described, discourse: Discourse, found: list[Entity]) -> list[Entity]:
    """Return whoever of these can be meant by a description, given who else there is.

    "The judge" is the one who has been shown as a judge, if there is one; nobody whom the very words name first; and
    "the lawyer representing NAME" is not NAME.
    """
    within = (question.start + 1, question.end)
    found = [e for e in found if discourse.count(e, within[0]) == discourse.count(e, max(within))]
    first = [r[0].start if (r := discourse.references(e)) else question.start for e in found]
    found = [e for e, start in zip(found, first, strict=True) if not question.start <= start < question.content[1]]
    if question.kind != "person" or said.elsewhere or said.head in GENERIC_PERSONS or said.age is not None:
        return found
    shown = [e for e in found if e.named and said.is_held_by(e) and discourse.last(e, question.start)]
    return [e for e in found if e.role_words or not e.named] if shown and not said.modifiers else found


def _spoken_for(question: Question, discourse: Discourse) -> list[Entity]:
    """Return the organisation that has just spoken in the paragraph, for "a spokesperson"."""
    turn = next(iter(discourse.turns_before(question.start)), None)
    if turn is None or question.said is None or role_word(question.said.core) != "spokesperson":
        return []
    here = turn.paragraph == discourse.places.paragraph(question.start)
    return [turn.entity] if here and turn.entity.type == "organisation" and turn.entity.named else []


def _is_shown(entity: Entity, question: Question, discourse: Discourse) -> bool:
    """Whether someone has been named before, not counting headlines."""
    last = discourse.last(entity, question.start)
    return last is not None and not discourse.places.headline(last.start)


def _may_be(entity: Entity, question: Question) -> bool:
    if entity.author and not entity.speaks:
        return False
    if question.kind in ("it", "organisation"):
        return entity.type == "organisation" or (question.kind == "it" and entity.type == "document")
    someone = not entity.plural and (entity.type == "person" or (entity.type == "unknown" and not entity.named))
    if question.kind == "they":
        unknown = someone and (entity.they or (not entity.named and entity.gender is None))
        return entity.plural or entity.type == "organisation" or unknown
    return someone


def _at_hand(question: Question, discourse: Discourse) -> list[Entity]:
    """Return who may go on speaking without being named: the last speakers, and who is named just before.

    Words without marks go on only in the sentence in which something is said.
    """
    if not question.quoted:
        turn = next(iter(discourse.turns_before(question.start)), None)
        sentence = discourse.places.sentence
        if turn and sentence(question.start) == sentence(turn.end - 1):
            return [turn.entity]
        if not question.elided:
            return []
    start = discourse.places.sentence_start(max(0, question.start - 2))
    before = (n for n in discourse.cast.within(start, question.start) if not discourse.places.quoted(n.start))
    named = [discourse.cast.owner[n.start] for n in before]
    here = discourse.places.paragraph(question.start)
    turns = discourse.turns_before(question.start)
    apart = discourse.steps.paragraphs
    last = turns[0].paragraph if turns else 0
    spoken = [turns[0].entity] if turns and apart(last, here) <= 1 and here - last <= NEXT_REACH else []
    other = next((turn for turn in turns if turn.entity is not turns[0].entity), None)
    if other is not None and apart(other.paragraph, here) <= DIALOGUE_REACH:
        spoken.append(other.entity)
    shown = discourse.newcomers_between(start, question.start)
    found = {id(e): e for e in (*spoken, *named, *shown) if _may_go_on(e)}
    if (not turns or is_answer(question, discourse)) and (most := discourse.most_named):
        found.setdefault(id(most), most)
    return [e for e in found.values() if not is_called(e, discourse.cast.text, question)]


def _may_go_on(entity: Entity) -> bool:
    told = entity.type != "unknown" or not entity.named
    return told and not entity.place and fold(entity.name) not in THING_PRONOUNS


def is_answer(question: Question, discourse: Discourse) -> bool:
    """Whether a paragraph of quotation stands behind a question that nobody is quoted for."""
    paragraphs, place = discourse.places.document.paragraphs, discourse.places.paragraph(question.start)
    if not place or question.start > paragraphs[place].start + 1:
        return False
    asked = paragraphs[place - 1]
    return discourse.cast.text[asked.end - 1] == "?" and not discourse.places.quoted(asked.end - 1)


def is_called(entity: Entity, text: str, question: Question) -> bool:
    """Whether the words that are quoted call someone by name: "I do not, Jools."."""
    if not question.quoted or entity.type != "person" or not entity.named:
        return False
    names = "|".join(re.escape(name) for name in entity.name.replace("-", " ").split() if name[0].isupper())
    return bool(names) and re.search(rf", (?:{names})[.,!?…]", text[slice(*question.content)]) is not None


def _groups_before(discourse: Discourse, offset: int) -> Iterator[Entity]:
    """Yield the groups shown outside quotation marks in the sentences just before `offset`."""
    text, places = discourse.cast.text, discourse.places
    sentences = places.document.sentences
    first = discourse.steps.sentences_back(places.sentence(offset), SENTENCES_BACK)
    begin = sentences[first].start if sentences else 0
    for match in _PLURAL.finditer(text, begin, offset):
        word = fold(match[0])
        people = word in PLURAL_PEOPLE or singular(word) in PERSON_WORDS or singular(word) in PARTIES
        if not people or places.quoted(match.start()):
            continue
        span = noun_phrase_before(text, match.end(), places.sentence_start(match.start()))
        if span is not None:
            name = own_words(text, span.start, span.end)
            reference = places.reference(span.start, span.end, subject=_opens(text, span.start))
            yield Entity("group", name, name_words(name), plural=True, named=False, references=[reference])


def _pairs_before(question: Question, discourse: Discourse) -> Iterator[Entity]:
    """Yield the people named together ("A and B") outside quotation marks in the sentences just before."""
    cast, places = discourse.cast, discourse.places
    begin = places.sentence_start(max(0, places.sentence_start(question.start) - 2))
    named = [n for n in cast.within(begin, question.start) if not (n.possessive or places.quoted(n.start))]
    for first, second in pairwise(n for n in named if cast.owner[n.start].type == "person"):
        a, b = cast.owner[first.start], cast.owner[second.start]
        if a is not b and _AND.fullmatch(cast.text, first.end, second.titles):
            name = f"{a.name} and {b.name}"
            reference = places.reference(first.start, second.end, subject=True)
            yield Entity("group", name, name_words(name), plural=True, references=[reference])


def _institution_before(question: Question, discourse: Discourse) -> Iterator[Entity]:
    """Yield the institution without a name that the sentence is about: "Fiji's navy …, it said"."""
    cast, places = discourse.cast, discourse.places
    start = places.sentence_start(question.start)
    dateline = DATELINE.match(cast.text, start, question.start)
    start = dateline.end() if dateline else start
    match = _INSTITUTION.match(cast.text, start, question.start)
    if match is None or fold(match[1]) not in ORGANISATION_HEADS or match[0].startswith("The "):
        return  # "The company" is one that has been named
    if fold(match[0].partition(" ")[0]) in PREPOSITIONS:
        return  # "In a court filing, it said"
    named = (cast.owner[n.start].type for n in cast.within(*match.span()) if n.end >= match.start(1))
    if "organisation" not in named:
        entity = unnamed(cast, Span(*match.span()), subject=True)
        entity.type = "organisation"
        yield entity


def _opens(text: str, start: int) -> bool:
    end = end_before(text, start)
    return text[max(0, end - 1) : end] in (".", "", "\n", "!", "?", ",", "”")


def shown_unnamed(cast: Cast, sources: Iterable[Span]) -> Iterator[Entity]:
    """Yield the people without a name whom sentences open with: "Another farmer saw nothing", "Someone else asked"."""
    taken = sorted(sources)
    for sentence in cast.places.document.sentences:
        match = _INDEFINITE.match(cast.text, sentence.start, sentence.end)
        if match is None or cast.places.quoted(match.start("who")):
            continue
        span = Span(match.start("who"), _noun_end(match) if match["phrase"] else match.end("who"))
        if span.end <= span.start or _names(cast, span.end):
            continue
        if not any(source.start < span.end and span.start < source.end for source in taken):
            yield unnamed(cast, span, subject=True)


def _noun_end(match: re.Match[str]) -> int:
    """Return where the first noun for a person ends, if no other follows: "a second woman | disagreed"; 0 for none."""
    words = list(re.finditer(r"[a-z’'-]+", match.string[: match.end("phrase")][match.start("phrase") :]))
    for word, following in zip_longest(words[1:], words[2:]):
        compound = following is not None and (following[0] in PERSON_WORDS or following[0] == "of")
        if word[0] in PERSON_WORDS and not compound:
            return match.start("phrase") + int(word.end())
    return 0


def _names(cast: Cast, end: int) -> bool:
    """Whether a name follows: "A farmer, NAME, saw it" is no one without a name."""
    return any(cast.owner[one.start].type == "person" for one in cast.within(end, end + 3))


def unnamed(cast: Cast, span: Span, *, subject: bool) -> Entity:
    """Return someone known only by the words at a place."""
    name = own_words(cast.text, span.start, span.end)
    reference = cast.places.reference(span.start, span.end, subject=subject)
    entity = Entity("unknown", name, name_words(name), named=False, references=[reference])
    entity.extra, entity.extra_heads = role_words(name), role_heads(name)
    for word in name.split():
        entity.feel(title_gender(fold(word)), "role")
    return entity


def _shown_in_full(question: Question, discourse: Discourse) -> Iterator[Entity]:
    """Yield what the text has shown by more words with the same noun: "a Western diplomat" for "the diplomat"."""
    said = question.said
    if said is None or said.modifiers or not said.definite or not said.head.isalpha():
        return
    shown = discourse.shown(said.head)
    at = bisect_right(shown, question.since, key=lambda span: span.end)
    if not at:
        return
    span = shown[at - 1]
    if _names(discourse.cast, span.end):
        return
    entity = unnamed(discourse.cast, span, subject=_opens(discourse.cast.text, span.start))
    if question.kind == "organisation":
        entity.type = "organisation"
    yield entity
