"""Word pieces and windows of any text: every piece at its place, every window whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.model.inputs import COLON, WINDOW, Pieces, encode, windows, word_spans
from quotecli.model.word_pieces import WordPieces
from quotecli.text import parse


@pytest.fixture(scope="module")
def tokenizer() -> WordPieces:
    """A tiny vocabulary."""
    vocabulary = {"[PAD]": 0, "[UNK]": 100, "said": 1, "the": 2, "a": 3, "##a": 4, "“": 5, "”": 6, ",": 7, "b": 8}
    return WordPieces(vocabulary)


def test_what_the_encoder_does_not_see_is_given_beside_the_pieces(tokenizer: WordPieces) -> None:
    pieces = encode(parse("“AAA,” said The\n\nb"), tokenizer)
    assert pieces.ids.tolist() == [5, 3, 4, 4, 7, 6, 1, 2, 8]
    assert pieces.case.tolist() == [0, 3, 3, 3, 0, 0, 1, 2, 1]
    assert pieces.place.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert pieces.quoted.tolist() == [2, 1, 1, 1, 1, 3, 0, 0, 0]
    assert pieces.first.tolist() == [True, True, False, False, True, True, True, True, True]


@given(text=st.text(alphabet="aAb é“”‘’\n,.1\u00a0\u200b", max_size=80))
@settings(max_examples=60)
def test_words_stand_at_their_offsets_in_order(text: str, tokenizer: WordPieces) -> None:
    pieces = encode(parse(text), tokenizer)
    _, starts, ends = word_spans(pieces)
    previous = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        assert previous <= start < end <= len(text)
        assert text[start:end].strip()
        previous = end


@given(paragraphs=st.lists(st.integers(1, 40), min_size=1, max_size=30), size=st.integers(6, 64))
def test_each_paragraph_has_windows_of_its_own_and_only_long_ones_are_cut(paragraphs: list[int], size: int) -> None:
    pieces = _pieces(paragraphs)
    cuts = list(windows(pieces, size))
    assert [start for start, _ in cuts] == [0, *(end for _, end in cuts[:-1])]
    assert cuts[-1][1] == sum(paragraphs)
    assert all(0 < end - start <= size - 2 for start, end in cuts)
    starts = {start for start, _ in cuts}
    assert starts >= set(np.flatnonzero(pieces.place).tolist())
    assert (len(cuts) == len(paragraphs)) == (max(paragraphs) <= size - 2)


def test_what_a_colon_announces_is_read_with_it_while_it_fits() -> None:
    pieces = _pieces([4, 5, 30, 2])
    for end in (3, 8, 38):
        pieces.ids[end] = COLON
    assert list(windows(pieces, 22)) == [(0, 9), (9, 29), (29, 39), (39, 41)]
    assert list(windows(pieces, 64)) == [(0, 41)]


def test_an_empty_text_has_no_windows(tokenizer: WordPieces) -> None:
    assert list(windows(encode(parse(""), tokenizer))) == []
    assert WINDOW > 2


def test_lone_surrogates_are_characters_like_others(tokenizer: WordPieces) -> None:
    pieces = encode(parse("“One \ud8ff of them,” he said."), tokenizer)
    assert (pieces.start[0], pieces.end[-1]) == (0, 25)


def _pieces(paragraphs: list[int]) -> Pieces:
    total = sum(paragraphs)
    paragraph = np.repeat(np.arange(len(paragraphs)), paragraphs)
    zeros = np.zeros(total, dtype=np.int64)
    place = (np.diff(paragraph, prepend=-1) != 0).astype(np.int64)
    return Pieces(zeros, zeros, zeros, np.ones(total, dtype=bool), paragraph, zeros, place, zeros)
