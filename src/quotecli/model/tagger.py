"""Tag a document: run the network over its windows and read spans and links off the scores."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from quotecli.model.decoding import span_probabilities, viterbi
from quotecli.model.inputs import Pieces, encode, windows, word_spans
from quotecli.model.network import Network, Output, network
from quotecli.model.tagging import Link, Name, Part, Tagging
from quotecli.model.tags import NAME_TYPES, OUTSIDE, ROLES, TAGS, begin, inside, kind_of
from quotecli.text import Document

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MOST_CELLS = 500_000
"""Words that a padded table of paragraphs may have room for."""

LINK_SIZE = 64
QUERIES = {"source": slice(0, LINK_SIZE), "cue": slice(LINK_SIZE, 2 * LINK_SIZE)}
KEYS = {"source": slice(2 * LINK_SIZE, 3 * LINK_SIZE), "cue": slice(3 * LINK_SIZE, 4 * LINK_SIZE)}


class _Words:
    """The words of a document, and their places in a padded table of its paragraphs, the longest first."""

    def __init__(self, pieces: Pieces) -> None:
        self.head, self.start, self.end = word_spans(pieces)
        paragraph = pieces.paragraph[self.head]
        _, begins, order, lengths = np.unique(paragraph, return_index=True, return_inverse=True, return_counts=True)
        by_length = np.argsort(-lengths, kind="stable")
        self.lengths = lengths[by_length]
        self.row = np.argsort(by_length)[order]
        self.column = np.arange(len(self.head)) - begins[order]

    def groups(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last row, plus one, of tables of a bearable size: one long paragraph among ten
        thousand short ones would make all of them as long."""
        low = 0
        for high in range(1, len(self.lengths) + 1):
            if high == len(self.lengths) or (high + 1 - low) * self.lengths[low] > MOST_CELLS:
                yield low, high
                low = high

    def table(self, values: Floats, members: Ints, low: int, high: int) -> Floats:
        """Lay the `values` [words, n] of the words of the rows from `low` to `high` out as [rows, longest, n]."""
        table = np.zeros((high - low, int(self.lengths[low]), values.shape[1]), dtype=np.float32)
        table[self.row[members] - low, self.column[members]] = values[members]
        return table

    def placed(self, span: tuple[int, int, int], first_row: int) -> tuple[int, int, int, int]:
        """Return (row, first column, last column + 1, kind) of a span (kind, first word, last word + 1); rows are
        counted from `first_row` of a table."""
        kind, low, high = span
        column = int(self.column[low])
        return int(self.row[low]) - first_row, column, column + high - low, kind


def tag(document: Document, model: Network | None = None, *, alone: bool = False) -> Tagging:
    """Return the sources, cues, contents and names that the model finds in `document`, with their links.

    `model` is the one that ships with quotecli unless another is given. Raise ModelError if it cannot be loaded.
    alone: work on one processor, not on all.
    """
    model = model or network()
    pieces = encode(document, model.tokenizer)
    if not len(pieces.ids):
        return Tagging((), (), quoted=(0.0,) * len(document.quotations))
    cuts = list(windows(pieces))
    outputs = model.run(pieces, cuts, heads=model.heads.matrix, alone=alone)
    words = _Words(pieces)
    scores = np.concatenate([output.tags for output in outputs])[words.head]
    found = sorted(_decoded(words, scores[:, :TAGS], model), key=lambda pair: pair[0][1])
    spans = [span for span, _ in found]
    parts = tuple(_part(words, span, p) for span, p in found)
    first_pieces = [int(words.head[low]) for _, low, _ in spans]
    products = np.concatenate([output.heads for output in outputs if output.heads is not None])
    return Tagging(
        parts,
        _names(scores[:, TAGS:], words),
        tuple(_links(parts, first_pieces, cuts, outputs)),
        model.heads.readings(pieces, products),
        _quoted(document, words, scores[:, :TAGS]),
    )


def _quoted(document: Document, words: _Words, scores: Floats) -> tuple[float, ...]:
    """How probable the words of each quotation are to be content, on average; marks are words here."""
    weights = np.exp(scores - scores.max(1, keepdims=True))
    kind = ROLES.index("content")
    probability = weights[:, [begin(kind), inside(kind)]].sum(1) / weights.sum(1)
    summed = np.concatenate([[0.0], probability.cumsum(dtype=np.float64)])
    starts, ends = np.array([(q.start, q.end) for q in document.quotations], dtype=np.int64).reshape(-1, 2).T
    low, high = np.searchsorted(words.end, starts, side="right"), np.searchsorted(words.start, ends, side="left")
    means: list[float] = ((summed[high] - summed[low]) / np.maximum(high - low, 1)).tolist()
    return tuple(means)


