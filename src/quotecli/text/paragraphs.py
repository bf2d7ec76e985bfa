"""Paragraphs: one a line, unless the text is wrapped at a fixed width as in e-mails and old wire copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from quotecli.records import Span

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
WRAP_WIDTHS = range(40, 101)
"""Lines of a wrapped text, its paragraphs' last lines apart, are of about one such length."""

WRAPPED_SHARE = 0.5
"""A block is wrapped when more than this share of its lines breaks off inside a sentence."""

LONGEST = 20_000
"""Characters; the longest paragraphs of real news have a tenth of that."""

SPACE_RUN = re.compile(r"\s+")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text`, without the white space around them; blank lines are none."""
    paragraphs: list[Span] = []
    for block in _blocks(text):
        if _is_wrapped(text, block):
            paragraphs.append(Span(block[0].start, block[-1].end))
        else:
            paragraphs.extend(block)
    return tuple(part for paragraph in paragraphs for part in _cut_long(text, paragraph))


def _cut_long(text: str, paragraph: Span) -> Iterator[Span]:
    """Cut what is longer than any paragraph at white space, so that a text without line ends costs no more."""
    start = paragraph.start
    while paragraph.end - start > LONGEST:
        cut = start + LONGEST
        space = SPACE_RUN.search(text, cut - LONGEST // 10, cut)
        end, following = (space.start(), space.end()) if space else (cut, cut)
        part, start = _strip(text, start, end), following
        if part.start < part.end:
            yield part
    rest = _strip(text, start, paragraph.end)
    if rest.start < rest.end:
        yield rest


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield the runs of lines that no blank line interrupts."""
    lines = ((_strip(text, match.start(), match.end()), match.end()) for match in LINE.finditer(text))
    filled = [(span, end) for span, end in lines if span.start < span.end]
    block_number, numbered, previous_end = 0, [], 0
    for span, end in filled:
        if text[previous_end : span.start].replace("\r\n", "\n").count("\n") > 1:
            block_number += 1
        numbered.append((block_number, span))
        previous_end = end
    for _, members in groupby(numbered, key=lambda pair: pair[0]):
        yield [span for _, span in members]


def _is_wrapped(text: str, block: list[Span]) -> bool:
    lines = block[:-1]
    if not lines or any(line.end - line.start not in WRAP_WIDTHS for line in lines):
        return False
    broken = sum(not SENTENCE_END.search(text, line.start, line.end) for line in lines)
    return broken > WRAPPED_SHARE * len(lines)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
