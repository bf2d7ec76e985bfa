"""Heads: what else the encoder's states tell of a piece of text, beside the tags.

A head is a logistic regression on the mean of the states of a text's word pieces. The mean of products is the product
of the mean, so each piece is read once and any span is answered from running totals. `training/checkable.py` learns
the weights in heads.json.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from quotecli.model.inputs import Pieces
from quotecli.model.tagging import Readings

Floats = NDArray[np.float32]


class Heads(msgspec.Struct, frozen=True):
    """The heads by name: their weights (STATE_SIZE each) and biases."""

    weights: dict[str, list[float]]
    biases: dict[str, float]

    @property
    def matrix(self) -> Floats:
        """The weights as the network takes them, [STATE_SIZE, heads]."""
        return np.array(list(self.weights.values()), dtype=np.float32).T

    def readings(self, pieces: Pieces, products: Floats) -> Readings:
        """Return what the heads read of `pieces`; `products`: what the network gave for `matrix`, [pieces, heads]."""
        odds = products.astype(np.float64) + np.array([self.biases[name] for name in self.weights])
        totals = np.concatenate([np.zeros((1, odds.shape[1])), odds.cumsum(axis=0)])
        return Readings(
            starts=tuple(pieces.start.tolist()),
            ends=tuple(pieces.end.tolist()),
            totals={name: tuple(column.tolist()) for name, column in zip(self.weights, totals.T, strict=True)},
        )
