"""What a page tells of itself: title, author, site, date and address.

trafilatura's readers of each, in its order; its `extract_metadata` would also look for tags and licences, which nobody
asks for and which cost more than all these.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from quotecli.loading.blocks import parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_SERVER = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")


class Metadata(msgspec.Struct, frozen=True):
    """What a page tells of itself, None where it does not."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    date: str | None = None
    url: str | None = None


def page_tree(html: str) -> _Element | None:
    """Return the tree of a page, as trafilatura parses it, or of what it takes for none; None if nothing is in it."""
    from trafilatura.utils import load_html

    _silence("trafilatura", "htmldate", "courlan", "readability")
    tree: _Element | None = load_html(html)
    return parsed(html) if tree is None else tree


def _silence(*loggers: str) -> None:
    """Keep libraries from writing their complaints to stderr: an unreadable page is reported as Skipped."""
    for name in loggers:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def metadata_of(tree: _Element, url: str | None) -> Metadata:
    """Return what a page tells; `url`: where it came from, if that is known."""
    from htmldate import find_date
    from trafilatura import metadata

    found: Any = metadata.examine_meta(tree)
    if found.author and " " not in found.author:
        found.author = None
    with suppress(Exception):  # its reader of JSON-LD raises on what it does not expect
        found = metadata.extract_meta_json(tree, found)
    found.title = found.title or metadata.extract_title(tree)
    found.author = found.author or metadata.extract_author(tree)
    found.url = found.url or metadata.extract_url(tree, url)
    # No guess from the words of the page: only what its metadata, its address or its time elements say.
    found.date = find_date(tree, original_date=True, extensive_search=False, url=found.url)
    found.sitename = _site(found.sitename or metadata.extract_sitename(tree), found.url)
    found.clean_and_trim()
    return Metadata(found.title, found.author, found.sitename, found.date, found.url)


def _site(name: str | None, url: str | None) -> str | None:
    """Return the name of a site, else of its server."""
    if not name:
        server = _SERVER.match(url or "")
        return server[1] if server else None
    name = name.lstrip("@")
    return name.title() if name and "." not in name and not name[0].isupper() else name
