"""The ways in which articles name their speakers, each kept once: finding them, and entering new ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import cast

from quotecli.library import identities
from quotecli.library.packing import stored
from quotecli.library.statement_rows import Voice

_MOST_REMEMBERED = 200_000


class Voices:
    """The row ids of voices, remembered from one transaction to the next as long as no other process has written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[Voice, int] = {}
        self._names: set[str] = set()
        self._version = 0
        self._settled = True

    def begin(self) -> None:
        """Forget what may not be so any more; to be called within each transaction, before `row`."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or not self._settled or len(self._rows) > _MOST_REMEMBERED:
            self._rows.clear()
            self._names.clear()
        self._version, self._settled = version, False

    def settle(self) -> None:
        """Keep in mind what this transaction entered; to be called when it is safely stored."""
        self._settled = True

    def row(self, voice: Voice) -> int:
        """Return the row id of `voice`; enter it if it is new."""
        row = self._rows.get(voice)
        if row is None:
            row = self._rows[voice] = self._stored_row(voice)
        return row

    def _stored_row(self, voice: Voice) -> int:
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

    def drop(self, rows: Iterable[tuple[int | None]]) -> None:
        """Take out those of these voices that no statement has any more."""
        self._connection.executemany(
            "DELETE FROM voice WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM statement WHERE voice = ?1)", rows
        )
        self._rows.clear()

    def finish(self) -> None:
        """Enter the new names into the directory."""
        identities.learn(self._connection, sorted(self._names))
        self._names.clear()
