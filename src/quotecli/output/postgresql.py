"""Whole articles with their statements for PostgreSQL: a script for psql, of blocks in the text format of COPY.

The columns are those of `postgresql.sql`: one that is called as a field of the record is filled with it. The script is
one transaction. What is there of an article is replaced, so it may be run again. The tables are made by
`schema_script`. Source: https://www.postgresql.org/docs/current/sql-copy.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from quotecli.library import Entry
from quotecli.records import Figure, Statement

_ARTICLES_AT_ONCE = 200
_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS quotecli\.(\w+) \(\n(.*?)\n\);", re.DOTALL)
_FILLED = re.compile(r"^    (\w+) (?!.* GENERATED )", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\N{REPLACEMENT CHARACTER}"})
"""No text there holds the character 0."""


def schema_script() -> str:
    """Return what makes the tables."""
    return Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    """Return the columns of each table that are filled, as `schema_script` makes them."""
    return {table: tuple(_FILLED.findall(columns)) for table, columns in _TABLE.findall(schema_script())}


def copy_script(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a script that stores these articles; all of them or, where anything fails, none."""
    names = {table: ", ".join(columns) for table, columns in _columns().items()}
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
        "article": (_row("article", entry, _of_article(entry)) for entry in batch),
        "statement": (_row("statement", each, _of_statement(each, digest)) for each, digest in statements),
        "figure": (_row("figure", one, _of_figure(one, each.id)) for each, _ in statements for one in each.figures),
    }


def _row(table: str, record: msgspec.Struct, own: Mapping[str, object]) -> Sequence[object]:
    """Return a record's row: each column is the field of its name, unless it is one of the table's `own`."""
    return [own[name] if name in own else getattr(record, name) for name in _columns()[table]]


def _of_article(entry: Entry) -> dict[str, object]:
    return {"day": entry.published if entry.published and _DAY.fullmatch(entry.published) else None}


def _of_statement(statement: Statement, digest: str) -> dict[str, object]:
    speaker = statement.speaker
    return {
        "article": digest,
        "content": f"{{{','.join(f'{{{span.start},{span.end}}}' for span in statement.content)}}}",
        "speaker": speaker and speaker.name,
        "role": speaker and speaker.role,
        "speaker_type": speaker and speaker.type,
        "mention": speaker and speaker.mention,
        "resolved_by": speaker and speaker.resolved_by,
    }


def _of_figure(figure: Figure, statement: str) -> dict[str, object]:
    number = None if isinstance(figure.value, str) else figure.value
    return {"statement": statement, "number": number, "starts": figure.start, "ends": figure.end}


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
