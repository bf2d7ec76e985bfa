"""JSON Lines: an article a line, with the id, the text and the metadata that the line gives."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import partial

import msgspec

from quotecli.errors import InputError
from quotecli.loading.dates import iso_date
from quotecli.loading.decoding import decode_exactly
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

_UTF16_OR_UTF32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Line(msgspec.Struct, frozen=True):
    """What one line may hold; other fields are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def read(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each line, its text character for character; a bad line costs only itself."""
    decoder = msgspec.json.Decoder(Line)
    for number, line in enumerate(_lines(source), start=1):
        if not line.strip():
            continue
        yield attempt(f"{source.path}:{number}", partial(_article, source, decoder, line))


def _lines(source: Source) -> Iterator[bytes]:
    head = source.head()
    if head.startswith(_UTF16_OR_UTF32):
        return iter(decode_exactly(source.read()).encode().split(b"\n"))
    if head.startswith(codecs.BOM_UTF8):
        source.stream.read(len(codecs.BOM_UTF8))
    return source.lines()


def _article(source: Source, decoder: msgspec.json.Decoder[Line], data: bytes) -> Article:
    try:
        line = decoder.decode(data)
    except msgspec.ValidationError as error:
        raise InputError(f"not an article: {error}") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"invalid JSON: {error}") from error
    return source.article(
        line.text,
        id=None if line.id is None else str(line.id),
        title=line.title,
        byline=line.byline,
        outlet=line.outlet,
        published=iso_date(line.published),
        url=line.url,
    )
