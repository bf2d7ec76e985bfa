"""Boxes on a page that are no part of its article: what asks to pay, and what AMP shows around the text."""

from __future__ import annotations

import re

from quotecli.loading.blocks import HTML_BLOCKS, HTML_UNSEEN, blocks_of, names_with, parsed
from quotecli.loading.posts import shown_length

_WORDS = ("paywall", "pay-wall", "regwall", "reg-wall", "subscribe", "subscription", "piano", "meter")
_BOX = re.compile(
    r"(?:^|[\s_-])(?:(?:pay|reg)-?wall|subscri(?:be|ption)|piano|meter)[_-]{1,2}(?:prompt|box|offer|message|overlay|modal"
    r"|barrier|cta|banner|teaser|promo|notice|wall|gate|inline|form)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = frozenset("amp-sidebar amp-list amp-ad amp-embed amp-consent amp-lightbox amp-user-notification".split())
_LONGEST = 1500  # characters: what is longer holds the article


def boxed_lines(html: str) -> frozenset[str]:
    """Return the lines of a page that stand in such boxes.

    They are told by what they hold, and not taken out before the article is looked for: what is around an article helps
    to find it.
    """
    boxed = "<amp-" in html or "amp-access" in html or any(map(_BOX.search, names_with(html, _WORDS)))
    tree = parsed(html) if boxed else None
    if tree is None:
        return frozenset()
    lines: set[str] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        refused = (element.get("amp-access") or "").strip().upper().startswith("NOT ")
        named = _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
        if (element.tag in _TAGS or refused or named) and shown_length(element, _LONGEST) < _LONGEST:
            lines.update(block.text for block in blocks_of(element, HTML_BLOCKS, HTML_UNSEEN, "a"))
    return frozenset(lines)
