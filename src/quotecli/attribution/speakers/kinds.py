"""What a name is: the evidence around it, the network's word included, then the article's other names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotecli.attribution.speakers.phrases import head_of, is_person_word
from quotecli.attribution.speakers.tokens import OWNS, Token
from quotecli.naming.lexicon import (
    BEFORE_COMPANIES,
    HONORIFICS,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    Gender,
    fold,
    is_first_name,
)
from quotecli.naming.names import NameWords

NameKind = Literal["person", "organisation", "place", "document", "unknown"]


@dataclass(slots=True, eq=False)
class Named:
    """A name at its place, without title, role and possessive ending.

    titles: where the titles and offices in front of it begin (`start` where it has none).
    gender: what a title before it shows. words: folded, for comparison. possessive: "Mujahid's".
    """

    start: int
    end: int
    kind: NameKind
    words: NameWords
    titles: int
    gender: Gender | None = None
    possessive: bool = False
    honorific: bool = False
    speaking: bool = False
    headline: bool = False
    shown: str | None = None  # where that is not its own words ("Thomas" of "Thomas and Rachel Gallagher")
    institution: bool = False  # said to be one: "NAME, a grid-storage company"


_BODIES = ORGANISATION_HEADS - PERSON_WORDS.listed
_APPOSITION = re.compile(r", (?:the|an?|which is an?) ([^,;:\n]{3,80})")
_CALLED = re.compile(
    r"\b(?:goes|went|go) by(?: the)?(?: \w+){0,2} [“\"‘']?\Z|\bto be called [“\"‘']?\Z"
    r"|\b(?:identified|known|named|introduced|referred)\b"
    r"(?: (?:only|just|simply|\w+sel(?:f|ves)|to(?: all| many| friends)?|locally|online))* (?:as|by) [“\"‘']?\Z"
)


_PERSON_FROM = 2.0  # the sum of the weights of the signs that hold


def kind_of(text: str, titles: Sequence[Token], name: Sequence[Token], *, speaks: bool) -> NameKind:
    """Return what a name names."""
    start, end, first, alone = name[0].start, name[-1].end, name[0].word, len(name) == 1
    lead = text[max(0, start - 24) : start].rpartition("\n")[2].split()
    before = fold(lead[-1]) if lead and lead[-1][-1] not in '.!?”"' else ""
    title = titles[-1].word if titles else before
    seen = {token.person for token in name if token.label is not None}
    apposition = is_organisation_after(text, end)
    company = title in BEFORE_COMPANIES or (not titles and title in PLAIN_COMPANIES)
    institution = _says_institution(text, name)
    labels = speaks and text[end : end + 1] == ":" and not institution
    against = titles or apposition or company or institution or labels
    if len(seen) == 1 and not against and not is_person_word(title):
        return "person" if True in seen else _other_kind(text, name)
    signs = (
        (3.0, True in seen),
        (-3.0, seen == {False}),
        (3.0, _CALLED.search(text, max(0, start - 60), start) is not None),  # "who goes by the name NAME"
        (5.0, title in HONORIFICS),  # only people have them
        (3.0, title in PERSON_WORDS),  # "minister NAME", but "director Shell"
        (2.0, not alone and is_first_name(first)),
        (0.5, 2 <= len(name) <= 4),
        (1.5, speaks),  # who speaks is a person more often than not
        (5.0, labels),  # "WALLACE:"; the network knows few names in capitals
        (-3.0, company),  # "the airline NAME", "miner NAME"
        (-4.0, apposition),
        (-4.0, institution),
        (-4.0, any(token.acronym for token in name) and not all(token.capitals for token in name)),
        (-2.5, alone and name[0].capitals and len(first) <= 5),
    )
    if sum(weight for weight, holds in signs if holds) >= _PERSON_FROM:
        return "person"
    return "organisation" if apposition else _other_kind(text, name)


def _says_institution(text: str, name: Sequence[Token]) -> bool:
    """Whether a word of a name is an organisation's: but "Charlotte Church" is a person."""
    if len(name) == 2 and is_first_name(name[0].word):
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
    return match is not None and head_of(match[1]) in _BODIES


