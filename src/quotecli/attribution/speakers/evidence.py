"""Whether a name is a person's, an organisation's or a place's: the evidence around it, the network's word included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from quotecli.attribution.speakers.phrases import head_of, is_person_word, names_person
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
_BODIES = ORGANISATION_HEADS - PERSON_WORDS.listed
_APPOSITION = re.compile(r", (?:the|an?|which is an?) ([^,;:\n]{3,80})")
_AGENCY_IN_FRONT = re.compile(r"(?:(?:^|[.!?”\"] |\n)(?:The|An?|[A-Z][\w-]*['’]s)|\ban?)(?: [\w-]+){0,4} ([\w-]+), \Z")
_CALLED = re.compile(
    r"\b(?:goes|went|go) by(?: the)?(?: \w+){0,2} [“\"‘']?\Z|\bto be called [“\"‘']?\Z"
    r"|\b(?:identified|known|named|introduced|referred)\b"
    r"(?: (?:only|just|simply|\w+sel(?:f|ves)|to(?: all| many| friends)?|locally|online))* (?:as|by) [“\"‘']?\Z"
)


_MADE_BY = re.compile(r"\b(?:provided|supplied|powered|hosted|operated|owned|run|produced|compiled|made|sold) by \Z")
_PERSON_FROM = 2.0  # the sum of the weights of the signs that hold


def kind_of(text: str, titles: Sequence[Token], name: Sequence[Token], *, speaks: bool) -> NameKind:
    """Return what a name names."""
    start, end, first, alone = name[0].start, name[-1].end, name[0].word, len(name) == 1
    lead = text[max(0, start - 24) : start].rpartition("\n")[2].split()
    before = lead[-1] if lead and not _ends_sentence(lead[-1]) else ""
    title = titles[-1].word if titles else fold(before)
    seen = {token.person for token in name if token.label is not None}
    apposition = is_organisation_after(text, end) or _is_agency(text, start)
    made = alone and _MADE_BY.search(text, max(0, start - 24), start) is not None  # "This chart, provided by NAME"
    company = made or title in BEFORE_COMPANIES or (not titles and title in PLAIN_COMPANIES)
    institution = _says_institution(text, name)
    labels = speaks and text[end : end + 1] == ":" and not institution
    against = titles or apposition or company or institution or labels
    if len(seen) == 1 and not against and not is_person_word(title):
        return "person" if True in seen else _other_kind(text, name)
    signs = (
        (3.0, True in seen),
        (-3.0, seen == {False}),
        (3.0, _CALLED.search(text, max(0, start - 60), start) is not None),  # "who goes by the name NAME"
        (5.0, title in HONORIFICS and (bool(titles) or before[:1].isupper())),  # only people have them
        (3.0, title in PERSON_WORDS or title.rpartition("-")[2] in OFFICES),  # "minister NAME", but "director Shell"
        (2.0, not alone and is_first_name(first)),
        (0.5, 2 <= len(name) <= 4),
        (1.5, speaks),  # who speaks is a person more often than not
        (5.0, labels),  # "WALLACE:"; the network knows few names in capitals
        (-3.0, company and not is_first_name(first)),  # "the airline NAME", "miner NAME"
        (-4.0, apposition),
        (-4.0, institution),
        (-4.0, any(token.acronym for token in name) and not all(token.capitals for token in name)),
        (-2.5, alone and name[0].capitals and len(first) <= 5),
    )
    if sum(weight for weight, holds in signs if holds) >= _PERSON_FROM:
        return "person"
    return "organisation" if apposition else _other_kind(text, name)


def _ends_sentence(word: str) -> bool:
    """Whether a word is the last of the sentence before: not "Sen."."""
    return word.endswith((".", "!", "?", "”", '"')) and fold(word) not in HONORIFICS


def _says_institution(text: str, name: Sequence[Token]) -> bool:
    """Whether a word of a name is an organisation's: but "Charlotte Church" is a person, where the network sees one."""
    if len(name) == 2 and is_first_name(name[0].word) and name[1].person:
        return False
    return _is_composed(text, name) or any(token.word in ORGANISATION_WORDS for token in name)


def _is_composed(text: str, name: Sequence[Token]) -> bool:
    """Whether an "&" or a possessive stands in a name."""
    return any(mark in text[name[0].start : name[-1].end] for mark in ("&", *OWNS))


def _other_kind(text: str, name: Sequence[Token]) -> NameKind:
    """Return what a name that is no person is: the network's word, if it saw the last word; else what the words say."""
    last, label = name[-1], name[-1].label
    body = len(name) > 1 and last.word in ORGANISATION_HEADS  # "North Quay Cafe"
    if _is_composed(text, name):
        return "organisation"
    if label is not None and not last.person:
        return "organisation" if body else label.type
    acronym = len(name) > 1 and any(token.acronym for token in name)
    if acronym or any(token.word in ORGANISATION_WORDS for token in name):
        return "organisation"
    return "place" if name[0].label is not None and name[0].label.type == "place" else "unknown"


def is_organisation_after(text: str, end: int) -> bool:
    """Whether the apposition behind a name says that it is an organisation: "NAME, a grid-storage company"."""
    match = _APPOSITION.match(text, end)
    return match is not None and head_of(match[1]) in _BODIES and not names_person(match[1])


def _is_agency(text: str, start: int) -> bool:
    """Whether the noun before the name and a comma says that it is an organisation: "Spain's weather agency, NAME,"."""
    match = _AGENCY_IN_FRONT.search(text, max(0, start - 80), start) if text.endswith(", ", 0, start) else None
    if match is None or fold(match[1]) not in _BODIES:
        return False
    return not any(word in PREPOSITIONS for word in match[0].split())
