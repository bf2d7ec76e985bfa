"""Texts of which the digests begin alike, so that one short id would mean several of them.

By accident that does not happen; two such texts can be made by somebody who wants one to pass for the other. Texts are
told apart by their whole digests in any case. In what is shown, such an article's digest stands whole in its id and in
those of its statements, so that an id still means one thing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from quotecli import records
from quotecli.records import short_id

Clashes = frozenset[str]
"""Short ids that several articles have."""

_SHARING = "SELECT count(*) FROM article WHERE digest >= ?1 AND digest < ?1 || 'g'"


def learn(connection: sqlite3.Connection, digest: str) -> None:
    """Keep it, if the article that was just stored shares its short id with another."""
    connection.execute(f"INSERT OR IGNORE INTO clash SELECT ?1 WHERE ({_SHARING}) > 1", (short_id(digest),))


def forget(connection: sqlite3.Connection, digest: str) -> None:
    """Forget a clash that is none any more, once an article with this digest is gone."""
    connection.execute(f"DELETE FROM clash WHERE id = ?1 AND ({_SHARING}) < 2", (short_id(digest),))


def known(connection: sqlite3.Connection) -> Clashes:
    """Return the short ids that several articles of the library have."""
    return frozenset(id for (id,) in connection.execute("SELECT id FROM clash"))


def among(digests: Iterable[str]) -> Clashes:
    """Return the short ids that several of these digests have."""
    counts = Counter(map(short_id, digests))
    return frozenset(id for id, count in counts.items() if count > 1)


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the short ids that several articles have, each with their number, looked up in the articles themselves."""
    command = "SELECT substr(digest, 1, ?) AS short, count(*) FROM article GROUP BY short HAVING count(*) > 1"
    return dict(connection.execute(command, (records.ID_LENGTH,)).fetchall())


def name_of(digest: str, clashes: Clashes) -> str:
    """Return what the ids of a text's statements begin with: the short id, or the whole digest in a clash."""
    short = short_id(digest)
    return digest if short in clashes else short


def shown_id(id: str, digest: str, clashes: Clashes) -> str:
    """Return an article's id as it is shown: its own, or what names its text."""
    return name_of(digest, clashes) if id == short_id(digest) else id
