"""Sources of which the model saw a half, too much or nothing.

“We play anyway,” said “Weird Otto” Brandt      the nickname is no part of what was said
“Roof’s gone again,” tweeted @tomade77          a handle beside a cue is who speaks
“It is,” said Ms Roe. Ada Brome, 40, agreed     no source goes on in the next sentence: these are two
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from quotecli.model import Part, Tagging
from quotecli.text import Document
from quotecli.text.spaces import end_before

HANDLE = re.compile(r"(?<![\w@./])@\w[\w.]*\w")
_NICKNAME = re.compile(r"[“\"‘'][A-Z][\w-]*(?: [A-Z][\w-]*){0,2}[”\"’']")
SURE = 0.5
"""The confidence of a source that its form alone shows."""


def complete_sources(document: Document, tagging: Tagging) -> Tagging:
    """Return `tagging` with nicknames in their sources, out of the contents, with handles for sources, and with those
    that run over a sentence's end in two."""
    return _with_handles(document.text, _with_nicknames(document.text, _cut_at_sentences(document, tagging)))


def _cut_at_sentences(document: Document, tagging: Tagging) -> Tagging:
    """Give each content the piece of its source that stands in the sentence of its cue."""
    parts, links = list(tagging.parts), list(tagging.links)
    for i, source in enumerate(tagging.parts):
        start = document.sentence_at(source.end - 1).start
        if source.role != "source" or start <= source.start:
            continue
        parts[i] = msgspec.structs.replace(source, end=end_before(document.text, start))
        parts.append(msgspec.structs.replace(source, start=start))
        for n, link in enumerate(links):
            beside = parts[link.content if link.cue is None else link.cue]
            if link.source == i and beside.start >= start:
                links[n] = msgspec.structs.replace(link, source=len(parts) - 1)
    return msgspec.structs.replace(tagging, parts=tuple(parts), links=tuple(links))


def _with_nicknames(text: str, tagging: Tagging) -> Tagging:
    people = [name for name in tagging.names if name.type == "person"]
    parts, gone = list(tagging.parts), set()
    for i, (content, source) in enumerate(pairwise(parts)):
        if content.role != "content" or source.role != "source" or not _NICKNAME.fullmatch(text, *_ends(content)):
            continue
        named = any(name.start <= content.end and content.start <= name.end - 1 for name in people)
        if named and source.start - content.end == 1 and text[source.start].isupper():
            parts[i + 1] = msgspec.structs.replace(source, start=content.start)
            gone.add(i)
    links = tuple(link for link in tagging.links if link.content not in gone)
    return msgspec.structs.replace(tagging, parts=tuple(parts), links=links) if gone else tagging


def _ends(part: Part) -> tuple[int, int]:
    return part.start, part.end


def _with_handles(text: str, tagging: Tagging) -> Tagging:
    """Make a handle right behind or before a cue the source, if no source has a name of its own."""
    if "@" not in text:
        return tagging
    starts, ends = {}, {}
    for match in HANDLE.finditer(text):
        starts[match.start()], ends[match.end()] = match, match
    parts, links = list(tagging.parts), []
    for link in tagging.links:
        cue = None if link.cue is None else parts[link.cue]
        handle = cue and (starts.get(cue.end + 1) or ends.get(cue.start - 1) or ends.get(cue.start - 2))
        if handle and link.source is not None and _is_named(text, tagging, parts[link.source]):
            handle = None
        links.append(msgspec.structs.replace(link, source=len(parts), source_confidence=SURE) if handle else link)
        if handle:
            parts.append(Part("source", handle.start(), handle.end(), SURE))
    return msgspec.structs.replace(tagging, parts=tuple(parts), links=tuple(links))


def _is_named(text: str, tagging: Tagging, source: Part) -> bool:
    """Whether a source has a name in front of any handle: “Ada Brome (@adabrome)”."""
    names = (name for name in tagging.names if source.start <= name.start < source.end)
    return any("@" not in text[source.start : name.start] for name in names)
