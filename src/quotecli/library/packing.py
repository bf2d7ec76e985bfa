"""Texts and references to values of the library and back, without loss, in as few bytes as is simple."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import msgspec

from quotecli.records import ArticleRef

Stored = str | bytes | None

_COMPRESSION = 3  # of 1-9: more takes longer for a few hundredths

REF_COLUMNS = "key, path, url, title, outlet, published"
_REF_FIELDS = ("id", "path", "url", "title", "outlet", "published")


_LARGEST_RATIO = 100
_SPARE = 4096

_encode = msgspec.msgpack.Encoder().encode


class UnreadableError(ValueError):
    """What is read from a library is not what was written there."""


def checksum(*values: Stored | int | float) -> int:
    """Return a number that nearly always is another one when any of these values is: CRC-32, which misses no single
    wrong bit."""
    try:
        return zlib.crc32(_encode(values))
    except OverflowError:  # nothing that is stored is so large
        raise UnreadableError from None


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
    """Return the text that was stored. Raises UnreadableError when it is none."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    if value is None or isinstance(value, str):
        return value
    raise UnreadableError


def ref_values(ref: ArticleRef) -> list[Stored]:
    """Return a reference as the values of `REF_COLUMNS`."""
    return [stored(getattr(ref, field)) for field in _REF_FIELDS]


def ref_fields(values: Sequence[Stored]) -> dict[str, Any]:
    """Return the fields of a reference from the values of `REF_COLUMNS`."""
    return dict(zip(_REF_FIELDS, map(restored, values), strict=True))


def compressed(text: str) -> bytes:
    """Return an article's text as the library keeps it: less than half as many bytes, but never so few that a small
    file might stand for an enormous text."""
    return packed_bytes(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def packed_bytes(plain: bytes, level: int) -> bytes:
    """Return bytes compressed, at most to a hundredth."""
    packed = zlib.compress(plain, level)
    return packed if len(plain) <= len(packed) * _LARGEST_RATIO else zlib.compress(plain, 0)


def decompressed(packed: bytes) -> str:
    """Return the text that was compressed. Raises UnreadableError when it is none."""
    try:
        return unpacked_bytes(packed).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise UnreadableError from None


def unpacked_bytes(packed: bytes) -> bytes:
    """Return what `packed_bytes` packed, at most a hundred times as many bytes. Raises UnreadableError."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, len(packed) * _LARGEST_RATIO + _SPARE)
    except (zlib.error, TypeError):
        raise UnreadableError from None
    if not unpacking.eof or unpacking.unused_data:
        raise UnreadableError
    return plain
