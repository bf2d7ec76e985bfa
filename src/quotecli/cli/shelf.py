"""Which articles answer: those of `--from`, those of the library, or the samples that come with quotecli."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from quotecli.cli.cache import opened_cache, trim
from quotecli.cli.console import note
from quotecli.cli.options import Where
from quotecli.cli.reading import Reading
from quotecli.errors import LibraryError
from quotecli.files import FileRead
from quotecli.library import Entry, Filters, Library, Passages, default_path
from quotecli.records import (
    Article,
    ArticleRef,
    ArticleSummary,
    Hit,
    ListOrder,
    Order,
    Profile,
    Skipped,
    SpeakerSummary,
    Statement,
)

Found = TypeVar("Found", bound=Statement)
Described = TypeVar("Described", Article, ArticleSummary, Entry)


class Shelf:
    """The articles of a library, and their statements.

    skipped: how many inputs could not be read.
    """

    def __init__(self, library: Library, skipped: int = 0) -> None:
        self.library = library
        self.skipped = skipped

    def search(
        self, query: str, filters: Filters, limit: int, sort: Order = "score", *, semantic: bool = False
    ) -> list[Hit]:
        """Return the statements that answer `query` best, in the order of `sort`; `semantic`: by what they mean."""
        return self.library.search(query, filters, limit, sort, semantic=semantic)

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

    def entries(self, filters: Filters) -> Iterator[Entry]:
        """Yield the articles with a statement that `filters` ask for, whole; without filters, all of them."""
        return self.library.entries(filters)

    def passages(self) -> Passages:
        """Return the texts, to look passages up in."""
        return self.library.passages()


class Selection(Shelf):
    """The articles that `--from` names, of all those in the cache.

    The cache keeps them by their texts alone: what else is known of an article, its id and place above all, is as this
    reading found it.
    """

    def __init__(self, cache: Library, refs: dict[str, ArticleRef], skipped: int) -> None:
        """`refs`: the articles by their texts' digests, in the order of asking."""
        super().__init__(cache, skipped)
        self._refs = refs

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the articles' texts, in the order of asking."""
        return tuple(self._refs)

    def search(
        self, query: str, filters: Filters, limit: int, sort: Order = "score", *, semantic: bool = False
    ) -> list[Hit]:
        hits = super().search(query, self._narrowed(filters), limit, sort, semantic=semantic)
        return [self._placed(hit) for hit in hits]

    def statements(self, filters: Filters, sort: ListOrder | None = None) -> Iterable[Statement]:
        found = super().statements(self._narrowed(filters), sort)
        if sort is None:
            order = {digest: place for place, digest in enumerate(self._refs)}
            found = sorted(found, key=lambda each: order.get(digest_of(each), 0))
        return map(self._placed, found)

    def speakers(self, filters: Filters) -> list[SpeakerSummary]:
        return super().speakers(self._narrowed(filters))

    def profile(self, name: str, filters: Filters, lines: int) -> Profile:
        return super().profile(name, self._narrowed(filters), lines)

    def repeats(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        found = self.library.repeats(statements, self.digests)
        return [[self._placed(each) for each in others] for others in found]

    def statement(self, id: str) -> Statement:
        return self._placed(super().statement(id))

    def articles(self) -> list[ArticleSummary]:
        cached = {summary.id: summary for summary in super().articles() if summary.id in self._refs}
        return [_with_ref(cached[digest], ref) for digest, ref in self._refs.items()]

    def article(self, id: str) -> Article:
        digest = next((digest for digest, ref in self._refs.items() if ref.id == id), id)
        article = super().article(digest)
        return _with_ref(article, self._refs.get(article.digest, article.ref))

    def entries(self, filters: Filters) -> Iterator[Entry]:
        for entry in super().entries(self._narrowed(filters)):
            ref = self._refs.get(entry.digest, entry.ref)
            statements = tuple(msgspec.structs.replace(each, article=ref) for each in entry.statements)
            yield msgspec.structs.replace(_with_ref(entry, ref), statements=statements)

    def passages(self) -> Passages:
        return self.library.passages(self._refs)

    def _narrowed(self, filters: Filters) -> Filters:
        """Return `filters` for these articles, unless they are for certain ones already."""
        return filters if filters.digests else msgspec.structs.replace(filters, digests=self.digests)

    def _placed(self, statement: Found) -> Found:
        ref = self._refs.get(digest_of(statement), statement.article)
        return msgspec.structs.replace(statement, article=ref)


def digest_of(statement: Statement) -> str:
    """Return the digest of the text that a statement is from, which its id begins with."""
    return statement.id.rpartition("-")[0]


def _with_ref(article: Described, ref: ArticleRef) -> Described:
    """Return an article, or the summary of one, with the metadata of `ref`."""
    return msgspec.structs.replace(article, **msgspec.structs.asdict(ref))


Prepare = Callable[[Library, tuple[str, ...] | None], None]
"""What is to be done with a library before it answers; of its articles, with those whose texts have these digests."""


def _nothing(_: Library, __: tuple[str, ...] | None) -> None:
    """What most commands need to be done."""


@contextmanager
def opened(where: Where, prepare: Prepare = _nothing) -> Iterator[Shelf]:
    """Give the articles that are to answer, in one state, and close their library afterwards."""
    if where.sources:
        with _filled_cache(where.sources, where, prepare) as selection:
            yield selection
    elif where.library or default_path().exists():
        with opened_library(where) as library, _prepared(library, prepare):
            if library.is_empty():  # as after an `add` that could read nothing
                note("The library is empty: 'quotecli add PATH' stores articles.", quiet=where.quiet)
            yield Shelf(library)
    else:
        from quotecli.loading import samples

        note("No library yet: the sample articles answer. See 'quotecli add --help'.", quiet=where.quiet)
        with _filled_cache([str(sample) for sample in samples()], where, prepare) as selection:
            yield selection


@contextmanager
def _prepared(library: Library, prepare: Prepare, digests: tuple[str, ...] | None = None) -> Iterator[None]:
    prepare(library, digests)
    with library.snapshot():
        yield


@contextmanager
def opened_library(where: Where, *, make: bool = False) -> Iterator[Library]:
    """Give the library that was named, or the user's own; `make` it if it is not there."""
    path = Path(where.library) if where.library else default_path()
    if not make and not path.exists():
        raise LibraryError(f"no library at {path}; 'quotecli add PATH' makes one")
    with Library(path) as library:
        yield library


@contextmanager
def _filled_cache(paths: Sequence[str], where: Where, prepare: Prepare) -> Iterator[Selection]:
    with opened_cache() as cache:
        selection = _filled(cache, paths, where)
        with _prepared(cache, prepare, selection.digests):
            yield selection


def _filled(cache: Library, paths: Sequence[str], where: Where) -> Selection:
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
                yield msgspec.structs.replace(found, id=digest, path=None, url=None), None

    added = False
    with reading:
        for outcome in cache.add_all(read(), reading.workers):
            added = added or outcome == "added"
            if isinstance(outcome, Skipped):
                reading.skip(outcome)
    if added:
        trim(cache, refs)
    reading.note_skipped(quiet=where.quiet)
    return Selection(cache, refs, reading.skipped)
