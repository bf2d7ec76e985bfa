"""Whole articles with their statements for PostgreSQL: a script for psql, of blocks in the text format of COPY.

It is one transaction. What is there of an article is replaced, so it may be run again. The tables are made by
`schema_script`. Source: https://www.postgresql.org/docs/current/sql-copy.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from quotecli.library import Entry
from quotecli.records import Figure, Statement

_ARTICLES_AT_ONCE = 200
_COLUMNS = {
    "article": "digest id path url title outlet published day byline language text model",
    "statement": "id article kind form manner reported text content cue speaker role speaker_type mention resolved_by "
    "anonymous channel checkable confidence",
    "figure": "statement text value number unit starts ends",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\N{REPLACEMENT CHARACTER}"})
"""No text there holds the character 0."""


def schema_script() -> str:
    """Return what makes the tables."""
    return Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def copy_script(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a script that stores these articles; all of them or, where anything fails, none."""
    names = {table: ", ".join(columns.split()) for table, columns in _COLUMNS.items()}
    yield "\\set ON_ERROR_STOP on\nSET client_encoding = 'UTF8';\nBEGIN;\n"
    for table, columns in names.items():
        yield f"CREATE TEMPORARY TABLE incoming_{table} ON COMMIT DROP AS "
        yield f"SELECT {columns} FROM quotecli.{table} LIMIT 0;\n"
    waiting = iter(entries)
    while batch := list(islice(waiting, _ARTICLES_AT_ONCE)):
        for table, rows in _rows(batch).items():
            yield f"COPY incoming_{table} ({names[table]}) FROM stdin;\n"
            yield from (f"{chr(9).join(map(_field, row))}\n" for row in rows)
            yield "\\.\n"
    yield "DELETE FROM quotecli.article WHERE digest IN (SELECT digest FROM incoming_article);\n"
    for table, columns in names.items():
        yield f"INSERT INTO quotecli.{table} ({columns}) SELECT {columns} FROM incoming_{table};\n"
    yield "COMMIT;\n"


def _rows(batch: Sequence[Entry]) -> dict[str, Iterable[Sequence[object]]]:
    statements = [(each, entry.digest) for entry in batch for each in entry.statements]
    return {
        "article": map(_article_row, batch),
        "statement": (_statement_row(*each) for each in statements),
        "figure": (_figure_row(each.id, figure) for each, _ in statements for figure in each.figures),
    }


def _article_row(entry: Entry) -> Sequence[object]:
    day = entry.published if entry.published and _DAY.fullmatch(entry.published) else None
    known = (entry.path, entry.url, entry.title, entry.outlet, entry.published, day, entry.byline, entry.language)
    return entry.digest, entry.id, *known, entry.text, entry.model


def _statement_row(each: Statement, digest: str) -> Sequence[object]:
    speaker = each.speaker
    who = (speaker.name, speaker.role, speaker.type, speaker.mention, speaker.resolved_by) if speaker else (None,) * 5
    content = f"{{{','.join(f'{{{span.start},{span.end}}}' for span in each.content)}}}"
    told = (each.kind, each.form, each.manner, each.reported, each.text, content, each.cue)
    return each.id, digest, *told, *who, each.anonymous, each.channel, each.checkable, each.confidence


def _figure_row(statement: str, figure: Figure) -> Sequence[object]:
    number = None if isinstance(figure.value, str) else figure.value
    return statement, figure.text, figure.value, number, figure.unit, figure.start, figure.end


def _field(value: object) -> str:
    """Return a field as COPY reads it; records as JSON."""
    if value is None:
        return "\\N"
    if isinstance(value, msgspec.Struct):
        value = msgspec.json.encode(_storable(msgspec.to_builtins(value))).decode()
    words = str(value).translate(_ESCAPES)
    return words if words.isascii() else words.encode("utf-8", "replace").decode()


def _storable(value: Any) -> Any:
    """Return what JSON is made of without the characters that PostgreSQL takes in no form."""
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    return value
