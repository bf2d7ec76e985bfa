"""PolNeAR (Newell, Margolin, Ruths, LREC 2018) as training examples: windows of word pieces with their gold labels."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotecli.model.inputs import WINDOW, Pieces, encode, last_word_start
from quotecli.model.inputs import windows as alone
from quotecli.model.tags import NAME_TYPES, ROLES, begin, inside
from quotecli.model.word_pieces import WordPieces
from quotecli.text import parse
from renaming import renamed

IGNORED = -100
"""The label of pieces that no loss is taken on."""

SMALLEST_FIRST_WINDOW = 48
CORENLP_NAMES = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place"}

PARTS_OF_SPEECH = (
    *("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "WP", "WP$", "WDT", "WRB", "DT", "PDT", "EX", "JJ", "JJR", "JJS"),
    *("RB", "RBR", "RBS", "RP", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "TO", "IN", "CC", "CD", "POS", "UH"),
    *(".", ",", ":", "``", "''", "-LRB-", "-RRB-", "$", "other"),
)
"""The tags of the Penn Treebank, as CoreNLP writes them; the rare ones are one."""

RESTYLED_SHARE = 0.35
"""Share of the texts whose quotation marks are drawn anew each epoch: the corpus has hardly any speech in single
marks, and each publisher has one style of its own."""

MARK_STYLES = ("“”’", '""\'', "‘’’", "'''", "“”'")
"""Opening, closing and apostrophe. Each is one character, so that no offset moves."""


class Silver(NamedTuple):
    """What CoreNLP found in a text: names (type, start, end), and the parts of speech of the words (start, tag)."""

    names: list[tuple[str, int, int]]
    parts: list[tuple[int, int]]


class Text(NamedTuple):
    """One text with its annotations; `versions` holds each annotator's attributions."""

    id: str
    text: str
    versions: list[list[dict[str, list[list[int]]]]]
    silver: Silver | None


class Window(NamedTuple):
    """One input of the encoder with its labels, without [CLS] and [SEP]; one row a piece.

    roles, names, parts: tags on the first piece of each word, IGNORED elsewhere. Parts are those of speech.
    links: (content, source, cue): the pieces at which a content fragment, its sources and its cues begin.
    """

    pieces: Pieces
    roles: NDArray[np.int64]
    names: NDArray[np.int64]
    parts: NDArray[np.int64]
    links: list[tuple[int, list[int], list[int]]]


def read_texts(folder: Path, split: str) -> list[Text]:
    """Read `split` (train or dev) of the corpus in `folder`."""
    further = defaultdict(list)
    for row in _rows(folder, f"{split}.alt.jsonl"):
        further[row["id"]].append(row["attributions"])
    silver = {
        row["id"]: Silver(_silver_names(row["sentences"]), _silver_parts(row["sentences"]))
        for row in _rows(folder, f"{split}.corenlp.jsonl")
    }
    return [
        Text(row["id"], row["text"], [row["attributions"], *further[row["id"]]], silver.get(row["id"]))
        for row in _rows(folder, f"{split}.jsonl")
    ]


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    packed = folder / f"{name}.gz"
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else (folder / name).open(encoding="utf-8") as f:
        yield from map(json.loads, f)


def _silver_names(sentences: list[list[list[Any]]]) -> list[tuple[str, int, int]]:
    names: list[tuple[str, int, int]] = []
    for sentence in sentences:
        previous = None
        for start, end, _, label in sentence:
            kind = CORENLP_NAMES.get(label)
            if kind and kind == previous:
                names[-1] = (kind, names[-1][1], end)
            elif kind:
                names.append((kind, start, end))
            previous = kind
    return names


def _silver_parts(sentences: list[list[list[Any]]]) -> list[tuple[int, int]]:
    number = {name: i for i, name in enumerate(PARTS_OF_SPEECH)}
    return [(start, number.get(part, len(number) - 1)) for sentence in sentences for start, _, part, _ in sentence]


def restyle_marks(text: str, rng: random.Random) -> str:
    """Return `text` with another style of quotation marks, every character at its old place."""
    opening, closing, apostrophe = list(rng.choice(MARK_STYLES))
    characters = list(text)
    for quotation in parse(text).quotations:
        for place, mark in ((quotation.start, opening), (quotation.end - 1, closing)):
            if characters[place] in '“”"' and (quotation.closed or mark is opening):
                characters[place] = mark
    if apostrophe:
        characters = [apostrophe if c in "’'" and i and text[i - 1].isalnum() else c for i, c in enumerate(characters)]
    return "".join(characters)


def make_windows(
    text: Text,
    tokenizer: WordPieces,
    rng: random.Random | None = None,
    renamed_share: float = 0.0,
    *,
    packed: bool = True,
) -> Iterator[Window]:
    """Cut `text` into labelled windows; with `rng`, its window phase, annotator and marks are drawn at random.

    renamed_share: how often its people get other names (see `renaming`); never without `rng`.
    packed: as many paragraphs to a window as it holds; else each by itself, as at run time.
    """
    if rng and rng.random() < renamed_share:
        text = _renamed(text, rng)
    characters, attributions, first_size = text.text, text.versions[0], None
    if rng:
        attributions = rng.choice(text.versions)
        first_size = rng.randint(SMALLEST_FIRST_WINDOW, WINDOW)
        if rng.random() < RESTYLED_SHARE:
            characters = restyle_marks(characters, rng)
    pieces = encode(parse(characters), tokenizer)
    roles = _tags(pieces, _role_spans(text.text, attributions), ROLES)
    names = parts = np.full(len(pieces.ids), IGNORED)
    if text.silver:
        names = _tags(pieces, text.silver.names, NAME_TYPES)
        parts = _parts(pieces, text.silver.parts)
    links = _links(pieces, text.text, attributions)
    for start, end in packed_windows(pieces, first_size) if packed else alone(pieces):
        part = Pieces._make(column[start:end] for column in pieces)
        labels = roles[start:end].copy()
        _mend(labels, part)  # a window may begin inside a span of a long paragraph
        yield Window(part, labels, names[start:end], parts[start:end], _links_within(links, start, end))


