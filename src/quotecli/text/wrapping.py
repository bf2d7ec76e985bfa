"""Whether a line goes on in the next one: text wrapped at a fixed width, and line breaks inside sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from quotecli.records import Span

_WIDTHS = range(40, 121)
"""The width of a wrapped text: its lines, the last ones of paragraphs and headings apart, are about as long."""
_RAGGED = 1.25
"""Print sets lines by their length in points: some have so many times the characters of the usual one."""
_FULL = 0.8
"""Of the width: lines this long may have been broken for lack of room."""
_BROKEN = 0.5
"""A block is wrapped when more than this share of its full lines breaks off inside a sentence."""
_ENOUGH = 4
"""Broken lines that tell a wrapped text from a list."""
_OPENING_CAPITALS = 0.6
"""Of the lines of a wrapped text no more begin with a capital."""
_FITS = 0.85
"""Of the width: a line that is shorter with the next word would have had room for it, whatever the print."""
_EXCEPTIONS = 50
"""One line in so many may be broken early."""
_SHORTEST = 3  # words: what breaks off after fewer is a label or an item of a list
_CAPITALS_SAMPLE = 20_000

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»“«)\]]*$")
_ADDRESS = re.compile(r"[a-z]+://|www\.")
_FIRST_WORD = re.compile(r"\S+")


class Lines:
    """The lines of a block: no blank line stands between them."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        """`lines`: without the white space around them."""
        self.text = text
        self.lines = lines

    def goes_on(self, number: int) -> bool:
        """Whether the sentence or the paragraph of a line goes on in the next one."""
        line, following = self.lines[number], self.lines[number + 1]
        if _ADDRESS.match(self.text, following.start):
            return False
        ended = self._ends_sentence(line)
        if self._is_wrapped and not self._had_room(number):
            return not (ended and self._indent(following) > self._indent(line))
        goes_on = not ended and self.text[following.start].islower() and self._has_capitals
        return goes_on and len(self.text[line.start : line.end].split(maxsplit=_SHORTEST)) >= _SHORTEST

    @cached_property
    def _width(self) -> int:
        """The length of a usual full line: longer than four fifths of all lines."""
        lengths = sorted(line.end - line.start for line in self.lines)
        return lengths[(4 * len(lengths)) // 5] if len(lengths) > 2 else lengths[-1]

    @cached_property
    def _is_wrapped(self) -> bool:
        longest = max(line.end - line.start for line in self.lines)
        if self._width not in _WIDTHS or longest > _RAGGED * self._width:
            return False
        full = [n for n, line in enumerate(self.lines[:-1]) if line.end - line.start >= _FULL * self._width]
        broken = [n for n in full if not self._ends_sentence(self.lines[n])]
        if 2 * len(full) < len(self.lines) - 1 or len(broken) <= _BROKEN * len(full):
            return False
        return len(broken) < _ENOUGH or self._run_on(broken)

    def _run_on(self, broken: Sequence[int]) -> bool:
        """Whether most lines behind these begin with a small letter, unlike those of a list of headlines."""
        opening = [self.text[self.lines[n + 1].start] for n in broken]
        capitals = sum(map(str.isupper, opening))
        return (
            capitals <= _OPENING_CAPITALS * len(opening)
            or self.text[self.lines[0].start : self.lines[-1].end].isupper()
        )

    @cached_property
    def _has_capitals(self) -> bool:
        """Whether the text writes capitals at all: in one that does not, a line's small letter tells nothing."""
        return any(map(str.isupper, self.text[:_CAPITALS_SAMPLE]))

    def _had_room(self, number: int) -> bool:
        """Whether the next line's first word would have fitted behind a line: it ends on purpose."""
        return self._needed(number) < self._room

    @cached_property
    def _room(self) -> int:
        """What hardly any line had room for that was broken inside a sentence."""
        broken = [
            self._needed(number)
            for number, line in enumerate(self.lines[:-1])
            if not self._ends_sentence(line) and self.text[self.lines[number + 1].start].islower()
        ]
        tight = sorted(needed for needed in broken if needed >= _FITS * self._width)
        return tight[len(tight) // _EXCEPTIONS] if tight else round(_FITS * self._width)

    def _needed(self, number: int) -> int:
        """The length of a line with the next line's first word."""
        line, following = self.lines[number], self.lines[number + 1]
        word = _FIRST_WORD.match(self.text, following.start, following.end)
        return line.end - line.start + 1 + (word.end() - word.start() if word else 0)

    def _ends_sentence(self, line: Span) -> bool:
        return _SENTENCE_END.search(self.text, max(line.start, line.end - 10), line.end) is not None

    def _indent(self, line: Span) -> int:
        before = self.text.rfind("\n", 0, line.start) + 1
        return line.start - before
