"""Articles and their statements into the tables and the search index, and out of them again."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from quotecli.library import article_rows, clashes, likeness, repeats, statement_rows, text_index, vocabulary
from quotecli.library.around import words_around
from quotecli.library.article_rows import described
from quotecli.library.index_words import words
from quotecli.library.packing import Stored, restored, stored
from quotecli.library.prepared import Prepared
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.speaker_forms import Voices
from quotecli.records import Article

IndexRow = tuple[int, Stored, Stored, Stored, Stored]
"""A statement's row id, its text, its speaker's name and role, and its article's outlet: what the index is made of."""


class Writer:
    """Changes within one transaction; `finish` writes what is kept back until its end."""

    def __init__(self, connection: sqlite3.Connection, voices: Voices | None = None) -> None:
        """`voices`: those that the writer before this one remembers."""
        self._connection = connection
        self._counts: Counter[str] = Counter()
        self._uncounted: dict[int, list[Prepared]] = {}
        self._voices = voices or Voices(connection)
        self._voices.begin()
        self._sketches: list[tuple[int, int]] = []

    def insert(self, made: Prepared, model: str, row: int | None = None) -> int:
        """Store an article with its statements, under the row id `row` if one is given; return its row id."""
        described = article_rows.ArticleRow(*made.described, made.words, len(made.rows), model)
        values = (*article_rows.values(described), made.text, row)
        cursor = self._connection.execute(article_rows.INSERT, values)
        new = cursor.lastrowid or 0
        clashes.learn(self._connection, made.digest)
        text_index.index(self._connection, new, made.terms)
        likeness.index(self._connection, new, made.keys)
        self._insert_statements(new << ARTICLE_SHIFT, made)
        return new

    def _insert_statements(self, first: int, made: Prepared) -> None:
        """Store statements under the row ids from `first` on."""
        ids: dict[int | None, int | None] = {None: None}
        ids.update(enumerate(map(self._voices.row, made.voices)))
        numbered = [(row, ids[voice], total, *columns) for row, (voice, total, columns) in enumerate(made.rows, first)]
        self._connection.executemany(statement_rows.INSERT, numbered)
        self._connection.executemany(
            "INSERT INTO search (text, speaker, outlet, rowid) VALUES (?, ?, ?, ?)",
            [(*folded, row) for row, folded in enumerate(made.index, first)],
        )
        self._sketches += [(key, first + place) for key, place in made.sketches]
        self._count(made)

    def _count(self, made: Prepared) -> None:
        """Count the words of an article, when all those have come that they were counted with."""
        group = self._uncounted.setdefault(id(made.counts), [])
        group.append(made)
        if len(group) == made.sharing:
            self._counts.update(made.counts)
            del self._uncounted[id(made.counts)]

    def delete(self, row: int) -> None:
        """Take out the article with this row id and its statements."""
        self._unindex(self._index_rows(row))
        text_index.unindex(self._connection, row)
        likeness.unindex(self._connection, row)
        ids = (row << ARTICLE_SHIFT, (row + 1) << ARTICLE_SHIFT)
        of_article = "FROM statement WHERE id >= ? AND id < ?"
        voices = self._connection.execute(f"SELECT DISTINCT voice {of_article}", ids).fetchall()
        self._enter_sketches()
        repeats.take_out(self._connection, ids)
        self._connection.execute(f"DELETE {of_article}", ids)
        self._voices.drop(voices)
        ((digest,),) = self._connection.execute("DELETE FROM article WHERE id = ? RETURNING digest", (row,)).fetchall()
        clashes.forget(self._connection, digest)

    def describe(self, row: int, article: Article) -> None:
        """Give the stored article with this row id the metadata of `article`, which has the same text."""
        index_rows = self._index_rows(row)
        held = article_rows.read(self._connection, row)
        new = article_rows.ArticleRow(*described(article), held.words, held.statements, held.model)
        self._connection.execute(article_rows.UPDATE, (*article_rows.values(new), row))
        outlet = stored(article.outlet)
        if index_rows and index_rows[0][-1] != outlet:
            self._unindex(index_rows)
            self._index([(*each[:-1], outlet) for each in index_rows])

    def finish(self) -> None:
        """Write the counts of words, the names of the speakers and the sketches of quotations."""
        for made in chain.from_iterable(self._uncounted.values()):
            self._counts.update(word for folded in made.index for part in folded for word in part.split())
        self._uncounted.clear()
        vocabulary.count(self._connection, {word: number for word, number in self._counts.items() if number})
        self._counts.clear()
        self._voices.finish()
        self._enter_sketches()

    def _enter_sketches(self) -> None:
        repeats.enter(self._connection, self._sketches)
        self._sketches.clear()

    def _index_rows(self, article_row: int) -> list[IndexRow]:
        return self._connection.execute(
            "SELECT s.id, s.text, v.name, v.role, a.outlet FROM statement s LEFT JOIN voice v ON v.id = s.voice"
            " JOIN article a ON a.id = ? WHERE s.id >= ? AND s.id < ?",
            (article_row, article_row << ARTICLE_SHIFT, (article_row + 1) << ARTICLE_SHIFT),
        ).fetchall()

    def _index(self, rows: Sequence[IndexRow]) -> None:
        command = "INSERT INTO search (rowid, text, speaker, outlet) VALUES (?, ?, ?, ?)"
        self._counts.update(self._change_index(command, rows))

    def _unindex(self, rows: Sequence[IndexRow]) -> None:
        command = "INSERT INTO search (search, rowid, text, speaker, outlet) VALUES ('delete', ?, ?, ?, ?)"
        self._counts.subtract(self._change_index(command, rows))

    def _change_index(self, command: str, rows: Sequence[IndexRow]) -> Iterator[str]:
        """Run a command on the index for each of these statements; return their words."""
        folded = [
            (words(restored(text) or ""), words_around(name, role), words_around(outlet))
            for _, text, name, role, outlet in rows
        ]
        values = [(row[0], *map(" ".join, found)) for row, found in zip(rows, folded, strict=True)]
        self._connection.executemany(command, values)
        return chain.from_iterable(chain.from_iterable(folded))
