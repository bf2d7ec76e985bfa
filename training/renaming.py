"""Other people's names in the corpus's texts: its own are of one country and one election year."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TITLES = frozenset("Mr. Mrs. Ms. Dr. Jr. Sr. III".split())


class Culture(NamedTuple):
    """Names that go together."""

    given: list[str]
    family: list[str]


@cache
def cultures() -> list[Culture]:
    """Return the names of names.txt; there "_" stands for a space within a name."""
    lines = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines()
    names = [[word.replace("_", " ") for word in line.split()] for line in lines if line and line[0] != "#"]
    return [Culture(*pair) for pair in zip(names[::2], names[1::2], strict=True)]


def renamed(text: str, people: Sequence[tuple[int, int]], rng: random.Random) -> tuple[str, NDArray[np.int64]]:
    """Return `text` with other names at the spans `people`, and where each of its characters, and its end, went.

    A word of a name becomes the same word everywhere, and those of one name come from one culture.
    """
    moved = np.zeros(len(text) + 1, dtype=np.int64)
    pieces, last = [], 0
    edits = list(_edits(text, people, rng))
    for start, end, new in edits:
        pieces += [text[last:start], new]
        moved[end] += len(new) - (end - start)
        last = end
    moved = np.arange(len(text) + 1) + moved.cumsum()
    for start, end, _ in edits:  # inside a word that got shorter
        moved[start:end] = np.minimum(moved[start:end], moved[end])
    return "".join([*pieces, text[last:]]), moved


def _edits(text: str, people: Sequence[tuple[int, int]], rng: random.Random) -> Iterator[tuple[int, int, str]]:
    """Yield what to replace by what, in order: start, end, new word."""
    named = [words for start, end in sorted(set(people)) if (words := list(_words(text, start, end)))]
    new: dict[str, str] = {}
    for words in sorted(named, key=len, reverse=True):  # full names say which word is whose family's
        culture = rng.choice(cultures())
        for start, end in words:
            is_family = (start, end) == words[-1]
            new.setdefault(text[start:end].lower(), rng.choice(culture.family if is_family else culture.given))
    last = 0
    for start, end in (word for words in named for word in words):
        if start >= last:
            word = text[start:end]
            yield start, end, new[word.lower()].upper() if word.isupper() else new[word.lower()]
            last = end


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words of a name that can be replaced: no initials, titles or particles."""
    for word in text[start:end].split():
        start = text.index(word, start)
        if len(word) > 2 and word[0].isupper() and word.isalpha() and word not in TITLES:
            yield start, start + len(word)
        start += len(word)
