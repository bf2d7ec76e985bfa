"""Bytes to characters: a byte order mark first, then UTF-8, then what the document declares, then the likeliest."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from quotecli.errors import InputError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
_WESTERN_MARKS = frozenset("‘’“”‚„‹›«»–—…•·€£¢©®™°½¼¾×§¡¿\xa0\xad")
_CAPITAL_INSIDE = re.compile(r"[a-zß-ÿ][À-ÞŠŒŽŸ]")  # as in "ItÕs", which was Mac Roman
_SAMPLE = 4096

# Control characters that no text holds; tab, line ends, form feed and escape do occur.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

_CONTROL_BYTES = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])
_CONTROLS_IN_UTF8 = (re.compile(rb"\xc2[\x7f-\x84\x86-\x9f]"), re.compile(rb"\xef\xbf[\xbe\xbf]"))


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of `data`, line ends as "\\n".

    declared: the encoding that the document names for itself, used when it isn't UTF-8.
    Raises InputError when the bytes are not text.
    """
    text = decode_exactly(data, declared)
    if "\0" in text or (_may_hold_controls(data) and len(_CONTROLS.findall(text)) * 50 > len(text)):
        raise InputError("binary data, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _may_hold_controls(data: bytes) -> bool:
    """Whether bytes hold a control character at all: most texts have none, and need not be searched as characters."""
    if len(data.translate(None, _CONTROL_BYTES)) < len(data):
        return True
    return any(pattern.search(data) for pattern in _CONTROLS_IN_UTF8)


def decode_exactly(data: bytes, declared: str | None = None) -> str:
    """Return the characters of `data`, each line end as it stands. Raises InputError when no encoding fits."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for guess in (_utf8, _utf16_without_mark):
        if (text := guess(data)) is not None:
            return text
    return _declared(data, declared) or _plainly_western(data) or _detected(data)


def encoding_of(sample: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    if _plainly_western(sample) is not None:
        return _WESTERN
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else _WESTERN


def _utf8(data: bytes) -> str | None:
    """Decode UTF-8, also with a few damaged bytes: those are lost anyway, the other characters need not be."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if not damaged:
        return text
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if damaged * 10 < beyond_ascii else None


def _utf16_without_mark(data: bytes) -> str | None:
    """Decode UTF-16 that doesn't say so: in Western text every second byte is zero."""
    sample = data[:_SAMPLE]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(data) % 2 == 0 and zeros.count(0) * 10 > len(zeros) * 8 and sample.count(0) < len(zeros) * 1.2:
            return data.decode(encoding, "replace")
    return None


def _declared(data: bytes, declared: str | None) -> str | None:
    """Decode by the document's own word; "latin-1" means Windows-1252 there, as in every browser."""
    try:
        name = codecs.lookup(declared or "").name
        return data.decode(_WESTERN if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _plainly_western(data: bytes) -> str | None:
    """Decode Windows-1252 where that gives the marks and the few accented letters of English and its neighbours.

    The detector cannot tell its relatives apart in short or nearly plain texts, and then takes £ for Ł.
    """
    try:
        text = data.decode(_WESTERN)
    except UnicodeDecodeError:
        return None
    beyond_ascii = {character: count for character, count in Counter(text).items() if character > "\x7f"}
    letters = sum(count for character, count in beyond_ascii.items() if character.isalpha())
    unlikely = any(not character.isalpha() and character not in _WESTERN_MARKS for character in beyond_ascii)
    return None if unlikely or letters * 6 > len(text) or _CAPITAL_INSIDE.search(text) else text


def _detected(data: bytes) -> str:
    """Decode by charset-normalizer."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise InputError("binary data, or text in an unknown encoding")
    return str(best)
