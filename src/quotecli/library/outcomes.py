"""What becomes of an article that is to be stored: it is new, changed, as it was, or the same as another one.

An article is stored once, whatever the number of places where it is met: the first place gives its text, its statements
and its metadata; of the others, with the same text or one that adds nothing (see `likeness.py`), the place is kept.
Another text from a place takes the place of the one before: an article that has no place left is gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import msgspec

from quotecli import records
from quotecli.library import article_rows, likeness, places
from quotecli.library.exchange import Outcome
from quotecli.library.packing import stored
from quotecli.library.prepared import Prepared, prepared
from quotecli.library.reading import Reader
from quotecli.library.writer import Writer
from quotecli.records import Article, Statement, is_own_id

Extract = Callable[[Article], Sequence[Statement]]


class Storing:
    """Stores articles within the transaction of a Writer."""

    def __init__(self, connection: sqlite3.Connection, writer: Writer, model: str, extract: Extract) -> None:
        """`model`: the version of the extraction of today. `extract`: for what was thought to be stored and is not."""
        self._connection = connection
        self._reader = Reader(connection, clashes=frozenset())  # ids as they are given
        self._writer = writer
        self._model = model
        self._extract = extract

    def store(
        self, article: Article, statements: Sequence[Statement] | None, made: Prepared | None = None, *, given: bool
    ) -> Outcome:
        """Store an article, or only its place.

        statements: None if the article seemed to be stored already. given: they are the user's, and count in any case.
        made: the article with its statements, if they are prepared.
        """
        same, before = row_of_text(self._connection, article), self._same_place(article)
        target = same if same and self._is_stored(same, statements if given else None) else None
        if not given and not same:
            near = near_row(self._connection, article)
            target = near if near != before else None
        if target:
            return self._met_again(article, target, before)
        return self._replace(article, statements, made, same, before)

    def _met_again(self, article: Article, row: int, before: int | None) -> Outcome:
        """The article of `row` says all that `article` says: note the place."""
        held = self._reader.article(row)
        if before == row or not places.identity(held):
            if held != article and held.text == article.text:
                self._writer.describe(row, article)
            return "unchanged"
        if not places.identity(article):
            return "unchanged"
        if before:
            self._release(before)
        stood = places.put(self._connection, row, article)
        if before or (stood and stood[0] != row):
            return "replaced"
        return "unchanged" if stood == (row, article.digest) else "duplicate"

    def _replace(
        self,
        article: Article,
        statements: Sequence[Statement] | None,
        made: Prepared | None,
        same: int | None,
        before: int | None,
    ) -> Outcome:
        """Store it, in the place of the same text with older statements, or of what was met there before."""
        stood = places.take(self._connection, article)
        held = self._reader.article(same) if same and same != before else None
        free = [row for row in (same, before and self._release(before) if before != same else None) if row]
        if same:
            self._writer.delete(same)
        described = held if held and places.identity(held) else article
        if made is None or described is not article:
            made = prepared(described, self._extract(article) if statements is None else statements)
        self._writer.insert(made, self._model, min(free, default=None))
        if described is not article and places.identity(article):
            places.put(self._connection, min(free), article)
        return "replaced" if same or before or stood else "added"

    def _release(self, row: int) -> int | None:
        """Take its first place from an article: with another one it stays; else it goes, and its row id is free."""
        place = places.take_first(self._connection, row)
        if place is None:
            self._writer.delete(row)
            return row
        held = self._reader.article(row)
        ref = msgspec.structs.asdict(place.ref)
        if not is_own_id(place.ref.id, place.digest):
            ref["id"] = held.text_id
        self._writer.describe(row, msgspec.structs.replace(held, **ref))
        return None

    def _is_stored(self, row: int, statements: Sequence[Statement] | None) -> bool:
        """Say whether these statements, or any, are stored as the model of today extracts them."""
        if not article_rows.find(self._connection, "id = ? AND model = ?", row, self._model):
            return False
        return statements is None or list(self._reader.of_article(row)) == list(statements)

    def _same_place(self, article: Article) -> int | None:
        """Return the article whose first place this is: it has the id given, else the same URL, else the same path."""
        made = f"key = substr(digest, 1, {records.ID_LENGTH})"
        if article.has_own_id:
            return article_rows.find(self._connection, f"key = ? AND NOT {made}", stored(article.id))
        if article.url:
            return article_rows.find(self._connection, f"url = ? AND {made}", stored(article.url))
        condition = f"path = ? AND url IS NULL AND {made}"
        return article_rows.find(self._connection, condition, stored(article.path)) if article.path else None


def row_of_text(connection: sqlite3.Connection, article: Article) -> int | None:
    """Return the row id of the stored article with this text."""
    return article_rows.find(connection, "digest = ?", article.digest)


def near_row(connection: sqlite3.Connection, article: Article) -> int | None:
    """Return the row id of a stored article that says all that this one says, if it is from a place to be kept."""
    return likeness.find(connection, article.text) if places.identity(article) else None
