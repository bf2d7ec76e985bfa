"""JSON Lines and JSON: articles with the id, the text and the metadata that they give."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from quotecli.errors import InputError
from quotecli.loading.columns import has_text, holds_text, row_article
from quotecli.loading.encodings import decode_exactly
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

_DEPTH = 5
"""How deep in a JSON value its list of articles may lie: {"response": {"results": […]}} is 2."""
_UTF16_OR_UTF32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def read(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each line, its text character for character; a bad line costs only itself."""
    for number, line in enumerate(_lines(source), start=1):
        if line.strip():
            yield attempt(f"{source.path}:{number}", partial(_article, source, line))


def read_json(source: Source) -> Iterator[Article | Skipped]:
    """Yield the articles of a JSON file: one object, a list, or an object that holds a list ({"articles": […]})."""
    data = decode_exactly(source.read()).encode("utf-8", "replace")
    try:
        found = _decoded(data)
    except InputError:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2 or not isinstance(_decoded(lines[0]), dict):
            raise
        for number, line in enumerate(lines, start=1):  # JSON Lines under another name
            yield attempt(f"{source.path}:{number}", partial(_article, source, line))
        return
    for number, item in enumerate(_items(found, source.text_column), start=1):
        yield attempt(f"{source.path}:{number}", partial(_object_article, source, item))


def _lines(source: Source) -> Iterator[bytes]:
    head = source.head()
    if head.startswith(_UTF16_OR_UTF32):
        return iter(decode_exactly(source.read()).encode().split(b"\n"))
    if head.startswith(codecs.BOM_UTF8):
        source.stream.read(len(codecs.BOM_UTF8))
    return source.lines()


def _article(source: Source, data: bytes) -> Article:
    return _object_article(source, _decoded(data))


def _decoded(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"invalid JSON: {error}") from error


def _object_article(source: Source, item: object) -> Article:
    if not isinstance(item, Mapping):
        raise InputError("not an article: no JSON object")
    return row_article(source, item)


def _items(found: object, text_column: str | None) -> list[object]:
    """Return the articles in a JSON value: itself if it is one, else the first list of some, wherever it stands."""
    level = [found]
    for _ in range(_DEPTH):
        objects = [value for value in level if isinstance(value, Mapping)]
        if any(has_text(value, text_column) for value in objects):
            break
        lists = [value for value in level if isinstance(value, list) and any(map(_is_object, value))]
        with_text = [
            items for items in lists if any(holds_text(item, text_column) for item in filter(_is_object, items))
        ]
        if with_text or len(lists) == 1:
            return (with_text or lists)[0]
        level = [inner for value in objects for inner in value.values()]
    return found if isinstance(found, list) else [found]


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)
