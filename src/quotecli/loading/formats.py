"""The formats that quotecli reads: which suffix or content belongs to which reader. The one place that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from quotecli.errors import InputError
from quotecli.loading.source import Source
from quotecli.records import Article, Skipped

Reader = Callable[[Source], Iterable[Article | Skipped | Source]]
"""Yields the articles of an input, or, where it only holds others, these as sources: each to be read at once."""

# A suffix as a format has it: ".html", but not ". Smith and others" or ".2".
_SUFFIX = re.compile(r"\.[a-z0-9_]*[a-z][a-z0-9_]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for people, the suffixes of its files (lower case, with the dot), and its reader.

    reader: the reader's module in this room and its name there, imported when a first file is read.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str

    @property
    def read(self) -> Reader:
        """Return the reader."""
        module, _, function = self.reader.partition(":")
        found: Reader = getattr(import_module(f"quotecli.loading.{module}"), function)
        return found


TEXT = Format("plain text", (".txt", ".text"), "plain_text:read")
MARKDOWN = Format("Markdown", (".md", ".markdown"), "markdown:read")
HTML = Format("HTML", (".html", ".htm", ".xhtml"), "html:read")
JSON_LINES = Format("JSON Lines", (".jsonl", ".ndjson"), "json_lines:read")
JSON = Format("JSON", (".json",), "json_lines:read_json")
CSV = Format("CSV and TSV", (".csv", ".tsv"), "tables:read_csv")
XLSX = Format("Excel", (".xlsx",), "spreadsheets:read_xlsx")
PARQUET = Format("Parquet", (".parquet",), "tables:read_parquet")
PDF = Format("PDF", (".pdf",), "pdf:read")
DOCX = Format("Word", (".docx",), "office:read_docx")
ODT = Format("OpenDocument", (".odt",), "office:read_odt")
RTF = Format("RTF", (".rtf",), "rtf:read")
EPUB = Format("EPUB", (".epub",), "epub:read")
SAVED_PAGE = Format("saved page", (".mhtml", ".mht"), "mail:read_page")
MESSAGE = Format("e-mail", (".eml",), "mail:read")
MAILBOX = Format("mailbox", (".mbox",), "mail:read_mailbox")
FEED = Format("RSS, Atom", (".rss", ".atom", ".xml"), "feeds:read")
SUBTITLES = Format("subtitles", (".srt", ".vtt"), "subtitles:read")
WARC = Format("WARC", (".warc",), "warc:read")
ZIP = Format("zip", (".zip",), "archives:read_zip")
TAR = Format("tar", (".tar",), "archives:read_tar")
GZIP = Format("gzip", (".gz", ".tgz"), "archives:read_gzip")
BZIP2 = Format("bzip2", (".bz2", ".tbz2"), "archives:read_bzip2")
XZ = Format("xz", (".xz", ".txz"), "archives:read_xz")
ZSTD = Format("Zstandard", (".zst",), "archives:read_zstd")

DOCUMENTS = (TEXT, MARKDOWN, HTML, PDF, DOCX, ODT, RTF, EPUB, SAVED_PAGE, MESSAGE, MAILBOX, FEED, SUBTITLES)
TABLES = (JSON_LINES, JSON, CSV, XLSX, PARQUET)
CONTAINERS = (WARC, ZIP, TAR, GZIP, BZIP2, XZ, ZSTD)
FORMATS = (*DOCUMENTS, *TABLES, *CONTAINERS)

_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}

# How the content of each format begins, for input without a suffix; the first that fits counts, and text is the rest.
_BEGINNINGS: tuple[tuple[bytes, Format], ...] = (
    (rb"%PDF-", PDF),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub", EPUB),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", ODT),
    (rb"PK\x03\x04.*word/", DOCX),
    (rb"PK\x03\x04.*xl/(?:workbook|worksheets|_rels|theme|styles|sharedStrings)", XLSX),
    (rb"PK\x03\x04", ZIP),
    (rb"\x1f\x8b", GZIP),
    (rb"BZh[1-9]1AY", BZIP2),
    (rb"\xfd7zXZ\0", XZ),
    (rb"\x28\xb5\x2f\xfd|\x5d\x2a\x4d\x18", ZSTD),
    (rb"PAR1", PARQUET),
    (rb"WARC/\d", WARC),
    (rb"\{\\rtf", RTF),
    (rb"(?:\xef\xbb\xbf)?WEBVTT", SUBTITLES),
    (rb"(?:\xef\xbb\xbf)?\s*1\r?\n\d\d:\d\d:\d\d,\d+ -->", SUBTITLES),
    (rb"From \S+ .*\d{4}\r?\n[\w-]+:", MAILBOX),
    (rb"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID): ", MESSAGE),
    (rb"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b", FEED),
    (rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", HTML),
    (rb'(?:\xef\xbb\xbf)?\s*\{\s*"', JSON_LINES),
    (rb'(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"', JSON),
)


def is_document(known: Format) -> bool:
    """Say whether a file of this format is one document, or some that belong together, and no collection."""
    return known in DOCUMENTS and known is not MAILBOX


def format_of(source: Source) -> Format:
    """Return the format of an input: by its suffix, or by its content where the name has none (standard input).

    Raises InputError when it is none that quotecli reads.
    """
    suffix = suffix_of(source.name)
    if suffix is None:
        return _by_content(source.head())
    if suffix not in _BY_SUFFIX:
        raise InputError(f"unknown format {suffix} (quotecli formats lists what can be read)")
    known = _BY_SUFFIX[suffix]
    # Mirrors keep pages as servers send them: compressed, under the name of what is inside.
    return GZIP if known in DOCUMENTS and source.head().startswith(b"\x1f\x8b") else known


def suffix_of(path: str) -> str | None:
    """Return the suffix of a file name in lower case, or None if it has none."""
    suffix = PurePath(path).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else None


def _by_content(head: bytes) -> Format:
    for pattern, known in _BEGINNINGS:
        if re.match(pattern, head, re.IGNORECASE | re.DOTALL):
            return known
    return TEXT
