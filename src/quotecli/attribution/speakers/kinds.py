"""What a name is by the article's other names: companies taken for people by their short form, and the reverse."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from quotecli.attribution.speakers.spotting import Named
from quotecli.naming.lexicon import ORGANISATION_WORDS, is_first_name
from quotecli.naming.names import NameWords, organisation_fit

_SPEAKS_OF_ITSELF = re.compile(r" (?:said|says|announced|confirmed|added)(?: \w+day)?(?: that)? its?\b")
_AT = re.compile(r"\b(?:[Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Nn]ear|[Oo]f|[Ff]or) \Z")


def correct_kinds(text: str, named: Sequence[Named]) -> None:
    """Set right the kind of names that another place in the article decides."""
    people = [one for one in named if one.kind == "person"]
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    titled = {one.words for one in people if one.titles < one.start}
    alone = {one.words for one in people if not in_full.issuperset(one.words[:1])} - titled
    alone = {words for words in alone if words[1:] == ()}
    _outvote(text, named, alone)
    bodies = {one.words for one in named if one.kind == "organisation"}
    for one in named:
        if one.kind == "unknown" and one.words in bodies:
            one.kind = "organisation"
    _correct_people(named, alone)
    _correct_others(text, named, {words[0] for words in alone | titled if words[1:] == ()})


def _outvote(text: str, named: Sequence[Named], alone: set[NameWords]) -> None:
    """Take for an organisation whom the article names by one word only, and mostly not like a person."""
    kinds: defaultdict[NameWords, Counter[str]] = defaultdict(Counter)
    for one in named:
        if one.words in alone and not is_first_name(one.words[0]):
            kinds[one.words]["itself"] += bool(_SPEAKS_OF_ITSELF.match(text, one.end))
            kinds[one.words][one.kind] += 1
    defined = {words for words in kinds if f"({words[0].upper()})" in text}
    outvoted = {words for words, of in kinds.items() if of["itself"] or of["organisation"] + of["place"] > of["person"]}
    outvoted |= defined
    for one in named:
        if one.words in outvoted:
            one.kind = "organisation"


def _correct_people(named: Sequence[Named], alone: set[NameWords]) -> None:
    """Take a person for the organisation that the article names in full ("Lumen Electronics Co."), if doubtful or known
    by that one word alone; and for one that it says is an organisation ("Deepwell, a startup")."""
    institutions = {one.words for one in named if one.kind == "organisation"}
    firm = {one.words for one in named if one.institution and one.kind == "organisation"}
    surnames = {one.words[-1] for one in named if one.kind == "person" and len(one.words) > 1}
    for one in named:
        if one.kind != "person":
            continue
        short = one.doubtful and any(organisation_fit(one.words, full) for full in institutions)
        first = one.words in alone and any(len(full) > 1 and full[0] == one.words[0] for full in institutions)
        said = one.words in firm and one.titles == one.start and not surnames & set(one.words)
        if short or first or said:
            one.kind = "organisation"


def _drop_title(text: str, one: Named) -> None:
    """Take for a person the surname behind an office's initials: "CJP | NAME"."""
    initials, _, _ = text[one.start : one.end].partition(" ")
    if 3 <= len(initials) <= 5 and initials.isupper():
        one.kind, one.words = "person", one.words[1:]
        one.start += len(initials) + 1


def _correct_others(text: str, named: Sequence[Named], surnames: set[str]) -> None:
    """Take for a person what has a given name and the surname of someone who is named by it alone or speaks by it
    ("Sandro NAME"); and a place of a person's surname, unless something happens there ("in NAME")."""
    alone = surnames | {one.words[0] for one in named if one.speaking and len(one.words) == 1}
    for one in named:
        if one.kind == "person" or len(one.words) != 2 or one.words[-1] not in alone or one.institution:
            continue
        if is_first_name(one.words[0]) and not ORGANISATION_WORDS & set(one.words):
            one.kind = "person"
    full = {one.words[-1] for one in named if one.kind == "person" and len(one.words) > 1}
    for one in named:
        if one.kind != "person" and len(one.words) == 2 and one.words[-1] in full:
            _drop_title(text, one)
    called = {one.words for one in named if one.kind == "person" or one.speaking} & {(word,) for word in full}
    for one in named:
        if one.kind == "place" and one.words in called and not _AT.search(text, max(0, one.start - 6), one.start):
            one.kind = "person"
