"""An article with its statements as the tables take them, but for the numbers that only the library can give.

This is half of the work of storing, and needs no library: it may be done ahead, and by another process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import TypeVar

import msgspec

from quotecli.library import likeness, repeats, text_index
from quotecli.library.around import words_around
from quotecli.library.article_rows import Described, described
from quotecli.library.index_words import words
from quotecli.library.packing import Stored, compressed
from quotecli.library.statement_rows import StatementRow, Voice, checksum_of, row_of, stored_voice, voice_of
from quotecli.records import Article, Statement
from quotecli.workers import Workers

Item = TypeVar("Item")
Complete = tuple[Article, Sequence[Statement]]
"""An article with its statements."""

_MANY = 5000
"""Statements that are worth the start of a process."""
_AT_ONCE = 50  # articles


class Prepared(msgspec.Struct, frozen=True):
    """An article with its statements.

    described: see `described`; text: compressed; words: how many it has.
    terms, keys: what the indexes of passages and of likeness have of the text.
    voices: of its speakers, each once.
    rows: of each statement, the place of its voice in `voices`, its checksum and its row.
    index: of each statement, the folded words of its text, of its speaker and of the outlet.
    counts: how often each word stands in `index`, here and in the other articles that share this dictionary.
    sharing: how many share it.
    sketches: the keys of the quotations, each with the place of the statement.
    """

    described: Described
    text: bytes
    words: int
    terms: str
    keys: list[int]
    voices: list[Voice]
    rows: list[tuple[int | None, int, StatementRow]]
    index: list[tuple[str, str, str]]
    counts: dict[str, int]
    sketches: list[tuple[int, int]]
    sharing: int = 1

    @property
    def digest(self) -> str:
        """The digest of the article's text."""
        return self.described[1]


def prepared(article: Article, statements: Sequence[Statement]) -> Prepared:
    """Return what is stored of an article with these statements."""
    (made,) = prepared_together([(article, statements)])
    return made


def prepared_together(articles: Sequence[Complete]) -> list[Prepared]:
    """Return what is stored of some articles; their words are counted together, which makes fewer numbers to add up."""
    counts: Counter[str] = Counter()
    return [_prepared(article, statements, counts, len(articles)) for article, statements in articles]


def _prepared(article: Article, statements: Sequence[Statement], counts: Counter[str], sharing: int) -> Prepared:
    plain = text_index.plain_words(article.text)
    spoken = [words(each.text) for each in statements]
    beside = [words_around(each.speaker.name, each.speaker.role) if each.speaker else () for each in statements]
    outlet = words_around(article.outlet)
    counts.update(chain(*spoken, *beside))
    for word in outlet:
        counts[word] += len(statements)
    place = " ".join(outlet)
    voices: dict[Voice, int] = {}
    return Prepared(
        described=described(article),
        text=compressed(article.text),
        words=len(article.text.split()),
        terms=text_index.indexed(plain),
        keys=likeness.keys(plain),
        rows=list(_rows(statements, article.digest, voices)),
        voices=list(voices),
        index=[(" ".join(said), " ".join(by), place) for said, by in zip(spoken, beside, strict=True)],
        counts=counts,
        sharing=sharing,
        sketches=[
            (key, number)
            for number, (said, each) in enumerate(zip(spoken, statements, strict=True))
            if each.kind == "quote"
            for key in repeats.keys(said)
        ],
    )


def prepared_ahead(
    items: Sequence[Item], given: Callable[[Item], Complete | None], workers: Workers
) -> Iterator[tuple[Item, Prepared | None]]:
    """Yield each item with what is stored of the article and the statements `given` with it.

    When there are many, `workers` prepare them while those before are stored. None comes with an item that gives none,
    and with those that are left to be prepared when they are stored: all, when there are few.
    """
    if workers.jobs < 2 or sum(len(each[1]) for each in map(given, items) if each) < _MANY:
        yield from zip(items, repeat(None), strict=False)
        return
    chunks = [items[first : first + _AT_ONCE] for first in range(0, len(items), _AT_ONCE)]
    for chunk, made in workers.map(
        _prepared_from, chunks, lambda chunk: _packed(filter(None, map(given, chunk))), few=0
    ):
        waiting = iter(made if isinstance(made, list) else ())
        yield from [(item, next(waiting, None) if given(item) else None) for item in chunk]


def _packed(articles: Iterable[Complete]) -> bytes | None:
    """Return articles with their statements for another process, several times as fast as they are pickled; None where
    one holds what does not fit (lone surrogates, enormous numbers)."""
    try:
        return msgspec.msgpack.encode(list(articles))
    except (UnicodeEncodeError, OverflowError):
        return None


def _prepared_from(packed: bytes) -> list[Prepared] | None:
    try:
        return prepared_together(msgspec.msgpack.decode(packed, type=list[tuple[Article, list[Statement]]]))
    except msgspec.MsgspecError:  # no records as they should be, and no reason to refuse them here
        return None


def _rows(
    statements: Sequence[Statement], digest: str, voices: dict[Voice, int]
) -> Iterator[tuple[int | None, int, StatementRow]]:
    """Yield the rows of statements; `voices` gets what they have of them."""
    as_stored: dict[Voice | None, tuple[Stored, ...]] = {}
    for number, each in enumerate(statements):
        voice = voice_of(each.speaker) if each.speaker else None
        place = None if voice is None else voices.setdefault(voice, len(voices))
        columns = as_stored.get(voice)
        if columns is None:
            columns = as_stored[voice] = stored_voice(voice)
        row = row_of(each, digest)
        yield place, checksum_of(digest, number, (*row, *columns)), row
