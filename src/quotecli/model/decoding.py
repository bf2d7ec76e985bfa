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


_LEAST: Final = 1e-30
"""What BIO forbids has no weight, and no log."""


def viterbi(scores: Floats, lengths: Ints, transitions: Floats, first: Floats) -> Ints:
    """Return the best tags [rows, longest] (0 behind each row's length).

    scores: [rows, longest, tags]; lengths: of the rows, the longest first; transitions: [from, to]; first: of a row's
    first word.
    """
    rows, longest, _ = scores.shape
    alive = _rows_alive(lengths, longest)
    best = first + scores[:, 0]
    back = np.zeros(scores.shape, dtype=np.int8)
    for t in range(1, longest):
        n = alive[t]
        paths = best[:n, :, None] + transitions
        back[:n, t] = paths.argmax(1)
        best[:n] = paths.max(1) + scores[:n, t]
    tags = np.zeros((rows, longest), dtype=np.int64)
    tag = best.argmax(1)
    for t in range(longest - 1, -1, -1):
        n = alive[t]
        tags[:n, t] = tag[:n]
        tag[:n] = back[np.arange(n), t, tag[:n]]
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
    forward = _forward(scores, lengths, transitions, first)
    steps = transitions[opening, inner] + (high - low - 2) * transitions[inner, inner]
    words = scores.cumsum(1, dtype=np.float64)  # of each row once: a paragraph may hold as many spans as words
    each, longer = np.arange(len(row)), high > low + 1
    paths = forward[row, low, opening] + np.where(
        longer, steps + words[row, high - 1, inner] - words[row, low, inner], 0.0
    )
    behind = np.minimum(high, scores.shape[1] - 1)
    onwards = transitions[np.where(longer, inner, opening)] + scores[row, behind]
    onwards += _backward(scores, lengths, transitions)[row, behind]
    onwards[each, inner] = -np.inf
    paths += np.where(high < lengths[row], _log_sum(onwards, 1), 0.0)
    probabilities: list[float] = np.minimum(np.exp(paths - _log_sum(forward[row, lengths[row] - 1], 1)), 1.0).tolist()
    return probabilities


def _forward(scores: Floats, lengths: Ints, transitions: Floats, first: Floats) -> Doubles:
    """The log of the summed weights of all ways to each tag, its own score included."""
    longest, steps = scores.shape[1], np.exp(transitions)
    alive = _rows_alive(lengths, longest)
    forward = np.zeros(scores.shape)
    forward[:, 0] = first + scores[:, 0]
    for t in range(1, longest):
        n = alive[t]
        forward[:n, t] = _stepped(forward[:n, t - 1], steps) + scores[:n, t]
    return forward


def _backward(scores: Floats, lengths: Ints, transitions: Floats) -> Doubles:
    """The log of the summed weights of all ways on from each tag."""
    longest, steps = scores.shape[1], np.exp(transitions.T)
    alive = _rows_alive(lengths, longest)
    backward = np.zeros(scores.shape)
    for t in range(longest - 2, -1, -1):
        n = alive[t + 1]
        backward[:n, t] = _stepped(scores[:n, t + 1] + backward[:n, t + 1], steps)
    return backward


def _stepped(weights: Doubles, steps: Floats) -> Doubles:
    """The log of the summed weights behind a step; `weights` [rows, tags] are logs, `steps` [from, to] are not.

    In 64 bits: how a product of matrices is rounded depends on the number of its rows, and that is on other paragraphs.
    """
    highest = weights.max(1, keepdims=True)
    stepped: Doubles = np.log(np.maximum(np.exp(weights - highest) @ steps, _LEAST)) + highest
    return stepped


def _rows_alive(lengths: Ints, longest: int) -> list[int]:
    """How many rows, the longest first, have a word at each place."""
    counts: list[int] = (lengths[:, None] > np.arange(longest)).sum(0).tolist()
    return counts


def _log_sum(values: Doubles, axis: int) -> Doubles:
    highest = values.max(axis, keepdims=True)
    total: Doubles = np.log(np.exp(values - highest).sum(axis)) + highest.squeeze(axis)
    return total