def _decoded(words: _Words, scores: Floats, model: Network) -> Iterator[tuple[tuple[int, int, int], float]]:
    """Yield the spans (kind, first word, last word + 1) of all paragraphs, each with its probability."""
    for low, high in words.groups():
        members = np.flatnonzero((words.row >= low) & (words.row < high))
        table, lengths = words.table(scores, members, low, high), words.lengths[low:high]
        best = viterbi(table, lengths, model.transitions, model.first)
        tags = best[words.row[members] - low, words.column[members]]
        spans = [
            (kind, int(members[first]), int(members[last - 1]) + 1)
            for kind, first, last in _spans(tags, words.row[members])
        ]
        placed = [words.placed(span, low) for span in spans]
        yield from zip(spans, span_probabilities(table, lengths, model.transitions, model.first, placed), strict=True)


def _spans(tags: Ints, row: Ints) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, first word, last word + 1) of each run of tags that belong together, within its paragraph."""
    tagged = np.flatnonzero(tags != OUTSIDE)
    low, tag_of, row_of = 0, tags[tagged].tolist(), row[tagged].tolist()
    places = tagged.tolist()
    for i in range(1, len(places) + 1):
        goes_on = (
            i < len(places)
            and places[i] == places[i - 1] + 1
            and row_of[i] == row_of[low]
            and tag_of[i] == inside(kind_of(tag_of[low]))
        )
        if not goes_on:
            yield kind_of(tag_of[low]), places[low], places[i - 1] + 1
            low = i


def _part(words: _Words, span: tuple[int, int, int], probability: float) -> Part:
    kind, low, high = span
    return Part(ROLES[kind], int(words.start[low]), int(words.end[high - 1]), probability)


def _names(scores: Floats, words: _Words) -> tuple[Name, ...]:
    spans = _spans(scores.argmax(1), words.row)
    return tuple(Name(NAME_TYPES[kind], int(words.start[low]), int(words.end[high - 1])) for kind, low, high in spans)


def _links(
    parts: tuple[Part, ...], heads: list[int], cuts: list[tuple[int, int]], outputs: list[Output]
) -> Iterator[Link]:
    """Yield what each content points at in its window. heads: the first piece of each part, by which it points."""
    ends = [bisect_left(heads, end) for _, end in cuts]
    windows = list(zip([0, *ends], ends, cuts, outputs, strict=False))
    of_parts = [output.links[[head - start for head in heads[low:high]]] for low, high, (start, _), output in windows]
    vectors = np.concatenate([*of_parts, np.stack([output.null for output in outputs])])
    contents, aims = list[int](), {role: list[list[int]]() for role in QUERIES}
    for null, (low, high, *_) in enumerate(windows, start=len(parts)):
        here = [i for i in range(low, high) if parts[i].role == "content"]
        contents += here
        for role in QUERIES if here else ():
            aims[role] += [[null, *(i for i in range(low, high) if parts[i].role == role)]] * len(here)
    pointed = [_pointed_at(role, contents, aims[role], vectors) for role in QUERIES if contents]
    for content, (source, surely), (cue, certainly) in zip(contents, *pointed, strict=True):
        yield Link(content, source, surely, cue, certainly)


def _pointed_at(
    role: str, contents: list[int], aims: list[list[int]], vectors: Floats
) -> Iterator[tuple[int | None, float]]:
    """Yield which of its aims each content points at, None for the first of them, [CLS], and the probability.

    contents, aims: rows of `vectors`, several aims a content.
    """
    asking = vectors[np.repeat(contents, list(map(len, aims))), QUERIES[role]]
    asked = vectors[list(chain.from_iterable(aims)), KEYS[role]]
    scores: list[float] = (np.einsum("ij,ij->i", asking, asked) / math.sqrt(LINK_SIZE)).tolist()
    low = 0
    for choices in aims:
        low, own = low + len(choices), scores[low : low + len(choices)]
        highest = max(own)
        best = own.index(highest)
        yield (choices[best] if best else None), 1 / sum(math.exp(score - highest) for score in own)
