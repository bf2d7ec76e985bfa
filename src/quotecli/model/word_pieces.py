"""Word pieces of an uncased BERT (Devlin et al. 2019): its basic tokenizer, then WordPiece (Wu et al. 2016).

A word is cut from the left into the longest pieces that the vocabulary has. The ids are those of the library
`tokenizers`, but for names of special tokens in a text ("[SEP]"), which are words like others, and for the characters
that Unicode has had only since 2016.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

UNKNOWN = 100
_LONGEST_WORD = 100  # characters of a word that is cut; a longer one is unknown
_INNER = "##"  # begins a piece that begins no word

# White space as Unicode has it but for control characters, which are none here: they are left out of their words.
_CHUNK = re.compile(r"[^\t\n\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_PLAIN = re.compile(r"[!-~]+")
_PLAIN_WORD = re.compile(r"[0-9A-Za-z]+|[!-~]")
_IDEOGRAPH = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b81f\U0002b920-\U0002ceaf"
    "\U0002f800-\U0002fa1f]"
)
_UNSEEN = {"Cc", "Cf", "Co", "Cs"}


Chunk = NDArray[np.int64]
"""The pieces of what stands between white space, a row each: id, start and end in it, whether it
begins a word, and that word's case (0 no letters, 1 lower, 2 Title, 3 UPPER, 4 miXed)."""
NO_PIECES: Chunk = np.zeros((0, 5), dtype=np.int64)


class WordPieces:
    """Cuts texts into the pieces of a vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """`vocabulary`: the id of each piece; those that begin no word begin with "##"."""
        self._ids = vocabulary
        self._longest = max(map(len, vocabulary))
        self._chunk = lru_cache(maxsize=65536)(self._cut)  # the words of texts are few, and come again

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Return those of a file that has a piece a line, in the order of their ids. Raise OSError or ValueError."""
        pieces = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        if pieces.index("[UNK]") != UNKNOWN:
            raise ValueError(f"{path.name} is no vocabulary")
        return cls({piece: number for number, piece in enumerate(pieces)})

    def chunks(self, text: str, start: int, end: int) -> Iterator[tuple[int, Chunk]]:
        """Yield what stands between white space in `text[start:end]`, each with its place in `text`."""
        for found in _CHUNK.finditer(text, start, end):
            yield found.start(), self._chunk(found.group())

    def _cut(self, chunk: str) -> Chunk:
        rows = []
        for letters, places in _words(chunk):
            pieces = self._pieces(letters, places)
            case = _case(chunk[pieces[0][1] : pieces[-1][2]])
            rows += [(*piece, case) for piece in pieces]
        return np.array(rows, dtype=np.int64) if rows else NO_PIECES

    def _pieces(self, word: str, places: Sequence[int]) -> list[tuple[int, int, int, bool]]:
        """Return (id, start, end, whether it begins the word) of each piece of a word, or that it is unknown."""
        pieces: list[tuple[int, int, int, bool]] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            end = min(len(word), start + self._longest)
            prefix = _INNER if start else ""
            while end > start and prefix + word[start:end] not in self._ids:
                end -= 1
            if end == start:
                break
            pieces.append((self._ids[prefix + word[start:end]], places[start], places[end - 1] + 1, not start))
            start = end
        return pieces if start == len(word) else [(UNKNOWN, places[0], places[-1] + 1, True)]


def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.istitle():
        return 2
    if word.isupper():
        return 3
    return 4 if word.upper() != word.lower() else 0


def _words(chunk: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the words between white space as the vocabulary has them, each letter with the place where it comes from.

    Marks of punctuation and ideographs are words of their own.
    """
    if _PLAIN.fullmatch(chunk):
        for found in _PLAIN_WORD.finditer(chunk):
            yield found.group().lower(), range(*found.span())
        return
    word, places = "", list[int]()
    for at, character in enumerate(chunk):
        ideograph = _IDEOGRAPH.match(character)
        for letter in _letters(character):
            alone = ideograph or _is_punctuation(letter)
            if alone and word:
                yield word, places
                word, places = "", []
            if alone:
                yield letter, [at]
            else:
                word += letter
                places.append(at)
    if word:
        yield word, places


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    """Return what the vocabulary has of a character: small, without accents; nothing of one that is not seen."""
    if character == "\ufffd" or unicodedata.category(character) in _UNSEEN:
        return ""
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) != "Mn")


@lru_cache(maxsize=4096)
def _is_punctuation(letter: str) -> bool:
    return bool(_PLAIN_WORD.fullmatch(letter) and not letter.isalnum()) or unicodedata.category(letter).startswith("P")
