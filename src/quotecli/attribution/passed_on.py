"""“X quoted Y as saying …”: the words are Y's, wherever they stand.

The Herald quoted him as saying, “The dam is sound.”
“The dam is sound,” the Herald quoted one of the divers, Jonas Eik, as saying.
Dorn was quoted by the Herald as saying that the dam was sound.
State media cited police as having found “no sign” of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from quotecli.model import Link, Part, Tagging
from quotecli.records import Span

REACH = 40
"""Characters behind "as saying" in which the words begin."""

NEAR = 2
"""Characters between a cue and the words beside it."""

_SAYING = r"as (?:having )?(?:(?:also|recently) )?(?!being\b|missing\b|having\b)[a-z]+(?:ing|ed|aid|old|ven|ritten)\b"
_WHO = r"(?!by |that )(?P<who>[^“”\"‘.;:\n]{2,140}?),?"
_PASSED_ON = re.compile(
    rf"\b(?P<cue>[Qq]uot(?:ed|es?|ing)|[Cc]it(?:ed|es?|ing)|[Rr]eport(?:ed|s|ing)?(?=[^\n]*? as (?:having|saying)\b)) "
    rf"(?:(?P<by>(?:by|in|on) [^“”\"‘.;:\n]{{2,80}}? )?(?P<alone>{_SAYING})|{_WHO} (?P<as>{_SAYING}))"
)
_WHOM = re.compile(r" (?:[\w’'.-]+ ){1,6}?(?=that |[“\"‘])| (?:him|her|them|it|us|me|you)\b")
_LEAD = re.compile(r"(?:[:,]? )?(?:that )?")
_IS = re.compile(r"\b(?:(?:has|have|had) )?(?:was|were|is|are|been|being) (?:(?:also|later|widely|earlier) )?\Z")
_SURE = 0.6
"""The confidence of a source or a cue that its form alone shows."""


class PassedOn(NamedTuple):
    """One such construction: who says it, from where to where the cue goes, and where the words begin behind it."""

    who: Span
    cue: Span
    begins: int


def passed_on(text: str, tagging: Tagging) -> list[PassedOn]:
    """Return the constructions of `text`, in order."""
    return [] if " as " not in text else list(_found(text, tagging))


def _found(text: str, tagging: Tagging) -> Iterator[PassedOn]:
    for match in _PASSED_ON.finditer(text):
        passive = _IS.search(text, max(0, match.start() - 30), match.start())
        saying = "alone" if match["alone"] else "as"
        if match["alone"]:
            who = _before(tagging, passive.start()) if passive else None
        else:
            who = None if passive else Span(*match.span("who"))
        if who is None:
            continue
        whom = _WHOM.match(text, match.end()) if match[saying].endswith((" telling", " told")) else None
        lead = _LEAD.match(text, whom.end() if whom else match.end())
        start = passive.start() if passive else match.start()
        yield PassedOn(who, Span(start, match.end()), lead.end() if lead else match.end())


def _before(tagging: Tagging, offset: int) -> Span | None:
    """Return the part, or else the name, that ends in front of `offset`: whoever was quoted."""
    parts = [Span(part.start, part.end) for part in tagging.parts if part.role != "cue"]
    found = (*parts, *(Span(name.start, name.end) for name in tagging.names))
    return next((span for span in found if 0 < offset - span.end <= NEAR), None)


def with_who_said_it(parts: list[Part], link: Link, found: list[PassedOn]) -> Link | None:
    """Return `link` with whoever said the words for its source; None where its content is no words of anybody."""
    content = parts[link.content]
    cue = None if link.cue is None else parts[link.cue]
    for one in found:
        if _is_inside(content, one):
            return None
        goes_on = one.who.start <= content.start <= one.begins + REACH and content.end > one.begins
        if goes_on and cue is not None and cue.start <= one.cue.end and one.cue.start <= cue.end:
            return _said(parts, link, one, max(content.start, one.begins))
        if content.end <= one.cue.start and cue is not None and one.cue.start <= cue.start < one.cue.end:
            return _said(parts, link, one, content.start)
    return link


def _is_inside(content: Part, one: PassedOn) -> bool:
    """Whether a content is only who was quoted: “quoted | one of the divers, Jonas Eik, as saying |”."""
    begins = min(one.who.start, one.cue.start)
    return begins <= content.start and one.who.start < content.end <= one.cue.end


def _said(parts: list[Part], link: Link, one: PassedOn, start: int) -> Link:
    parts[link.content] = msgspec.structs.replace(parts[link.content], start=start)
    parts += Part("source", one.who.start, one.who.end, _SURE), Part("cue", one.cue.start, one.cue.end, _SURE)
    return msgspec.structs.replace(link, source=len(parts) - 2, cue=len(parts) - 1)
