"""Words set apart below the one who is said to have spoken, without marks.

Jo Marsh has just spoken to us. / I was …
Ms Marsh also said: / • The pier must stay / • The council is to blame
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, takewhile

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.lines import BULLET, Lines
from quotecli.model import Name, Part, Tagging
from quotecli.records import Span
from quotecli.text import Document

CONFIDENCE = 0.7
LONGEST = 4
"""Paragraphs."""

LISTED_AT_LEAST, LONGEST_LIST = 2, 15
"""Items."""
_BULLET = re.compile(rf"{BULLET}\s+")
_OPEN = re.compile(r"[\w%)]\Z")  # no full stop ends the line

_SPOKE = re.compile(
    r"\b(?:(?:has|have) (?:just |also )?(?:spoken|written|emailed|posted|tweeted|been (?:speaking|talking|in touch))"
    r"|spoke|told|tells|talked|writes|wrote|e-?mailed|messaged|got in touch|posted|tweeted|says|said|adds|added"
    r"|this to say|statement)\b[^.!?“”]{0,60}[.:]\s*\Z"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|[Mm]e|[Mm]y)\b")


def introduced(document: Document, names: Sequence[Name], lines: Lines, taken: Set[int]) -> Iterator[Attribution]:
    """Yield the paragraphs without marks in which somebody says "I", below one that ends with that one having spoken.

    taken: the paragraphs whose speakers are known. Not where the writer says "I": in a column, a memoir, an interview.
    """
    own = [place for place in range(len(document.paragraphs)) if _says_i(document, place)]
    above = {place for place in own if place - 1 in own}
    heads = [place for place in own if place not in above and place not in taken]
    found = {
        place: source for place in heads if (source := _introduction(document, names, lines, place - 1)) is not None
    }
    if len(found) < len(heads):
        return
    for place, source in found.items():
        following = range(place, min(place + LONGEST, len(document.paragraphs)))
        for i in following:
            if i not in own:
                break
            yield Attribution(content=(_answer(document, i),), source=source, confidence=CONFIDENCE)


def listed(document: Document, tagging: Tagging, lines: Lines, taken: Set[int]) -> Iterator[Attribution]:
    """Yield the items of the lists that somebody is said to have said: "NAME also said:" and lines without full stops.

    taken: the paragraphs whose speakers are known.
    """
    for source, cue in pairwise(tagging.parts):
        place = lines.at(cue.start)
        ends = document.paragraphs[place].end - cue.end <= 1 and lines.introduces(place)
        if source.role == "source" and cue.role == "cue" and ends and lines.at(source.start) == place:
            below = range(place + 1, min(place + 1 + LONGEST_LIST, len(document.paragraphs)))
            items = list(takewhile(lambda i: _is_item(document, i), below))
            if len(items) >= LISTED_AT_LEAST and taken.isdisjoint(items):
                yield from (_item(document, i, source, cue) for i in items)


def quoted_items(document: Document) -> Iterator[int]:
    """Yield where the quotations begin that are each all of a list's item, if another such item stands beside: whole
    sentences, not the titles of songs."""
    starts: dict[int, int] = {}
    for place, paragraph in enumerate(document.paragraphs):
        mark = _BULLET.match(document.text, paragraph.start)
        if mark is None or document.text[paragraph.end - 2] not in ".!?…":
            continue
        around = document.quotations_touching(mark.end(), paragraph.end)
        if [(quotation.start, quotation.end) for quotation in around] == [(mark.end(), paragraph.end)]:
            starts[place] = mark.end()
    yield from (start for place, start in starts.items() if starts.keys() & {place - 1, place + 1})


def _item(document: Document, place: int, source: Part, cue: Part) -> Attribution:
    """Return a list's item, without its mark, as what a source said."""
    paragraph = document.paragraphs[place]
    mark = _BULLET.match(document.text, paragraph.start)
    return Attribution(
        content=(Span(mark.end() if mark else paragraph.start, paragraph.end),),
        source=Span(source.start, source.end),
        cue=Span(cue.start, cue.end),
        confidence=CONFIDENCE,
    )


def _is_item(document: Document, place: int) -> bool:
    """Whether a paragraph is a list's item: behind a mark, or without a full stop."""
    paragraph = document.paragraphs[place]
    marked = _BULLET.match(document.text, paragraph.start) is not None
    return marked or _OPEN.search(document.text, paragraph.start, paragraph.end) is not None


def _answer(document: Document, place: int) -> Span:
    """Return a paragraph without the questions at its head: these are the interviewer's."""
    paragraph = document.paragraphs[place]
    sentences = [s for s in document.sentences if paragraph.start <= s.start < paragraph.end]
    said = next((s for s in sentences if document.text[s.end - 1] != "?"), sentences[0])
    return Span(said.start, paragraph.end)


def _says_i(document: Document, place: int) -> bool:
    """Whether a paragraph without quotation marks says "I"."""
    paragraph = document.paragraphs[place]
    said = _FIRST_PERSON.search(document.text, paragraph.start, paragraph.end)
    return said is not None and not document.quotations_touching(paragraph.start, paragraph.end)


def _introduction(document: Document, names: Sequence[Name], lines: Lines, place: int) -> Span | None:
    """Return the person who has spoken as paragraph `place` ends: the name right before the verb, or the only one."""
    spoke = _SPOKE.search(lines.words(place)) if place >= 0 else None
    if spoke is None:
        return None
    paragraph = document.paragraphs[place]
    people = [n for n in names if n.type == "person" and paragraph.start <= n.start < paragraph.end]
    subject = [n for n in people if _is_subject(document.text, n, paragraph.start + spoke.start())] or people
    surnames = {document.text[name.start : name.end].rsplit(maxsplit=1)[-1] for name in subject}
    return Span(subject[0].start, subject[0].end) if len(surnames) == 1 else None


def _is_subject(text: str, name: Name, verb: int) -> bool:
    """Whether a name stands right before the verb, and alone: not as the second of two."""
    return not (text[name.end : verb].strip(" ,") or text[: name.start].endswith((" and ", " & "))) and name.end <= verb
