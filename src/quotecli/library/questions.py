"""What a library can be asked, alone or together with others: its articles, statements and speakers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from quotecli.library import (
    article_rows,
    conditions,
    meanings,
    opening,
    orders,
    schema,
    together,
)
from quotecli.library.filters import EVERYTHING, Filters
from quotecli.library.packing import Stored
from quotecli.library.reading import Reader
from quotecli.library.search import search, stand_whole, unknown_words
from quotecli.library.speech_asked import speech_asked
from quotecli.library.together import Source
from quotecli.records import Article, ArticleRef, ArticleSummary, Hit, ListOrder, Order, Statement
from quotecli.results import PassageHit, Profile, SpeakerSummary, SpeechAsked

if TYPE_CHECKING:  # imported where they are needed: a search does not
    from quotecli.library.decisions import Decision
    from quotecli.library.exchange import Entry
    from quotecli.library.identities import Directory
    from quotecli.library.lookup import Passages

_DEFAULT_LIMIT = 20
_FIRST, _AT_ONCE = 20, 200
"""Of how many statements the speakers are looked up together: of few at first, so that an answer begins soon."""


class Questions:
    """The file of a library, and of those that answer together with it, opened to be asked (see `Library`)."""

    def __init__(self, path: Path | str, also: Iterable[Path | str] = ()) -> None:
        self.path = path
        self._connection = opening.connect(path)
        self._reader = Reader(self._connection)
        self._chosen: tuple[str, ...] | None = None
        self._others: list[Questions] = []
        self._compared: list[int] = []
        for other in also:
            try:
                self._others.append(Questions(other))
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

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is asked meanwhile be of one state of the library, whatever others add or remove."""
        with schema.explained(self._paths), contextlib.ExitStack() as held:
            for each in self._all:
                held.enter_context(schema.snapshot(each._connection))
            self._tell_once()
            yield

    @property
    def _all(self) -> tuple[Questions, ...]:
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
        from quotecli.library.speakers import summaries

        with self.snapshot():
            return summaries(self._sources(filters), self._directory(filters))

    def outlets(self) -> list[str]:
        """Return the outlets of the articles, in their order."""
        with self.snapshot():
            return conditions.outlets(self._readers)

    def profile(self, name: str, filters: Filters = EVERYTHING, lines: int = 5) -> Profile:
        """Return the speaker that `name` means in full, as far as these statements tell, with at most so many lines.

        Of several whom it may mean it is the most quoted one; `others` names the rest. Raises NotFoundError where
        nobody is called so.
        """
        from quotecli.library.profile import profile
        from quotecli.library.repeats import Repeats
        from quotecli.library.speakers import likeliest

        with self.snapshot():
            directory, sources = self._directory(filters), self._sources(filters)
            person, others = likeliest(sources, directory, name)
            found = profile(sources, person, Repeats(self._sources(), directory.people), lines)
            return msgspec.structs.replace(found, others=tuple(others))

    def persons(self, statements: Iterable[Statement]) -> Iterator[tuple[Statement, str | None]]:
        """Yield each of these statements, which this library has given, with what `speakers` calls who says it: the one
        name of all articles for a person; None where the text does not tell who it is."""
        from quotecli.library.identities import Called

        with self.snapshot():
            called, waiting, size = Called(self._directory(EVERYTHING)), iter(statements), _FIRST
            while some := list(islice(waiting, size)):
                size = _AT_ONCE
                yield from zip(some, called.of(some), strict=True)

    def repeats(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Return for each of these quotations the other statements that are the same quotation, the earliest published
        first: the same words of one speaker, cut shorter or with small words changed at most."""
        from quotecli.library.repeats import Repeats

        with self.snapshot():
            return Repeats(self._sources(), lambda names: self._directory(EVERYTHING).people(names)).of(statements)

    def decisions(self) -> list[Decision]:
        """Return what was decided on names of speakers, in their order."""
        from quotecli.library.decisions import decisions

        with self.snapshot():
            return decisions(self._connection)

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
        a month or a day ("March 2016") asks for the articles of that time; "what did Obama say about guns", or "Obama
        on guns", for his words (see `said`). First come statements with all the words, in one breath; where these are
        few, those with some of them and those that mean something like it, but never without a name that was asked
        for. Of equals, those of whom the query names come before those about them, whole sentences before fragments,
        quotes before claims, named speakers before others, sure readings before doubtful ones.

        semantic: find only by meaning, in whatever words; `"words side by side"` must stand there, and `-word` must
        not. What `understand` has not done yet is done first. Raises ModelError when the vectors of words
        cannot be loaded.
        """
        if not semantic:
            with self.snapshot():
                speech = speech_asked(self._readers, self._narrowed(filters), query)
                return search(self._sources(filters), query, limit, sort, speech)
        from quotecli.library.semantic import search as meanings_search

        filters = self._narrowed(filters)
        for _ in self.understand(filters.digests):
            pass
        with self.snapshot():
            return meanings_search(self._sources(filters), query, limit, sort)

    def unknown_words(self, query: str, filters: Filters = EVERYTHING) -> list[str]:
        """Return the telling words of a query, folded, that none of the statements that `filters` ask for has: in no
        form, and with no letter wrong. Where it asks for somebody's words, what they are to be about is meant."""
        with self.snapshot():
            speech = speech_asked(self._readers, self._narrowed(filters), query)
            return unknown_words(self._sources(filters), speech.asked.about if speech else query)

    def stands_whole(self, query: str, filters: Filters = EVERYTHING) -> bool:
        """Say whether one of the statements that `filters` ask for has all telling words of a query, in whatever form
        or spelling, near each other: where none has, the best answers have some of them, or mean something like them.
        """
        return self.count_whole(query, filters, 1) > 0

    def count_whole(self, query: str, filters: Filters = EVERYTHING, most: int = _DEFAULT_LIMIT) -> int:
        """Return how many statements have all telling words of a query, as for `stands_whole`; no more than `most`."""
        with self.snapshot():
            return stand_whole(self._sources(filters), query, most)

    def said(self, query: str, filters: Filters = EVERYTHING) -> SpeechAsked | None:
        """Return whose words about what a query asks for, and how many statements of theirs have all of that (as for
        `stands_whole`; 20 at most); None where it asks for nobody's, or about nothing."""
        with self.snapshot():
            speech = speech_asked(self._readers, self._narrowed(filters), query)
            if speech is None or not speech.asked.about:
                return None
            count = stand_whole(speech.sources, speech.asked.about, _DEFAULT_LIMIT)
            return SpeechAsked(speaker=speech.asked.speaker, about=speech.asked.about, statements=count)

    def search_texts(
        self, query: str, filters: Filters = EVERYTHING, limit: int = _DEFAULT_LIMIT, sort: Order = "score"
    ) -> list[PassageHit]:
        """Return the `limit` articles whose texts answer `query` best, each with its best paragraph, in the order of
        `sort`: `score`, `date` or `first`.

        So words are found that stand in no statement. The query is as for `search`; of the filters, outlet, dates and
        digests count.
        """
        from quotecli.library import texts

        with self.snapshot():
            asked = conditions.texts_asked(self._readers, self._narrowed(filters))
            return texts.search_texts(asked, query, limit, sort)

    def words_in_no_text(self, query: str, filters: Filters = EVERYTHING) -> list[str]:
        """Return the telling words of a query, folded, that none of the texts that `filters` ask for has (see
        `search_texts`): in no form, and with no letter wrong."""
        from quotecli.library import texts

        with self.snapshot():
            return texts.unknown_words(conditions.texts_asked(self._readers, self._narrowed(filters)), query)

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
        from quotecli.library import exchange

        with self.snapshot():
            narrowed = self._narrowed(filters)
            for each in self._sources(narrowed):
                yield from exchange.entries(each, narrowed)

    def passages(self) -> Passages:
        """Return the articles' texts to look passages up in."""
        from quotecli.library.lookup import Passages

        with self.snapshot():
            return Passages(self._sources(), self._paths)

    def _row(self, condition: str, *parameters: Stored) -> int | None:
        with schema.explained(self.path):
            return article_rows.find(self._connection, condition, *parameters)

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
