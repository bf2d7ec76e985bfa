"""Rows of the tables back to records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

from quotecli.errors import NotFoundError
from quotecli.library.filters import Part
from quotecli.library.packing import REF_COLUMNS, decompressed, ref_fields, restored, statement_from, stored
from quotecli.library.places import further
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.records import Article, ArticleRef, ArticleSummary, ListOrder, Statement

_STATEMENT_COLUMNS = (
    "s.id, s.kind, s.form, s.manner, s.reported, s.text, s.detail,"
    " v.name, v.role, v.type, v.mention, v.resolved_by, v.evidence"
)
JOINS = f"LEFT JOIN voice v ON v.id = s.voice JOIN article a ON a.id = s.id >> {ARTICLE_SHIFT}"
_ASKED = f"json_each(?) asked CROSS JOIN statement s ON s.id = asked.value {JOINS}"
_ORDERS: dict[ListOrder | None, str] = {
    None: "",
    "date": "a.published IS NULL, a.published DESC, ",
    "speaker": "v.name IS NULL, folded(v.name), ",
}
_PREFIX_END = "\U0010ffff"


class Reader:
    """Reads statements and articles from one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def statements(self, condition: Part, sort: ListOrder | None = None) -> Iterator[Statement]:
        """Yield the statements for which `condition` holds; those alike for `sort` in the order of adding and of the
        text."""
        where, parameters = condition
        source = f"statement s {JOINS} WHERE {where} ORDER BY {_ORDERS[sort]}s.id"
        return (statement for _, statement in self._read(source, parameters))

    def rows(self, rows: Sequence[int]) -> list[Statement]:
        """Return the statements with these row ids, in this order."""
        return [statement for _, statement in self._read(f"{_ASKED} ORDER BY asked.key", (json.dumps(rows),))]

    def in_order(self, rows: Sequence[int], sort: ListOrder) -> list[int]:
        """Return the row ids of these statements in another order; those alike for it stay as they are."""
        command = f"SELECT s.id FROM {_ASKED} ORDER BY {_ORDERS[sort]}asked.key"
        return [row for (row,) in self._connection.execute(command, (json.dumps(rows),))]

    def _read(self, source: str, parameters: Sequence[Any]) -> Iterator[tuple[int, Statement]]:
        ref = lru_cache(maxsize=1024)(self._ref)
        for row, *columns in self._connection.execute(f"SELECT {_STATEMENT_COLUMNS} FROM {source}", parameters):
            yield row, statement_from(columns, *ref(row >> ARTICLE_SHIFT))

    def _ref(self, article: int) -> tuple[ArticleRef, str]:
        *values, digest = self._connection.execute(
            f"SELECT {REF_COLUMNS}, digest FROM article WHERE id = ?", (article,)
        ).fetchone()
        return ArticleRef(**ref_fields(values)), digest

    def digest(self, row: int) -> str:
        """Return the digest of the text of the article with this row id."""
        return cast(str, self._connection.execute("SELECT digest FROM article WHERE id = ?", (row,)).fetchone()[0])

    def article(self, row: int) -> Article:
        """Return the article with this row id."""
        *values, text, byline, language = self._connection.execute(
            f"SELECT {REF_COLUMNS}, text, byline, language FROM article WHERE id = ?", (row,)
        ).fetchone()
        return Article(
            **ref_fields(values), text=decompressed(text), byline=restored(byline), language=restored(language)
        )

    def summaries(self) -> list[ArticleSummary]:
        """Return what the library holds, in the order of adding."""
        columns = f"{REF_COLUMNS}, byline, language, words, statements, id"
        rows = self._connection.execute(f"SELECT {columns} FROM article ORDER BY id")
        places = further(self._connection)
        return [
            ArticleSummary(
                **ref_fields(values),
                byline=restored(byline),
                language=restored(language),
                places=places.get(row, ()),
                words=words,
                statements=statements,
            )
            for *values, byline, language, words, statements, row in rows
        ]

    def find_article(self, id: str) -> int:
        """Return the row id of the article that `id` means: an article's id, its text's digest, or the only one that
        begins so. Raises NotFoundError."""
        for condition in ("key = ?", "digest = ?"):
            rows = self._connection.execute(f"SELECT id FROM article WHERE {condition}", (stored(id),)).fetchall()
            if len(rows) == 1:
                return cast(int, rows[0][0])
        rows = self._connection.execute(
            "SELECT id FROM article WHERE (key >= ?1 AND key < ?2) OR (digest >= ?1 AND digest < ?2) LIMIT 2",
            (stored(id), stored(id + _PREFIX_END)),
        ).fetchall()
        if len(rows) != 1 or not id:
            reason = "more than one article begins with" if rows else "no article has the id"
            raise NotFoundError(f"{reason} {id!r}; 'quotecli articles' lists them")
        return cast(int, rows[0][0])
