"""Boxes on a page that are no part of its article: what asks to pay, and what AMP shows around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotecli.loading.blocks import HTML_BLOCKS, HTML_UNSEEN, blocks_of
from quotecli.loading.social_posts import shown_length

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOX = re.compile(
    r"(?<![^\W_])(?:(?:(?:pay|reg)-?wall|subscri(?:be|ption|bers?)|piano|meter|newsletter)[_-]{1,2}(?:prompt|box|offer"
    r"|message|overlay|modal|barrier|cta|banner|teaser|promo|notice|wall|gate|inline|form|module|sign-?up|card)s?"
    r"|premium-gate|gateway-content|tp-(?:modal|container-inner|backdrop))(?![^\W_])",
    re.IGNORECASE,
)
_WALLS = ("paywall", "regwall")
_PARTS = ("article", "aside", "dialog", "div", "form", "p", "section")
_TAGS = frozenset("amp-sidebar amp-list amp-ad amp-embed amp-consent amp-lightbox amp-user-notification".split())
_ACCESS = ("amp-access", "subscriptions-section", "subscriptions-display")
_REFUSED = re.compile(r"\s*NOT\b|\bnot-granted\b", re.IGNORECASE)
_LONGEST = 1500  # characters: what is longer holds the article


def boxed_lines(html: str, tree: _Element) -> frozenset[str]:
    """Return the lines of a page that stand in such boxes.

    They are told by what they hold, and not taken out before the article is looked for: what is around an article helps
    to find it.
    """
    lines: set[str] = set()
    for element in _boxes(html, tree):
        if shown_length(element, _LONGEST) < _LONGEST:
            lines.update(block.text for block in blocks_of(element, HTML_BLOCKS, HTML_UNSEEN, "a"))
    return frozenset(lines)


def _boxes(html: str, tree: _Element) -> Iterator[_Element]:
    if "<amp-" in html or any(name in html for name in _ACCESS):
        yield from (element for element in tree.iter() if element.tag in _TAGS or _is_refused(element))
    known: dict[str, bool] = {}  # a page uses few names, each many times
    for element in tree.iter(*_PARTS):
        names = _names(element)
        if names not in known:
            known[names] = _BOX.search(names) is not None
        if known[names]:
            yield element


def _is_refused(element: _Element) -> bool:
    return any(_REFUSED.search(element.get(name) or "") for name in _ACCESS)


def has_wall(html: str, tree: _Element) -> bool:
    """Whether a page names a part of itself after the wall that it puts up."""
    walled = any(wall in html for wall in _WALLS)
    return walled and any(wall in _names(element) for element in tree.iter(*_PARTS) for wall in _WALLS)


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
