"""Which articles answer: those of `--from`, those of the library, or the samples that come with quotecli."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quotecli.cli.console import note
from quotecli.cli.options import Where
from quotecli.errors import LibraryError, UsageError
from quotecli.library import Filters, default_path
from quotecli.library.questions import Questions
from quotecli.records import Article, ArticleRef, ArticleSummary, Hit, ListOrder, Order, Skipped, Statement
from quotecli.results import PassageHit, Profile, SpeakerSummary, SpeechAsked

if TYPE_CHECKING:  # imported where they are needed: who asks a library reads nothing
    from quotecli.files import FileRead
    from quotecli.library import Entry, Library, Passages
    from quotecli.output.rows import Row


class Corpus:
    """The articles of a library, and their statements.

    skipped: how many inputs could not be read.
    """

    def __init__(self, library: Questions, skipped: int = 0) -> None:
        self.library = library
        self.skipped = skipped

    def search(
        self, query: str, filters: Filters, limit: int, sort: Order = "score", *, semantic: bool = False
    ) -> list[Hit]:
        """Return the statements that answer `query` best, in the order of `sort`; `semantic`: only by meaning."""
        return self.library.search(query, filters, limit, sort, semantic=semantic)

    def search_texts(self, query: str, filters: Filters, limit: int, sort: Order = "score") -> list[PassageHit]:
        """Return the articles whose texts answer `query` best, each with its best paragraph."""
        return self.library.search_texts(query, filters, limit, sort)

    def words_in_no_text(self, query: str, filters: Filters) -> list[str]:
        """Return the words of a query that none of these texts has."""
        return self.library.words_in_no_text(query, filters)

    def unknown_words(self, query: str, filters: Filters) -> list[str]:
        """Return the words of a query that none of these statements has."""
        return self.library.unknown_words(query, filters)

    def count_whole(self, query: str, filters: Filters, most: int) -> int:
        """Return how many of these statements have all telling words of a query; no more than `most`."""
        return self.library.count_whole(query, filters, most)

    def said(self, query: str, filters: Filters) -> SpeechAsked | None:
        """Return whose words a query asks for, and how many of these statements are that."""
        return self.library.said(query, filters)

    def statements(self, filters: Filters, sort: ListOrder | None = None) -> Iterable[Statement]:
        """Return the statements that `filters` ask for in the order of `sort`; where it is null, article by article, in
        the order of the texts."""
        return self.library.statements(filters, sort)

    def speakers(self, filters: Filters) -> list[SpeakerSummary]:
        """Return who speaks, the most quoted first."""
        return self.library.speakers(filters)

    def profile(self, name: str, filters: Filters, lines: int) -> Profile:
        """Return the speaker that `name` means in full, with at most so many lines. Raises NotFoundError."""
        return self.library.profile(name, filters, lines)

    def persons(self, statements: Iterable[Statement]) -> Iterator[tuple[Statement, str | None]]:
        """Yield each of these statements with what `speakers` calls who says it."""
        return self.library.persons(statements)

    def rows(self, statements: Iterable[Statement]) -> Iterator[Row]:
        """Yield these statements as they are printed."""
        from quotecli.output.rows import Row

        return (Row.of(statement, person=person) for statement, person in self.persons(statements))

    def repeats(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Return for each quotation the other statements that are the same quotation."""
        return self.library.repeats(statements)

    def statement(self, id: str) -> Statement:
        """Return the statement with this id. Raises NotFoundError."""
        return self.library.statement(id)

    def articles(self) -> list[ArticleSummary]:
        """Return what there is."""
        return self.library.articles()

    def article(self, id: str) -> Article:
        """Return the article with this id, or whose text has this digest. Raises NotFoundError."""
        return self.library.article(id)

    def article_of(self, statement: Statement) -> Article:
        """Return the article that one of these statements is from."""
        return self.library.article_of(statement)

    def entries(self, filters: Filters) -> Iterator[Entry]:
        """Yield the articles with a statement that `filters` ask for, whole; without filters, all of them."""
        return self.library.entries(filters)

    def passages(self) -> Passages:
        """Return the texts, to look passages up in."""
        return self.library.passages()


Prepare = Callable[[Questions, tuple[str, ...] | None], None]
"""What is to be done with a library before it answers; of its articles, with those whose texts have these digests."""


