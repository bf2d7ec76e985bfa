"""The library: articles and their statements in one file, to be searched and listed."""

from __future__ import annotations

import contextlib
import gc
import math
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import msgspec

from quotecli.errors import LibraryError
from quotecli.files import File, Filed, FileRead
from quotecli.library import (
    batches,
    clashes,
    conditions,
    copies,
    decisions,
    exchange,
    joining,
    meanings,
    opening,
    orders,
    places,
    schema,
    together,
    upkeep,
)
from quotecli.library.batches import Given, Ready, with_statements
from quotecli.library.exchange import Entry, Outcome
from quotecli.library.filters import EVERYTHING, Filters
from quotecli.library.identities import Called, Directory
from quotecli.library.lookup import Passages
from quotecli.library.outcomes import Storing, article_row, near_row
from quotecli.library.packing import Stored
from quotecli.library.prepared import Prepared, prepared_ahead
from quotecli.library.profile import profile
from quotecli.library.reading import Reader
from quotecli.library.repeats import Repeats
from quotecli.library.search import search, unknown_words
from quotecli.library.semantic import search as meanings_search
from quotecli.library.soundness import problems
from quotecli.library.speaker_forms import Voices
from quotecli.library.speakers import likeliest, summaries
from quotecli.library.together import Source
from quotecli.library.upkeep import Stats
from quotecli.library.writer import Writer
from quotecli.records import Article, ArticleRef, ArticleSummary, Hit, ListOrder, Order, Skipped, Statement
from quotecli.results import Profile, SpeakerSummary
from quotecli.workers import Workers

_DEFAULT_LIMIT = 20
_FIRST, _AT_ONCE = 20, 200
"""Of how many statements the speakers are looked up together: of few at first, so that an answer begins soon."""


