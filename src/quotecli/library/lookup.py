"""Looking passages up: the articles of a library by the words of their texts."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from quotecli.library import passages
from quotecli.library.packing import stored
from quotecli.library.reading import Reader
from quotecli.library.schema import explained
from quotecli.records import Article


class Passages:
    """The texts of a library, or of some of its articles, by the terms of their index (see `passages.terms`).

    Articles are named by their row ids. All methods raise LibraryError when the file cannot be used.
    """

    def __init__(self, reader: Reader, path: Path | str) -> None:
        """`reader`: reads all articles or those that were chosen, with the metadata that they have there."""
        self._connection = reader.connection
        self._path = path
        self._reader = reader
        self._refs = reader.refs

    def __len__(self) -> int:
        return self.frequencies([passages.EVERY]).get(passages.EVERY, 0) if self._refs is None else len(self._refs)

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many articles of the library each term stands; terms that it does not know are left out."""
        found = {}
        with explained(self._path):
            for term in terms:
                row = self._connection.execute("SELECT doc FROM passage_term WHERE term = ?", (term,)).fetchone()
                if row:
                    found[term] = row[0]
        return found

    def holding(self, *terms: str) -> list[int]:
        """Return the articles that hold all these terms, in the order of adding."""
        match = " AND ".join(f'"{term}"' for term in terms)
        with explained(self._path):
            found = self._connection.execute("SELECT rowid FROM passage WHERE passage MATCH ?", (match,)).fetchall()
        refs = self._refs
        return [row for (row,) in found] if refs is None else [row for (row,) in found if row in refs]

    def at(self, places: Collection[str]) -> list[int]:
        """Return the articles with one of these addresses or paths, in the order of adding."""
        if self._refs is not None:
            return sorted(row for row, ref in self._refs.items() if ref.url in places or ref.path in places)
        wanted = json.dumps([place for place in places if stored(place) == place])
        command = "SELECT id FROM article WHERE {} IN (SELECT value FROM json_each(?)) AND {} IS NOT NULL"
        with explained(self._path):
            rows = [self._connection.execute(command.format(name, name), (wanted,)) for name in ("url", "path")]
            return sorted({row for found in rows for (row,) in found})

    def article(self, row: int) -> Article:
        """Return the article with this row id."""
        with explained(self._path):
            return self._reader.article(row)
