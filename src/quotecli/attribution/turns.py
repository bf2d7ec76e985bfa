"""Attributions that the page's layout makes, not a verb: speaker labels and signed quotations.

PENCE: Well, look …            a turn of a transcript or an interview, labelled with its speaker
“He scares me.” ― Ana Cruz     a quotation signed behind a dash
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

LABEL = re.compile(r"[\"“]?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?P<colon>:)\s+(?=\S)")
NOT_SPEAKERS = frozenset("q question photo image picture video source sources credit related update note read".split())
SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--)\s*(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]*\w){1,4})(?=,|\.?\s*$)", re.MULTILINE
)
TURNS_AT_LEAST = 2
"""A label that occurs once may be anything ("Result: …"); a speaker speaks again."""


def turns(document: Document, names: Sequence[Name]) -> list[Attribution]:
    """Return the labelled turns of `document`: the label is the source, the colon the cue, the rest the content."""
    found = [(p, m) for p in document.paragraphs if (m := LABEL.match(document.text, p.start, p.end))]
    often = Counter(_surname(match["name"]) for _, match in found)
    people = {_surname(document.text[name.start : name.end]) for name in names if name.type == "person"}
    return [
        Attribution(
            content=(Span(match.end(), paragraph.end),),
            source=Span(*match.span("name")),
            cue=Span(*match.span("colon")),
            confidence=0.9,
        )
        for paragraph, match in found
        if often[_surname(match["name"])] >= TURNS_AT_LEAST and _is_speaker(match["name"], people)
    ]


def signed(document: Document) -> Iterator[tuple[Span, Span, Span]]:
    """Yield (quotation, dash, name) of each quotation that is a paragraph's last word but for its signature."""
    for quotation in document.quotations:
        match = SIGNATURE.match(document.text, quotation.end)
        if match:
            yield Span(quotation.start, quotation.end), Span(*match.span("dash")), Span(*match.span("name"))


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()


def _is_speaker(label: str, people: set[str]) -> bool:
    if label.casefold() in NOT_SPEAKERS:
        return False
    return _surname(label) in people or (label.isupper() and len(label) > 1)
