"""WARC: the web archives of libraries and crawlers: each page, document and text in them is an article."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quotecli.errors import InputError
from quotecli.loading.archives import damage, unpacked_zstd
from quotecli.loading.extras import required
from quotecli.loading.source import PEEK_BYTES, Reading, Source, buffered, skipped
from quotecli.records import Skipped

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/vtt": ".vtt",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""The media types of what people read, and the suffixes of its files."""

_UNKNOWN = frozenset(("", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "application/unknown"))
_XML = frozenset(("application/xml", "text/xml"))
_HEAD = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_BEGINNINGS = tuple(
    (re.compile(beginning, re.IGNORECASE | re.DOTALL), suffix)
    for beginning, suffix in (
        (rb"%PDF-", ".pdf"),
        (_HEAD + rb"<(?:rss|feed|rdf:RDF)\b", ".xml"),
        (_HEAD + rb"<(?:!doctype\s+html|html|head|body)\b", ".html"),
    )
)
_FOR_PROGRAMS = re.compile(
    r"/(?:robots|ads|app-ads|humans|security|llms)\.txt$|\.(?:js|css|map|json|csv|svg)$", re.IGNORECASE
)
_PART = 8192  # bytes
_ZSTD, _GZIP = b"\x28\xb5\x2f\xfd", b"\x1f\x8b"
_TYPE = re.compile("[^;,]*")  # what stands behind a comma is a second header
_HELD = ("response", "resource", "conversion")


def read(source: Source) -> Iterator[Source | Skipped]:
    """Yield what people read in each record that holds something (a response, a resource, a conversion), with the
    address it came from: to be read at once.

    Left out are pictures, scripts and what else has no text; pages that the archive only says to have seen before
    (`revisit`) are told of where it does not hold them.
    """
    records = _Records(source)
    number = 0
    for record in records:
        suffix = records.suffix_of(record)
        if suffix is not None:
            number += 1
            yield from records.opened(record, f"{source.path}:{number}", suffix)
    if missing := records.missing:
        yield Skipped(source.path, f"pages of revisit records, which are in another archive: {missing}")
    elif not number:
        raise InputError(f"holds no web page, document or text{records.held}")


class _Records:
    """The records of an archive, and what they were that is not read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._iterator = iter(required("warcio.archiveiterator").ArchiveIterator(source.stream))
        self._other: Counter[str] = Counter()
        self._held: set[str] = set()
        self._seen_before: list[set[str]] = []

    def __iter__(self) -> Iterator[Any]:
        """Yield the records; where the file is broken, raise InputError."""
        while True:
            try:
                with _silent():
                    record = next(self._iterator)
            except StopIteration:
                return
            except Exception as error:  # whatever a parser meets in hostile bytes
                raise InputError("damaged: not a complete web archive") from error
            yield record

    @property
    def missing(self) -> int:
        """How many revisits mean a page that no record here holds."""
        return sum(not (names & self._held) for names in self._seen_before)

    @property
    def held(self) -> str:
        """What the archive holds instead, by kind."""
        return "".join(f", {number} {kind}" for kind, number in self._other.most_common(5))

    def suffix_of(self, record: Any) -> str | None:
        """Return the suffix of the format that a record's content has; None where it is nothing to read."""
        headers = record.rec_headers
        names = {headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Payload-Digest")}
        if record.rec_type == "revisit":
            names.add(headers.get_header("WARC-Refers-To-Target-URI"))
            self._seen_before.append({name for name in names if name})
        if record.rec_type not in _HELD:
            return None
        answered = record.http_headers is not None
        if answered and record.http_headers.get_statuscode() != "200":
            return None
        self._held.update(name for name in names if name)
        kind = _media_type(record)
        address = urlsplit(headers.get_header("WARC-Target-URI") or "").path
        suffix = None if _FOR_PROGRAMS.search(address) and kind != "text/html" else _SUFFIXES.get(kind)
        if suffix is None and (kind in _XML or kind in _UNKNOWN):
            suffix = "?"
        self._other[kind or "without a type"] += suffix is None
        return suffix

    def opened(self, record: Any, path: str, suffix: str) -> Iterator[Source | Skipped]:
        """Yield a record's content as the source of that format; "?" stands for what its first bytes say."""
        try:
            with _silent():
                stream = buffered(Reading(_content(record).read, damage))
                head = stream.peek(PEEK_BYTES)
        except Exception as error:  # what unpacks meets hostile bytes
            yield skipped(path, error)
            return
        page = self._source.inside(path, f"page{suffix}", stream)
        page = page.at(record.rec_headers.get_header("WARC-Target-URI"))
        if suffix == "?":
            known = next((known for pattern, known in _BEGINNINGS if pattern.match(head)), None)
            if known is None:
                self._other[_media_type(record) or "without a type"] += 1
                return
            page = self._source.inside(path, f"page{known}", stream).at(page.url)
        yield page


def _media_type(record: Any) -> str:
    """Return the media type of a record's content: what was found in it, or what it was sent or written as."""
    headers = record.rec_headers if record.http_headers is None else record.http_headers
    sent = headers.get_header("Content-Type") or ""
    found = record.rec_headers.get_header("WARC-Identified-Payload-Type") or ""
    kind = _TYPE.match(str(sent))[0].strip().lower()  # type: ignore[index]  # it matches nothing as well
    return str(found).partition(";")[0].strip().lower() if kind in _UNKNOWN and found else kind


def _content(record: Any) -> Any:
    """Return the stream of a record's content, unpacked: gzip and deflate by warcio, Brotli and zstd here."""
    headers = record.http_headers
    encoding = str((headers and headers.get_header("Content-Encoding")) or "").lower()
    encodings = [each.strip() for each in encoding.split(",") if each.strip() not in ("", "identity")]
    if len(encodings) < 2 and not {"br", "zstd"} & set(encodings):
        return record.content_stream()
    headers.replace_header("Content-Encoding", "identity")
    stream = record.content_stream()
    for each in reversed(encodings):
        stream = _unpacked(buffered(Reading(stream.read, damage)), each)
    return stream


def _unpacked(packed: BufferedReader, encoding: str) -> Any:
    """Return the stream of what is packed in one way; as it is where it was unpacked when it was stored."""
    head = packed.peek(_PART)
    if encoding in ("gzip", "x-gzip"):
        return GzipFile(fileobj=packed) if head.startswith(_GZIP) else packed
    if encoding == "zstd":
        return unpacked_zstd(packed) if head.startswith(_ZSTD) else packed
    return packed if encoding != "br" or head.lstrip()[:1] == b"<" else _Brotli(packed)


class _Brotli:
    """A stream of what Brotli packed."""

    def __init__(self, packed: BufferedReader) -> None:
        self._packed = packed
        self._brotli = required("brotli").Decompressor()
        self._ready = b""

    def read(self, size: int) -> bytes:
        """Return up to so many bytes; none at the end. Raise EOFError where that comes too early."""
        while not self._ready and (part := self._packed.read(_PART)):
            self._ready = self._brotli.process(part)
        if not self._ready and not self._brotli.is_finished():
            raise EOFError("packed without an end")
        data, self._ready = self._ready[:size], self._ready[size:]
        return data


@contextmanager
def _silent() -> Iterator[None]:
    """Keep warcio from writing what it doesn't understand, the file's own bytes, to stderr."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        yield
