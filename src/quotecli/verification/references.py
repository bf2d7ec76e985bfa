"""What a draft refers to at a quotation: links, notes and addresses, as sources among which the article may be."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from quotecli.loading.links import ADDRESS
from quotecli.records import Article, Draft, Link, Span
from quotecli.text import Document
from quotecli.text.document import Quotation

_NOTE = re.compile(r"\[\^?(\w{1,20})\]|([¹²³⁴-⁹⁰]{1,3})")
"""A note's mark: "[^1]", "[1]", "²"; in front of a paragraph it begins the note."""
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|cmpid|ocid")
_BEHIND = 4
"""So many characters behind a sentence a note's mark or a link still belongs to it."""


class References:
    """The links of a draft, by the quotations that they belong to."""

    def __init__(self, draft: Article, document: Document) -> None:
        self._document = document
        self._links = sorted({*_links(draft, document)}, key=lambda link: link.at)
        self._starts = [quotation.start for quotation in document.quotations]

    def of(self, quotation: Quotation) -> tuple[list[str], list[str]]:
        """Return the links of a quotation, and those that may be meant because it has none.

        Its own stand in its sentence, or behind it before the next quotation. If there are none, the other links of its
        paragraph may be meant.
        """
        paragraph = self._around(quotation, self._document.paragraphs)
        sentence = self._around(quotation, self._document.sentences)
        following = bisect_right(self._starts, quotation.start)
        until = self._starts[following] if following < len(self._starts) else paragraph.end
        until = max(sentence.end + _BEHIND, min(until, paragraph.end))
        near = [link for link in self._links if paragraph.start <= link.at <= paragraph.end]
        own = [link.target for link in near if sentence.start <= link.at <= until]
        return (own, []) if own else ([], [link.target for link in near])

    def _around(self, quotation: Quotation, spans: tuple[Span, ...]) -> Span:
        touched = [each for each in spans if each.start < quotation.end and quotation.start < each.end]
        return Span(touched[0].start, touched[-1].end) if touched else Span(quotation.start, quotation.end)


def _links(draft: Article, document: Document) -> Iterator[Link]:
    """Yield the links, and the addresses that are written out; those of a note stand where its mark does."""
    links = list(draft.links) if isinstance(draft, Draft) else []
    links += [Link(match.group(), match.end()) for match in ADDRESS.finditer(draft.text)]
    notes: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        if mark := _NOTE.match(draft.text, paragraph.start, paragraph.end):
            inside = [link.target for link in links if paragraph.start <= link.at <= paragraph.end]
            notes.setdefault(mark.group(), []).extend(inside)
    yield from links
    for mark in _NOTE.finditer(draft.text):
        for target in notes.get(mark.group(), ()):
            yield Link(target, mark.end())


def places(target: str, draft: Article) -> set[str]:
    """Return the addresses or paths that a source may be known by, if a link of `draft` leads to it."""
    base = draft.url if draft.url and not urlsplit(target).scheme else None
    address = urljoin(base, target) if base else target
    scheme = urlsplit(address).scheme.lower() if _is_readable(address) else "unreadable"
    if scheme in ("http", "https"):
        return _spellings(address)
    return _paths(target, draft) if not scheme else set()


def _is_readable(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _spellings(address: str) -> set[str]:
    """Return how one web address may be written: with or without "www.", a last slash, a fragment, tracking."""
    _, host, path, query, _ = urlsplit(address)
    host = host.lower().removeprefix("www.")
    plain = urlencode([(name, value) for name, value in parse_qsl(query) if not _TRACKING.fullmatch(name.lower())])
    ways = product(("https", "http"), (host, f"www.{host}"), {path.rstrip("/"), path.rstrip("/") + "/"}, {query, plain})
    return {address, *(urlunsplit((*way, "")) for way in ways)}


def _paths(target: str, draft: Article) -> set[str]:
    """Return how the path of a file may be written that stands at `target` seen from the draft."""
    name = unquote(target.partition("#")[0])
    if not name or "\0" in name:
        return set()
    folder = Path(draft.path).parent if draft.path and draft.path != "-" else Path()
    whole = os.path.normpath(Path.cwd() / folder / name)
    return {name, str(folder / name), os.path.normpath(folder / name), whole, os.path.relpath(whole)}
