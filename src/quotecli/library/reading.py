"""Rows of the tables back to records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self, cast

from msgspec.structs import asdict, replace

from quotecli import records
from quotecli.errors import NotFoundError
from quotecli.library import clashes
from quotecli.library.clashes import Clashes, name_of, shown_id
from quotecli.library.filters import Part, one_of, within
from quotecli.library.packing import REF_COLUMNS, decompressed, ref_fields, restored, stored
from quotecli.library.places import further
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.statement_rows import SELECTED, statement_of
from quotecli.records import Article, ArticleRef, ArticleSummary, ListOrder, Statement

JOINS = f"LEFT JOIN voice v ON v.id = s.voice JOIN article a ON a.id = s.id >> {ARTICLE_SHIFT}"
_ASKED = f"json_each(?) asked CROSS JOIN statement s ON s.id = asked.value {JOINS}"
_ORDERS: dict[ListOrder | None, str] = {
    None: "",
    "date": "a.published IS NULL, a.published DESC, ",
    "speaker": "v.name IS NULL, folded(v.name), ",
}
_PREFIX_END = "\U0010ffff"
_FEWEST_DIGITS = 6
"""So many digits of a text's digest are looked up as the beginning of a statement's id."""


class Reader:
    """Reads statements and articles from one connection: all of them, or those that were chosen."""

    def __init__(self, connection: sqlite3.Connection, clashes: Clashes | None = None) -> None:
        """`clashes`: what counts as one (see `clashes.py`); None: what is one in the library."""
        self.connection = connection
        self._fixed = clashes
        self._refs: dict[int, ArticleRef] | None = None

    @classmethod
    def of(cls, connection: sqlite3.Connection, refs: Mapping[str, ArticleRef]) -> Self:
        """Return what reads the articles whose texts have these digests alone, in this order, with this metadata."""
        found = clashes.among(refs)
        self = cls(connection, found)
        condition, values = one_of("digest", list(refs))
        rows = dict(connection.execute(f"SELECT digest, id FROM article WHERE {condition}", values).fetchall())
        told = ((digest, replace(ref, id=shown_id(ref.id, digest, found))) for digest, ref in refs.items())
        self._refs = {rows[digest]: ref for digest, ref in told if digest in rows}
        return self

    @property
    def refs(self) -> Mapping[int, ArticleRef] | None:
        """The chosen articles by row id, in their order, with their metadata; None: all of the library."""
        return self._refs

    @property
    def chosen(self) -> list[int] | None:
        """The row ids of the chosen articles; None: all of the library."""
        return None if self._refs is None else list(self._refs)

    @property
    def _clashes(self) -> Clashes:
        return clashes.known(self.connection) if self._fixed is None else self._fixed

    def statements(self, condition: Part, sort: ListOrder | None = None) -> Iterator[Statement]:
        """Yield the statements for which `condition` holds; those alike for `sort` in the order of adding (for chosen
        articles: of their choice) and of the text."""
        where, parameters = condition
        found = self._read(f"statement s {JOINS} WHERE {where} ORDER BY {_ORDERS[sort]}s.id", parameters)
        if self._refs is not None and sort is None:
            order = {article: place for place, article in enumerate(self._refs)}
            found = iter(sorted(found, key=lambda each: order.get(each[0] >> ARTICLE_SHIFT, len(order))))
        return (statement for _, statement in found)

    def of_article(self, row: int) -> Iterator[Statement]:
        """Yield the statements of the article with this row id."""
        return self.statements(within([row], "s.id"))

    def rows(self, rows: Sequence[int]) -> list[Statement]:
        """Return the statements with these row ids, in this order."""
        return [statement for _, statement in self._read(f"{_ASKED} ORDER BY asked.key", (json.dumps(rows),))]

    def in_order(self, rows: Sequence[int], sort: ListOrder) -> list[int]:
        """Return the row ids of these statements in another order; those alike for it stay as they are."""
        command = f"SELECT s.id FROM {_ASKED} ORDER BY {_ORDERS[sort]}asked.key"
        return [row for (row,) in self.connection.execute(command, (json.dumps(rows),))]

    def _read(self, source: str, parameters: Sequence[Any]) -> Iterator[tuple[int, Statement]]:
        known = self._clashes
        ref = lru_cache(maxsize=1024)(lambda article: self._ref(article, known))
        for row, *columns in self.connection.execute(f"SELECT s.id, {SELECTED} FROM {source}", parameters):
            yield row, statement_of(columns, *ref(row >> ARTICLE_SHIFT))

    def _ref(self, article: int, known: Clashes) -> tuple[ArticleRef, str]:
        """Return an article's metadata, and what the ids of its statements begin with."""
        digest, *values = self.connection.execute(
            f"SELECT digest, {REF_COLUMNS} FROM article WHERE id = ?", (article,)
        ).fetchone()
        return self._told(article, digest, ArticleRef(**ref_fields(values)), known), name_of(digest, known)

    def _told(self, row: int, digest: str, ref: ArticleRef, known: Clashes) -> ArticleRef:
        """Return what is told of an article."""
        if self._refs is not None and row in self._refs:
            return self._refs[row]
        id = shown_id(ref.id, digest, known)
        return ref if id == ref.id else replace(ref, id=id)

    def digest(self, row: int) -> str:
        """Return the digest of the text of the article with this row id."""
        return cast(str, self.connection.execute("SELECT digest FROM article WHERE id = ?", (row,)).fetchone()[0])

    def article(self, row: int) -> Article:
        """Return the article with this row id."""
        digest, *values, text, byline, language = self.connection.execute(
            f"SELECT digest, {REF_COLUMNS}, text, byline, language FROM article WHERE id = ?", (row,)
        ).fetchone()
        ref = self._told(row, digest, ArticleRef(**ref_fields(values)), self._clashes)
        return Article(**asdict(ref), text=decompressed(text), byline=restored(byline), language=restored(language))

    def summaries(self) -> list[ArticleSummary]:
        """Return what the library holds in the order of adding, or the chosen articles in theirs."""
        columns = f"id, digest, {REF_COLUMNS}, byline, language, words, statements"
        where, values = ("1", ()) if self._refs is None else one_of("id", list(self._refs))
        rows = self.connection.execute(f"SELECT {columns} FROM article WHERE {where} ORDER BY id", values)
        places, known = further(self.connection), self._clashes
        found = {
            row: ArticleSummary(
                **asdict(self._told(row, digest, ArticleRef(**ref_fields(ref)), known)),
                byline=restored(byline),
                language=restored(language),
                places=places.get(row, ()),
                words=words,
                statements=statements,
            )
            for row, digest, *ref, byline, language, words, statements in rows
        }
        return list(found.values()) if self._refs is None else [found[row] for row in self._refs if row in found]

    def find_article(self, id: str) -> int:
        """Return the row id of the article that `id` means: its id, the digest of its text, or the beginning of either.
        Raises NotFoundError, also where it may mean several."""
        exact = self._called(id) | (self._beginning(id) if len(id) >= records.ID_LENGTH else {})
        found = exact or (self._called(id, begins=True) | self._beginning(id) if id else {})
        if len(found) == 1:
            return next(iter(found))
        if not found:
            raise NotFoundError(f"no article has the id {id!r}; 'quotecli articles' lists them")
        if not exact:
            raise NotFoundError(f"more than one article begins with {id!r}; 'quotecli articles' lists them")
        raise NotFoundError(_several("article", id, found.values()))

    def find_statement(self, id: str) -> Statement:
        """Return the statement with this id; of the digest of its text, more or fewer digits may stand in it. Raises
        NotFoundError, also where it may mean several."""
        name, _, place = id.rpartition("-")
        of_text = self._beginning(name) if len(name) >= _FEWEST_DIGITS else {}
        found: dict[str, Statement] = {}
        for row, digest in (self._called(name) | of_text).items():
            made = f"{name_of(digest, self._clashes)}-{place}" if row in of_text else id
            found |= {f"{digest}-{place}": each for each in self.of_article(row) if each.id in (id, made)}
        if not found:
            raise NotFoundError(f"no statement has the id {id!r}; 'quotecli search' and the lists show the ids")
        if len(found) > 1:
            raise NotFoundError(_several("statement", id, found))
        return next(iter(found.values()))

    def article_of(self, statement: Statement) -> Article:
        """Return the article of a statement that was read here."""
        name = statement.id.rpartition("-")[0]
        found = self._beginning(name) if len(name) >= records.ID_LENGTH else {}
        return self.article(next(iter(found or self._called(statement.article.id))))

    def _called(self, id: str, *, begins: bool = False) -> dict[int, str]:
        """Return the row ids of the articles with this id (or one that begins so), each with its text's digest."""
        if self._refs is None:
            condition, values = ("key = ?", (stored(id),)) if not begins else _beginning_with("key", id)
        else:
            rows = [row for row, ref in self._refs.items() if ref.id == id or (begins and ref.id.startswith(id))]
            condition, values = one_of("id", rows)
        return self._digests(condition, values)

    def _beginning(self, name: str) -> dict[int, str]:
        """Return the row ids of the articles whose texts' digests begin so, each with its digest."""
        found = self._digests(*_beginning_with("digest", name))
        return {row: digest for row, digest in found.items() if self._refs is None or row in self._refs}

    def _digests(self, condition: str, values: Sequence[Any]) -> dict[int, str]:
        return dict(self.connection.execute(f"SELECT id, digest FROM article WHERE {condition}", values).fetchall())


def _beginning_with(column: str, beginning: str) -> Part:
    return f"{column} >= ? AND {column} < ?", (stored(beginning), stored(beginning + _PREFIX_END))


def _several(what: str, id: str, digests: Iterable[str]) -> str:
    return f"more than one {what} has the id {id!r}; by the digests of the texts they are: {', '.join(sorted(digests))}"