def _nothing(_: Questions, __: tuple[str, ...] | None) -> None:
    """What most commands need to be done."""


@contextmanager
def opened(where: Where, prepare: Prepare = _nothing) -> Iterator[Corpus]:
    """Give the articles that are to answer, in one state, and close their library afterwards."""
    if where.sources:
        with _filled_cache(where.sources, where, prepare) as corpus:
            yield corpus
    elif where.library or default_path().exists():
        with _opened_libraries(where) as library, _prepared(library, prepare):
            if library.is_empty():  # as after an `add` that could read nothing
                note("The library is empty: 'quotecli add PATH' stores articles.", quiet=where.quiet)
            yield Corpus(library)
    else:
        from quotecli.loading import samples

        note("No library yet: the sample articles answer. See 'quotecli add --help'.", quiet=where.quiet)
        with _filled_cache([str(sample) for sample in samples()], where, prepare) as corpus:
            yield corpus


@contextmanager
def _prepared(library: Questions, prepare: Prepare, digests: tuple[str, ...] | None = None) -> Iterator[None]:
    prepare(library, digests)
    with library.snapshot():
        yield


def library_paths(where: Where) -> list[Path]:
    """Return where the libraries are that were named, each once, or the user's own. Raises UsageError when one is no
    file."""
    named: dict[str, Path] = {}
    for path in where.library or ():
        named.setdefault(os.path.realpath(path), Path(path))
    paths = list(named.values()) or [default_path()]
    if ":memory:" in map(str, paths):
        raise UsageError("a library in memory would be gone at once; name a file")
    return paths


def library_path(where: Where) -> Path:
    """Return where the one library is that was named, or the user's own. Raises UsageError when there are several."""
    path, *others = library_paths(where)
    if others:
        raise UsageError(f"this command takes one --library, and {len(others) + 1} were named")
    return path


@contextmanager
def opened_library(where: Where, *, make: bool = False) -> Iterator[Library]:
    """Give the library that was named, or the user's own; `make` it if it is not there."""
    from quotecli.library import Library

    path = library_path(where)
    if not make:
        _check_there(path)
    with Library(path) as library:
        yield library


@contextmanager
def _opened_libraries(where: Where) -> Iterator[Questions]:
    """Give the libraries that were named, to be asked as one, or the user's own."""
    path, *others = library_paths(where)
    for each in (path, *others):
        _check_there(each)
    with Questions(path, also=others) as library:
        yield library


def _check_there(path: Path) -> None:
    if not path.exists():
        raise LibraryError(f"no library at {path}; 'quotecli add PATH' makes one")


@contextmanager
def _filled_cache(paths: Sequence[str], where: Where, prepare: Prepare) -> Iterator[Corpus]:
    from quotecli.cli.cache import opened_cache

    with opened_cache() as cache:
        refs, skipped = _filled(cache, paths, where)
        with _prepared(cache, prepare, tuple(refs)):
            cache.choose(refs)
            yield Corpus(cache, skipped)


def _filled(cache: Library, paths: Sequence[str], where: Where) -> tuple[dict[str, ArticleRef], int]:
    """Read what is not in the cache yet; return the articles asked for by the digests of their texts, with their
    metadata as this reading found it (the cache keeps the texts alone), and how many inputs could not be read."""
    from quotecli.cli.cache import trim
    from quotecli.cli.inputs import Reading
    from quotecli.files import FileRead

    reading = Reading(paths, progress=not where.quiet, inputs=where.inputs)
    refs: dict[str, ArticleRef] = {}

    def read() -> Iterator[tuple[Article, None] | FileRead]:
        for found in reading.with_files(cache.known):
            if isinstance(found, FileRead):
                for entry in found.articles if found.known else ():
                    refs.setdefault(entry.digest, entry.ref)
                yield found
            else:
                digest = found.digest
                refs.setdefault(digest, found.ref)
                yield msgspec.structs.replace(found, id=found.text_id, path=None, url=None), None

    added = False
    with reading:
        for outcome in cache.add_all(read(), reading.workers):
            added = added or outcome == "added"
            if isinstance(outcome, Skipped):
                reading.skip(outcome)
    if added:
        trim(cache, refs)
        deque(cache.understand(tuple(refs)), maxlen=0)
    reading.note_skipped(quiet=where.quiet)
    return refs, reading.skipped
