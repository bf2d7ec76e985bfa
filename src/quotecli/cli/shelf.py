"""Which articles answer: those of `--from`, those of the library, or the samples that come with quotecli."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from quotecli.cli.console import note
from quotecli.cli.options import Where
from quotecli.cli.reading import Reading
from quotecli.errors import LibraryError
from quotecli.library import Filters, Library, default_path
from quotecli.records import Article, ArticleSummary, Statement


class Shelf(msgspec.Struct, frozen=True):
    """A library, and which of its articles are meant.

    chosen: the digest and the id of each article that answers, in the order of asking; None: all of the library.
    skipped: how many inputs could not be read.
    """

    library: Library
    chosen: dict[str, str] | None = None
    skipped: int = 0

    def narrowed(self, filters: Filters) -> Filters:
        """Return `filters` for the articles that are meant."""
        return filters if self.chosen is None else msgspec.structs.replace(filters, digests=tuple(self.chosen))

    def statements(self, filters: Filters) -> Iterable[Statement]:
        """Return the statements that `filters` ask for, in the order of the articles asked and of their texts."""
        found = self.library.statements(self.narrowed(filters))
        if self.chosen is None:
            return found
        order = {digest: place for place, digest in enumerate(self.chosen)}
        return sorted(found, key=lambda statement: order[digest_of(statement)])

    def articles(self) -> list[ArticleSummary]:
        """Return the articles that are meant."""
        ids = None if self.chosen is None else set(self.chosen.values())
        return [article for article in self.library.articles() if ids is None or article.id in ids]

    def article_of(self, statement: Statement) -> Article:
        """Return the article that a statement is from, with its text."""
        return self.library.article(digest_of(statement))


def digest_of(statement: Statement) -> str:
    """Return the digest of the text that a statement is from, which its id begins with."""
    return statement.id.rpartition("-")[0]


@contextmanager
def opened(where: Where) -> Iterator[Shelf]:
    """Give the articles that are to answer, and close their library afterwards."""
    if where.sources:
        with _cache() as cache:
            yield _filled(cache, where.sources, where)
    elif where.library or default_path().exists():
        with opened_library(where) as library:
            yield Shelf(library)
    else:
        from quotecli.loading import samples

        note("No library yet: the sample articles answer. See 'quotecli add --help'.", quiet=where.quiet)
        with _cache() as cache:
            yield _filled(cache, [str(sample) for sample in samples()], where)


@contextmanager
def opened_library(where: Where, *, make: bool = False) -> Iterator[Library]:
    """Give the library that was named, or the user's own; `make` it if it is not there."""
    path = Path(where.library) if where.library else default_path()
    if not make and not path.exists():
        raise LibraryError(f"no library at {path}; 'quotecli add PATH' makes one")
    with Library(path) as library:
        yield library


def _cache() -> Library:
    """Return the library of what `--from` has read before; without a place to keep one, it lasts for this command."""
    from platformdirs import user_cache_path

    try:
        return Library(user_cache_path("quotecli", appauthor=False) / "read.db")
    except LibraryError:
        return Library(":memory:")


def _filled(cache: Library, paths: Sequence[str], where: Where) -> Shelf:
    reading = Reading(paths, progress=not where.quiet)
    chosen: dict[str, str] = {}

    def read() -> Iterator[tuple[Article, None]]:
        for article in reading:
            chosen.setdefault(article.digest, article.id)
            yield article, None

    for _ in cache.add_all(read()):
        pass
    return Shelf(cache, chosen, reading.skipped)
