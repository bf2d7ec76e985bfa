"""What a name is: the evidence around it, the network's word included, then the article's other names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotecli.attribution.mentions.phrases import head_of
from quotecli.attribution.mentions.tokens import OWNS, Token, opens_sentence
from quotecli.naming.lexicon import (
    BEFORE_COMPANIES,
    HONORIFICS,
    ORGANISATION_HEADS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLAIN_COMPANIES,
    Gender,
    ends_like_calling,
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


_BODIES = ORGANISATION_HEADS - PERSON_WORDS.listed
_APPOSITION = re.compile(r", (?:the|an?|which is an?) ([^,;:\n]{3,80})")
_THEN_HE = re.compile(r"(?!['’]s\b)[^.\n“”\"]{0,200}\. (?:He|She) ")  # "Faircloth left in 2023. He now works …"
_WHEN_OR_WHERE = re.compile(r"(?:\A|[.\n”\"] ?)(?:In|At|On|From) \Z")  # "In May, the city council …"
_CALLED = re.compile(
    r"\b(?:(?:go|goes|went|identified|known|named|introduced|referred)(?: \w+){0,3} (?:as|by)(?: the name)?"
    r"|to be called) [“\"‘']?\Z"
)
_PERSON_FROM = 2.0  # the sum of the weights of the signs that hold


def called_behind(text: str, start: int, end: int) -> str:
    """Return the noun that says what the name at [`start`, `end`) is, "" if none does: "NAME, the state’s utility"."""
    behind = None if _WHEN_OR_WHERE.search(text, max(0, start - 8), start) else _APPOSITION.match(text, end)
    return head_of(behind[1]) if behind is not None else ""


def kind_of(text: str, titles: Sequence[Token], name: Sequence[Token], *, speaks: bool) -> NameKind:
    """Return what a name names."""
    start, end, first, alone = name[0].start, name[-1].end, name[0].word, len(name) == 1
    lead = text[max(0, start - 24) : start].rpartition("\n")[2].split()
    before = fold(lead[-1]) if lead and lead[-1][-1] not in '.!?”"' else ""
    title = titles[-1].word if titles else before
    seen = {token.person for token in name if token.label is not None}
    called = called_behind(text, start, end)
    apposition = called in _BODIES  # "NAME, a grid-storage company"
    company = title in BEFORE_COMPANIES or (not titles and title in PLAIN_COMPANIES)
    composed = any(mark in text[start:end] for mark in ("&", *OWNS))
    institution = composed or any(token.word in ORGANISATION_WORDS for token in name)
    labels = speaks and text[end : end + 1] == ":" and not institution
    signs = (
        (3.0, True in seen),
        (-3.0, seen == {False}),
        (3.0, _CALLED.search(text, max(0, start - 60), start) is not None),  # "who goes by the name NAME"
        (5.0, title in HONORIFICS),  # only people have them
        (3.0, title in PERSON_WORDS),  # "minister NAME", but "director Shell"
        (3.0, title.endswith("-year-old")),  # "17-year-old NAME"
        (2.0, not alone and is_first_name(first)),
        (0.5, 2 <= len(name) <= 4),
        (1.5, speaks),  # who speaks is a person more often than not
        (5.0, labels),  # "WALLACE:"; the network knows few names in capitals
        (-3.0, company),  # "the airline NAME", "miner NAME"
        (-4.0, apposition),
        (-4.0, text.startswith((", which ", " which "), end)),
        (-2.0, _OF_BODIES.match(text, end) is not None),
        (2.0, not alone and called in PERSON_WORDS),  # "Serhii Radio, a chemistry researcher"
        (-4.0, institution),
        (-4.0, any(token.acronym for token in name) and not all(token.capitals for token in name)),
        (-2.5, alone and name[0].capitals and len(first) <= 5),
    )
    if sum(weight for weight, holds in signs if holds) >= _PERSON_FROM:
        return "person"
    return "organisation" if apposition else _other_kind(name, institution)


def _other_kind(name: Sequence[Token], institution: bool) -> NameKind:
    """Return what a name that is no person is: the network's word, if it saw the last word; else what the words say."""
    last, several = name[-1], len(name) > 1
    if last.label is not None and not last.person:
        return "organisation" if several and last.word in ORGANISATION_HEADS else last.label.type  # "North Quay Cafe"
    body = institution or (several and any(token.acronym for token in name))
    return "organisation" if body else "unknown"


_OF_BODIES = re.compile(  # "NAME have sacked", "NAME MPs", "NAME said its"; but "NAME said it was late"
    r" (?:have|are|do|MPs?|MEPs?|councillors?|strikers?|midfielders?|defenders?|goalkeepers?|wingers?|shareholders?"
    r"|(?:said|says|announced|confirmed|added)(?: \w+day)?(?: that)?"
    r" (?:its|it (?:will|would|has|had|plans|hopes|wants|expects|intends)))\b"
    r"|, [A-Z][a-z]+-based\b"  # "bought Karlskrona, Sweden-based Maingate"
)
_LENDS_NAME = re.compile(r" (?:[a-z][\w-]* ){0,3}?([a-z][\w-]*) [A-Z][\w’'-]+ [A-Z]")


