"""WARC: the web archives of libraries and crawlers, an article a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from functools import partial
from pathlib import Path
from typing import Any

from quotecli.errors import InputError
from quotecli.loading import html
from quotecli.loading.archives import damage
from quotecli.loading.extras import required
from quotecli.loading.source import Reading, Source, attempt, buffered
from quotecli.records import Article, Skipped

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each response that is a page, with the address it was fetched from."""
    iterator = required("warcio.archiveiterator", "warc").ArchiveIterator
    records = _records(iterator(source.stream))
    pages = 0
    for record in filter(_is_page, records):
        pages += 1
        yield attempt(f"{source.path}:{pages}", partial(_article, source, record))
    if not pages:
        raise InputError("holds no web page")


def _records(iterator: Iterator[Any]) -> Iterator[Any]:
    """Yield the records; where the file is broken, raise InputError."""
    while True:
        try:
            with _silent():
                record = next(iterator)
        except StopIteration:
            return
        except Exception as error:  # whatever a parser meets in hostile bytes
            raise InputError("damaged: not a complete web archive") from error
        yield record


@contextmanager
def _silent() -> Iterator[None]:
    """Keep warcio from writing what it doesn't understand, the file's own bytes, to stderr."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        yield


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    media_type = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and media_type.lower().startswith(_PAGES)


def _article(source: Source, record: Any) -> Article:
    page = source.inside(source.path, "page.html", buffered(Reading(record.content_stream().read, damage)))
    page = page.at(record.rec_headers.get_header("WARC-Target-URI"))
    with _silent():
        data = page.read()
    return html.page_of(page, data)