class Library:
    """Articles and their statements in one SQLite file, made when it is not there.

    A context manager; every change is a transaction: an article is stored whole or not at all, also when the program
    is interrupted or killed. One process may write while others read. All methods raise LibraryError when the file
    cannot be used.
    """

    def __init__(self, path: Path | str, also: Iterable[Path | str] = ()) -> None:
        """`also`: other libraries that answer together with this one: in one ranking, each text once, and with one
        answer to who is who. What is stored, removed or looked after is in the file at `path` alone."""
        self.path = path
        self._connection = opening.connect(path)
        self._file = opening.file_at(path)
        self._reader = Reader(self._connection)
        self._chosen: tuple[str, ...] | None = None
        self._voices = Voices(self._connection)
        self._others: list[Library] = []
        self._compared: list[int] = []
        for other in also:
            try:
                self._others.append(Library(other))
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        for other in self._others:
            other.close()
        with schema.explained(self.path):
            self._connection.close()

    def add(self, article: Article, statements: Sequence[Statement] | None = None) -> Outcome:
        """Store an article; extract its statements unless they are given.

        An article whose text is there already, extracted by the model of today, is left as it is: "unchanged" from the
        same place (its id, URL or path; its metadata become the new ones), a "duplicate" from another, which is noted.
        So is, unless statements are given, a text that adds nothing to one that is there. An article from the same
        place with another text is replaced.
        """
        (outcome,) = self.add_all([(article, statements)])
        return cast(Outcome, outcome)

    def add_all(
        self, articles: Iterable[Given | FileRead], workers: Workers | None = None
    ) -> Iterator[Outcome | Skipped]:
        """Store many articles (as `add` does), some dozens with one transaction (hundreds, if their statements are
        given); yield each outcome once it is safely stored, a Skipped where extraction failed.

        A file that was read comes behind its articles, and is remembered when they are stored (see `known`).
        workers: extract the statements; they run ahead while others are stored.
        """
        with contextlib.nullcontext(workers) if workers else Workers() as team:
            for batch in batches.in_batches(with_statements(articles, self._is_stored, team)):
                with self._writing() as writer:
                    storing = Storing(self._connection, writer, batches.model_version(), batches.extracted_alone)
                    made = prepared_ahead(batch, batches.given_with, team)
                    outcomes = [self._take(storing, *each) for each in made]
                yield from filter(None, outcomes)

    def _is_stored(self, article: Article) -> bool:
        if self.holds(article):
            return True
        with schema.explained(self.path):
            return near_row(self._connection, article) is not None

    def _take(self, storing: Storing, each: Ready, made: Prepared | None) -> Outcome | Skipped | None:
        if isinstance(each, Skipped):
            return each
        if isinstance(each, FileRead):
            places.remember(self._connection, each)
            return None
        article, statements, fresh = each
        return storing.store(article, statements, made, given=not fresh and statements is not None)

    def known(self, file: File, reading: str) -> tuple[Filed, ...] | None:
        """Return the articles of a file that has not changed since it was read in this way and all of them were stored
        (see `add_all`), as they are still, and as the model of today extracts them; else None."""
        with self.snapshot():
            return places.known(self._connection, file, reading, batches.model_version())

    def holds(self, article: Article) -> bool:
        """Say whether this text's statements are stored, as the model of today extracts them."""
        return self._row("digest = ? AND model = ?", article.digest, batches.model_version()) is not None

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is asked meanwhile be of one state of the library, whatever others add or remove."""
        with schema.explained(self._paths), contextlib.ExitStack() as held:
            for each in self._all:
                held.enter_context(schema.snapshot(each._connection))
            self._tell_once()
            yield

    @property
    def _all(self) -> tuple[Library, ...]:
        return (self, *self._others)

    @property
    def _paths(self) -> str:
        return ", ".join(str(each.path) for each in self._all)

    @property
    def _readers(self) -> list[Reader]:
        return [each._reader for each in self._all]

    def _tell_once(self) -> None:
        """Let every article that several libraries have count in the first of them alone."""
        if not self._others:
            return
        changes = [change for each in self._all for change in schema.changes(each._connection)]
        if changes != self._compared:
            for reader, held in zip(self._readers, together.told_before(self._readers), strict=True):
                reader.without = held
            self._compared = changes

    def choose(self, refs: Mapping[str, ArticleRef]) -> None:
        """Let all questions from now on be for the articles whose texts have these digests alone, in this order, with
        the metadata given here; where filters name `digests`, for those."""
        with schema.explained(self.path):
            self._reader = Reader.of(self._connection, refs)
            self._chosen = tuple(refs)

    def article(self, id: str) -> Article:
        """Return the article that `id` means: its id, its text's digest, or the beginning of one of them.

        Raises NotFoundError, also when several articles begin so.
        """
        with self.snapshot():
            reader, row = together.found_in(self._readers, lambda reader: reader.find_article(id))
            return reader.article(row)

    def article_of(self, statement: Statement) -> Article:
        """Return the article that a statement is from, which this library has given."""
        with self.snapshot():
            found = filter(None, (each.article_of(statement) for each in self._readers))
            return next(found)

    def articles(self) -> list[ArticleSummary]:
        """Return what the library holds, in the order of adding."""
        with self.snapshot():
            return [found for each in self._readers for found in each.summaries()]

    def is_empty(self) -> bool:
        """Say whether no article is kept."""
        return all(each._row("TRUE") is None for each in self._all)

    def remove(self, id: str) -> Article:
        """Take out the article that `id` means (see `article`), with its statements; return it."""
        with self._writing() as writer:
            row = self._reader.find_article(id)
            article = self._reader.article(row)
            places.forget_places(self._connection, row)
            writer.delete(row)
            return article

    def statement(self, id: str) -> Statement:
        """Return the statement with this id. Raises NotFoundError."""
        with self.snapshot():
            return together.found_in(self._readers, lambda reader: reader.find_statement(id))[1]

    def statements(self, filters: Filters = EVERYTHING, sort: ListOrder | None = None) -> Iterator[Statement]:
        """Yield the statements that `filters` ask for, in the order of `sort`; those alike for it, and all where it is
        null, in the order of adding and, within an article, of its text."""
        with self.snapshot():
            lists = [each.reader.statements(each.condition, sort) for each in self._sources(filters)]
            yield from orders.merged(lists, sort) if sort and len(lists) > 1 else chain.from_iterable(lists)

    def speakers(self, filters: Filters = EVERYTHING) -> list[SpeakerSummary]:
        """Return who speaks in these statements, the most quoted first; unresolved sources are left out."""
        with self.snapshot():
            return summaries(self._sources(filters), self._directory(filters))

    def profile(self, name: str, filters: Filters = EVERYTHING, lines: int = 5) -> Profile:
        """Return the speaker that `name` means in full, as far as these statements tell, with at most so many lines.

        Of several whom it may mean it is the most quoted one; `others` names the rest. Raises NotFoundError where
        nobody is called so.
        """
        with self.snapshot():
            directory, sources = self._directory(filters), self._sources(filters)
            person, others = likeliest(sources, directory, name)
            found = profile(sources, person, Repeats(self._sources(), directory), lines)
            return msgspec.structs.replace(found, others=tuple(others))

    def persons(self, statements: Iterable[Statement]) -> Iterator[tuple[Statement, str | None]]:
        """Yield each of these statements, which this library has given, with what `speakers` calls who says it: the one
        name of all articles for a person; None where the text does not tell who it is."""
        with self.snapshot():
            called, waiting, size = Called(self._directory(EVERYTHING)), iter(statements), _FIRST
            while some := list(islice(waiting, size)):
                size = _AT_ONCE
                yield from zip(some, called.of(some), strict=True)

    def repeats(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Return for each of these quotations the other statements that are the same quotation, the earliest published
        first: the same words of one speaker, cut shorter or with small words changed at most."""
        with self.snapshot():
            return Repeats(self._sources(), self._directory(EVERYTHING)).of(statements)

    def join_speakers(self, names: Sequence[str]) -> str:
        """Remember that these are one person or organisation, called as the first of them is; return that name.

        Raises NotFoundError where a name means nobody, or may mean several.
        """
        with schema.explained(self.path), schema.transaction(self._connection):
            return joining.join(self._connection, names)

    def part_speaker(self, name: str, aliases: Sequence[str] = ()) -> list[str]:
        """Remember that `aliases` are not the person's that `name` means (or, without any, that `name` itself is not);
        return these names as articles write them. Raises NotFoundError."""
        with schema.explained(self.path), schema.transaction(self._connection):
            return joining.part(self._connection, name, aliases)

    def take_back(self, names: Sequence[str], *, joined: bool) -> list[str]:
        """Forget that `names` were joined, or else that they were parted; return the names on which something was
        decided. Raises NotFoundError where nothing was."""
        with schema.explained(self.path), schema.transaction(self._connection):
            return joining.take_back(self._connection, names, joined=joined)

    def decisions(self) -> list[decisions.Decision]:
        """Return what was decided on names of speakers, in their order."""
        with self.snapshot():
            return decisions.decisions(self._connection)

    def search(
        self,
        query: str,
        filters: Filters = EVERYTHING,
        limit: int = _DEFAULT_LIMIT,
        sort: Order = "score",
        *,
        semantic: bool = False,
    ) -> list[Hit]:
        """Return the `limit` statements that answer `query` best, in the order of `sort`; those alike for it by their
        score, then by article and place.

        The query is words in any order (other endings, beginnings of words and typos are found, case and accents do
        not matter), `"words side by side"`, and `-word` for what must not occur. Speakers and outlets count as well;
        a month or a day ("March 2016") asks for the articles of that time. First come statements with all the words;
        then those with some of them, but never without a name that was asked for; and where these are few, those that
        mean something like it. Of equals, whole sentences come before fragments, quotes before claims, named speakers
        before others, sure readings before doubtful ones.

        semantic: find only by meaning, in whatever words; `"words side by side"` must stand there, and `-word` must
        not. What `understand` has not done yet is done first. Raises ModelError when the vectors of words
        cannot be loaded.
        """
        filters = self._narrowed(filters)
        if semantic:
            for _ in self.understand(filters.digests):
                pass
        with self.snapshot():
            return (meanings_search if semantic else search)(self._sources(filters), query, limit, sort)

    def unknown_words(self, query: str, filters: Filters = EVERYTHING) -> list[str]:
        """Return the telling words of a query, folded, that none of the statements that `filters` ask for has: in no
        form, and with no letter wrong."""
        with self.snapshot():
            return unknown_words(self._sources(filters), query)

    def understand(self, digests: Sequence[str] | None = None) -> Iterator[int]:
        """Keep what the statements mean, those that came since this was done last, for searches that are `semantic`;
        yield now and then how many more are done. What was done is kept when it is interrupted.

        A library that cannot be written at the time is left as it is: then each such search does this work for itself.
        `digests`: only in the articles whose texts have these digests.
        """
        with schema.explained(self.path):
            waiting = meanings.waiting(self._connection, self._rows(digests))
            with contextlib.suppress(sqlite3.OperationalError):
                yield from meanings.keep(self._connection, waiting)
        for other in self._others:
            yield from other.understand(digests)

    def not_understood(self, digests: Sequence[str] | None = None) -> int:
        """Return of how many statements it is not kept what they mean; `digests`: as for `understand`."""
        with schema.explained(self.path):
            missing = meanings.missing(self._connection, self._rows(digests))
        return missing + sum(other.not_understood(digests) for other in self._others)

    def entries(self, filters: Filters = EVERYTHING) -> Iterator[Entry]:
        """Yield the articles with a statement that `filters` ask for, each whole, in the order of adding; without
        filters, also those without a statement."""
        with self.snapshot():
            narrowed = self._narrowed(filters)
            for each in self._sources(narrowed):
                yield from exchange.entries(each, narrowed)

    def take_in(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        """Store articles with their statements as they are (see `exchange.take`), hundreds with one transaction; yield
        each outcome once it is safely stored."""
        waiting = iter(entries)
        with Workers() as team:
            while batch := list(islice(waiting, batches.STORED_AT_ONCE)):
                with self._writing() as writer:
                    made = prepared_ahead(batch, lambda entry: (entry.article, entry.statements), team)
                    outcomes = [exchange.take(self._connection, writer, *each) for each in made]
                yield from outcomes

    def merge(self, other: Library) -> Iterator[Outcome]:
        """Store what `other` holds, too, without extracting it again: see `take_in`.

        So is what its user decided on people, where nothing was decided here, and which files it has read.
        """
        yield from self.take_in(exchange.sound(other.entries(), other.path))
        with self._writing():
            decisions.keep(self._connection, decisions.decisions(other._connection), overrule=False)
            places.take_over(self._connection, other._connection)

    def passages(self) -> Passages:
        """Return the articles' texts to look passages up in."""
        with self.snapshot():
            return Passages(self._sources(), self._paths)

    def check(self) -> list[str]:
        """Return what is wrong with the file, a line each; an empty list when it is sound."""
        with schema.explained(self.path):
            return problems(self._connection)

    def clashes(self) -> dict[str, int]:
        """Return the short ids that several articles have, each with their number: somebody may have made one of the
        texts to pass for another. In what is shown, their digests stand whole (see `clashes.py`)."""
        with schema.explained(self.path):
            return clashes.counted(self._connection)

    def backup(self, path: Path | str) -> None:
        """Copy the library to a new file, also while others use it. Raises LibraryError when the file exists."""
        copies.backup(self._connection, Path(path))

    @staticmethod
    def restore(path: Path | str, backup: Path | str) -> Path | None:
        """Put a copy of a backup in the place of the library at `path`, which no other process may be writing into;
        return where the library that was there is kept. Raises LibraryError when the backup is not sound."""
        return copies.restore(Path(path), Path(backup))

    def compact(self) -> None:
        """Make the file as small as it can be, and the search in it a little faster."""
        with schema.explained(self.path):
            upkeep.compact(self._connection)

    def trim(self, size: int, kept: Collection[str]) -> None:
        """Take out the oldest articles, but for those `kept` (digests of their texts), and make the file compact: until
        it is some `size` bytes, or only those are left."""
        share = 1 - size / max(1, self.stats().size)
        with self._writing() as writer:
            rows = self._connection.execute("SELECT id, digest FROM article ORDER BY id").fetchall()
            old = [row for row, digest in rows if digest not in kept]
            for row in old[: math.ceil(len(rows) * share)]:
                places.forget_places(self._connection, row)
                writer.delete(row)
            places.forget(self._connection)
        self.compact()

    def stats(self) -> Stats:
        """Return how much the library holds, and the size of its file."""
        with self.snapshot():
            return upkeep.stats(self._connection)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Writer]:
        with schema.explained(self.path):
            with schema.transaction(self._connection), _uncollected():
                writer = Writer(self._connection, self._voices)
                yield writer
                writer.finish()
                self._check_place()
            self._voices.settle()

    def _check_place(self) -> None:
        """Raise LibraryError where the file is no longer where it was opened: who asks there would not find what is
        stored now."""
        if opening.file_at(self.path) != self._file:
            raise LibraryError(f"the library was moved, deleted or replaced while it was open: {self.path}")

    def _row(self, condition: str, *parameters: Stored) -> int | None:
        with schema.explained(self.path):
            return article_row(self._connection, condition, *parameters)

    def _rows(self, digests: Sequence[str] | None) -> list[int] | None:
        return None if digests is None else conditions.articles(self._connection, digests)

    def _sources(self, filters: Filters = EVERYTHING) -> list[Source]:
        return conditions.sources(self._readers, self._narrowed(filters))

    def _directory(self, filters: Filters) -> Directory:
        return conditions.directory(self._readers, self._narrowed(filters))

    def _narrowed(self, filters: Filters) -> Filters:
        """Return `filters` for the chosen articles, unless they are for certain ones already."""
        if self._chosen is None or filters.digests is not None:
            return filters
        return msgspec.structs.replace(filters, digests=self._chosen)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: of the many rows that are made none holds another, and it would walk over all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def default_path() -> Path:
    """Return where the library is when nothing else is said: `$QUOTECLI_LIBRARY`, else the user's data folder."""
    if given := os.environ.get("QUOTECLI_LIBRARY"):
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("quotecli", appauthor=False) / "library.db"
