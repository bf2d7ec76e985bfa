"""Statements for OpenSearch and Elasticsearch: the lines of a bulk request, and the template of their index.

Each statement is a document with the fields of the JSON record under its own id, so that what is sent again replaces
what is there. Sources: https://docs.opensearch.org/latest/api-reference/document-apis/bulk/ and
https://docs.opensearch.org/latest/im-plugin/index-templates/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import inspect

from quotecli.records import Statement

INDEX = "quotecli-statements"

_KEYWORD = {"type": "keyword", "ignore_above": 8191}  # of longer words Lucene refuses the whole document
_ENGLISH = {"type": "text", "analyzer": "english", "fields": {"exact": {"type": "text", "analyzer": "standard"}}}
_NAME = {"type": "text", "analyzer": "standard", "fields": {"keyword": _KEYWORD}}
_NOT_SEARCHED = {"type": "integer", "index": False, "doc_values": False}
_SIMPLE: dict[type, dict[str, Any]] = {inspect.IntType: _NOT_SEARCHED, inspect.FloatType: {"type": "float"}}
_OWN: dict[str, dict[str, Any]] = {
    "text": _ENGLISH,
    "content": _NOT_SEARCHED,  # a list of pairs is for the index a list of numbers
    "cue.text": _NAME,
    "speaker.name": _NAME,
    "speaker.role": _NAME,
    "speaker.mention.text": _NAME,
    "speaker.evidence": {"type": "text", "index": False},
    "anonymous.who.text": _ENGLISH,
    "anonymous.reason.text": _ENGLISH,
    "figures.text": _NAME,
    # Numbers, ranges and dates: as written, and as numbers where they are such.
    "figures.value": _KEYWORD | {"fields": {"number": {"type": "double", "ignore_malformed": True}}},
    "article.title": _ENGLISH | {"fields": {"keyword": _KEYWORD}},
    "article.outlet": _NAME,
    "article.published": {"type": "date", "format": "strict_date_optional_time", "ignore_malformed": True},
}
"""How the fields are analysed that are more than a word or a number, by their paths."""


def bulk(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield for each statement, or `Row`, two lines: the action with its id, and the document."""
    for statement in statements:
        yield f"{_line({'index': {'_index': INDEX, '_id': statement.id}})}\n{_line(statement)}\n"


def _line(value: object) -> str:
    """Return `value` as a line of JSON in well-formed Unicode: a lone surrogate is a question mark."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        words = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return words.encode("utf-8", "replace").decode()


def index_template() -> dict[str, Any]:
    """Return the template for the index that `bulk` fills (PUT /_index_template/quotecli)."""
    return {
        "index_patterns": [f"{INDEX}*"],
        "priority": 100,
        "template": {"mappings": {"dynamic": "false", "properties": _properties(Statement) | {"person": _NAME}}},
        "_meta": {"description": "Statements found by quotecli: who said what, and what was claimed"},
    }


def _properties(record: type[msgspec.Struct], path: str = "") -> dict[str, Any]:
    info = inspect.type_info(record)
    assert isinstance(info, inspect.StructType)
    return {field.name: _property(f"{path}{field.name}", field.type) for field in info.fields}


def _property(path: str, info: inspect.Type) -> dict[str, Any]:
    """Return how a record's field is indexed."""
    if path in _OWN:
        return _OWN[path]
    match info:
        case inspect.StructType(cls=record):
            return {"properties": _properties(record, f"{path}.")}
        case inspect.VarTupleType(item_type=inspect.StructType(cls=record)):
            return {"type": "nested", "properties": _properties(record, f"{path}.")}
        case inspect.UnionType(types=types):
            return _property(path, next(each for each in types if not isinstance(each, inspect.NoneType)))
        case _:
            return _SIMPLE.get(type(info), _KEYWORD)
