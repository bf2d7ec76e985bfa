"""E-mail: a message as an article, and mailboxes message by message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from functools import partial
from typing import Any, cast

from quotecli.errors import InputError
from quotecli.loading import html
from quotecli.loading.mail_body import body_lines
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

_FROM_LINE = re.compile(rb"From \S+.*\d{4}\s*$")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_NAME_BEHIND = re.compile(r"^[^<>]*\(([^()]+)\)$")  # archives of lists: "jo at example.org (Jo Marsh)"
_LONGEST_HEADER = 2000  # characters
_HEADER = re.compile(r"[A-Za-z0-9-]+:|From ")


class _ShortHeaders(EmailPolicy):
    """Reads of each header what a person would: the parser takes the square of its length."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER])


def _parsed(data: bytes) -> EmailMessage:
    return cast(EmailMessage, BytesParser(policy=_ShortHeaders()).parsebytes(data))  # as this policy makes them


def read(source: Source) -> Iterator[Article]:
    """Yield a message: its subject as the title, its sender as the byline, the words of its body as the text."""
    yield _article(source, source.read())


def read_page(source: Source) -> Iterator[Article]:
    """Yield the page that a browser saved with its pictures as a message (MHTML)."""
    message = _parsed(source.read())
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            page = source.at(part.get("Content-Location") or message.get("Snapshot-Content-Location"))
            yield html.page_of(page, payload if isinstance(payload, bytes) else b"", part.get_content_charset())
            return
    raise InputError("holds no web page")


def read_mailbox(source: Source) -> Iterator[Article | Skipped]:
    """Yield the messages of an mbox file one by one; a message that cannot be read costs only itself."""
    for number, message in enumerate(_messages(source), start=1):
        yield attempt(f"{source.path}:{number}", partial(_article, source, _QUOTED_FROM.sub(rb"\1", message)))


def _messages(source: Source) -> Iterator[bytes]:
    """Yield the bytes of each message: they begin at "From " lines behind a blank line."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in source.lines():
        if blank and _FROM_LINE.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= source.limits.document_bytes:  # the rest of an oversized message is not kept
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _article(source: Source, data: bytes) -> Article:
    source.check_size(len(data))
    if not _HEADER.match(data.lstrip()[:80].decode("latin-1")):
        raise InputError("not an e-mail message")
    message = _parsed(data)
    return source.article(
        "\n".join(body_lines(message)).rstrip(" "),
        title=_header(message, "subject"),
        byline=_sender(message),
        published=iso_date(_header(message, "date")),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header's words; None where it is missing or too damaged to be decoded."""
    try:
        value = message[name]
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):  # the parser's own failures
        return None
    words = " ".join(str(value or "").split())
    return words.encode("utf-8", "replace").decode() or None


def _sender(message: EmailMessage) -> str | None:
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    in_brackets = _NAME_BEHIND.match(" ".join(raw.split()))
    name, address = parseaddr(_header(message, "from") or "")
    return name or (in_brackets.group(1) if in_brackets else address) or None
