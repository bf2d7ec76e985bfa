"""The library: articles and their statements in one file, stored and looked after (what it is asked: `questions`)."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from quotecli.errors import LibraryError
from quotecli.files import File, Filed, FileRead
from quotecli.library import (
    batches,
    clashes,
    copies,
    decisions,
    exchange,
    joining,
    opening,
    places,
    schema,
    upkeep,
)
from quotecli.library.batches import Given, Ready, with_statements
from quotecli.library.exchange import Entry, Outcome
from quotecli.library.filters import Filters
from quotecli.library.outcomes import Storing, near_row
from quotecli.library.prepared import Prepared, prepared_ahead
from quotecli.library.questions import Questions
from quotecli.library.soundness import problems
from quotecli.library.speaker_forms import Voices
from quotecli.library.upkeep import Stats
from quotecli.library.writer import Writer
from quotecli.records import Article, Skipped, Statement
from quotecli.uncollected import uncollected
from quotecli.workers import Workers


class Library(Questions):
    """Articles and their statements in one SQLite file, made when it is not there.

    A context manager; every change is a transaction: an article is stored whole or not at all, also when the program
    is interrupted or killed. One process may write while others read. All methods raise LibraryError when the file
    cannot be used.
    """

    def __init__(self, path: Path | str, also: Iterable[Path | str] = ()) -> None:
        """`also`: other libraries that answer together with this one: in one ranking, each text once, and with one
        answer to who is who. What is stored, removed or looked after is in the file at `path` alone."""
        super().__init__(path, also)
        self._file = opening.file_at(path)
        self._voices = Voices(self._connection)

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

    def remove(self, id: str, keep: Callable[[Entry], None] | None = None) -> Article:
        """Take out the article that `id` means (see `article`), with its statements; return it.

        keep: is given all that was stored of it, as `take_in` takes it; where that fails, the article stays.
        """
        with self._writing() as writer:
            row = self._reader.find_article(id)
            article = self._reader.article(row)
            (entry,) = exchange.entries(self._sources()[0], Filters(digests=(article.digest,)))
            places.forget_places(self._connection, row)
            writer.delete(row)
            if keep:
                keep(entry)
            return article

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
            # Of the many rows that are made none holds another, and the collector would walk over all.
            with schema.transaction(self._connection), uncollected():
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
