"""Messages that are answered: lines with "> " are the words of who wrote before, whom "On …, X wrote:" names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.labels import CLOCK
from quotecli.records import Span
from quotecli.text import Document

CONFIDENCE = 0.85
_MARKS = re.compile(r"(?:>[ \t]?)+")
_WROTE = re.compile(
    r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3})\s*(?:[<\[(][^>\])\n]*[>\])]+)?\s*"
    r"(?P<cue>wrote|writes):\s*\Z"
)


def replies(document: Document) -> Iterator[Attribution]:
    """Yield each paragraph that is marked "> " and whose writer the line above such paragraphs names."""
    if ">" not in document.text:
        return
    writers: dict[int, tuple[Span, Span]] = {}  # by depth: name and cue
    for paragraph in document.paragraphs:
        depth = _depth(document.text, paragraph.start)
        writers = {level: writer for level, writer in writers.items() if level <= depth or depth + 1 == level}
        found = _writer(document.text, paragraph)
        if found is not None:
            writers[depth + 1] = found
        elif depth in writers:
            name, cue = writers[depth]
            content = Span(_behind_marks(document.text, paragraph), paragraph.end)
            if content.start < content.end:
                yield Attribution(content=(content,), source=name, cue=cue, confidence=CONFIDENCE)
        elif not depth:
            writers.clear()


def within_one_voice(document: Document, item: Attribution) -> Attribution:
    """Return an attribution without a source that stands in somebody else's message."""
    if item.source is None or ">" not in document.text:
        return item
    depths = (_line_depth(document, span.start) for span in (item.content[0], item.source))
    return item if len(set(depths)) == 1 else msgspec.structs.replace(item, source=None, cue=None)


def _line_depth(document: Document, offset: int) -> int:
    return _depth(document.text, document.text.rfind("\n", 0, offset) + 1)


def _depth(text: str, start: int) -> int:
    marks = _MARKS.match(text, start)
    return marks.group().count(">") if marks else 0


def _behind_marks(text: str, paragraph: Span) -> int:
    marks = _MARKS.match(text, paragraph.start, paragraph.end)
    return marks.end() if marks else paragraph.start


def _writer(text: str, paragraph: Span) -> tuple[Span, Span] | None:
    """Return the name and the verb of a line such as "On Tue, 4 Mar 2025 at 10:12 AM Sam Oduya <sam@…> wrote:"."""
    match = text.rfind(":", paragraph.start, paragraph.end) >= 0 and _WROTE.search(text, paragraph.start, paragraph.end)
    if not match:
        return None
    start, name = match.start("name"), match["name"]
    for word in re.finditer(r"\S+", name):
        if word.group() == "at" or word.group().lower() in CLOCK:
            start = match.start("name") + word.end() + 1
    return (Span(start, match.end("name")), Span(*match.span("cue"))) if start < match.end("name") else None
