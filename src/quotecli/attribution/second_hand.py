"""Words at second hand: whoever passes them on does not say them.

The Herald quoted him as saying, “The dam is sound.”           he says it (see `passed_on`)
She called it “a shame,” according to the Herald               she does
“It will last,” she told dock workers, according to a letter   she does
The ministry is telling Labour members not to back the bill    the ministry does, not those who are told
They ended what Reyes called “a charade”                       Reyes does
Roe said in a memo that it leaks, the Herald reported          Roe does
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from quotecli.attribution.passed_on import passed_on, with_who_said_it
from quotecli.model import Link, Name, Part, Tagging
from quotecli.text import Document

NEAR = 2
"""Characters between a cue and the words beside it."""

SURE = 0.6
"""The confidence of a source or a cue that its form alone shows."""

_TELLS = re.compile(
    r"(?:\w+ )*(?:tell(?:s|ing)?|told|inform(?:s|ed|ing)|urg(?:es|ed|ing)|warn(?:s|ed|ing)|remind(?:s|ed|ing)"
    r"|advis(?:es|ed|ing)|assur(?:es|ed|ing)|ask(?:s|ed|ing))"
)
_HEARS = re.compile(
    r"(?:,[^,]*,)? (?:who )?(?:\w+ ){0,2}(?:am|are|been|being|is|was|were)(?: \w+ly| also| then)?"
    r" (?:told|informed|warned|asked|advised|assured|notified|reminded)(?: that)?"
)
_CALLS = re.compile(r"\b(?P<cue>call(?:ed|s)|describ(?:ed|es)|brand(?:ed|s)|dubb?(?:ed|s))\b [^“”\".;:]{1,80}\Z")
_SAID_THAT = re.compile(
    r"(?P<who>[^.,;:“”\"]{3,80}?) (?P<cue>said|wrote|testified|acknowledged|insisted|argued|told [^.,;:“”\"]{3,40}?)"
    r"(?: (?:in|on|during|at) [^.,;:“”\"]{3,40}?| \w+day)? that "
)
_COINED = re.compile(
    r"\b(?:what|which) (?P<who>(?:he|she|they|(?:the |his |her )?[\w .’'-]{2,50}?)) "
    r"(?P<cue>(?:has |had |have |once |\w+ly )*(?:call(?:s|ed)|describe[sd](?: as)?|term(?:s|ed)|dubb?(?:s|ed)))"
    r"(?: an?| the| his| her| its| their)? \Z"
)
_COINED_REACH = 100
DOUBTED = 0.5
"""The confidence of a content below which something more certain inside it is what somebody said."""

_SPEAKER_BEHIND = re.compile(
    r"[”\"’'],? (?P<who>(?:he|she|they|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})) "
    r"(?P<cue>(?:has |had |also |later |then )?(?:said|told|wrote|added|says|tells|writes))\b"
)


def at_second_hand(document: Document, tagging: Tagging) -> Tagging:
    """Return `tagging` with the sources of words that somebody passes on, and the words without these sources."""
    parts, links = list(tagging.parts), []
    found = passed_on(document.text, tagging)
    named = {name.start: name for name in reversed(tagging.names)}
    for link in tagging.links:
        said = with_who_said_it(parts, link, found)
        if said is None:
            continue
        mended = said if said is not link else _told_others(document, parts, link)
        mended = (
            mended
            or _said(document, named, parts, link)
            or _called(document, named, parts, link)
            or _coined(document, parts, link)
            or _was_told(document.text, parts, link)
        )
        links.append(mended or _not_addressed(document.text, parts, link) or link)
    return msgspec.structs.replace(tagging, parts=tuple(parts), links=tuple(links))


def _told_others(document: Document, parts: list[Part], link: Link) -> Link | None:
    """ "“It will last,” | she told dock workers | , according to a letter": whoever tells is inside the content."""
    content, cue = parts[link.content], _at(parts, link.cue)
    if cue is None or cue.start < content.end:
        return None
    for quotation in document.quotations_touching(content.start, content.end):
        found = _SPEAKER_BEHIND.match(document.text, quotation.end - 1, content.end)
        if quotation.start <= content.start + NEAR and found is not None:
            parts[link.content] = msgspec.structs.replace(content, end=quotation.end)
            return _with_source(parts, link, found.span("who"), found.span("cue"))
    return None


def _said(document: Document, named: Mapping[int, Name], parts: list[Part], link: Link) -> Link | None:
    """ "| Chief NAME said in a memo that it leaks |, the Herald reported": whoever is said to have said so did."""
    content, cue = parts[link.content], _at(parts, link.cue)
    if cue is None or cue.start < content.end:
        return None
    found = _SAID_THAT.match(document.text, content.start, content.end)
    if found is None or not any(n.end == found.end("who") and n.type == "person" for n in named.values()):
        return None
    parts[link.content] = msgspec.structs.replace(content, start=found.end())
    return _with_source(parts, link, found.span("who"), found.span("cue"))


def _called(document: Document, named: Mapping[int, Name], parts: list[Part], link: Link) -> Link | None:
    """ "NAME went and | called it “a shame,” | according to the Herald": whoever is named first in the content does."""
    content, cue = parts[link.content], _at(parts, link.cue)
    who = named.get(content.start)
    if cue is None or who is None or who.type != "person" or cue.start < content.end:
        return None
    for quotation in document.quotations_touching(content.end - 1, content.end):
        found = _CALLS.search(document.text, content.start, quotation.start)
        if found is not None and content.start < quotation.start:
            parts[link.content] = msgspec.structs.replace(content, start=quotation.start)
            return _with_source(parts, link, (who.start, who.end), found.span("cue"))
    return None


def _coined(document: Document, parts: list[Part], link: Link) -> Link | None:
    """ "The firm announced | what NAME calls “a shame”": where the network is in doubt about what was announced."""
    content = parts[link.content]
    if content.confidence >= DOUBTED:
        return None
    for quotation in document.quotations_touching(content.start, content.end):
        found = _COINED.search(document.text, max(0, quotation.start - _COINED_REACH), quotation.start)
        if found is not None:
            parts[link.content] = Part("content", quotation.start, quotation.end, SURE)
            return _with_source(parts, link, found.span("who"), found.span("cue"))
    return None


def _was_told(text: str, parts: list[Part], link: Link) -> Link | None:
    """ "| NAME | had been told | it was safe |": who is told says nothing, and who told them is not said."""
    source, cue = _at(parts, link.source), _at(parts, link.cue)
    if source is None or cue is None or not source.end <= cue.start <= parts[link.content].start:
        return None
    return msgspec.structs.replace(link, source=None) if _HEARS.fullmatch(text, source.end, cue.end) else None


def _not_addressed(text: str, parts: list[Part], link: Link) -> Link | None:
    """ "The ministry | is telling | members | not to go": those behind the cue are told, the source speaks."""
    source, cue = _at(parts, link.source), _at(parts, link.cue)
    if source is None or cue is None or not _TELLS.fullmatch(text, cue.start, cue.end):
        return None
    if not 0 <= source.start - cue.end <= NEAR:
        return None
    before = [i for i, part in enumerate(parts) if part.role == "source" and 0 <= cue.start - part.end <= NEAR]
    return msgspec.structs.replace(link, source=before[0]) if before else None


def _with_source(parts: list[Part], link: Link, source: tuple[int, int], cue: tuple[int, int]) -> Link:
    parts += Part("source", *source, SURE), Part("cue", *cue, SURE)
    return msgspec.structs.replace(link, source=len(parts) - 2, cue=len(parts) - 1)


def _at(parts: list[Part], index: int | None) -> Part | None:
    return None if index is None else parts[index]
