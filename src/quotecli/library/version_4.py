"""How libraries of version 4 kept statements: only read, and never changed again.

That version had figures, and ids of their own, in the packed detail, where no other program could read them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from quotecli.library import statement_rows
from quotecli.library.packing import UnreadableError, stored
from quotecli.library.schema import ARTICLE_SHIFT, NUMBERS
from quotecli.library.statement_rows import Detail, FigureRow, StatementRow, Voice, checksum_of, encoded, packed_figures
from quotecli.records import Span

_PLAIN = ("kind", "form", "manner", "reported", "channel", "checkable", "confidence")
_SELECTED = ", ".join(
    [*(f"s.{name}" for name in (*_PLAIN, "text", "detail")), *(f"v.{name}" for name in Voice._fields)]
)


class _Detail(msgspec.Struct, frozen=True, array_like=True):
    content: tuple[Span, ...]
    cue: tuple[str, int, int] | None = None
    mention: tuple[int, int] | None = None
    figures: tuple[FigureRow, ...] = ()
    id: str | None = None
    anonymous: tuple[tuple[str, int, int], tuple[str, int, int] | None] | None = None


_decoder = msgspec.msgpack.Decoder(_Detail)


def put_aside(connection: sqlite3.Connection) -> None:
    """Rename the table of statements, so that another can take its name."""
    connection.execute("DROP INDEX IF EXISTS statement_voice")
    connection.execute("ALTER TABLE statement RENAME TO old_statement")


def take_over(connection: sqlite3.Connection) -> None:
    """Store the statements that were put aside, and drop their table."""
    connection.executemany(statement_rows.INSERT, _rows(connection))
    connection.execute("DROP TABLE old_statement")


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield what `statement_rows.INSERT` takes. What was not as it had been stored still is not: its checksum is as
    wrong as before."""
    rows = connection.execute(
        f"SELECT s.id, s.voice, s.checksum, a.digest, {_SELECTED} FROM old_statement s"
        f" LEFT JOIN voice v ON v.id = s.voice JOIN article a ON a.id = s.id >> {ARTICLE_SHIFT} ORDER BY s.id"
    )
    for id, voice, total, digest, *columns in rows:
        *plain, text, packed = columns[: len(_PLAIN) + 2]
        who = columns[len(_PLAIN) + 2 :]
        row = _row(plain, text, _unpacked(packed))
        error = total ^ checksum_of(digest, id & NUMBERS, columns)
        yield id, voice, checksum_of(digest, id & NUMBERS, (*row, *who)) ^ error, *row


def _row(plain: list[Any], text: Any, old: _Detail) -> StatementRow:
    content = old.content or (Span(0, 0),)
    detail = Detail(old.content, old.cue, old.mention, old.anonymous)
    begins, ends = content[0].start, content[-1].end
    return StatementRow._make(
        [*plain, stored(old.id), begins, ends, text, packed_figures(old.figures), encoded(detail)]
    )


def _unpacked(packed: bytes) -> _Detail:
    try:
        return msgspec.convert(json.loads(packed), _Detail) if packed.startswith(b"[") else _decoder.decode(packed)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise UnreadableError from None
