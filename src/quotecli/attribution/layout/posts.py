"""Posts of social networks, and block quotes, with who wrote them behind a dash: Well … — Jo Marsh (@jo)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.lines import FIRST_PERSON
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

CONFIDENCE = 0.9
_NAME = r"[^\W\d_][\w.’'&-]*(?: [\w.’'&-]+){0,6}"
_HANDLE = r"@[\w.-]*\w(?:@[\w.-]*\w)?"
_OWNER = re.compile(
    rf"\s(?P<dash>—|–|―|--) ?(?:(?P<name>[^—–―()@\n]{{2,60}}) \({_HANDLE}\)|(?P<handle>{_HANDLE}))[^.!?“”]{{0,40}}\Z"
)
_SIGNED = re.compile(rf"[.!?…]\s(?P<dash>—|–|―|--) ?(?P<name>{_NAME})(?:, [^.!?“”]{{2,60}})?\Z")


def posts(document: Document, names: Sequence[Name]) -> Iterator[Attribution]:
    """Yield each sentence of a paragraph that is signed by an account, or that speaks of "I" or "we" and is signed by a
    person or a body. Words in quotation marks have their signatures elsewhere (see `signed`)."""
    for paragraph in document.paragraphs:
        words = document.text[paragraph.start : paragraph.end]
        owner = _OWNER.search(words) or _signed(words, paragraph.start, names)
        if owner is None or document.quotations_touching(paragraph.start, paragraph.start + 1):
            continue
        part = "name" if owner["name"] else "handle"
        source, cue = _at(paragraph, owner.span(part)), _at(paragraph, owner.span("dash"))
        for sentence in document.sentences:
            if paragraph.start <= sentence.start < cue.start:
                end = min(sentence.end, cue.start)
                content = Span(sentence.start, sentence.start + len(document.text[sentence.start : end].rstrip()))
                yield Attribution(content=(content,), source=source, cue=cue, confidence=CONFIDENCE)


def _signed(words: str, start: int, names: Sequence[Name]) -> re.Match[str] | None:
    """Return the signature of words without quotation marks: somebody's own words, and a person's name, or a body's."""
    match = _SIGNED.search(words)
    if match is None or not FIRST_PERSON.search(words, 0, match.start()):
        return None
    first, last = start + match.start("name"), start + match.end("name")
    people = any(name.type == "person" and name.start <= first < name.end for name in names)
    return match if people or any((name.start, name.end) == (first, last) for name in names) else None


def _at(paragraph: Span, ends: tuple[int, int]) -> Span:
    return Span(paragraph.start + ends[0], paragraph.start + ends[1])
