"""Articles and their statements into the tables and the search index, and out of them again."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from quotecli.library import likeness, passages, repeats, vocabulary
from quotecli.library.packing import Stored, compressed, pack, restored, stored, voice_of
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.voices import Voices
from quotecli.library.words import words
from quotecli.records import Article, Statement

IndexRow = tuple[int, Stored, Stored, Stored, Stored]
"""A statement's row id, its text, its speaker's name and role, and its article's outlet: what the index is made of."""

_METADATA = ("path", "url", "title", "outlet", "published", "byline", "language")


class Writer:
    """Changes within one transaction; `finish` writes what is kept back until its end."""

    def __init__(self, connection: sqlite3.Connection, voices: Voices | None = None) -> None:
        """`voices`: those that the writer before this one remembers."""
        self._connection = connection
        self._counts: Counter[str] = Counter()
        self._voices = voices or Voices(connection)
        self._voices.begin()
        self._sketches: set[tuple[int, int]] = set()

    def insert(self, article: Article, statements: Sequence[Statement], model: str, row: int | None = None) -> int:
        """Store an article with its statements, under the row id `row` if one is given; return its row id."""
        values = (
            row,
            *_described(article),
            compressed(article.text),
            len(article.text.split()),
            len(statements),
            model,
        )
        columns = f"id, key, digest, {', '.join(_METADATA)}, text, words, statements, model"
        cursor = self._connection.execute(
            f"INSERT INTO article ({columns}) VALUES ({', '.join('?' * len(values))})", values
        )
        new, plain = cursor.lastrowid or 0, passages.plain_words(article.text)
        passages.index(self._connection, new, plain)
        likeness.index(self._connection, new, plain)
        self._insert_statements(new, article, statements)
        return new

    def _insert_statements(self, article_row: int, article: Article, statements: Sequence[Statement]) -> None:
        digest, outlet = article.digest, stored(article.outlet)
        rows, index = [], []
        for row, statement in enumerate(statements, article_row << ARTICLE_SHIFT):
            speaker, text = statement.speaker, stored(statement.text)
            voice = self._voices.row(voice_of(speaker)) if speaker else None
            sort = (statement.kind, statement.form, statement.manner, statement.reported)
            rows.append((row, *sort, voice, text, pack(statement, digest)))
            name, role = (stored(speaker.name), stored(speaker.role)) if speaker else (None, None)
            index.append((row, text, name, role, outlet))
        self._connection.executemany(
            "INSERT INTO statement (id, kind, form, manner, reported, voice, text, detail)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._index(index, quotes={row[0] for row in rows if row[1] == "quote"})

    def delete(self, row: int) -> None:
        """Take out the article with this row id and its statements."""
        self._unindex(self._index_rows(row))
        passages.unindex(self._connection, row)
        likeness.unindex(self._connection, row)
        ids = (row << ARTICLE_SHIFT, (row + 1) << ARTICLE_SHIFT)
        of_article = "FROM statement WHERE id >= ? AND id < ?"
        voices = self._connection.execute(f"SELECT DISTINCT voice {of_article}", ids).fetchall()
        self._sketches.difference_update(repeats.take_out(self._connection, ids))
        self._connection.execute(f"DELETE {of_article}", ids)
        self._voices.drop(voices)
        self._connection.execute("DELETE FROM article WHERE id = ?", (row,))

    def describe(self, row: int, article: Article) -> None:
        """Give the stored article with this row id the metadata of `article`, which has the same text."""
        index_rows = self._index_rows(row)
        assignments = ", ".join(f"{column} = ?" for column in ("key", "digest", *_METADATA))
        self._connection.execute(f"UPDATE article SET {assignments} WHERE id = ?", (*_described(article), row))
        outlet = stored(article.outlet)
        if index_rows and index_rows[0][-1] != outlet:
            self._unindex(index_rows)
            self._index([(*each[:-1], outlet) for each in index_rows])

    def finish(self) -> None:
        """Write the counts of words, the names of the speakers and the sketches of quotations."""
        vocabulary.count(self._connection, {word: number for word, number in self._counts.items() if number})
        self._counts.clear()
        self._voices.finish()
        repeats.enter(self._connection, self._sketches)
        self._sketches.clear()

    def _index_rows(self, article_row: int) -> list[IndexRow]:
        return self._connection.execute(
            "SELECT s.id, s.text, v.name, v.role, a.outlet FROM statement s LEFT JOIN voice v ON v.id = s.voice"
            " JOIN article a ON a.id = ? WHERE s.id >= ? AND s.id < ?",
            (article_row, article_row << ARTICLE_SHIFT, (article_row + 1) << ARTICLE_SHIFT),
        ).fetchall()

    def _index(self, rows: Iterable[IndexRow], quotes: Collection[int] = ()) -> None:
        """Index statements; `quotes`: which of them are new quotations."""
        self._connection.executemany(
            "INSERT INTO search (rowid, text, speaker, outlet) VALUES (?, ?, ?, ?)",
            self._indexed(rows, self._counts.update, quotes),
        )

    def _unindex(self, rows: Iterable[IndexRow]) -> None:
        self._connection.executemany(
            "INSERT INTO search (search, rowid, text, speaker, outlet) VALUES ('delete', ?, ?, ?, ?)",
            self._indexed(rows, self._counts.subtract),
        )

    def _indexed(
        self, rows: Iterable[IndexRow], tally: Callable[[Iterable[str]], None], quotes: Collection[int] = ()
    ) -> Iterator[tuple[Any, ...]]:
        found: list[str] = []
        for row, text, name, role, outlet in rows:
            spoken = words(restored(text) or "")
            voice, place = words_around(name, role), words_around(outlet)
            found += (*spoken, *voice, *place)
            if row in quotes:
                self._sketches.update((key, row) for key in repeats.keys(spoken))
            yield row, " ".join(spoken), " ".join(voice), " ".join(place)
        tally(found)


@lru_cache(maxsize=65536)
def words_around(*around: Stored) -> tuple[str, ...]:
    """Return the words beside a statement's text (speaker, role, outlet): the same ones stand beside many."""
    return tuple(words(" ".join(restored(part) or "" for part in around if part)))


def _described(article: Article) -> tuple[Stored, ...]:
    return (stored(article.id), article.digest, *(stored(getattr(article, column)) for column in _METADATA))
