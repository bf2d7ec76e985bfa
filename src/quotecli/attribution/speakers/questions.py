"""What is asked of the ranker: whom the words at a place mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.mentions.documents import SENT
from quotecli.attribution.speakers.descriptions import Described
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import (
    INSTITUTIONS,
    ORGANISATION_HEADS,
    PLURAL_PRONOUNS,
    THING_PRONOUNS,
    Gender,
    fold,
    pronoun_gender,
)
from quotecli.naming.names import NameWords, name_words
from quotecli.text.document import Document

LONGEST_DESCRIPTION = 3
"""Words of an organisation's description that may mean one named before: a longer one is its own."""

_AND = re.compile(r"(?<=\w),? (?:and|but) (?:has |have |had |also )?\Z")

_PRONOUN = re.compile(
    r"(?:(?:But|And|Then|Yet|Still|So|Now|Later),? |[A-Z][^A-Z,.;:“”\"\n]{2,50}, )?"
    r"(?P<pronoun>[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
)
"""What opens a sentence with someone unnamed: "He shrugged", "At last, her luck turned"."""

QuestionKind = Literal["he or she", "they", "it", "person", "organisation", "document", "surname", "nobody named"]
"""A pronoun; a description of a person or an organisation; a surname that several have; no source at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who is meant at `start`.

    since: where the attribution begins (its quotation stands before "he said"); what stands before it has been read.
    content: the place of what is said. quoted: whether that begins in quotation marks.
    speaking: who says the words that the source stands in. said: what a description says. names: a surname's words.
    owner: whom "her" means in "her mother", who is somebody else.
    elided: whether what reports the words goes on from a subject before it: "NAME will close, and said".
    """

    kind: QuestionKind
    start: int
    end: int
    since: int
    content: tuple[int, int]
    quoted: bool
    text: str = ""
    head: str = ""
    gender: Gender | None = None
    speaking: Entity | None = None
    said: Described | None = None
    names: NameWords = ()
    elided: bool = False
    owner: Entity | None = None


def ask(
    document: Document, kind: QuestionKind, source: Source, attribution: Attribution, speaking: Entity | None = None
) -> Question:
    """Return the question who a source means."""
    content = (attribution.content[0].start, attribution.content[-1].end)
    quoted = document.is_quoted(content[0])
    since = min(source.start, content[0]) if quoted else source.start
    said = Described.read(source) if source.kind not in ("pronoun", "names") else None
    surname = source.heads[0] if kind == "surname" else None
    gender = surname.gender if surname else said.gender if said else pronoun_gender(source.head)  # "Ms NAME"
    names = surname.words if surname else ()
    return Question(
        kind, source.start, source.end, since, content, quoted, source.text, source.head, gender, speaking, said, names
    )


def pronoun_kind(pronoun: str) -> QuestionKind:
    """Return what kind of question a folded pronoun is."""
    return "they" if pronoun in PLURAL_PRONOUNS else "it" if pronoun in THING_PRONOUNS else "he or she"


def ask_unattributed(document: Document, attribution: Attribution) -> Question:
    """Return the question who says words without a source."""
    start, end = attribution.content[0].start, attribution.content[-1].end
    quoted = document.is_quoted(start) or document.is_quoted(end - 1)
    cue = attribution.cue
    before = cue.start if cue is not None and cue.start < start else 0
    elided = _AND.search(document.text, max(0, before - 12), before) is not None
    return Question("nobody named", start, start, start, (start, end), quoted, elided=elided)


def described_kind(source: Source) -> QuestionKind | None:
    """Return what kind of question a description is, None if it can mean nobody whom the text names."""
    if source.type == "document":
        return "document" if source.head in SENT else None
    if source.type == "organisation":
        short = len(name_words(source.text)) <= LONGEST_DESCRIPTION
        return "organisation" if short and source.head in ORGANISATION_HEADS | INSTITUTIONS.keys() else None
    one = source.type == "unknown" and (source.kind == "description" or source.text.lower().startswith(("a ", "an ")))
    said = Described.read(source) if one else None
    if said is None or not said.person or said.head == "source":
        return None  # "a source" is whom the article does not name
    return "he or she" if said.definite and said.age is not None and said.head.endswith("-old") else "person"


def openings(document: Document, start: int, end: int) -> Iterator[Question]:
    """Yield who is meant by the pronouns that open the sentences beginning between `start` and `end`, in order."""
    sentences = document.sentences
    for sentence in sentences[bisect_left(sentences, start, key=lambda sentence: sentence.start) :]:
        if sentence.start >= end:
            return
        found = None if document.is_quoted(sentence.start) else _PRONOUN.match(document.text, sentence.start, end)
        if found is not None:
            (at, until), word = found.span("pronoun"), fold(found["pronoun"])
            gender = pronoun_gender(word)
            yield Question("he or she", at, until, at, (at, at), quoted=False, text=word, head=word, gender=gender)
