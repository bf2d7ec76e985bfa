"""How libraries of version 3 kept articles and statements: only read, and never changed again.

That version told texts apart by the first 12 digits of their digests.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from quotecli.files import Filed
from quotecli.library.decisions import Decision
from quotecli.library.packing import UnreadableError, decompressed, restored
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

_READ = ("article", "voice", "statement", "place", "decision")
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
    """Rename the tables that are to be read, and drop all else, so that others can take their names."""
    command = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    for (index,) in connection.execute(command).fetchall():
        connection.execute(f"DROP INDEX {_quoted(index)}")
    connection.execute("DROP TRIGGER IF EXISTS meaning_gone")
    made_anew = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
        f" AND name NOT LIKE 'sqlite_%' AND name NOT IN ({', '.join('?' * len(_READ))})",
        _READ,
    ).fetchall()
    for (table,) in made_anew:
        connection.execute(f"DROP TABLE {_quoted(table)}")
    for table in _READ:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")


def places(connection: sqlite3.Connection) -> Iterator[tuple[int, Filed]]:
    """Yield where articles were met again, each with the article's row id; the whole digest of what stands there is
    known where it is the article's own text."""
    rows = connection.execute(
        "SELECT p.article, p.digest, o.digest, a.digest, p.key, p.path, p.url, p.title, p.outlet, p.published"
        " FROM old_place p JOIN old_article o ON o.id = p.article JOIN article a ON a.id = p.article"
    )
    for row, short, held, digest, *ref in rows:
        found = ArticleRef(**dict(zip(_FIELDS, map(restored, ref), strict=True)))  # type: ignore[arg-type]
        if short == held:
            id = short_id(digest) if found.id == short else found.id
            yield row, Filed(digest, msgspec.structs.replace(found, id=id))
        else:
            yield row, Filed(short, found)


def decisions(connection: sqlite3.Connection) -> Iterator[Decision]:
    """Yield what the user decided on names."""
    for name, person in connection.execute("SELECT shown, person FROM old_decision"):
        yield Decision(name=restored(name) or "", person=restored(person))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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
        text = decompressed(packed)
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
    try:
        return msgspec.convert(json.loads(packed), _Detail) if packed.startswith(b"[") else _decoder.decode(packed)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise UnreadableError from None


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
