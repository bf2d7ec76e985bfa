"""Looking passages up: the articles of a library by the words of their texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from quotecli.library import text_index, together
from quotecli.library.packing import stored
from quotecli.library.schema import explained
from quotecli.library.together import Source
from quotecli.records import Article


class Passages:
    """The texts of libraries, or of some of their articles, by the terms of their index (see `text_index.terms`).

    Articles are named by their row ids, no two alike in whichever library. All methods raise LibraryError when a file
    cannot be used.
    """

    def __init__(self, sources: Sequence[Source], path: str) -> None:
        """`sources`: read all articles or those that were chosen, with the metadata that they have there; `path`: what
        an error calls the files."""
        self._sources = sources
        self._path = path

    def __len__(self) -> int:
        return sum(map(_size, self._sources))

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many articles each term stands; terms that are not known are left out."""
        found: dict[str, int] = {}
        with explained(self._path):
            for each in self._sources:
                for term, number in _frequencies(each, terms).items():
                    found[term] = found.get(term, 0) + number
        return found

    def holding(self, *terms: str) -> list[int]:
        """Return the articles that hold all these terms, in the order of adding."""
        match = " AND ".join(f'"{term}"' for term in terms)
        command = "SELECT rowid FROM passage WHERE passage MATCH ?"
        with explained(self._path):
            return [
                each.article_among_all(row)
                for each in self._sources
                for (row,) in each.connection.execute(command, (match,)).fetchall()
                if _counts(each, row)
            ]

    def at(self, places: Collection[str]) -> list[int]:
        """Return the articles with one of these addresses or paths, in the order of adding."""
        with explained(self._path):
            return [each.article_among_all(row) for each in self._sources for row in sorted(_at(each, places))]

    def article(self, row: int) -> Article:
        """Return the article with this row id."""
        with explained(self._path):
            return together.article(self._sources, row)


def _size(source: Source) -> int:
    refs = source.reader.refs
    return _frequencies(source, [text_index.EVERY]).get(text_index.EVERY, 0) if refs is None else len(refs)


def _frequencies(source: Source, terms: Collection[str]) -> dict[str, int]:
    found = {}
    for term in terms:
        row = source.connection.execute("SELECT doc FROM passage_term WHERE term = ?", (term,)).fetchone()
        if row:
            found[term] = row[0]
    return found


def _counts(source: Source, row: int) -> bool:
    refs = source.reader.refs
    return row not in source.reader.without and (refs is None or row in refs)


def _at(source: Source, places: Collection[str]) -> Collection[int]:
    if (refs := source.reader.refs) is not None:
        return [row for row, ref in refs.items() if ref.url in places or ref.path in places]
    wanted = json.dumps([place for place in places if stored(place) == place])
    command = "SELECT id FROM article WHERE {} IN (SELECT value FROM json_each(?)) AND {} IS NOT NULL"
    rows = [source.connection.execute(command.format(name, name), (wanted,)) for name in ("url", "path")]
    return {row for found in rows for (row,) in found if _counts(source, row)}
