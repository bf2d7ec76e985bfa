"""What a page shows beyond its words, written into them before its article is looked for: the marks of `<q>`, posts and
their owners, who said a block quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotecli.loading.blocks import parsed
from quotecli.loading.posts import has_posts, show_posts, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNED_QUOTE = re.compile(
    r"<blockquote\b(?:(?!</blockquote).){0,4000}?<(?:cite|footer)\b|</blockquote>\s*<figcaption",
    re.IGNORECASE | re.DOTALL,
)
_OPEN, _CLOSE = "“‘", "”’"
_MARKS = "\"'“”‘’«»„"
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dt figcaption figure h1 h2 h3 h4 h5 h6 li p section td".split()
)


def shown(html: str) -> str:
    """Return a page as it is meant to be seen; the same characters where it has nothing of the kind."""
    quoted = "<q>" in html or "<q " in html or ("<blockquote" in html and _SIGNED_QUOTE.search(html))
    if not (quoted or has_posts(html)):
        return html
    from lxml import html as lxml_html

    tree = parsed(html)
    if tree is None or not (_sign_block_quotes(tree) + show_posts(tree) + (_write_marks(tree) if "<q" in html else 0)):
        return html
    return str(lxml_html.tostring(tree, encoding="unicode"))


def _sign_block_quotes(tree: _Element) -> int:
    """Put who said a block quote, where its `footer` or `cite` tells, behind its last paragraph; return how often."""
    times = 0
    for quote in tree.iter("blockquote"):
        signature = next(quote.iter("footer", "cite", "figcaption"), None)
        figure = quote.getparent()
        if (
            signature is None
            and figure is not None
            and figure.tag == "figure"
            and "pull" not in (figure.get("class") or "")
        ):
            signature = next(figure.iter("figcaption"), None)
            figure.tag = "div" if signature is not None else "figure"  # no picture: its words belong to the article
        paragraphs = [p for p in quote.iter("p") if signature is None or signature not in p.iter()]
        if signature is None or not paragraphs:
            continue
        name = text_of(signature).lstrip("—–―- ")
        if not name or len(name) > 120:
            continue
        signature.drop_tree()  # type: ignore[attr-defined]
        _append(paragraphs[-1], f" — {name}")
        times += 1
    return times


def _append(element: _Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + words
    else:
        element.text = (element.text or "").rstrip() + words


def _write_marks(tree: _Element) -> int:
    """Write the marks of each `<q>`, single ones inside double ones, as browsers do; return how many there are."""
    found = list(_quoted(tree))
    for element, inside in found:
        words = text_of(element)
        if words and words[0] not in _MARKS:
            element.text = _OPEN[inside] + (element.text or "").lstrip()
            _append(element, _CLOSE[inside])
    for element, _ in found:
        element.drop_tag()  # type: ignore[attr-defined]
    return len(found)


def _quoted(tree: _Element) -> Iterator[tuple[_Element, bool]]:
    """Yield each `<q>`, and whether it stands inside another quotation: an element, or marks of its own paragraph."""
    from lxml.etree import iterwalk

    depth = opened = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            opened = 0 if element.tag in _BLOCKS else opened
            if element.tag == "q":
                yield element, depth > 0 or opened > 0
                depth += 1
        elif event == "end" and element.tag == "q":
            depth -= 1
        words = (element.text if event == "start" else element.tail) or ""
        opened = max(0, opened + words.count("“") - words.count("”"))
