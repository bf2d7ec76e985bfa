"""Viterbi and forward-backward against the enumeration of all tag sequences."""

from __future__ import annotations

import tracemalloc
from itertools import product

import numpy as np
import pytest

from quotecli.model import tag, tagger
from quotecli.model.decoding import span_probabilities, viterbi
from quotecli.model.tags import begin, inside
from quotecli.text import parse

TAGS = 5
"""Outside, and the begin and inside tags of two kinds."""


@pytest.mark.parametrize("seed", range(5))
def test_same_as_enumerating_all_sequences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lengths = np.array([4, 3, 1])
    scores = rng.normal(size=(3, 4, TAGS)).astype(np.float32)
    transitions = rng.normal(size=(TAGS, TAGS)).astype(np.float32)
    first = rng.normal(size=TAGS).astype(np.float32)
    tags = viterbi(scores, lengths, transitions, first)
    for row, length in enumerate(lengths):
        sequences = list(product(range(TAGS), repeat=int(length)))
        totals = np.array([_score(s, scores[row], transitions, first) for s in sequences])
        weights = np.exp(totals - totals.max())
        weights /= weights.sum()
        assert tuple(tags[row, :length]) == sequences[int(totals.argmax())]
        spans = [
            (row, low, high, kind) for low in range(length) for high in range(low + 1, length + 1) for kind in range(2)
        ]
        for span, probability in zip(
            spans, span_probabilities(scores, lengths, transitions, first, spans), strict=True
        ):
            expected = sum(w for w, s in zip(weights, sequences, strict=True) if _holds(s, *span[1:]))
            assert probability == pytest.approx(expected, abs=1e-5)


def _holds(sequence: tuple[int, ...], low: int, high: int, kind: int) -> bool:
    """Whether the sequence has just this span, which an inside tag behind it would make longer."""
    tags = (begin(kind), *[inside(kind)] * (high - low - 1))
    return sequence[low:high] == tags and sequence[high : high + 1] != (inside(kind),)


def _score(sequence: tuple[int, ...], scores: np.ndarray, transitions: np.ndarray, first: np.ndarray) -> float:
    total = first[sequence[0]] + scores[0, sequence[0]]
    for t in range(1, len(sequence)):
        total += transitions[sequence[t - 1], sequence[t]] + scores[t, sequence[t]]
    return float(total)


def test_paragraphs_in_tables_of_a_bearable_size_are_read_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = "The mayor, Ruth Okafor, said the bridge would open in June. “It is safe,” she told reporters."
    document = parse("\n".join([paragraph, "Few words.", f"{paragraph} {paragraph}", "More.", paragraph]))
    whole = tag(document)
    monkeypatch.setattr(tagger, "MOST_CELLS", 30)
    assert tag(document).parts == whole.parts
    assert tag(document).links == whole.links


def test_many_spans_in_one_long_paragraph_take_memory_for_its_words_alone() -> None:
    words, kinds = 3000, 2
    scores = np.zeros((1, words, TAGS), dtype=np.float32)
    transitions, first = np.zeros((TAGS, TAGS), dtype=np.float32), np.zeros(TAGS, dtype=np.float32)
    spans = [(0, low, low + 2, low % kinds) for low in range(words - 2)]
    tracemalloc.start()
    span_probabilities(scores, np.array([words]), transitions, first, spans)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 2**20  # a sum for each word of each span took 72 MB