def packed_windows(pieces: Pieces, first_size: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield [start, end) ranges of pieces: whole paragraphs packed while they fit, longer ones cut between words.

    first_size: pieces that the first window may hold with its two special ones, which shifts all later ones.
    """
    total = len(pieces.ids)
    breaks = np.append(np.flatnonzero(pieces.place), total)
    start = 0
    room = (first_size or WINDOW) - 2
    while start < total:
        limit = start + room
        end = int(breaks[np.searchsorted(breaks, limit, side="right") - 1])
        if end <= start:  # one paragraph is longer than the window
            end = last_word_start(pieces.first, start, min(limit, total))
        yield start, end
        start, room = end, WINDOW - 2


def _renamed(text: Text, rng: random.Random) -> Text:
    """Return `text` with other names for its people, every annotation at its new place."""
    if not text.silver:
        return text
    people = [(start, end) for kind, start, end in text.silver.names if kind == "person"]
    characters, moved = renamed(text.text, people, rng)
    versions = [
        [{role: moved[spans].tolist() for role, spans in attribution.items()} for attribution in version]
        for version in text.versions
    ]
    names = [(kind, int(moved[start]), int(moved[end])) for kind, start, end in text.silver.names]
    parts = [(int(moved[start]), part) for start, part in text.silver.parts]
    return Text(text.id, characters, versions, Silver(names, parts))


def _role_spans(text: str, attributions: list[dict[str, list[list[int]]]]) -> list[tuple[str, int, int]]:
    """All spans, contents first: where roles overlap, the later and shorter ones win."""
    order = ("content", "source", "cue")
    return [
        (role, start, end)
        for role in order
        for attribution in attributions
        for start, end in fragments(text, attribution[role])
    ]


def fragments(text: str, spans: list[list[int]]) -> list[tuple[int, int]]:
    """Return a component's spans in order, those with only white space between them joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(map(tuple, spans)):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _tags(pieces: Pieces, spans: list[tuple[str, int, int]], kinds: tuple[str, ...]) -> NDArray[np.int64]:
    tags = np.zeros(len(pieces.ids), dtype=np.int64)
    for kind, start, end in spans:
        covered = _covered(pieces, start, end)
        tags[covered] = inside(kinds.index(kind))
        tags[covered[:1]] = begin(kinds.index(kind))
    _mend(tags, pieces)
    tags[~pieces.first] = IGNORED
    return tags


def _parts(pieces: Pieces, parts: list[tuple[int, int]]) -> NDArray[np.int64]:
    by_start = dict(parts)
    return np.array(
        [
            by_start.get(start, IGNORED) if first else IGNORED
            for start, first in zip(pieces.start.tolist(), pieces.first, strict=True)
        ]
    )


def _covered(pieces: Pieces, start: int, end: int) -> NDArray[np.int64]:
    """The first pieces of the words that [start, end) touches."""
    low = np.searchsorted(pieces.end, start, side="right")
    high = np.searchsorted(pieces.start, end, side="left")
    while low > 0 and low < len(pieces.first) and not pieces.first[low]:
        low -= 1
    return low + np.flatnonzero(pieces.first[low:high])


def _mend(tags: NDArray[np.int64], pieces: Pieces) -> None:
    """Make every span begin with a begin tag, in each paragraph: overlaps and paragraph ends cut spans in two."""
    previous, paragraph = 0, -1
    for i in np.flatnonzero(pieces.first):
        tag = tags[i]
        if pieces.paragraph[i] != paragraph:
            previous, paragraph = 0, pieces.paragraph[i]
        if tag and tag % 2 == 0 and previous not in (tag, tag - 1):
            tags[i] = tag - 1
        previous = tags[i]


def _links(
    pieces: Pieces, text: str, attributions: list[dict[str, list[list[int]]]]
) -> list[tuple[int, list[int], list[int]]]:
    links = []
    for attribution in attributions:
        sources, cues = (
            [
                int(covered[0])
                for start, end in fragments(text, attribution[role])
                if len(covered := _covered(pieces, start, end))
            ]
            for role in ("source", "cue")
        )
        for start, end in fragments(text, attribution["content"]):
            covered = _covered(pieces, start, end)
            if len(covered):
                links.append((int(covered[0]), sources, cues))
    return links


def _links_within(
    links: list[tuple[int, list[int], list[int]]], start: int, end: int
) -> list[tuple[int, list[int], list[int]]]:
    def shifted(places: list[int]) -> list[int]:
        return [place - start for place in places if start <= place < end]

    return [
        (content - start, shifted(sources), shifted(cues)) for content, sources, cues in links if start <= content < end
    ]