_SPEAKS_OF_ITSELF = re.compile(
    r" (?:said|says|announced|confirmed|added)(?: \w+day)?(?: that)?"
    r" (?:its|it (?:will|would|has|had|plans|hopes|wants|expects|intends))\b"  # but "NAME said it was late"
)
_HAS_MEMBERS = re.compile(
    r" (?:have|are|do|MPs?|MEPs?|councillors?|strikers?|midfielders?|defenders?|goalkeepers?|wingers?|shareholders?)\b"
)
"""What follows the name of a party, a club, a company: "NAME have sacked", "NAME MPs"."""
_LENDS_NAME = re.compile(r" (?:[a-z][\w-]* ){0,3}?([a-z][\w-]*) [A-Z][\w’'-]+ [A-Z]")
_INITIALS = re.compile(r"[A-Z]{3,5} ")


def correct_kinds(text: str, named: Sequence[Named]) -> None:
    """Set right the kind of names that another place in the article decides."""
    people = [one for one in named if one.kind == "person"]
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    lone = [one for one in people if len(one.words) == 1]
    titled = {one.words for one in lone if " " in text[one.titles : one.end]}
    alone = {one.words for one in lone if one.words[0] not in in_full} - titled
    _correct_surnames(named, {one.words[-1:] for one in people if len(one.words) > 1})
    _correct_bodies(named, _outvoted(text, named, alone), alone)
    _correct_others(text, named, {words[0] for words in alone | titled})


def _correct_surnames(named: Sequence[Named], surnames: set[NameWords]) -> None:
    """Take for a person a surname that is mostly a person's where it stands alone: the network slips at one "Trump"."""
    votes = Counter((one.words, one.kind) for one in named if one.words in surnames)
    for one in named:
        mostly = votes[one.words, "person"] > votes[one.words, "organisation"]
        if one.kind == "organisation" and one.words in surnames and mostly and not one.institution:
            one.kind = "person"


def _outvoted(text: str, named: Sequence[Named], alone: set[NameWords]) -> set[NameWords]:
    """Return whom the article names by one word only, and mostly not like a person."""
    votes: defaultdict[NameWords, Counter[str]] = defaultdict(Counter)
    for one in named:
        if one.words in alone and _has_members(text, one):
            votes[one.words]["itself"] += 1
        elif one.words in alone:
            votes[one.words][one.kind] += 1
            votes[one.words]["itself"] += _SPEAKS_OF_ITSELF.match(text, one.end) is not None
    return {
        words for words, of in votes.items() if of["itself"] or 2 * (of["organisation"] + of["place"]) >= of["person"]
    }


def _has_members(text: str, one: Named) -> bool:
    """Whether a name is followed by what only a body has."""
    return _HAS_MEMBERS.match(text, one.end) is not None or lends_name(text, one)


def lends_name(text: str, one: Named) -> bool:
    """Whether a name says whose somebody is who is named behind it: "NAME election chief Ann Roe"."""
    somebody = _LENDS_NAME.match(text, one.end)
    return somebody is not None and somebody[1] in PERSON_WORDS


def _correct_bodies(named: Sequence[Named], outvoted: set[NameWords], alone: set[NameWords]) -> None:
    """Take for an organisation what is one mostly, or elsewhere if nothing tells what it is here; and a person of one
    word that begins one's name ("Lumen", of Lumen Electronics Co.)."""
    bodies = outvoted | {one.words for one in named if one.kind == "organisation"}
    first = {words[:1] for words in bodies if len(words) > 1}
    for one in named:
        begins = one.kind == "person" and one.words in alone & first
        if begins or one.words in outvoted or (one.words in bodies and one.kind == "unknown"):
            one.kind = "organisation"


def _correct_others(text: str, named: Sequence[Named], surnames: set[str]) -> None:
    """Take for a person what has a given name and the surname of someone who is named by it alone or speaks by it
    ("Sandro NAME"), or a surname behind an office's initials ("CJP | NAME")."""
    alone = surnames | {one.words[0] for one in named if one.speaking and len(one.words) == 1}
    for one in named:
        if len(one.words) == 2 and one.words[1] in alone and is_first_name(one.words[0]):
            one.kind = "person"
    full = {one.words[-1] for one in named if one.kind == "person" and len(one.words) > 1}
    for one in named:
        if one.kind == "person" or one.words[-1] not in full:
            continue
        office = _INITIALS.match(text, one.start) if len(one.words) == 2 else None
        if office is not None:
            one.kind, one.words, one.start = "person", one.words[1:], office.end()
