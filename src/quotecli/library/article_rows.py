"""An article's row but for its text: the columns, what stands in them, and their checksum."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

from quotecli.library.packing import Stored, UnreadableError, checksum, ref_fields, stored
from quotecli.records import Article, ArticleRef

Described = tuple[Stored, str, Stored, Stored, Stored, Stored, Stored, Stored, Stored]
"""What an article says of itself, and its digest: the first columns of `ArticleRow`."""


class ArticleRow(NamedTuple):
    """What stands in the columns of an article."""

    key: Stored
    digest: str
    path: Stored
    url: Stored
    title: Stored
    outlet: Stored
    published: Stored
    byline: Stored
    language: Stored
    words: int
    statements: int
    model: str

    @classmethod
    def of(cls, values: Sequence[Any]) -> Self:
        """Return the row of these values (`SELECTED`). Raises UnreadableError when they are not what was stored."""
        if checksum(*values[:-1]) != values[-1]:
            raise UnreadableError
        return cls(*values[:-1])

    @property
    def ref(self) -> ArticleRef:
        """The metadata that statements carry."""
        return ArticleRef(**ref_fields((self.key, self.path, self.url, self.title, self.outlet, self.published)))


SELECTED = ", ".join([*ArticleRow._fields, "checksum"])
"""The columns that `ArticleRow.of` takes."""
INSERT = f"INSERT INTO article ({SELECTED}, text, id) VALUES ({', '.join('?' * (len(ArticleRow._fields) + 3))})"
"""The command that stores a row with its checksum, its text and, perhaps, its row id."""
UPDATE = f"UPDATE article SET {', '.join(f'{name} = ?' for name in (*ArticleRow._fields, 'checksum'))} WHERE id = ?"
"""The command that changes the row with a row id."""


def described(article: Article) -> Described:
    """Return an article's id, its digest and its metadata as the table has them."""
    digest = article.digest
    id = article.id if article.has_own_id else article.text_id
    return (
        stored(id),
        digest,
        stored(article.path),
        stored(article.url),
        stored(article.title),
        stored(article.outlet),
        stored(article.published),
        stored(article.byline),
        stored(article.language),
    )


def read(connection: sqlite3.Connection, row: int) -> ArticleRow:
    """Return the row with this row id. Raises UnreadableError."""
    found = connection.execute(f"SELECT {SELECTED} FROM article WHERE id = ?", (row,)).fetchone()
    if found is None:  # a statement without its article
        raise UnreadableError
    return ArticleRow.of(found)


def read_all(connection: sqlite3.Connection, condition: str, values: Sequence[Any]) -> Iterator[tuple[int, ArticleRow]]:
    """Yield the rows for which a condition holds in the order of adding, each with its row id."""
    rows = connection.execute(f"SELECT id, {SELECTED} FROM article WHERE {condition} ORDER BY id", values)
    return ((row, ArticleRow.of(columns)) for row, *columns in rows)


def values(row: ArticleRow) -> tuple[Any, ...]:
    """Return what `INSERT` and `UPDATE` take first: the columns and their checksum."""
    return (*row, checksum(*row))


def find(connection: sqlite3.Connection, condition: str, *parameters: Stored | int) -> int | None:
    """Return the row id of a stored article for which this SQL condition holds; None where there is none."""
    found = connection.execute(f"SELECT id FROM article WHERE {condition} LIMIT 1", parameters).fetchone()
    return found[0] if found else None
