"""Ways to damage a file: what is flipped, cut, repeated, moved or put in, and inside compressed files as well."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from types import ModuleType

LARGEST = 96 * 1024
"""A mutation makes no larger file than this."""

_TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", "\u202e".encode(), b"\xed\xa0\x80", b"\r", b"\n\n", b"\f",
    b"\x85", b"<p>", b"</p>", b"<div>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&a;", b"&#0;", b"&#x110000;",
    b"<!DOCTYPE d [",
    b'<!ENTITY a "&a;&a;">', b"<script>", b"<table><tr><td>", b"<meta charset=utf-7>", b"<blockquote>", b"<svg>",
    b'"', b"'", b"{", b"}", b"[", b"]", b"[[[[[[[[", b'{"text":', b"\\u0000", b"\\ud800", b"1e999", b"-0", b"null",
    b",", b";", b"\t", b'""', b"---\n", b"+++\n", b"> ", b"* ", b"# ", b"```", b"| a | b |\n|---|---|\n", b"[a](b)",
    b"WEBVTT\n\n", b"00:00:01.000 --> 00:00:02.000\n", b"<v Ann>", b"99:99:99,999 --> 0:0:0\n", b"{\\an8}",
    b"From a@b Mon Jan  1 00:00:00 2024\n", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"--x--\n",
    b"Content-Transfer-Encoding: base64\n", b"=?utf-8?b?/////w==?=", b"=?x?q?", b"Subject:", b"From:", b"Date:",
    b"{\\rtf1", b"\\par ", b"\\u-1?", b"\\'ff", b"\\bin999999999 ", b"{\\*\\x", b"\\uc9", b"%PDF-1.7", b"stream\n",
    b"endstream", b"endobj", b"/Kids [1 0 R]", b"/Parent 1 0 R", b"/Length 999999999", b"/FlateDecode", b"xref\n",
    b"BT (x) Tj ET", b"1 0 0 1 1e30 0 cm", b"/Count -1", b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b"\x1f\x8b\x08",
    b"ustar", b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n", b"HTTP/1.1 200 OK\r\n",
    b"PAR1", "“".encode(), "”".encode(), b"said ", b"according to ", b"2024-13-45", b"../", b"http://[", b"%00",
)  # fmt: skip
_PACKERS: dict[bytes, ModuleType] = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ": lzma}
_NUMBERS = (0, 1, -1, 127, 128, 255, 256, 32767, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 10**30)
_DIGITS = re.compile(rb"\d+")

Mutation = Callable[[bytearray, bytes, Random], None]


def mutated(data: bytes, other: bytes, random: Random) -> bytes:
    """Return `data` damaged in one to eight places; `other`: a file of the same format, to splice with.

    Of a compressed file more often what is inside: a wrong checksum would be all that its reader ever sees.
    """
    if random.random() < 0.6:
        inside = _inside(data, other, random)
        if inside is not None:
            return inside
    damaged = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3, 5, 8))):
        random.choice(_MUTATIONS)(damaged, other, random)
        del damaged[LARGEST:]
    return bytes(damaged)


def _inside(data: bytes, other: bytes, random: Random) -> bytes | None:
    if data.startswith(b"PK\x03\x04"):
        return _inside_zip(data, other, random)
    for mark, packer in _PACKERS.items():
        if data.startswith(mark):
            return bytes(packer.compress(mutated(packer.decompress(data), other, random)))
    return _inside_pdf(data, other, random) if data.startswith(b"%PDF") else None


def _inside_zip(data: bytes, other: bytes, random: Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        members = old.namelist()
        chosen = random.choice(members)
        for name in members:
            content = old.read(name)
            new.writestr(name, mutated(content, other, random) if name == chosen else content)
    return file.getvalue()


def _inside_pdf(data: bytes, other: bytes, random: Random) -> bytes | None:
    """Damage the drawing commands of a page: they are compressed."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return None
    chosen = random.choice(streams)
    try:
        content = zlib.decompress(chosen.group(1))
    except zlib.error:
        return None
    return data[: chosen.start(1)] + zlib.compress(mutated(content, other, random)) + data[chosen.end(1) :]


def _place(data: bytearray, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _stretch(data: bytearray, random: Random) -> tuple[int, int]:
    """Return where a stretch of any order of size begins and ends."""
    start = _place(data, random)
    return start, min(len(data), start + random.randrange(1, 2 ** random.randrange(1, 13)))


def _times(random: Random) -> int:
    """Return how often something is put in: mostly once, seldom so often that it fills the file."""
    return 20_000 if random.random() < 0.02 else random.choice((1, 1, 1, 2, 5, 50))


def _flip(data: bytearray, _other: bytes, random: Random) -> None:
    for _ in range(random.choice((1, 1, 4, 30))):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _overwrite(data: bytearray, _: bytes, random: Random) -> None:
    start, end = _stretch(data, random)
    data[start:end] = random.randbytes(end - start)


def _cut(data: bytearray, _: bytes, random: Random) -> None:
    start, end = _stretch(data, random)
    del data[start:end]


def _truncate(data: bytearray, _: bytes, random: Random) -> None:
    del data[_place(data, random) :]


def _repeat(data: bytearray, _: bytes, random: Random) -> None:
    start, end = _stretch(data, random)
    times = min(_times(random), LARGEST // max(1, end - start))
    data[start:start] = data[start:end] * times


def _move(data: bytearray, _: bytes, random: Random) -> None:
    start, end = _stretch(data, random)
    piece = data[start:end]
    del data[start:end]
    place = _place(data, random)
    data[place:place] = piece


def _splice(data: bytearray, other: bytes, random: Random) -> None:
    piece = bytearray(other)
    start, end = _stretch(piece, random)
    if random.random() < 0.3:
        end = len(piece)
    place, until = _stretch(data, random)
    data[place:until] = piece[start:end]


def _length_field(data: bytearray, _: bytes, random: Random) -> None:
    """Write an extreme number where a number of two, four or eight bytes may stand."""
    code = random.choice(("<H", ">H", "<I", ">I", "<Q"))
    size = struct.calcsize(code)
    place = _place(data, random)
    data[place : place + size] = struct.pack(code, random.choice(_NUMBERS) % 2 ** (8 * size))


def _written_number(data: bytearray, _: bytes, random: Random) -> None:
    """Write another number for one that stands there in digits."""
    found = next(_DIGITS.finditer(data, _place(data, random)), None)
    if found is not None:
        data[found.start() : found.end()] = str(random.choice(_NUMBERS)).encode()


def _token(data: bytearray, _: bytes, random: Random) -> None:
    token = random.choice(_TOKENS)
    place = _place(data, random)
    data[place:place] = token * _times(random)


_MUTATIONS: tuple[Mutation, ...] = (
    _flip, _flip, _overwrite, _cut, _truncate, _repeat, _move, _splice, _length_field, _written_number, _token, _token,
)  # fmt: skip
