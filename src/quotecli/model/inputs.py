"""From a document to the encoder's input: word pieces, what the uncased encoder does not see, and windows.

Letter case, paragraph starts and quotation marks are given beside the pieces, since the encoder is uncased and its
tokenizer drops line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotecli.model.word_pieces import NO_PIECES, Chunk, WordPieces
from quotecli.text import Document

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
    chunks, places, paragraphs = list[Chunk](), list[int](), list[int]()
    for index, paragraph in enumerate(document.paragraphs):
        for at, chunk in tokenizer.chunks(document.text, paragraph.start, paragraph.end):
            chunks.append(chunk)
            places.append(at)
            paragraphs.append(index)
    lengths = list(map(len, chunks))
    ids, start, end, first, case = np.concatenate([NO_PIECES, *chunks]).T.copy()
    at_place, paragraph_of = (np.repeat(np.array(each, dtype=np.int64), lengths) for each in (places, paragraphs))
    start += at_place
    end += at_place
    return Pieces(
        ids=ids,
        start=start,
        end=end,
        first=first.astype(np.bool_),
        paragraph=paragraph_of,
        case=case,
        place=(np.diff(paragraph_of, prepend=-1) != 0).astype(np.int64),
        quoted=_quoted(document, start, end),
    )


def word_spans(pieces: Pieces) -> tuple[Ints, Ints, Ints]:
    """Return (index of the first piece, start, end) of each word."""
    heads = np.flatnonzero(pieces.first)
    tails = np.append(heads[1:], len(pieces.first))[: len(heads)] - 1
    return heads, pieces.start[heads], pieces.end[tails]


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


def _quoted(document: Document, starts: Ints, ends: Ints) -> Ints:
    quoted = np.zeros(len(starts), dtype=np.int64)
    if not len(starts):
        return quoted
    for quotation in document.quotations:
        low = int(np.searchsorted(ends, quotation.start, side="right"))
        high = int(np.searchsorted(starts, quotation.end, side="left"))
        if low < high:
            quoted[low:high] = 1
            quoted[high - 1] = 3 if quotation.closed else 1
            quoted[low] = 2
    return quoted
