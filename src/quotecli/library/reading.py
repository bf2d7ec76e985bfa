"""Rows of the tables back to records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

from msgspec.structs import asdict, replace

from quotecli import records
from quotecli.errors import NotFoundError
from quotecli.library import article_rows, clashes, orders
from quotecli.library.clashes import Clashes, name_of, shown_id
from quotecli.library.filters import EVERYWHERE, Part, one_of, within
from quotecli.library.packing import UnreadableError, decompressed, restored, stored
from quotecli.library.places import further
from quotecli.library.schema import ARTICLE_SHIFT, NUMBERS
from quotecli.library.statement_rows import SELECTED, checksum_of, statement_of
from quotecli.records import Article, ArticleRef, ArticleSummary, ListOrder, Statement, text_digest

JOINS = f"LEFT JOIN voice v ON v.id = s.voice JOIN article a ON a.id = s.id >> {ARTICLE_SHIFT}"
_ASKED = f"json_each(?) asked CROSS JOIN statement s ON s.id = asked.value {JOINS}"
_PREFIX_END = "\U0010ffff"
_FEWEST_DIGITS = 6
"""So many digits of a text's digest are looked up as the beginning of a statement's id."""


class SeveralError(NotFoundError):
    """What was asked for may be several."""


class Reader:
    """Reads statements and articles from one connection: all of them, or those that were chosen."""

    def __init__(self, connection: sqlite3.Connection, clashes: Clashes | None = None) -> None:
        """`clashes`: what counts as one (see `clashes.py`); None: what is one in the library."""
        self.connection = connection
        self._fixed = clashes
        self._refs: dict[int, ArticleRef] | None = None
        self.without: Collection[int] = frozenset()
        """The row ids of articles that are left out of lists, and not found by an id."""

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
    def scope(self) -> Part:
        """The condition that a statement is from none of the articles that are left out."""
        if not self.without:
            return EVERYWHERE
        condition, values = one_of(f"s.id >> {ARTICLE_SHIFT}", sorted(self.without))
        return f"NOT {condition}", values

    @property
    def _clashes(self) -> Clashes:
        return clashes.known(self.connection) if self._fixed is None else self._fixed

    def statements(self, condition: Part, sort: ListOrder | None = None) -> Iterator[Statement]:
        """Yield the statements for which `condition` holds; those alike for `sort` in the order of adding (for chosen
        articles: of their choice) and of the text."""
        where, parameters = condition
        found = self._read(f"statement s {JOINS} WHERE {where} ORDER BY {orders.sql(sort)}s.id", parameters)
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

    def _read(self, source: str, parameters: Sequence[Any]) -> Iterator[tuple[int, Statement]]:
        known = self._clashes
        about = lru_cache(maxsize=1024)(lambda article: self._about(article, known))
        for row, total, *columns in self.connection.execute(
            f"SELECT s.id, s.checksum, {SELECTED} FROM {source}", parameters
        ):
            ref, digest, name = about(row >> ARTICLE_SHIFT)
            if checksum_of(digest, row & NUMBERS, columns) != total:
                raise UnreadableError
            yield row, statement_of(columns, ref, name)

    def _about(self, article: int, known: Clashes) -> tuple[ArticleRef, str, str]:
        """Return an article's metadata, the digest of its text, and what the ids of its statements begin with."""
        row = article_rows.read(self.connection, article)
        return self._told(article, row, known), row.digest, name_of(row.digest, known)

    def _told(self, number: int, row: article_rows.ArticleRow, known: Clashes) -> ArticleRef:
        """Return what is told of an article."""
        if self._refs is not None and number in self._refs:
            return self._refs[number]
        ref = row.ref
        id = shown_id(ref.id, row.digest, known)
        return ref if id == ref.id else replace(ref, id=id)

    def model(self, row: int) -> str:
        """Return the version of the model that extracted the statements of the article with this row id."""
        return article_rows.read(self.connection, row).model

    def article(self, number: int) -> Article:
        """Return the article with this row id."""
        row = article_rows.read(self.connection, number)
        ((packed,),) = self.connection.execute("SELECT text FROM article WHERE id = ?", (number,))
        text = decompressed(packed)
        if text_digest(text) != row.digest:
            raise UnreadableError
        about = asdict(self._told(number, row, self._clashes))
        return Article(**about, text=text, byline=restored(row.byline), language=restored(row.language))

    def summaries(self) -> list[ArticleSummary]:
        """Return what the library holds in the order of adding, or the chosen articles in theirs."""
        where, values = EVERYWHERE if self._refs is None else one_of("id", list(self._refs))
        places, known = further(self.connection), self._clashes
        found = {
            number: ArticleSummary(
                **asdict(self._told(number, row, known)),
                byline=restored(row.byline),
                language=restored(row.language),
                places=places.get(number, ()),
                words=row.words,
                statements=row.statements,
            )
            for number, row in article_rows.read_all(self.connection, where, values)
            if number not in self.without
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
            raise SeveralError(f"more than one article begins with {id!r}; 'quotecli articles' lists them")
        raise SeveralError(_several("article", id, found.values()))

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
            raise SeveralError(_several("statement", id, found))
        return next(iter(found.values()))

    def article_of(self, statement: Statement) -> Article | None:
        """Return the article of a statement; None where it was not read here."""
        name = statement.id.rpartition("-")[0]
        found = self._beginning(name) if len(name) >= records.ID_LENGTH else {}
        row = next(iter(found or self._called(statement.article.id)), None)
        return None if row is None else self.article(row)

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
        found = self.connection.execute(f"SELECT id, digest FROM article WHERE {condition}", values)
        return {row: digest for row, digest in found if row not in self.without}


def _beginning_with(column: str, beginning: str) -> Part:
    return f"{column} >= ? AND {column} < ?", (stored(beginning), stored(beginning + _PREFIX_END))


def _several(what: str, id: str, digests: Iterable[str]) -> str:
    return f"more than one {what} has the id {id!r}; by the digests of the texts they are: {', '.join(sorted(digests))}"
