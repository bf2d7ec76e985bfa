"""Whether a name is a person's, an organisation's or a place's: the evidence around it, the network's word included."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from quotecli.attribution.speakers.roles import head_of, is_person_word, names_person
from quotecli.attribution.speakers.tokens import OWNS, Token
from quotecli.naming.lexicon import (
    BEFORE_COMPANIES,
    HONORIFICS,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    PREPOSITIONS,
    fold,
    is_first_name,
)

NameKind = Literal["person", "organisation", "place", "document", "unknown"]
_APPOSITION = re.compile(r", (?:the|an?|which is an?) ([^,;:\n]{3,80})")
_AGENCY_IN_FRONT = re.compile(r"(?:(?:^|[.!?”\"] |\n)(?:The|An?|[A-Z][\w-]*['’]s)|\ban?)(?: [\w-]+){0,4} ([\w-]+), \Z")
_CALLED = re.compile(
    r"\b(?:goes|went|go) by(?: the)?(?: \w+){0,2} [“\"‘']?\Z|\bto be called [“\"‘']?\Z"
    r"|\b(?:identified|known|named|introduced|referred)\b"
    r"(?: (?:only|just|simply|\w+sel(?:f|ves)|to(?: all| many| friends)?|locally|online))* (?:as|by) [“\"‘']?\Z"
)


@dataclass
class _Clues:
    """A name with what stands around it."""

    text: str
    titles: Sequence[Token]
    name: Sequence[Token]
    speaks: bool

    def __post_init__(self) -> None:
        self.start, self.end = self.name[0].start, self.name[-1].end
        self.first = self.name[0].word
        self.alone = len(self.name) == 1
        lead = self.text[max(0, self.start - 24) : self.start].rpartition("\n")[2].strip()
        self.before = lead.rpartition(" ")[2]
        self.title = self.titles[-1].word if self.titles else fold(self.before)
        self.mixed = not all(token.capitals for token in self.name)
        self.seen = {token.person for token in self.name if token.label is not None}

    def behind(self, *words: str) -> bool:
        return self.text.startswith(words, self.end)

    @cached_property
    def apposition(self) -> bool:
        """Whether what a comma sets apart says that it is an organisation."""
        return is_organisation_after(self.text, self.end) or (self.behind(", ") and _is_agency(self.text, self.start))

    @cached_property
    def company(self) -> bool:
        noun = self.title in BEFORE_COMPANIES or (not self.titles and self.title in PLAIN_COMPANIES)
        return noun and not is_first_name(self.first)

    @cached_property
    def institution(self) -> bool:
        """Whether a word of it is an organisation's: but "Charlotte Church" is a person, where the network sees one."""
        if len(self.name) == 2 and is_first_name(self.first) and self.name[1].person:
            return False
        shown = self.text[self.start : self.end]
        return any(mark in shown for mark in ("&", *OWNS)) or any(
            token.word in ORGANISATION_WORDS for token in self.name
        )

    @property
    def label(self) -> bool:
        """Whether it labels a turn."""
        return self.speaks and self.behind(":") and not self.institution


_SIGNS: tuple[tuple[float, Callable[[_Clues], bool]], ...] = (
    (3.0, lambda one: _ends(one.text, one.start, _CALLED)),  # "who goes by the name NAME", "identified only as NAME"
    (3.0, lambda one: True in one.seen),
    (-3.0, lambda one: one.seen == {False}),
    (5.0, lambda one: one.title in HONORIFICS and (bool(one.titles) or one.before[:1].isupper())),  # only people's
    (3.0, lambda one: one.title in PERSON_WORDS or one.title.rpartition("-")[2] in OFFICES),  # or "director Shell"
    (-3.0, lambda one: one.company),  # "the airline NAME", "miner NAME"
    (2.0, lambda one: not one.alone and is_first_name(one.first)),
    (1.5, lambda one: one.speaks),  # who speaks is a person more often than not
    (5.0, lambda one: one.label),  # "WALLACE:"; the network knows few names in capitals
    (-4.0, lambda one: one.apposition),
    (0.5, lambda one: 2 <= len(one.name) <= 4),
    (-4.0, lambda one: one.institution),
    (-4.0, lambda one: one.mixed and any(token.acronym for token in one.name)),
    (-2.5, lambda one: one.alone and one.name[0].capitals and len(one.first) <= 5),
)
"""What tells a person: each sign's weight, and whether it is there."""

_PERSON_FROM = 2.0


def kind_of(text: str, titles: Sequence[Token], name: Sequence[Token], *, speaks: bool) -> tuple[NameKind, bool]:
    """Return what a name names, and whether that is in doubt."""
    one = _Clues(text, titles, name, speaks)
    against = titles or one.apposition or one.company or one.institution or one.label
    if len(one.seen) == 1 and not against and not is_person_word(one.title):
        return ("person", False) if one.seen == {True} else (_other_kind(one), False)
    score = sum(weight for weight, holds in _SIGNS if holds(one))
    return ("person", score <= _PERSON_FROM) if score >= _PERSON_FROM else (_other_kind(one), False)


def _other_kind(one: _Clues) -> NameKind:
    """Return what a name that is no person is: the network's word, if it saw the last word; else what the words say."""
    if one.apposition or any(mark in one.text[one.start : one.end] for mark in ("&", *OWNS)):
        return "organisation"
    last = one.name[-1]
    if last.label is not None and not last.person:
        body = not one.alone and last.word in ORGANISATION_HEADS  # "North Quay Cafe"
        return "organisation" if body else last.label.type
    acronym = not one.alone and any(token.acronym for token in one.name)
    if acronym or any(token.word in ORGANISATION_WORDS for token in one.name):
        return "organisation"
    return "place" if one.name[0].label is not None and one.name[0].label.type == "place" else "unknown"


def is_organisation_after(text: str, end: int) -> bool:
    """Whether the apposition behind a name says that it is an organisation: "NAME, a grid-storage company"."""
    match = _APPOSITION.match(text, end)
    return match is not None and head_of(match[1]) in ORGANISATION_HEADS - PERSON_WORDS and not names_person(match[1])


def _is_agency(text: str, start: int) -> bool:
    """Whether the noun before the name and a comma says that it is an organisation: "Spain's weather agency, NAME,"."""
    match = _AGENCY_IN_FRONT.search(text, max(0, start - 80), start) if text.endswith(", ", 0, start) else None
    if match is None or fold(match[1]) not in ORGANISATION_HEADS - PERSON_WORDS:
        return False
    return not any(word in PREPOSITIONS for word in match[0].split())


def _ends(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Whether such words stand right before the name."""
    return words.search(text, max(0, start - 60), start) is not None
