"""Viterbi and forward-backward against the enumeration of all tag sequences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quotecli.model.decoding import posteriors, viterbi

TAGS = 3


@pytest.mark.parametrize("seed", range(5))
def test_same_as_enumerating_all_sequences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lengths = np.array([4, 3, 1])
    scores = rng.normal(size=(3, 4, TAGS)).astype(np.float32)
    transitions = rng.normal(size=(TAGS, TAGS)).astype(np.float32)
    first = rng.normal(size=TAGS).astype(np.float32)
    tags = viterbi(scores, lengths, transitions, first)
    probable = posteriors(scores, lengths, transitions, first)
    for row, length in enumerate(lengths):
        sequences = list(product(range(TAGS), repeat=int(length)))
        totals = np.array([_score(s, scores[row], transitions, first) for s in sequences])
        weights = np.exp(totals - totals.max())
        weights /= weights.sum()
        assert tuple(tags[row, :length]) == sequences[int(totals.argmax())]
        for t in range(length):
            for tag in range(TAGS):
                expected = sum(w for w, s in zip(weights, sequences, strict=True) if s[t] == tag)
                assert probable[row, t, tag] == pytest.approx(expected, abs=1e-5)


def _score(sequence: tuple[int, ...], scores: np.ndarray, transitions: np.ndarray, first: np.ndarray) -> float:
    total = first[sequence[0]] + scores[0, sequence[0]]
    for t in range(1, len(sequence)):
        total += transitions[sequence[t - 1], sequence[t]] + scores[t, sequence[t]]
    return float(total)
