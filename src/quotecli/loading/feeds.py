"""RSS and Atom feeds: each entry an article, with what the feed says about it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from quotecli.errors import InputError
from quotecli.loading.blocks import html_paragraphs
from quotecli.loading.packages import first_text, parse_xml
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = ("item", "entry")
# The whole text first; a feed that gives a summary alone gives that.
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated")
_HTML_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,31});")


def read(source: Source) -> Iterator[Article | Skipped]:
    """Yield the entries of a feed in its order; one without words is skipped."""
    data = source.read()
    source.check_markup(len(data))
    root = parse_xml(_HTML_ENTITY.sub(_character, data), recover=True)
    if root.tag not in ("rss", "feed", "RDF"):
        raise InputError("XML, but no RSS or Atom feed")
    channel = root.find("channel") if root.tag != "feed" else root
    outlet = None if channel is None else _child(channel, "title")
    author = _author(root) if root.tag == "feed" else None  # of all entries that name none (RFC 4287)
    entries = list(root.iter(*_ENTRIES))
    if not entries:
        raise InputError("a feed without entries")
    for number, entry in enumerate(entries, start=1):
        yield attempt(f"{source.path}:{number}", partial(_article, source, entry, outlet, author))


def _article(source: Source, entry: _Element, outlet: str | None, author: str | None) -> Article:
    return source.article(
        "\n".join(_paragraphs(entry)),
        title=_plain(_child(entry, "title")),
        byline=_author(entry) or author,
        outlet=_plain(outlet),
        published=next(filter(None, (iso_date(_child(entry, name)) for name in _DATES)), None),
        url=_link(entry),
    )


def _paragraphs(entry: _Element) -> list[str]:
    for name in _TEXTS:
        for found in entry.iterchildren(name):
            lines = html_paragraphs(_markup(found), around=True)
            if lines:
                return lines
    return []


def _markup(element: _Element) -> str:
    """Return the HTML in an element: as escaped text, or as elements (Atom's XHTML)."""
    from lxml import etree

    if len(element):
        return str(etree.tostring(element, encoding="unicode"))
    return element.text or ""


def _author(entry: _Element) -> str | None:
    """Return who wrote an entry, or all of an Atom feed: its own elements count, not those of what is in it."""
    author = entry.find("author")
    if author is not None and author.find("name") is not None:
        return ", ".join(filter(None, (first_text(found, "name") for found in entry.iterchildren("author")))) or None
    creators = (" ".join("".join(map(str, found.itertext())).split()) for found in entry.iterchildren("creator"))
    words = ", ".join(dict.fromkeys(filter(None, creators))) or _child(entry, "author")
    in_brackets = re.search(r"@\S{1,200} \((.+)\)$", words or "")  # RSS: "desk@example.org (Ann Smith)"
    return in_brackets.group(1) if in_brackets else words


def _link(entry: _Element) -> str | None:
    """Return the address of the entry's page: Atom's alternate link, RSS's link."""
    links = list(entry.iterchildren("link"))
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    return next(filter(None, ((link.text or "").strip() for link in links)), None)


def _child(element: _Element, name: str) -> str | None:
    found = element.find(name)
    return None if found is None else " ".join("".join(map(str, found.itertext())).split()) or None


def _plain(words: str | None) -> str | None:
    """Return a title's words: feeds escape them once or twice, and some put tags in."""
    return html.unescape(re.sub(r"<[^<>]{1,300}>", "", words)).strip() or None if words else None


def _character(match: re.Match[bytes]) -> bytes:
    """Return the character that HTML means by an entity which XML doesn't know."""
    character = html.unescape(match.group().decode())
    return match.group() if character.startswith("&") else character.encode("ascii", "xmlcharrefreplace")
