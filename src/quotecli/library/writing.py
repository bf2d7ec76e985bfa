"""Articles and their statements into the tables and the search index, and out of them again."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from quotecli.library import directory, passages, vocabulary
from quotecli.library.packing import Stored, Voice, compressed, pack, restored, stored, voice_of
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.words import words, words_around
from quotecli.records import Article, Statement

IndexRow = tuple[int, Stored, Stored, Stored, Stored]
"""A statement's row id, its text, its speaker's name and role, and its article's outlet: what the index is made of."""

_METADATA = ("path", "url", "title", "outlet", "published", "byline")


class Writer:
    """Changes within one transaction; `finish` writes what is kept back until its end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts: Counter[str] = Counter()
        self._names: set[str] = set()
        self._voices: dict[Voice, int] = {}

    def insert(self, article: Article, statements: Sequence[Statement], model: str, row: int | None = None) -> None:
        """Store an article with its statements, under the row id `row` if one is given."""
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
        passages.index(self._connection, cursor.lastrowid or 0, article.text)
        self._insert_statements(cursor.lastrowid or 0, article, statements)

    def _insert_statements(self, article_row: int, article: Article, statements: Sequence[Statement]) -> None:
        digest, outlet = article.digest, stored(article.outlet)
        voices = self._voice_rows(statements)
        rows, index = [], []
        for row, statement in enumerate(statements, article_row << ARTICLE_SHIFT):
            voice = voice_of(statement.speaker) if statement.speaker else None
            text = stored(statement.text)
            detail = pack(statement, digest)
            sort = (statement.kind, statement.form, statement.manner, statement.reported)
            rows.append((row, *sort, voices[voice] if voice else None, text, detail))
            name, role = (stored(voice[0]), stored(voice[1])) if voice else (None, None)
            index.append((row, text, name, role, outlet))
        self._connection.executemany(
            "INSERT INTO statement (id, kind, form, manner, reported, voice, text, detail)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._index(index)

    def _voice_rows(self, statements: Sequence[Statement]) -> dict[Voice, int]:
        """Return the row ids of these statements' voices; those that are new are entered."""
        distinct = dict.fromkeys(voice_of(each.speaker) for each in statements if each.speaker)
        for voice in distinct:
            if voice not in self._voices:
                self._voices[voice] = self._voice_row(voice)
        return self._voices

    def _voice_row(self, voice: Voice) -> int:
        values = tuple(map(stored, voice))
        known = self._connection.execute(
            "SELECT id FROM voice WHERE name = ? AND role IS ? AND type = ? AND mention IS ? AND resolved_by IS ?"
            " AND evidence IS ?",
            values,
        ).fetchone()
        if known:
            return cast(int, known[0])
        self._names.add(voice[0])
        columns = "name, role, type, mention, resolved_by, evidence"
        entered = self._connection.execute(f"INSERT INTO voice ({columns}) VALUES (?, ?, ?, ?, ?, ?)", values)
        return cast(int, entered.lastrowid)

    def delete(self, row: int) -> None:
        """Take out the article with this row id and its statements."""
        self._unindex(self._index_rows(row))
        passages.unindex(self._connection, row)
        ids = (row << ARTICLE_SHIFT, (row + 1) << ARTICLE_SHIFT)
        of_article = "FROM statement WHERE id >= ? AND id < ?"
        voices = self._connection.execute(f"SELECT DISTINCT voice {of_article}", ids).fetchall()
        self._connection.execute(f"DELETE {of_article}", ids)
        self._connection.executemany(
            "DELETE FROM voice WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM statement WHERE voice = ?1)", voices
        )
        self._voices.clear()
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
        """Write the counts of words and the names of the speakers."""
        vocabulary.count(self._connection, {word: number for word, number in self._counts.items() if number})
        self._counts.clear()
        directory.learn(self._connection, sorted(self._names))
        self._names.clear()

    def _index_rows(self, article_row: int) -> list[IndexRow]:
        return self._connection.execute(
            "SELECT s.id, s.text, v.name, v.role, a.outlet FROM statement s LEFT JOIN voice v ON v.id = s.voice"
            " JOIN article a ON a.id = ? WHERE s.id >= ? AND s.id < ?",
            (article_row, article_row << ARTICLE_SHIFT, (article_row + 1) << ARTICLE_SHIFT),
        ).fetchall()

    def _index(self, rows: Iterable[IndexRow]) -> None:
        self._connection.executemany(
            "INSERT INTO search (rowid, text, speaker, outlet) VALUES (?, ?, ?, ?)",
            self._indexed(rows, self._counts.update),
        )

    def _unindex(self, rows: Iterable[IndexRow]) -> None:
        self._connection.executemany(
            "INSERT INTO search (search, rowid, text, speaker, outlet) VALUES ('delete', ?, ?, ?, ?)",
            self._indexed(rows, self._counts.subtract),
        )

    def _indexed(self, rows: Iterable[IndexRow], tally: Callable[[Iterable[str]], None]) -> Iterator[tuple[Any, ...]]:
        for row, text, name, role, outlet in rows:
            spoken = words(restored(text) or "")
            around = (words_around(surroundings(name, role)), words_around(surroundings(outlet)))
            tally([*spoken, *around[0], *around[1]])
            yield row, " ".join(spoken), *map(" ".join, around)


def surroundings(*around: Stored) -> str:
    """Return what is known beside a statement's text (speaker, role, outlet) as one text."""
    return " ".join(restored(part) or "" for part in around if part)


def _described(article: Article) -> tuple[Stored, ...]:
    return (stored(article.id), article.digest, *(stored(getattr(article, column)) for column in _METADATA))
