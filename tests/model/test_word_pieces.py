"""Word pieces: the ids and places that the library `tokenizers` gives, frozen or asked again."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.model.network import VOCABULARY
from quotecli.model.word_pieces import WordPieces

CASES = [json.loads(line) for line in Path(__file__).with_name("word_pieces.jsonl").read_text().splitlines()]

Found = list[tuple[int, int, int, bool]]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces.load(VOCABULARY)


def cut(pieces: WordPieces, text: str) -> Found:
    """Return (id, start, end, whether it begins a word) of each piece."""
    chunks = pieces.chunks(text, 0, len(text))
    return [
        (id, at + start, at + end, bool(first)) for at, chunk in chunks for id, start, end, first, _ in chunk.tolist()
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"][:30]))
def test_ids_and_places(pieces: WordPieces, case: dict[str, Any]) -> None:
    found = cut(pieces, str(case["text"]))
    assert [id for id, *_ in found] == case["ids"]
    assert [[start, end] for _, start, end, _ in found] == case["spans"]
    assert [number for number, (*_, first) in enumerate(found) if first] == case["first"]


def test_a_part_of_a_text_keeps_its_places(pieces: WordPieces) -> None:
    text = "The harbour board agreed."
    (board,) = pieces.chunks(text, 12, 18)
    assert (board[0], cut(pieces, text)[2]) == (12, (board[1][0, 0], 12, 17, True))


def test_a_file_that_is_no_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("a\n[UNK]\nb\n")
    with pytest.raises(ValueError, match="no vocabulary"):
        WordPieces.load(tmp_path / "words.txt")


def _is_old(character: str) -> bool:
    """Say whether Unicode had it in 2002, when nobody has changed since what it is."""
    then = unicodedata.ucd_3_2_0.category(character)
    return then not in ("Cn", "Cs") and then == unicodedata.category(character)


WORDS = "The said Müller’s naïve ÉTÉ Σίσυφος 東京 북한 e-mail x²≠½ antidisestablishmentarianism".split()
GAPS = ["", " ", "\n", "\u00a0", "\u200b", "\x00", "\u0301"]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(st.characters().filter(_is_old), max_size=8), max_size=12)


@pytest.fixture(scope="module")
def theirs() -> Any:
    """The library's tokenizer of the same vocabulary."""
    library = pytest.importorskip("tokenizers")
    vocabulary = {piece: number for number, piece in enumerate(VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1])}
    made = library.Tokenizer(library.models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = library.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    return made


@given(
    words=TEXTS, gap=st.sampled_from(["", " ", "\n", "\u00a0", "\u200b", "\x00", "\u0301"]), times=st.integers(1, 40)
)
def test_the_library_gives_the_same(pieces: WordPieces, theirs: Any, words: list[str], gap: str, times: int) -> None:
    text = gap.join(words) * times
    encoded = theirs.encode(text, add_special_tokens=False)
    first = [word != before for word, before in zip(encoded.word_ids, [None, *encoded.word_ids], strict=False)]
    expected = zip(encoded.ids, encoded.offsets, first, strict=True)
    assert cut(pieces, text) == [(id, *offsets, begins) for id, offsets, begins in expected]
