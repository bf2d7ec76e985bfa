"""Texts and references to values of the library and back, without loss, in as few bytes as is simple."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from quotecli.records import ArticleRef

Stored = str | bytes | None

_COMPRESSION = 3  # of 1-9: more takes longer for a few hundredths

REF_COLUMNS = "key, path, url, title, outlet, published"
_REF_FIELDS = ("id", "path", "url", "title", "outlet", "published")


def stored(text: str | None) -> Stored:
    """Return `text` as SQLite takes it: as bytes when it holds lone surrogates (as odd file names do)."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(value: Stored) -> str | None:
    """Return the text that was stored."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def ref_values(ref: ArticleRef) -> list[Stored]:
    """Return a reference as the values of `REF_COLUMNS`."""
    return [stored(getattr(ref, field)) for field in _REF_FIELDS]


def ref_fields(values: Sequence[Stored]) -> dict[str, Any]:
    """Return the fields of a reference from the values of `REF_COLUMNS`."""
    return dict(zip(_REF_FIELDS, map(restored, values), strict=True))


def compressed(text: str) -> bytes:
    """Return an article's text as the library keeps it: less than half as many bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def decompressed(packed: bytes) -> str:
    """Return the text that was compressed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
