"""Vectors in a sixteenth of their bytes, and how like a query all of a million are, in a tenth of a second.

Each number becomes 2 bits: one of the four levels that lie best for a normal distribution (Max 1960), which the numbers
of a unit vector nearly have. What a product with a query loses by that is 0.03 (its standard deviation): enough to tell
which statements are worth a closer look.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quotecli.meaning.table import Floats

Codes = NDArray[np.uint8]

A_BYTE = 4
"""How many numbers a byte holds."""
_LEVELS = np.array([-1.5104, -0.4528, 0.4528, 1.5104], dtype=np.float32)
_BOUND = 0.9816
_PLACES = np.array([1, 4, 16, 64], dtype=np.uint8)
_OF_BYTE = np.stack([_LEVELS[np.arange(256) // place % 4] for place in _PLACES], axis=1)
"""The four levels that each byte stands for."""
_AT_ONCE = 16384
"""How many codes are worked on at once: they stay in the processor's cache."""


def encode(vectors: Floats) -> Codes:
    """Return unit vectors [n, dimensions] as codes [n, dimensions / 4]."""
    length, dimensions = vectors.shape
    scaled = vectors * np.float32(np.sqrt(dimensions))
    levels = np.add.reduce([scaled > bound for bound in (-_BOUND, 0, _BOUND)], dtype=np.uint8)
    codes = levels.reshape(length, dimensions // A_BYTE, A_BYTE) @ _PLACES
    return np.asarray(codes, dtype=np.uint8)


def likeness(query: Floats, codes: Codes) -> Floats:
    """Return about the product of `query` with each vector of which `codes` are: [n].

    What each byte adds is looked up: for each of its places in a code, 256 sums are made once (as in product
    quantisation: Jégou et al. 2011).
    """
    sums = (query.reshape(-1, A_BYTE) @ _OF_BYTE.T) / np.float32(np.sqrt(len(query)))
    found = np.zeros(len(codes), dtype=np.float32)
    for start in range(0, len(codes), _AT_ONCE):
        block = found[start : start + _AT_ONCE]
        for place, column in zip(sums, codes[start : start + _AT_ONCE].T, strict=True):
            block += place.take(column)
    return found
