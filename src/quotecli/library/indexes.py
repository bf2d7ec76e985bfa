"""What the indexes of a library must hold, compared with what they hold.

An index is not read entry by entry: for each word it is counted how often it stands there, and numbers for its places
are added up, by SQLite; the same is done with what would be made of the articles today.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from quotecli.library.identities import words_of
from quotecli.library.packing import restored
from quotecli.library.prepared import Prepared
from quotecli.library.schema import ARTICLE_SHIFT

_MODULUS = 0x7FFFFFFF
_ROW, _COLUMN, _OFFSET = 1_000_003, 7919, 104_729
_COLUMNS = "CASE col WHEN 'speaker' THEN 1 WHEN 'outlet' THEN 2 ELSE 0 END"
_PLACE = f"(doc % {_MODULUS} * {_ROW} + ({_COLUMNS}) * {_COLUMN} + coalesce(offset, 0) * {_OFFSET}) % {_MODULUS}"
_ENTRY = 1 << 80
"""More than all places together."""
_LONGEST = 32768
"""Bytes of a word that FTS5 keeps."""


class Indexes:
    """What the indexes must hold of the articles that were taken down, and whether they do."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words, self._terms = _Entries(), _Entries()
        self._likeness, self._sketches = _Pairs(), _Pairs()

    def expect(self, row: int, made: Prepared) -> None:
        """Take down what they hold of the article with this row id."""
        first = row << ARTICLE_SHIFT
        for number, columns in enumerate(made.index, first):
            for column, folded in enumerate(columns):
                start = number % _MODULUS * _ROW + column * _COLUMN
                places = range(start, start + len(folded) * _OFFSET, _OFFSET)
                self._words.add(folded.split(), (place % _MODULUS for place in places))
        self._terms.add(made.terms.split(), repeat(row % _MODULUS * _ROW % _MODULUS))
        self._likeness.add((key, row) for key in set(made.keys))
        self._sketches.add((key, first + number) for key, number in set(made.sketches))

    def differences(self) -> Iterator[str]:
        """Yield which of them hold something else, a line each."""
        if wrong := self._words.differ(self._held("search")):
            yield f"the index 'search' is not that of the statements: {wrong} words"
        counted = self._connection.execute("SELECT text, count, NULL FROM word WHERE count != 0")
        if wrong := self._words.differ(counted):
            yield f"{wrong} words do not stand in the statements as often as was counted"
        if wrong := self._terms.differ(self._held("passage")):
            yield f"the index 'passage' is not that of the texts: {wrong} words"
        pairs = {"likeness": self._likeness, "sketch": self._sketches, "name_word": self._name_words()}
        for table, expected in pairs.items():
            if not expected.are(self._connection.execute(f"SELECT * FROM {table}")):
                yield f"the index {table!r} is not that of the articles"

    def _held(self, index: str) -> Iterable[tuple[str, int, int]]:
        """Return for each word of an index how often it stands there, and the sum of its places."""
        with_places = f"temp.{index}_places"
        self._connection.execute(f"CREATE VIRTUAL TABLE {with_places} USING fts5vocab(main, {index}, instance)")
        try:
            command = f"SELECT term, count(*), sum({_PLACE}) FROM {with_places} GROUP BY term"
            return self._connection.execute(command).fetchall()
        finally:
            self._connection.execute(f"DROP TABLE {with_places}")

    def _name_words(self) -> _Pairs:
        names = _Pairs()
        for id, name in self._connection.execute("SELECT id, text FROM name"):
            names.add((word, id) for word in words_of(restored(name) or ""))
        return names


class _Entries:
    """The words of an index, each with the number of its entries and the sum of their places."""

    def __init__(self) -> None:
        self._sums: dict[str, int] = {}  # of _ENTRY and the place, for each entry

    def add(self, words: Iterable[str], places: Iterable[int]) -> None:
        sums, known = self._sums, self._sums.get
        for word, place in zip(words, places, strict=False):
            key = word if len(word) * 4 <= _LONGEST else word.encode()[:_LONGEST].decode("utf-8", "ignore")
            sums[key] = known(key, 0) + _ENTRY + place

    def differ(self, found: Iterable[tuple[str, int, int | None]]) -> int:
        """Return how many words have other entries in what was found: words, numbers and, perhaps, sums."""
        wrong = met = 0
        for word, count, total in found:
            expected = self._sums.get(word, 0)
            met += expected > 0
            wrong += expected // _ENTRY != count if total is None else expected != count * _ENTRY + total
        return wrong + len(self._sums) - met


class _Pairs:
    """The rows of a table of two columns: how many they are, and a sum of them all."""

    def __init__(self) -> None:
        self._count = self._sum = 0

    def add(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        for pair in pairs:
            self._count += 1
            self._sum += hash(pair)

    def are(self, found: Iterable[tuple[Any, Any]]) -> bool:
        """Say whether these are the same rows, in any order."""
        other = _Pairs()
        other.add(found)
        return (other._count, other._sum) == (self._count, self._sum)
