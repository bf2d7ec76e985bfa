"""Several libraries asked as one: in one ranking, with one answer to who is who, each text once.

Row ids are each library's own. Where rows of several stand together, the library's number stands before the article's
(`LIBRARY_SHIFT`), as the article's stands before the statement's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol, TypeVar

import msgspec

from quotecli.errors import NotFoundError
from quotecli.library.filters import EVERYWHERE, Part, one_of
from quotecli.library.reading import Reader, SeveralError
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.records import Article, Statement

LIBRARY_SHIFT = 52
"""There are fewer than 4,000,000,000 articles in a library, with ARTICLE_SHIFT more bits for their statements."""
_OWN = (1 << LIBRARY_SHIFT) - 1

Found = TypeVar("Found")


class Texts(Protocol):
    """What is asked for texts and counts, which mean the same in every library (and not for row ids)."""

    def execute(self, command: str, values: Sequence[Any] = ..., /) -> Iterable[Any]:
        """Return the rows that a query gives."""


class _AllTexts:
    def __init__(self, connections: Sequence[sqlite3.Connection]) -> None:
        self._connections = connections

    def execute(self, command: str, values: Sequence[Any] = (), /) -> Iterator[Any]:
        """Return the rows that a query gives in each library, one library after the other."""
        return chain.from_iterable(each.execute(command, values) for each in self._connections)


def texts_of(connections: Sequence[sqlite3.Connection]) -> Texts:
    """Return what asks all of these for texts and counts."""
    return connections[0] if len(connections) == 1 else _AllTexts(connections)


class Source(msgspec.Struct, frozen=True):
    """A library that is asked.

    condition: for which of its statements, in SQL over `statement s`, `voice v` and `article a`.
    match: an FTS5 expression that holds for all of them, so that a search for one speaker or outlet reads what these
        said and not the library; empty where there is none. It is the same for all that are asked together.
    articles: the row ids of the only ones that are asked; None: all.
    number: its place among those that are asked together.
    """

    reader: Reader
    condition: Part = EVERYWHERE
    match: str = ""
    articles: Sequence[int] | None = None
    number: int = 0

    @property
    def connection(self) -> sqlite3.Connection:
        """Where its rows are."""
        return self.reader.connection

    def among_all(self, row: int) -> int:
        """Return a row id of a statement here as it is among those of all libraries."""
        return self.number << LIBRARY_SHIFT | row

    def article_among_all(self, row: int) -> int:
        """Return a row id of an article here as it is among those of all libraries."""
        return self.number << LIBRARY_SHIFT - ARTICLE_SHIFT | row

    def own(self, rows: Iterable[int]) -> list[int]:
        """Return the row ids here of those of these statements, of whichever libraries, that are from here."""
        return [row & _OWN for row in rows if row >> LIBRARY_SHIFT == self.number]


def all_texts(sources: Sequence[Source]) -> Texts:
    """Return what asks all of these for texts and counts."""
    return texts_of([each.connection for each in sources])


def rows(sources: Sequence[Source], wanted: Sequence[int]) -> list[Statement]:
    """Return the statements with these row ids, of whichever libraries, in this order."""
    found: dict[int, Statement] = {}
    for each in sources:
        own = each.own(wanted)
        found |= zip(map(each.among_all, own), each.reader.rows(own), strict=True)
    return [found[row] for row in wanted]


def article(sources: Sequence[Source], row: int) -> Article:
    """Return the article with this row id, of whichever library."""
    number = row >> LIBRARY_SHIFT - ARTICLE_SHIFT
    return sources[number].reader.article(row & (_OWN >> ARTICLE_SHIFT))


def found_in(readers: Sequence[Reader], find: Callable[[Reader], Found]) -> tuple[Reader, Found]:
    """Return the one library in which something is found, with what is found there. Raises NotFoundError where that is
    none, or several."""
    found: list[tuple[Reader, Found]] = []
    errors: list[NotFoundError] = []
    for reader in readers:
        try:
            found.append((reader, find(reader)))
        except NotFoundError as error:
            errors.append(error)
    doubtful = [each for each in errors if isinstance(each, SeveralError)]
    if doubtful or not found:
        raise (doubtful or errors)[0]
    if len(found) > 1:
        raise NotFoundError("several of the libraries have another text with this id; ask one of them")
    return found[0]


def told_before(readers: Sequence[Reader]) -> Iterator[frozenset[int]]:
    """Yield for each library which of its articles a library before it has, too, by their row ids."""
    for number, reader in enumerate(readers):
        shared: set[int] = set()
        for other in readers[:number]:
            shared |= _shared(reader.connection, other.connection)
        yield frozenset(shared)


def _shared(mine: sqlite3.Connection, theirs: sqlite3.Connection) -> set[int]:
    """Return the articles of mine that the other library has, too; the texts of the smaller one are looked up."""
    smaller, larger = sorted((mine, theirs), key=_articles)
    held: set[int] = set()
    digests = smaller.execute("SELECT digest, id FROM article")
    while some := dict(digests.fetchmany(_AT_ONCE)):
        condition, values = one_of("digest", list(some))
        found = larger.execute(f"SELECT digest, id FROM article WHERE {condition}", values)
        held.update(some[digest] if smaller is mine else row for digest, row in found)
    return held


def _articles(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


_AT_ONCE = 10_000
