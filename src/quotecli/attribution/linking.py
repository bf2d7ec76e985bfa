"""From labelled spans to attributions: which source and cue each content belongs to.

The model points from each content at its source and its cue. A cue introduces one attribution only: in PolNeAR each of
dev's 2,192 does. Contents that point at one cue are therefore the pieces of one quotation: "A," she said, "B."
Quotation marks then correct the contents' edges. A quotation that no content covers becomes a content of its own where
it is speech, and no title or term (see `speech`). A content that is no more than a quotation has to be speech as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import zip_longest

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.confidence import confidence, evidence
from quotecli.attribution.half_seen import complete_sources
from quotecli.attribution.layout import (
    Lines,
    announced,
    answers,
    headed,
    introduced,
    listed,
    posts,
    quoted_items,
    replies,
    signed,
    spoken_only,
    turns,
    within_one_voice,
)
from quotecli.attribution.relinking import relink
from quotecli.attribution.second_hand import at_second_hand
from quotecli.attribution.speech import THRESHOLD, heard, is_said, said
from quotecli.model import Link, Part, Tagging
from quotecli.records import Span
from quotecli.text import Document, Quotation

WORD = re.compile(r"\w+")
ENDS_LIKE_SPEECH = re.compile(r"[.,!?…—–-]\W?$")
DOUBLE_MARKS = frozenset('“”"„«»')
_UNNAMED = re.compile(r"not to be (?:named|identified|quoted)\b")
UNLINKED = 0.5
"""The confidence, at most, of a quotation that no words attribute."""

LOOSE_EDGE = 3
"""Characters (a mark, a comma, a space) by which a content may miss the quotation that it covers."""


def link(document: Document, tagging: Tagging) -> list[Attribution]:
    """Return the attributions of `document` in the order of their contents; no two contents overlap."""
    lines = Lines(document)
    attributions, linked = candidates(document, tagging, lines)
    judged = _contents([*attributions, *linked])
    signatures = list(signed(document, tagging.names))
    sure = {quotation.start for quotation, _, _ in signatures} | set(quoted_items(document))
    attributions += [i for i in linked if i.content[0].start in sure or is_said(document, tagging, i)]
    attributions += _missed(document, tagging, judged, sure)
    attributions = [_signed_by(item, signatures) for item in _without_wishes(document, attributions)]
    return announced(lines, sorted(attributions, key=lambda attribution: attribution.content))


def candidates(document: Document, tagging: Tagging, lines: Lines) -> tuple[list[Attribution], list[Attribution]]:
    """Return what the layout attributes, and besides what the model links, said or not."""
    attributions = turns(document, tagging.names, lines)
    attributions += posts(document, tagging.names)
    attributions += answers(document, tagging.names, lines, attributions)
    attributions += replies(document)
    told = {lines.at(turn.content[0].start) for turn in attributions}
    attributions += headed(document, tagging.names, lines, told)
    told |= {lines.at(item.content[0].start) for item in attributions}
    attributions += introduced(document, tagging.names, lines, told)
    attributions += listed(document, tagging, lines, told | {lines.at(item.content[0].start) for item in attributions})
    tagging = at_second_hand(document, relink(document, complete_sources(document, tagging)))
    laid_out = _contents(attributions)
    spans = _snap(document, tagging)
    linked = [_attribution(document, tagging, group, spans) for group in _group(document, tagging)]
    linked = [within_one_voice(document, item) for item in linked]
    linked = [spoken for item in linked if (spoken := spoken_only(lines, document, item)) is not None]
    return attributions, [item for item in linked if not any(_is_covered(span, laid_out) for span in item.content)]


def _contents(attributions: list[Attribution]) -> list[Span]:
    """All contents in the order of the text; none overlaps another."""
    return sorted(span for attribution in attributions for span in attribution.content)


def _is_covered(span: Span | Quotation, contents: list[Span]) -> bool:
    """Whether one of `contents`, in order and without overlaps, has a character of `span`."""
    before = bisect_left(contents, span.end, key=lambda content: content.start)
    return before > 0 and contents[before - 1].end > span.start


def _without_wishes(document: Document, attributions: list[Attribution]) -> list[Attribution]:
    """Leave out what asks for no name: "…, an official who asked not to be named told Reuters". Its source says what
    nobody else says in its sentence."""
    sources: dict[int, Span | None] = {}
    rest = []
    for item in attributions:
        if _UNNAMED.match(document.text, item.content[0].start):
            sources[document.sentence(item.content[0].start)] = item.source
        else:
            rest.append(item)

    def sourced(item: Attribution) -> Attribution:
        beside = sources.get(document.sentence(item.content[0].start))
        return item if item.source else msgspec.structs.replace(item, source=beside)

    return list(map(sourced, rest))


def _signed_by(item: Attribution, signatures: list[tuple[Span, Span, Span]]) -> Attribution:
    """Give a quotation that is signed with a name that name for a source."""
    last = item.content[-1]
    for quotation, dash, name in signatures:
        if quotation.end <= last.end <= dash.end and last.start < quotation.end:
            content = (*item.content[:-1], Span(last.start, quotation.end))
            return msgspec.structs.replace(item, content=content, cue=dash, source=name)
    return item


def _group(document: Document, tagging: Tagging) -> list[list[Link]]:
    """Put the contents of a paragraph that share a cue together.

    A quotation goes on behind other statements ("A," she said, adding that B. "C."); words without marks don't.
    """
    groups: list[list[Link]] = []
    by_cue: dict[tuple[int, int | None], list[Link]] = {}
    latest: list[Link] = []
    for pointer in tagging.links:
        content = tagging.parts[pointer.content]
        key = (document.paragraph(content.start), pointer.cue)
        group = by_cue.get(key, [])
        shares_cue = group and pointer.cue is not None
        if not (shares_cue and (group is latest or _is_quoted(document, content))):
            group = by_cue[key] = []
            groups.append(group)
        group.append(pointer)
        latest = group
    return groups


def _is_quoted(document: Document, content: Part) -> bool:
    around = document.quotations_touching(content.start, content.end)
    return any(q.start <= content.start + LOOSE_EDGE and content.end - LOOSE_EDGE <= q.end for q in around)


def _attribution(document: Document, tagging: Tagging, group: list[Link], spans: dict[int, Span]) -> Attribution:
    contents = [tagging.parts[pointer.content] for pointer in group]
    surest = max(group, key=lambda pointer: pointer.source_confidence)
    source, cue = _part(tagging, surest.source), _part(tagging, group[0].cue)
    content = tuple(_merge(document.text, [spans[pointer.content] for pointer in group]))
    told = evidence(contents, source, cue, surest, document.quoted_share(content))
    return Attribution(
        content=content,
        source=Span(source.start, source.end) if source else None,
        cue=Span(cue.start, cue.end) if cue else None,
        confidence=confidence(told),
        evidence=told,
    )


def _part(tagging: Tagging, index: int | None) -> Part | None:
    return None if index is None else tagging.parts[index]


def _snap(document: Document, tagging: Tagging) -> dict[int, Span]:
    """Give each content that covers a quotation but for a mark or a comma that quotation's edges.

    Return the contents' spans by their index into the parts; one never grows into the next.
    """
    snapped: dict[int, Span] = {}
    contents = [i for i, part in enumerate(tagging.parts) if part.role == "content"]
    floor = 0
    for i, following in zip_longest(contents, contents[1:]):
        ceiling = len(document.text) if following is None else tagging.parts[following].start
        start, end = tagging.parts[i].start, tagging.parts[i].end
        for quotation in document.quotations_touching(start, end):
            if _is_loose(document.text, max(floor, quotation.start), start):
                start = max(floor, quotation.start)
            if _is_loose(document.text, end, min(ceiling, quotation.end)):
                end = min(ceiling, quotation.end)
        snapped[i] = _without_strays(document, start, end)
        floor = end
    return snapped


def _without_strays(document: Document, start: int, end: int) -> Span:
    """Leave out a mark at the edge that opens or closes nothing, as in `in this context“.`"""

    def is_stray(place: int) -> bool:
        return document.text[place] in DOUBLE_MARKS and not document.quotations_touching(place, place + 1)

    while end - start > 1 and is_stray(end - 1):
        end -= 1
    while end - start > 1 and is_stray(start):
        start += 1
    return Span(start, end)


def _is_loose(text: str, start: int, end: int) -> bool:
    return 0 < end - start <= LOOSE_EDGE and not WORD.search(text, start, end)


def _merge(text: str, spans: list[Span]) -> Iterator[Span]:
    """Join the spans with nothing but white space between them."""
    current = spans[0]
    for span in spans[1:]:
        if text[current.end : span.start].strip():
            yield current
            current = span
        else:
            current = Span(current.start, span.end)
    yield current


def _missed(document: Document, tagging: Tagging, contents: list[Span], surely_said: set[int]) -> Iterator[Attribution]:
    """Yield the quotations that somebody said and that none of `contents` touches.

    surely_said: where those begin that need no judgement.
    """
    for index, quotation in enumerate(document.quotations):
        if not _is_covered(quotation, contents):
            probability = 1.0 if quotation.start in surely_said else said(document, quotation, heard(tagging, index))
            if probability >= THRESHOLD:
                yield Attribution(
                    content=(Span(quotation.start, quotation.end),), confidence=min(probability, UNLINKED)
                )
