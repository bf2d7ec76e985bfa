"""A draft's quotation, read for comparing: its words without the marks, its ellipses and its bracketed insertions."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from quotecli.text.document import Quotation
from quotecli.verification.compared_words import Words, read_words

_OPENING = re.compile(r"(?:``|''|‘‘|,,|[\"“”„‟«»＂‘'‚‹›『「`´′″])\s*")
_CLOSING = re.compile(r"\s*(?:''|’’|[\"“”„‟«»＂’'‘‹›』」`´′″])$")
_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?")
_BRACKET = re.compile(r"(?<!\w)\[(?!\s*sic\b|(?<=\S\[)\d{1,3}\])([^\[\]]*)\](?!\w)", re.IGNORECASE)


class Quoted(msgspec.Struct, frozen=True):
    """The words of a quotation and what stands between them.

    start, end: the words' stretch in the draft, without the enclosing marks.
    ellipses: the numbers of the words that an ellipsis stands in front of.
    inserted: the numbers of the words that stand, whole or in part, in brackets ("[the minister]", "refugee[s]").
    """

    start: int
    end: int
    words: Words
    ellipses: frozenset[int]
    inserted: frozenset[int]

    @property
    def runs(self) -> list[tuple[int, int]]:
        """Return the stretches of words, as numbers `[first, last)`, that an ellipsis or a bracket interrupts."""
        cuts = sorted(
            {0, len(self.words), *self.ellipses, *(n for n in self.inserted), *(n + 1 for n in self.inserted)}
        )
        return [(a, b) for a, b in pairwise(cuts) if a not in self.inserted]


def without_marks(text: str, quotation: Quotation) -> tuple[int, int]:
    """Return the offsets of a quotation's words: without the mark that opens it and the mark that closes it."""
    start, end = quotation.start, quotation.end
    if opening := _OPENING.match(text, start, end):
        start = opening.end()
    if quotation.closed and (closing := _CLOSING.search(text, start, end)):
        end = closing.start()
    return start, max(start, end)


def read_quotation(text: str, start: int, end: int) -> Quoted:
    """Read the words of a quotation whose words (no marks) are `text[start:end]`."""
    plain = text[start:end]
    words = Words([], [], [])
    ellipses: set[int] = set()
    inserted: set[int] = set()
    for piece_start, piece_end, kind in _pieces(plain):
        if kind == "ellipsis":
            ellipses.add(len(words))
            continue
        piece = read_words(plain, piece_start, piece_end)
        ours = [kind == "bracket" or "[" in plain[a + 1 : b] for a, b in zip(piece.starts, piece.ends, strict=True)]
        inserted.update(len(words) + number for number, bracketed in enumerate(ours) if bracketed)
        words.forms.extend(piece.forms)
        words.starts.extend(start + offset for offset in piece.starts)
        words.ends.extend(start + offset for offset in piece.ends)
    edges = {0, len(words)}
    return Quoted(start, end, words, frozenset(ellipses - edges), frozenset(inserted))


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """Cut a quotation at its ellipses and brackets; offsets into it."""
    pieces: list[tuple[int, int, str]] = []
    position = 0
    breaks = [(m.start(), m.end(), "ellipsis") for m in _ELLIPSIS.finditer(text)]
    breaks += [(m.start(), m.end(), "bracket") for m in _BRACKET.finditer(text)]
    for start, end, kind in sorted(breaks, key=lambda each: each[:2]):  # "[...]" is both: an ellipsis
        if start < position:
            continue
        pieces += [(position, start, "words"), (start, end, kind)]
        position = end
    return [*pieces, (position, len(text), "words")]
