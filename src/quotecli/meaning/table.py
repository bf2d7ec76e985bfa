"""The vectors of words that ship with quotecli, and what a text means by them.

One vector a word, whatever stands around it ("static" vectors, as in model2vec: Tulkens and van Dongen 2024): a text's
is the sum of its words'. They were learned from a sentence encoder (see `training/vectors.py`), so that texts which the
encoder holds for alike are alike here, at a ten-thousandth of the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotecli.errors import ModelError

Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "words.npz"
UNKNOWN_WEIGHT = 0.7
"""How long the vector of a word that the table does not have is: as one that is unlike all others."""


class Table:
    """Vectors of words: the direction says what a word means, the length how much it tells ("the" has a short one)."""

    def __init__(self, path: Path = FILE) -> None:
        """Load from `path`. Raise ModelError when it is missing or damaged."""
        try:
            with np.load(path) as file:
                words = file["words"].tobytes().decode("ascii").split("\n")
                self._steps, self._scales = file["steps"], file["scales"].astype(np.float32)
        except Exception as error:  # numpy raises classes of several libraries
            raise ModelError(f"the vectors of words cannot be loaded ({error}): {path}; reinstall quotecli") from error
        self._row = {word: row for row, word in enumerate(words)}
        self.dimensions = self._steps.shape[1]

    @cached_property
    def longest(self) -> int:
        """How many letters the longest word that it has may be written with, one too many."""
        return max(map(len, self._row)) + 1

    def commonest(self, words: Iterable[str]) -> str | None:
        """Return the commonest of those of these words that the table has."""
        rows = {row: word for word in words if (row := self._row.get(word)) is not None}
        return rows[min(rows)] if rows else None

    def words(self, texts: Sequence[Sequence[str]]) -> WordVectors:
        """Return the vectors of the words of texts, each given as its folded words."""
        rows = [[row for row in map(self._row.get, text) if row is not None] for text in texts]
        flat = np.array([row for each in rows for row in each], dtype=np.int64)
        counts = np.array([len(each) for each in rows], dtype=np.int64)
        unknown = np.array([len(text) for text in texts], dtype=np.int64) - counts
        return WordVectors(self._steps[flat] * self._scales[flat, None], counts, unknown)

    def texts(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Return a vector for each text: see `WordVectors.wholes`."""
        return self.words(texts).wholes()


class WordVectors(NamedTuple):
    """The words of some texts, as far as the table has them: their vectors, those of one text after those of another.

    counts, unknown: how many words of each text the table has, and has not.
    """

    vectors: Floats
    counts: NDArray[np.int64]
    unknown: NDArray[np.int64]

    @property
    def lengths(self) -> Floats:
        """How much each word tells."""
        return np.asarray(np.sqrt((self.vectors**2).sum(1)), dtype=np.float32)

    def cosines(self, others: Floats) -> Floats:
        """Return how like each word is to each of the words with these vectors: [words, others]."""
        lengths = np.sqrt((others**2).sum(1))
        return np.asarray(self.vectors @ others.T / self.lengths[:, None] / lengths, dtype=np.float32)

    def wholes(self) -> Floats:
        """Return a vector for each text: [n, dimensions].

        Its length is 1 where all words are known, less where some are not, 0 where none is; so the product of two is
        their cosine, had the unknown words a direction of their own.
        """
        sums = self.reduced(np.add, self.vectors)
        lengths = np.sqrt((sums**2).sum(1) + self.unknown * UNKNOWN_WEIGHT**2)
        return np.asarray(sums / np.maximum(lengths, 1e-9)[:, None], dtype=np.float32)

    def reduced(self, how: np.ufunc, values: Floats) -> Floats:
        """Return for each text the sum, or the maximum, of its words' `values` [words, n]; 0 where it has no words."""
        found = np.zeros((len(self.counts), values.shape[1]), dtype=np.float32)
        begins, present = np.cumsum(self.counts) - self.counts, self.counts > 0
        if present.any():
            found[present] = how.reduceat(values, begins[present], axis=0)
        return found


@cache
def table() -> Table:
    """Return the table that ships with quotecli, loaded at the first call."""
    return Table()
