"""Search for statements that mean what a query means, in whatever words.

A statement's meaning and the query's are vectors (see `quotecli.meaning`). The codes that the library keeps tell which
statements are worth a look; these are read, and judged by the vectors of their words themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotecli.library import meanings, vocabulary
from quotecli.library.filters import EVERYWHERE, Part
from quotecli.library.index_words import STOP_WORDS, one_typo, placed_words, stem, words
from quotecli.library.orders import in_order
from quotecli.library.packing import restored
from quotecli.library.query import Query, parse
from quotecli.library.ranking import parts
from quotecli.library.reading import JOINS
from quotecli.library.together import Source, Texts, all_texts, rows
from quotecli.records import Hit, Order, Span, Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotecli.meaning.table import Floats

LEAST = 0.32
"""What is less like the query is not found (of 1; chosen with `tests/library/paraphrases.json`)."""
_LEAST_OF_ALL = 0.2
"""Statements whose codes are less like it are not looked at."""
_CANDIDATES = 1000
_MARKED = 0.45
"""How like a word of the query, and one that tells much, a word is that is marked."""


class Wanted:
    """What a query means: as a whole, and word by word."""

    def __init__(self, library: Texts, query: Query) -> None:
        from quotecli.meaning.table import UNKNOWN_WEIGHT, table

        self._table = table()
        self.query = query
        words = self._table.words([[self._spelt(library, word) for word in query.words]])
        (self.vector,) = words.wholes()
        self._words, self._weights = words.vectors, words.lengths
        self._total = self._weights.sum() + UNKNOWN_WEIGHT * words.unknown[0]

    def _spelt(self, library: Texts, word: str) -> str:
        """Return a word that has a vector as it is; of another one what it may be: another form of it, if the library
        knows the word (so that names stay what they are), else what it becomes without a typo."""
        if self._table.commonest([word]):
            return word
        known = vocabulary.same(library, word).likeness
        if not known and len(word) > self._table.longest:  # its misspellings would be the square of its letters
            return word
        return self._table.commonest(known or one_typo(word)) or word

    @property
    def is_telling(self) -> bool:
        """Say whether the query has a word that tells something, and whose meaning is known."""
        return bool(self.vector.any()) and not STOP_WORDS.issuperset(self.query.words)

    def scores(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Return how well texts, given as their folded words, say what is wanted, 0 to 1: half as wholes, half by the
        word in each that is likest to each word of the query."""
        import numpy as np

        words = self._table.words(texts)
        likest = words.reduced(np.maximum, words.cosines(self._words)) @ self._weights / self._total
        return np.asarray(np.maximum(words.wholes() @ self.vector + likest, 0) / 2, dtype=np.float32)

    def is_said_by(self, text: Sequence[str]) -> bool:
        """Say whether a text has the phrases of the query, and none of the words that it excludes."""
        if not (self.query.phrases or self.query.without):
            return True
        said = f" {' '.join(text)} "
        stems = {stem(word) for word in text}
        return all(f" {' '.join(phrase)} " in said for phrase in self.query.phrases) and not any(
            f" {' '.join(phrase)} " in said or (len(phrase) == 1 and stem(phrase[0]) in stems)
            for phrase in self.query.without
        )

    def matches(self, statement: Statement) -> tuple[Span, ...]:
        """Return where the words stand that are most like those of the query."""
        placed = [
            (word, Span(offset + start, offset + end))
            for part, offset in parts(statement)
            for word, start, end in placed_words(part)
        ]
        words = self._table.words([[word] for word, _ in placed])
        like = (words.cosines(self._words) * self._weights).max(1) >= _MARKED * self._weights.max()
        known = [span for (_, span), count in zip(placed, words.counts, strict=True) if count]
        return tuple(dict.fromkeys(span for span, is_like in zip(known, like, strict=True) if is_like))


def search(sources: Sequence[Source], text: str, limit: int, sort: Order) -> list[Hit]:
    """Return the statements that mean what the query `text` means, the likest first or in the order of `sort`."""
    wanted = Wanted(all_texts(sources), parse(text))
    found: dict[int, float] = {}
    for each in sources:
        found |= {each.among_all(row): score for row, score in scores(each, wanted, limit).items()}
    best = sorted(found, key=lambda row: (-found[row], row))[:limit]
    hits = [_hit(each, found[row], wanted) for row, each in zip(best, rows(sources, best), strict=True)]
    return hits if sort == "score" else in_order(hits, sort)


def scores(
    source: Source, wanted: Wanted, limit: int, least: float = LEAST, at_once: int = _CANDIDATES
) -> dict[int, float]:
    """Return statements of a library that mean what is wanted by their row ids, with their scores (0-100): the `limit`
    best, and others; none that is less like it than `least` (0-1). The `at_once` likest by their codes are looked at,
    and others only where these are too few."""
    connection = source.connection
    if limit < 1 or not wanted.is_telling:
        return {}
    found: dict[int, float] = {}
    rows, codes = meanings.read(connection, source.articles)
    if source.match:
        chosen = _matching(connection, rows, source.match)
        rows, codes = rows[chosen], codes[chosen]
    for likeliest in _likeliest(rows, codes, wanted, max(at_once, 4 * limit)):
        like = likeness(connection, wanted, likeliest, source.condition)
        found |= {row: score for row, score in like.items() if score >= 100 * least}
        if len(found) >= limit:
            break
    return found


def _matching(connection: sqlite3.Connection, rows: NDArray[np.int64], match: str) -> NDArray[np.bool_]:
    """Return which of these statements the index finds for an expression: those of one speaker or outlet."""
    import numpy as np

    found = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (match,))
    return np.isin(rows, np.fromiter((row for (row,) in found), dtype=np.int64))


def _likeliest(rows: NDArray[np.int64], codes: NDArray[np.uint8], wanted: Wanted, most: int) -> Iterator[list[int]]:
    """Yield the statements that may be found, `most` and then more at a time, the likest by their codes first."""
    import numpy as np

    from quotecli.meaning.codes import likeness

    about = likeness(wanted.vector, codes)
    near = np.flatnonzero(about >= _LEAST_OF_ALL)
    ordered = rows[near[np.argsort(-about[near], kind="stable")]]
    start = 0
    while start < len(ordered):
        yield ordered[start : start + most].tolist()
        start, most = start + most, 4 * most


def likeness(
    connection: sqlite3.Connection, wanted: Wanted, rows: Sequence[int], condition: Part = EVERYWHERE
) -> dict[int, float]:
    """Return how like what is wanted these statements are (0-100), those for which the condition holds."""
    where, values = condition
    source = f"json_each(?) asked CROSS JOIN statement s ON s.id = asked.value {JOINS}"
    found = connection.execute(f"SELECT s.id, s.text FROM {source} WHERE {where}", (json.dumps(rows), *values))
    said = {row: spoken for row, text in found if wanted.is_said_by(spoken := words(restored(text) or ""))}
    scores = wanted.scores(list(said.values())).tolist() if said else []
    return {row: round(100 * score, 1) for row, score in zip(said, scores, strict=True)}


def _hit(statement: Statement, score: float, wanted: Wanted) -> Hit:
    fields = {name: getattr(statement, name) for name in statement.__struct_fields__}
    return Hit(**fields, score=score, matches=wanted.matches(statement))
