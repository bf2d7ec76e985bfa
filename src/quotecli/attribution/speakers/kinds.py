"""What a name is by the article's other names: companies taken for people by their short form, and the reverse."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from quotecli.attribution.speakers.spotting import Named
from quotecli.attribution.speakers.tokens import OWNS
from quotecli.naming.lexicon import KEPT_TITLES, ORGANISATION_WORDS, PERSON_WORDS, fold, is_first_name
from quotecli.naming.names import NameWords
from quotecli.records import Span

_SPEAKS_OF_ITSELF = re.compile(
    r" (?:said|says|announced|confirmed|added)(?: \w+day)?(?: that)?"
    r" (?:its|it (?:will|would|has|had|plans|hopes|wants|expects|intends))\b"  # but "NAME said it was late"
)
_HAS_MEMBERS = re.compile(
    r" (?:have|are|do|MPs?|MEPs?|councillors?|strikers?|midfielders?|defenders?|goalkeepers?|wingers?|shareholders?)\b"
)
"""What follows the name of a party, a club, a company: "NAME have sacked", "NAME MPs"."""
_LENDS_NAME = re.compile(r" (?:[a-z][\w-]* ){0,3}?([a-z][\w-]*) [A-Z][\w’'-]+ [A-Z]")
_AT = re.compile(r"\b(?:[Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Nn]ear|[Oo]f|[Ff]or) \Z")
_INITIALS = re.compile(r"[A-Z]{3,5} ")


def correct_kinds(text: str, named: Sequence[Named], sources: Sequence[Span]) -> None:
    """Set right the kind of names that another place in the article decides. sources: spans that name who speaks."""
    people = [one for one in named if one.kind == "person"]
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    titled: set[NameWords] = {one.words for one in people if len(one.words) == 1 and _is_titled(text, one)}
    single: set[NameWords] = {one.words for one in people if len(one.words) == 1}
    alone = {words for words in single - titled if words[0] not in in_full}
    _correct_surnames(named, {one.words[-1:] for one in people if len(one.words) > 1})
    _complete_owners(text, named, {span.end for span in sources}, in_full)
    _correct_bodies(named, _outvoted(text, named, alone), alone, in_full)
    _correct_others(text, named, {words[0] for words in alone | titled})


def _is_titled(text: str, one: Named) -> bool:
    """Whether a title stands before a name, or is kept in it: "Mr NAME", "Lord NAME"."""
    return one.titles < one.start or fold(text[one.start : one.end].partition(" ")[0]) in KEPT_TITLES


def _correct_surnames(named: Sequence[Named], surnames: set[NameWords]) -> None:
    """Take for a person a surname that is mostly a person's where it stands alone: the network slips at one "Trump"."""
    votes = Counter((one.words, one.kind) for one in named if one.words in surnames)
    for one in named:
        mostly = votes[one.words, "person"] > votes[one.words, "organisation"]
        if one.kind == "organisation" and one.words in surnames and mostly and not one.institution:
            one.kind = "person"


def _complete_owners(text: str, named: Sequence[Named], ends: set[int], in_full: set[str]) -> None:
    """Take for an organisation what speaks with a possessive ending, and is never named without: "Sainsbury's said"."""
    owners = [one for one in named if text.startswith(OWNS, one.end) and one.titles == one.start]
    speaking = {one.words for one in owners if one.end + 2 in ends and not in_full.intersection(one.words)}
    other = {one.words for one in named if not text.startswith(OWNS, one.end)}
    for one in owners:
        if one.words in speaking - other and len(one.words) == 1 and not is_first_name(one.words[0]):
            one.kind, one.institution, one.possessive = "organisation", True, False
            one.end += 2
            one.shown = text[one.start : one.end]


def _outvoted(text: str, named: Sequence[Named], alone: set[NameWords]) -> set[NameWords]:
    """Return whom the article names by one word only, and mostly not like a person."""
    votes: defaultdict[NameWords, Counter[str]] = defaultdict(Counter)
    for one in named:
        if one.words in alone and _has_members(text, one):
            votes[one.words]["itself"] += 1
        elif one.words in alone and not is_first_name(one.words[0]):
            votes[one.words][one.kind] += 1
            votes[one.words]["itself"] += _SPEAKS_OF_ITSELF.match(text, one.end) is not None
    return {
        words
        for words, of in votes.items()
        if of["itself"] or 2 * (of["organisation"] + of["place"]) >= of["person"] or f"({words[0].upper()})" in text
    }


def _has_members(text: str, one: Named) -> bool:
    """Whether a name is followed by what only a body has."""
    if text.endswith((" and ", ", "), 0, one.titles):
        return False
    return _HAS_MEMBERS.match(text, one.end) is not None or lends_name(text, one)


def lends_name(text: str, one: Named) -> bool:
    """Whether a name says whose somebody is who is named behind it: "NAME election chief Ann Roe"."""
    somebody = _LENDS_NAME.match(text, one.end)
    return somebody is not None and somebody[1] in PERSON_WORDS


def _correct_bodies(named: Sequence[Named], outvoted: set[NameWords], alone: set[NameWords], in_full: set[str]) -> None:
    """Take for an organisation what is one mostly, or elsewhere if nothing tells what it is here; a person of one word
    that begins one's name ("Lumen", of Lumen Electronics Co.), and what is said to be one ("Deepwell, a startup")."""
    bodies = outvoted | {one.words for one in named if one.kind == "organisation"}
    first = {words[:1] for words in bodies if len(words) > 1}
    said = {one.words for one in named if one.institution and one.kind == "organisation" and len(one.words) == 1}
    for one in named:
        called = one.words in said and one.titles == one.start and one.words[0] not in in_full
        body = one.words in outvoted or (one.words in bodies and one.kind == "unknown")
        if called or body or (one.kind == "person" and one.words in alone & first):
            one.kind = "organisation"


def _correct_others(text: str, named: Sequence[Named], surnames: set[str]) -> None:
    """Take for a person what has a given name and the surname of someone who is named by it alone or speaks by it
    ("Sandro NAME"), or a surname behind an office's initials ("CJP | NAME"); and a place of a person's surname, unless
    something happens there ("in NAME")."""
    alone = surnames | {one.words[0] for one in named if one.speaking and len(one.words) == 1}
    for one in named:
        given = len(one.words) == 2 and one.words[1] in alone and is_first_name(one.words[0])
        if given and one.kind != "person" and not (one.institution or ORGANISATION_WORDS & set(one.words)):
            one.kind = "person"
    full = {one.words[-1] for one in named if one.kind == "person" and len(one.words) > 1}
    called = {one.words for one in named if one.speaking or one.kind == "person"}
    for one in named:
        if one.kind == "person" or one.words[-1] not in full:
            continue
        office = _INITIALS.match(text, one.start) if len(one.words) == 2 else None
        if office is not None:
            one.kind, one.words, one.start = "person", one.words[1:], office.end()
        elif one.kind == "place" and one.words in called and not _AT.search(text, max(0, one.start - 6), one.start):
            one.kind = "person"
