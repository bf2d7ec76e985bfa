"""Reading a source: what kind of words name who speaks, and which of the names in them is the head.

"Tom Lee, a spokesman for Mr Fox" is about Tom Lee; "a spokesman for Mr Fox" and "Fox supporters" are not about Fox.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quotecli.attribution.half_seen import HANDLE
from quotecli.attribution.layout.labels import OWN_NUMBER
from quotecli.attribution.mentions.phrases import head_of
from quotecli.attribution.mentions.spotting import Named
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.head_names import head_names
from quotecli.naming.lexicon import (
    ARTICLES,
    COLLECTIVES,
    DETERMINERS,
    DOCUMENTS,
    OPENERS,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
    SEVERAL_PRONOUNS,
    fold,
    is_demonym,
    is_plural,
    singular,
)
from quotecli.records import Span, SpeakerType

SourceKind = Literal["names", "pronoun", "relative", "label", "description", "phrase"]
"""`description`: it may mean someone named ("the minister"); `phrase`: it names no one ("officials")."""

_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Ltd|Corp|Co)$")
_AND_OTHERS = re.compile(
    r"(?!.* (?:by|in|from|of|on|for|with|that|who)\b.*\band ).*\band (?:his|her|its|their|the|other) "
)
_CLAUSE = re.compile(
    r",? (?:where|dated|(?:led|headed|obtained|seen|reviewed|viewed) by)\b"
    r"|,? (?:being )?(?:released|published|issued|filed|presented)(?! \w+day by )"
    r"(?=,|\Z| (?:on|in|at|to|this|last|late|early|earlier|[A-Z]))"  # but "a newly released report"
    r"|, (?:from|including|among|known|formerly|drawn up|which|who|whose|[a-z]+ed(?! [a-z]+\Z))\b"
    r"|, (?:no|an?|the|one of|now|once)\b(?!.*\band\b)"
    r"|(?<!\b(?:on|of|in))(?<!\bfor)(?<!\bfrom)(?<!\babout)"  # "a report on last year’s blackout"
    r" (?:at the time\Z|(?:last|this|earlier) (?:this )?(?:year|month|week|spring|summer|autumn|winter|fall)\b)"
)
_ACRONYM = re.compile(r" \([A-Z][\w.]{1,7}\)$")
_RELATIVE_END = re.compile(r"(?:,? and)?,? (?:who|which|that)$|,? and$")
_WHEN = re.compile(
    r"(?<=\w) (?:(?:in|on|since|during) (?:(?:early|late|mid) )?)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|[12]\d{3})\Z"
)
"""When somebody spoke, which says nothing of them: "the trust in July"."""

OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
"""Who speaks in "his response was to say"."""

_NO_NAME = re.compile(rf"{HANDLE.pattern}|{OWN_NUMBER}")
"""Whoever is called so has no name in it: "@PC_Dunmore", "SPEAKER B"."""

_DEMONYM = re.compile(r"[Tt]he ([A-Z][\w-]+)")
_LABEL = re.compile(r"[A-Z]{1,3}[ *.]{0,2}:|[QA]\.")
_LATE = re.compile(r",? (?:also|however|too|meanwhile|still|though|therefore|overall|\w+self),?\Z|['’]s\Z")
"""What stands behind a source and says nothing of it: "the researchers, however"."""
_EDGES = " \t\r\n\u00a0,;:.“”\"‘'’–—-()[]*"
_IN_MARKS_LAST = re.compile(r" (?:“[^“”]+”|‘[^‘’]+’|\"[^\"]+\"|'[^']+')\Z")
_THE = frozenset(("the", "this", "that"))


@dataclass(frozen=True, slots=True)
class Source:
    """A source's words, read. `heads`: the names that it is about; `type`: what an unresolved one is."""

    kind: SourceKind
    start: int
    end: int
    text: str
    head: str
    type: SpeakerType
    heads: tuple[Named, ...] = ()


Read = tuple[SourceKind, str, SpeakerType]
"""Of a source: its kind, its head, what it is if nothing more is found."""


def read_source(text: str, cast: Cast, span: Span) -> Source | None:
    """Return what the words of a source span are, None for a span without words."""
    start, end = _trim(text, span)
    if start >= end:
        return None
    words = text[start:end]
    bare = _read_bare(words)
    if bare is None and len(words) <= 3 and _LABEL.match(text, start):
        bare = "label", fold(words), "unknown"
    heads = head_names(text, cast, start, end) if bare is None else ()
    words = words if heads else _WHEN.sub("", words)
    kind, head, what = bare or (("names", "", "unknown") if heads else _read_phrase(words))
    return Source(kind, start, end, words, head, what, heads)


def _read_bare(words: str) -> Read | None:
    """Return what a source is that holds no name: a pronoun, a relative, someone of a country."""
    folded = OWNERS.get(fold(words), fold(words))
    if folded in PRONOUNS:
        return "pronoun", folded, "group" if folded in SEVERAL_PRONOUNS else "unknown"
    relative = "who" if words.startswith("who ") else folded  # "who led it and"
    if relative in RELATIVE_PRONOUNS:
        return "relative", relative, "unknown"
    if _NO_NAME.fullmatch(words):
        return "phrase", folded, "unknown"
    person = _DEMONYM.fullmatch(words)
    return ("description", fold(person[1]), "unknown") if person and is_demonym(person[1]) else None


def _trim(text: str, span: Span) -> tuple[int, int]:
    late = _LATE.search(text, span.start, span.end)
    end = span.end if late is None else late.start()
    start = end - len(text[span.start : end].lstrip(_EDGES))
    while end > start and text[end - 1] in _EDGES and not _IN_MARKS_LAST.search(text, start, end):
        end -= 1
    if text[end : end + 1] == "." and _ABBREVIATED.search(text, start, end):
        end += 1
    if text[end : end + 1] == ")" and text[start:end].count("(") > text[start:end].count(")"):
        end += 1
    return start, end


def _read_phrase(words: str) -> Read:
    head = head_of(words)
    kind = phrase_type(words, head)
    first = fold(words.split(maxsplit=1)[0])
    calling = first not in DETERMINERS and head in PERSON_WORDS and head not in OPENERS
    definite = first in _THE or calling
    if _AND_OTHERS.match(words):
        return "phrase", head, "group"  # "the nominee and his aides"
    one = kind in ("unknown", "organisation")
    return "description" if definite and one else "phrase", head, kind


def phrase_type(words: str, head: str) -> SpeakerType:
    """Return what a phrase without a named head means; one person is `unknown`."""
    bare = head.partition("-of-")[0].rpartition("-")[2] or head  # "father-of-four"
    if bare in PERSON_WORDS:
        return "group" if bare in ("sources", "staff", "media") else "unknown"
    if {bare, singular(bare)} & DOCUMENTS:
        return "document"
    if (is_plural(bare) and bare not in ORGANISATION_WORDS) or (bare in COLLECTIVES and " of " in words):
        return "group"
    return "organisation" if {bare, singular(bare)} & ORGANISATION_WORDS else "unknown"


def own_words(text: str, start: int, end: int) -> str:
    """Return a source's words as a name: on one line, without the leading article."""
    shown = _RELATIVE_END.sub("", _CLAUSE.split(" ".join(text[start:end].split()), maxsplit=1)[0])
    shown = _ACRONYM.sub("", shown)
    first, _, rest = shown.partition(" ")
    return rest if rest and fold(first) in ARTICLES else shown
