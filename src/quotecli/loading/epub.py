"""EPUB: the chapters in the order of the spine, as one article."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from quotecli.errors import InputError
from quotecli.loading.blocks import html_paragraphs
from quotecli.loading.encodings import decode
from quotecli.loading.packages import Package, all_texts, first_text
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source
from quotecli.records import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of an EPUB, with the metadata of its package document."""
    package = Package(source)
    rootfile = package.xml(_CONTAINER).find(".//rootfile[@full-path]")
    if rootfile is None:
        raise InputError(f"damaged: {_CONTAINER} names no package document")
    opf = rootfile.attrib["full-path"]
    root = package.xml(str(opf))
    lines: list[str] = []
    for chapter in _chapters(root, posixpath.dirname(str(opf))):
        source.check_time()
        lines += html_paragraphs(decode(package.read(chapter)), around=True)
    yield source.article(
        "\n".join(lines),
        title=first_text(root, "title"),
        byline=all_texts(root, "creator"),
        outlet=first_text(root, "publisher"),
        published=iso_date(first_text(root, "date")),
    )


def _chapters(root: _Element, folder: str) -> Iterator[str]:
    """Yield the names of the chapters' files; a table of contents made for programs is none."""
    items = {item.get("id"): item for item in root.iterfind(".//manifest/item")}
    for reference in root.iterfind(".//spine/itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split() or reference.get("linear") == "no":
            continue
        if (item.get("media-type") or "").endswith("html+xml"):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
