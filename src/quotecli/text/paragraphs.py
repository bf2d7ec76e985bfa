"""Paragraphs: one a line, unless a line goes on in the next: in text wrapped at a fixed width, as in e-mails, old wire
copy and PDF files turned to text, and where a line breaks off inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from quotecli.records import Span
from quotecli.text.wrapping import Lines

LINE = re.compile(r"[^\n\r\u2028\u2029]+")

LONGEST = 20_000
"""Characters; the longest paragraphs of real news have a tenth of that."""

SPACE_RUN = re.compile(r"\s+")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text`, without the white space around them; blank lines are none."""
    paragraphs: list[Span] = []
    for block in _blocks(text):
        lines = Lines(text, block)
        start = 0
        for number in range(len(block) - 1):
            if not lines.goes_on(number):
                paragraphs.append(Span(block[start].start, block[number].end))
                start = number + 1
        paragraphs.append(Span(block[start].start, block[-1].end))
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


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
