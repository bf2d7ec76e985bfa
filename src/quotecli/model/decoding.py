"""From the network's scores to spans: the most probable tags of a paragraph, and how probable a span of theirs is.

The CRF (Lafferty et al. 2001) is read with Viterbi for the tags and with forward-backward for the probabilities, for
all paragraphs at once: the loop runs over the words of the longest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quotecli.model.tags import ROLES, begin, inside

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

_TAGS_OF: Final = np.array([(begin(kind), inside(kind)) for kind in range(len(ROLES))])


DIGITS: Final = 9
"""Digits of a probability: how a product of matrices is rounded depends on the number of its rows, and that is on other
paragraphs."""

_LEAST: Final = 1e-30
"""What BIO forbids has no weight, and no log."""


def viterbi(scores: Floats, lengths: Ints, transitions: Floats, first: Floats) -> Ints:
    """Return the best tags [rows, longest] (0 behind each row's length).

    scores: [rows, longest, tags]; lengths: of the rows, the longest first; transitions: [from, to]; first: of a row's
    first word.
    """
    rows, longest, _ = scores.shape
    alive = _rows_alive(lengths, longest)
    best = scores.transpose(1, 0, 2).copy()
    best[0] += first
    for t in range(1, longest):
        n = alive[t]
        best[t, :n] += (best[t - 1, :n].T[:, :, None] + transitions[:, None]).max(0)
    tags = np.zeros((rows, longest), dtype=np.int64)
    last, each = lengths - 1, np.arange(rows)
    tags[each, last] = best[last, each].argmax(1)
    for t in range(longest - 1, 0, -1):
        n = alive[t]
        tags[:n, t - 1] = (best[t - 1, :n] + transitions.T[tags[:n, t]]).argmax(1)
    return tags


def span_probabilities(
    scores: Floats, lengths: Ints, transitions: Floats, first: Floats, spans: Sequence[tuple[int, int, int, int]]
) -> list[float]:
    """Return how probable each span (row, first word, last word + 1, kind) is: with both its ends, as one span.

    The other arguments are as in `viterbi`. The sum over all tag sequences that hold the span, over the sum of all.
    """
    if not spans:
        return []
    rows, low, high, kind = np.array(spans).T
    opening, inner = _TAGS_OF[kind].T
    needed, row = np.unique(rows, return_inverse=True)  # a paragraph without spans costs nothing
    scores, lengths = scores[needed], lengths[needed]
    ways = _Ways(scores, lengths, transitions, first)
    steps = transitions[opening, inner] + (high - low - 2) * transitions[inner, inner]
    words = scores.cumsum(1, dtype=np.float64)  # of each row once: a paragraph may hold as many spans as words
    each, longer = np.arange(len(row)), high > low + 1
    paths = ways.to(row, low)[each, opening] + np.where(
        longer, steps + words[row, high - 1, inner] - words[row, low, inner], 0.0
    )
    onwards = transitions[np.where(longer, inner, opening)] + ways.onwards(row, np.minimum(high, lengths[row] - 1))
    onwards[each, inner] = -np.inf
    paths += np.where(high < lengths[row], _log_sum(onwards, 1), 0.0)
    total = _log_sum(ways.to(row, lengths[row] - 1), 1)
    probabilities: list[float] = np.minimum(np.exp(paths - total), 1.0).round(DIGITS).tolist()
    return probabilities


class _Ways:
    """The summed weights of all ways to each tag of a row's words, from its first word and from its last; the tag's own
    score included.

    The weights are kept as shares of each place's sum.
    """

    def __init__(self, scores: Floats, lengths: Ints, transitions: Floats, first: Floats) -> None:
        longest = scores.shape[1]
        turned = np.maximum(lengths[:, None] - 1 - np.arange(longest), 0)
        both = np.stack([scores, np.take_along_axis(scores, turned[:, :, None], 1)]).transpose(2, 0, 1, 3)
        highest = both.max(3, keepdims=True).astype(np.float64)
        weights = np.exp(both - highest)
        weights[0, 0] *= np.exp(first)
        sums, ones = np.ones_like(highest), np.ones((scores.shape[2], 1))
        steps = np.exp(np.stack([transitions, transitions.T]).astype(np.float64))
        for t, n in enumerate(_rows_alive(lengths, longest)[1:], start=1):
            ways = (weights[t - 1, :, :n] @ steps) * weights[t, :, :n]
            sums[t, :, :n] = ways @ ones
            weights[t, :, :n] = ways / sums[t, :, :n]
        self._shares, self._sums = weights, (np.log(sums) + highest).cumsum(0)
        self._last = lengths - 1

    def to(self, row: Ints, word: Ints) -> Doubles:
        """Return the logs of those from the first word to each tag of some words, [words, tags]."""
        return self._logs(word, 0, row)

    def onwards(self, row: Ints, word: Ints) -> Doubles:
        """Return the logs of those from each tag of some words to the last word, [words, tags]."""
        return self._logs(self._last[row] - word, 1, row)

    def _logs(self, step: Ints, side: int, row: Ints) -> Doubles:
        logs: Doubles = np.log(np.maximum(self._shares[step, side, row], _LEAST)) + self._sums[step, side, row]
        return logs


def _rows_alive(lengths: Ints, longest: int) -> list[int]:
    """How many rows, the longest first, have a word at each place."""
    counts: list[int] = (lengths[:, None] > np.arange(longest)).sum(0).tolist()
    return counts


def _log_sum(values: Doubles, axis: int) -> Doubles:
    highest = values.max(axis, keepdims=True)
    total: Doubles = np.log(np.exp(values - highest).sum(axis)) + highest.squeeze(axis)
    return total
