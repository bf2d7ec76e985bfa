"""How libraries of version 3 kept articles and statements: only read, and never changed again.

That version told texts apart by the first 12 digits of their digests.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from quotecli.library.packing import restored
from quotecli.records import (
    Article,
    ArticleRef,
    Figure,
    Mention,
    Span,
    Speaker,
    Statement,
    short_id,
    text_digest,
)

_READ = ("article", "voice", "statement")
_KEPT = ("decision", "place")
_FIELDS = ("id", "path", "url", "title", "outlet", "published")


class _Detail(msgspec.Struct, frozen=True, array_like=True):
    content: tuple[Span, ...]
    confidence: float
    cue: tuple[str, int, int] | None = None
    mention: tuple[int, int] | None = None
    figures: tuple[tuple[str, int | float | str | None, str | None, int, int], ...] = ()
    id: str | None = None


_decoder = msgspec.msgpack.Decoder(_Detail)


def put_aside(connection: sqlite3.Connection) -> None:
    """Rename the tables that are to be read, and drop all else but what the user decided and where articles were met,
    so that others can take their names."""
    for (index,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT IN (?, ?)", _KEPT
    ).fetchall():
        connection.execute(f"DROP INDEX {index}")
    connection.execute("DROP TRIGGER IF EXISTS meaning_gone")
    made_anew = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
        f" AND name NOT LIKE 'sqlite_%' AND name NOT IN ({', '.join('?' * len(_READ + _KEPT))})",
        (*_READ, *_KEPT),
    ).fetchall()
    for (table,) in made_anew:
        connection.execute(f"DROP TABLE {table}")
    for table in _READ:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")


def rename_places(connection: sqlite3.Connection) -> None:
    """Give the places where an article's own text was met its whole digest; what else stood somewhere is not kept."""
    connection.execute(
        "UPDATE place SET digest = a.digest, key = CASE place.key WHEN place.digest THEN a.key ELSE place.key END"
        " FROM article a JOIN old_article o ON o.id = a.id WHERE a.id = place.article AND o.digest = place.digest"
    )


def drop(connection: sqlite3.Connection) -> None:
    """Drop the tables that were put aside."""
    for table in _READ:
        connection.execute(f"DROP TABLE old_{table}")


def articles(connection: sqlite3.Connection) -> Iterator[tuple[int, str, Article, list[Statement]]]:
    """Yield each article's row id, the version of the model that extracted it, the article and its statements."""
    rows = connection.execute(
        "SELECT id, digest, model, text, byline, language, key, path, url, title, outlet, published"
        " FROM old_article ORDER BY id"
    )
    for row, short, model, packed, byline, language, *ref in rows:
        text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
        article = Article(
            text=text,
            byline=restored(byline),
            language=restored(language),
            **dict(zip(_FIELDS, map(restored, ref), strict=True)),  # type: ignore[arg-type]
        )
        name = short_id(text_digest(text))
        if article.id == short:
            article = msgspec.structs.replace(article, id=name)
        yield row, model, article, list(_statements(connection, row, article.ref, name))


def _statements(connection: sqlite3.Connection, row: int, ref: ArticleRef, name: str) -> Iterator[Statement]:
    rows = connection.execute(
        "SELECT s.kind, s.form, s.manner, s.reported, s.text, s.detail, v.name, v.role, v.type, v.mention,"
        " v.resolved_by, v.evidence FROM old_statement s LEFT JOIN old_voice v ON v.id = s.voice"
        " WHERE s.id >= ? AND s.id < ? ORDER BY s.id",
        (row << 20, (row + 1) << 20),
    )
    for kind, form, manner, reported, text, packed, *voice in rows:
        detail = _unpacked(packed)
        first = detail.content[0].start if detail.content else 0
        yield Statement(
            id=f"{name}-{first}" if detail.id is None else detail.id,
            kind=kind,
            form=form,
            manner=manner,
            reported=reported,
            text=cast(str, restored(text)),
            content=detail.content,
            cue=Mention(*detail.cue) if detail.cue else None,
            speaker=_speaker(voice, detail.mention) if voice[0] is not None else None,
            figures=tuple(
                Figure(text=words, value=value, unit=unit, start=start, end=end)
                for words, value, unit, start, end in detail.figures
            ),
            confidence=detail.confidence,
            article=ref,
        )


def _unpacked(packed: bytes) -> _Detail:
    return msgspec.convert(json.loads(packed), _Detail) if packed.startswith(b"[") else _decoder.decode(packed)


def _speaker(voice: Sequence[Any], place: tuple[int, int] | None) -> Speaker:
    name, role, kind, mention, resolved_by, evidence = voice
    return Speaker(
        name=cast(str, restored(name)),
        role=restored(role),
        type=kind,
        mention=Mention(cast(str, restored(mention)), *place) if place else None,
        resolved_by=resolved_by,
        evidence=restored(evidence),
    )
