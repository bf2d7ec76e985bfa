"""The formats that quotecli reads: which suffix or content belongs to which reader. The one place that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from quotecli.errors import InputError
from quotecli.loading import epub, feeds, html, json_lines, mail, markdown, office, pdf, plain_text, rtf
from quotecli.loading.source import Source
from quotecli.records import Article, Skipped

Reader = Callable[[Source], Iterable[Article | Skipped]]

# A suffix as a format has it: ".html", but not ". Smith and others" or ".2".
_SUFFIX = re.compile(r"\.[a-z0-9_]*[a-z][a-z0-9_]*", re.IGNORECASE)
_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for people, the suffixes of its files (lower case, with the dot), and its reader."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader


TEXT = Format("plain text", (".txt", ".text"), plain_text.read)
MARKDOWN = Format("Markdown", (".md", ".markdown"), markdown.read)
HTML = Format("HTML", (".html", ".htm", ".xhtml"), html.read)
JSON_LINES = Format("JSON Lines", (".jsonl", ".ndjson"), json_lines.read)

PDF = Format("PDF", (".pdf",), pdf.read)
DOCX = Format("Word", (".docx",), office.read_docx)
ODT = Format("OpenDocument", (".odt",), office.read_odt)
RTF = Format("RTF", (".rtf",), rtf.read)
EPUB = Format("EPUB", (".epub",), epub.read)
MESSAGE = Format("e-mail", (".eml",), mail.read)
MAILBOX = Format("mailbox", (".mbox",), mail.read_mailbox)
FEED = Format("RSS and Atom", (".rss", ".atom", ".xml"), feeds.read)

FORMATS = (TEXT, MARKDOWN, HTML, JSON_LINES, PDF, DOCX, ODT, RTF, EPUB, MESSAGE, MAILBOX, FEED)

_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}


def format_of(source: Source) -> Format:
    """Return the format of an input: by its suffix, or by its content where the name has none (standard input).

    Raises InputError when it is none that quotecli reads.
    """
    suffix = suffix_of(source.path)
    if suffix is None:
        return _by_content(source.head())
    if suffix not in _BY_SUFFIX:
        raise InputError(f"unknown format {suffix}; quotecli reads {', '.join(sorted(_BY_SUFFIX))}")
    return _BY_SUFFIX[suffix]


def suffix_of(path: str) -> str | None:
    """Return the suffix of a file name in lower case, or None if it has none."""
    suffix = PurePath(path).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else None


def _by_content(head: bytes) -> Format:
    if _HTML_START.match(head):
        return HTML
    return JSON_LINES if _JSON_OBJECT.match(head) else TEXT