_INITIALS = re.compile(r"[A-Z]{3,5} ")


def correct_kinds(text: str, named: Sequence[Named]) -> None:
    """Set right the kind of names that the article's other names decide, the network's slips at one "Trump" among them.

    A surname is a person if it mostly is one. A name of one word that is nobody's surname is an organisation if it
    mostly is one, has members, speaks of "its", or begins an organisation's name ("Lumen", of Lumen Electronics Co.).
    """
    people = [one for one in named if one.kind == "person"]
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    surnames = {one.words[-1:] for one in people if len(one.words) > 1}
    lone = [one for one in people if len(one.words) == 1]
    titled = {one.words for one in lone if " " in text[one.titles : one.end]}
    alone = {one.words for one in lone if one.words[0] not in in_full} - titled
    votes = _votes(text, named)
    bodies = [words for words, of in votes.items() if len(words) > 1 and of["organisation"]]
    begun = {words[:1] for words in bodies} & alone
    called = {one.words for one in lone}  # "Limbaugh", so "Rush Limbaugh" only begins "Rush Limbaugh Show"
    heads = {words[:n] for words in bodies for n in range(2, len(words)) if not is_first_name(words[0])}
    begun |= {words for words in heads if words[-1:] not in called}
    for one in named:
        of, surname = votes[one.words], one.words in surnames
        outvoted = one.words in alone and (of["itself"] or 2 * (of["organisation"] + of["place"]) >= of["person"])
        begins = one.kind == "person" and one.words in begun
        mostly = of["person"] > of["organisation"]
        if (
            surname
            and one.kind != "person"
            and (mostly or (of["organisation"] == 1 and _THEN_HE.match(text, one.end) is not None))
        ):
            one.kind = "person"
        elif outvoted or begins or (one.kind == "unknown" and of["organisation"] and not surname):
            one.kind = "organisation"
    _correct_people(text, named, {words[0] for words in alone | titled})


def _opens(text: str, one: Named) -> bool:
    """Whether the first word of a name only opens its sentence."""
    return _is_no_name(one.words[0]) and opens_sentence(text, one.start)


def _is_no_name(word: str) -> bool:
    """Whether a word is likely no first name: "Understated", "Eventually", "Oceanographer"."""
    return (word.endswith(("ed", "ly", "ing")) or ends_like_calling(word)) and not is_first_name(word)


_NO_PERSON_BEHIND = ("provided by ", "supplied by ", "compiled by ", " in ", " near ")  # a chart; a place


def _votes(text: str, named: Sequence[Named]) -> dict[NameWords, Counter[str]]:
    """Return how often every name is of every kind, and how often it is said to be what only a body can be."""
    votes: defaultdict[NameWords, Counter[str]] = defaultdict(Counter)
    for one in named:
        votes[one.words][one.kind] += 1
        body = _OF_BODIES.match(text, one.end) is not None or lends_name(text, one)
        votes[one.words]["itself"] += body or text.endswith(_NO_PERSON_BEHIND, 0, one.start)
    return votes


def lends_name(text: str, one: Named) -> bool:
    """Whether a name says whose somebody is who is named behind it: "NAME election chief Ann Roe"."""
    somebody = _LENDS_NAME.match(text, one.end)
    return somebody is not None and somebody[1] in PERSON_WORDS


def _correct_people(text: str, named: Sequence[Named], surnames: set[str]) -> None:
    """Take for a person what has a given name and the surname of someone who is named by it alone or speaks by it
    ("Sandro NAME"), or a surname behind an office's initials ("CJP | NAME"), and for a surname what a verb or an adverb
    opens a sentence with ("Understated | NAME")."""
    alone = surnames | {one.words[0] for one in named if one.speaking and len(one.words) == 1}
    people = [one.words for one in named if one.kind == "person" and len(one.words) > 1]
    full = {words[-1] for words in people}
    given = {words[-1] for words in people if not _is_no_name(words[0])}
    for one in named:
        if len(one.words) == 2 and one.words[1] in given and _opens(text, one):
            one.words, one.start = one.words[1:], text.index(" ", one.start) + 1
        if one.kind == "person" or len(one.words) != 2:
            continue
        office = _INITIALS.match(text, one.start)
        if one.words[1] in alone and is_first_name(one.words[0]):
            one.kind = "person"
        elif office is not None and one.words[1] in full:
            one.kind, one.words, one.start = "person", one.words[1:], office.end()
