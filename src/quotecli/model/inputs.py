"""From a document to the encoder's input: word pieces, what the uncased encoder does not see, and windows.

Letter case, paragraph starts and quotation marks are given beside the pieces, since the encoder is uncased and its
tokenizer drops line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotecli.text import Document

if TYPE_CHECKING:
    from quotecli.model.word_pieces import WordPieces

Ints = NDArray[np.int64]

CASES = 5  # none (digits, punctuation), lower, Title, UPPER, miXed
PLACES = 2  # inside a paragraph, its first piece
QUOTED = 4  # outside quotation marks, inside, the opening mark, the closing mark

COLON = 1024
"""The piece of a colon in the shipped vocabulary."""

WINDOW = 256
"""Pieces the encoder reads at once, [CLS] and [SEP] included."""


class Pieces(NamedTuple):
    """A document's word pieces, one row a piece, in order. `start`, `end`: offsets into the text.

    first: whether the piece begins a word; paragraph: the index of its paragraph.
    """

    ids: Ints
    start: Ints
    end: Ints
    first: NDArray[np.bool_]
    paragraph: Ints
    case: Ints
    place: Ints
    quoted: Ints


def encode(document: Document, tokenizer: WordPieces) -> Pieces:
    """Cut every paragraph of `document` into word pieces with their features."""
    pieces: tuple[list[int], ...] = ([], [], [], [])  # as in Chunk
    places, lengths, paragraphs = list[int](), list[int](), list[int]()
    for index, paragraph in enumerate(document.paragraphs):
        for at, chunk in tokenizer.chunks(document.text, paragraph.start, paragraph.end):
            for values, more in zip(pieces, chunk, strict=True):
                values.extend(more)
            places.append(at)
            lengths.append(len(chunk.ids))
            paragraphs.append(index)
    ids, start, end, begins = (np.array(values, dtype=np.int64) for values in pieces)
    place, paragraph_of = (np.repeat(np.array(each, dtype=np.int64), lengths) for each in (places, paragraphs))
    new_paragraph = np.diff(paragraph_of, prepend=-1) != 0
    first = begins.astype(np.bool_)
    offsets = np.stack([start + place, end + place], axis=1)
    return Pieces(
        ids=ids,
        start=offsets[:, 0],
        end=offsets[:, 1],
        first=first,
        paragraph=paragraph_of,
        case=_case(document.text, offsets, first),
        place=new_paragraph.astype(np.int64),
        quoted=_quoted(document, offsets),
    )


def word_spans(pieces: Pieces) -> tuple[Ints, Ints, Ints]:
    """Return (index of the first piece, start, end) of each word."""
    heads, tails = _word_edges(pieces.first)
    return heads, pieces.start[heads], pieces.end[tails]


def _word_edges(first: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The first and the last piece of each word."""
    heads = np.flatnonzero(first)
    return heads, np.append(heads[1:], len(first))[: len(heads)] - 1


def windows(pieces: Pieces, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Yield [start, end) ranges of pieces: each paragraph by itself, longer ones cut between words.

    What stands around a paragraph so has no say in who speaks in it. PolNeAR's dev loses 0.2 points of full F1 by it
    and real pages gain claims: the network was trained on packed paragraphs and hardly looks beyond its own.
    Only what a colon at a paragraph's end announces is read with it, while it fits.
    size: pieces a window may hold with its two special ones.
    """
    for low, high in pairwise(_joined(pieces, size - 2)):
        start = low
        while high - start > size - 2:
            end = last_word_start(pieces.first, start, start + size - 2)
            yield start, end
            start = end
        yield start, high


def _joined(pieces: Pieces, most: int) -> list[int]:
    """Return where the paragraphs begin, but for those that a colon announces and that have room beside it; the end."""
    places = np.append(np.flatnonzero(pieces.place), len(pieces.ids)).tolist()
    kept = places[:1]
    for start, end in pairwise(places):
        if pieces.ids[start - 1] != COLON or not start or end - kept[-1] > most:
            kept.append(start)
    return [*dict.fromkeys(kept), *places[-1:]] if len(places) > 1 else []


def last_word_start(first: NDArray[np.bool_], start: int, limit: int) -> int:
    """Return where the last word begins that begins before `limit`; `limit` where one word fills all from `start`."""
    if limit >= len(first):
        return len(first)
    end = limit
    while end > start + 1 and not first[end]:
        end -= 1
    return end if first[end] else limit


def _case(text: str, offsets: Ints, first: NDArray[np.bool_]) -> Ints:
    heads, tails = _word_edges(first)
    words = zip(offsets[heads, 0].tolist(), offsets[tails, 1].tolist(), strict=True)
    of_word = [_case_of(text[start:end]) for start, end in words]
    return np.repeat(np.array(of_word, dtype=np.int64), tails - heads + 1)


def _case_of(word: str) -> int:
    if word.islower():
        return 1
    if word.istitle():
        return 2
    if word.isupper():
        return 3
    return 4 if word.upper() != word.lower() else 0


def _quoted(document: Document, offsets: Ints) -> Ints:
    quoted = np.zeros(len(offsets), dtype=np.int64)
    if not len(offsets):
        return quoted
    starts, ends = offsets[:, 0], offsets[:, 1]
    for quotation in document.quotations:
        low = int(np.searchsorted(ends, quotation.start, side="right"))
        high = int(np.searchsorted(starts, quotation.end, side="left"))
        if low < high:
            quoted[low:high] = 1
            quoted[high - 1] = 3 if quotation.closed else 1
            quoted[low] = 2
    return quoted
