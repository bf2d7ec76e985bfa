"""The blocks of text in a tree of elements (HTML, or what is made from it): paragraphs, headings, list items."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecli.loading.page_marks import show

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary
    table tbody td tfoot th thead tr ul
"""
_UNSEEN_NAMES = """
    applet audio button canvas datalist embed form head iframe input map math meter noembed noframes noscript object
    progress script select style svg template textarea title video
"""
HTML_BLOCKS = frozenset(_BLOCK_NAMES.split())
HTML_UNSEEN = frozenset(_UNSEEN_NAMES.split())  # a reader doesn't see it, or not as text
_LINK_ONLY = 0.9  # of a block's characters
_LONG_PAGE = 250  # characters; a shorter page is read whole
_MOST = 0.7  # of the characters of the whole
HTML_AROUND = frozenset(("aside", "dialog", "figcaption", "figure", "footer", "header", "menu", "nav"))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: its text, and how much of it is link text (0-1)."""

    tag: str
    text: str
    linked: float


def blocks_of(root: _Element, block_tags: Set[str], left_out: Set[str], link_tag: str) -> Iterator[Block]:
    """Yield the blocks below `root` in reading order, their white space as a browser shows it.

    block_tags: the elements that begin and end a block; left_out: those whose text isn't wanted.
    Without recursion: hostile pages nest their elements thousands deep.
    """
    from lxml.etree import iterwalk

    tags, links = [""], 0
    parts: list[tuple[str, bool]] = []
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if event in ("start", "end") else ""
        if tag in block_tags:
            yield from _block(tags[-1], parts)
            parts = []
        if event == "start":
            unwanted = tag in left_out
            if unwanted:
                walk.skip_subtree()
            tags.append(tag if tag in block_tags else tags[-1])
            links += int(tag == link_tag)
            parts.append(("" if unwanted else element.text or "", links > 0))
            continue
        if event == "end":
            tags.pop()
            links -= int(tag == link_tag)
        if element is not root:
            parts.append((element.tail or "", links > 0))
    yield from _block(tags[-1], parts)


def parsed(html: str) -> _Element | None:
    """Return the tree of an HTML text; None if there is nothing in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def html_paragraphs(html: str, *, around: bool = False) -> list[str]:
    """Return the blocks of an HTML text that is an article and nothing else: a message, a chapter, a feed's entry.

    around: whether headers, asides, captions and the like belong to it as well.
    """
    tree = parsed(html)
    if tree is None:
        return []
    show(tree)
    left_out = HTML_UNSEEN if around else HTML_UNSEEN | HTML_AROUND
    return [block.text for block in blocks_of(_core(tree), HTML_BLOCKS, left_out, "a")]


def main_paragraphs(tree: _Element) -> list[str]:
    """Return the blocks of a page; of a long one only the part that holds most of its words, without links alone. The
    tree is used up."""
    left_out = HTML_UNSEEN | HTML_AROUND
    _mark_parts(tree)
    blocks = list(blocks_of(_wordiest(_core(tree), left_out), HTML_BLOCKS, left_out, "a"))
    return [block.text for block in blocks if block.linked < _LINK_ONLY or len(blocks) == 1]


def _mark_parts(tree: _Element) -> None:
    """Rename what a page uses in another sense: a form around the whole page is none, a box for consent is a dialog."""
    for form in tree.iter("form"):
        if next(form.iter("p", "article", "table"), None) is not None:
            form.tag = "div"
    for element in tree.iter("div", "section"):
        if element.get("role") in ("dialog", "alertdialog", "navigation", "banner", "contentinfo"):
            element.tag = "dialog"


def _wordiest(root: _Element, left_out: Set[str]) -> _Element:
    """Return the smallest part that holds most of the words outside links: the column of an old page's table."""
    lengths = _lengths(root, left_out)
    if lengths[root] < _LONG_PAGE:
        return root
    part = root
    while True:
        largest = max(part, key=lambda child: lengths.get(child, 0), default=None)
        if largest is None or lengths.get(largest, 0) < _MOST * lengths[part]:
            return part
        part = largest


def _lengths(root: _Element, left_out: Set[str]) -> dict[_Element, int]:
    """Return how many characters each part below `root` has outside links, in one walk."""
    from lxml.etree import iterwalk

    lengths: dict[_Element, int] = {root: 0}
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            unwanted = element.tag in left_out or element.tag == "a"
            if unwanted:
                walk.skip_subtree()
            lengths[element] = 0 if unwanted else len((element.text or "").strip())
        elif element is not root:
            parent = element.getparent()
            if parent is not None:
                lengths[parent] += lengths[element] + len((element.tail or "").strip())
    return lengths


def _core(tree: _Element) -> _Element:
    """Return the page's one article or main element, or the whole tree."""
    for name in ("article", "main"):
        found = tree.findall(f".//{name}")
        if len(found) == 1:
            return found[0]
    return tree


def _block(tag: str, parts: list[tuple[str, bool]]) -> Iterator[Block]:
    text = " ".join("".join(part for part, _ in parts).split())
    if text:
        linked = "".join(part for part, is_link in parts if is_link)
        yield Block(tag, text, len("".join(linked.split())) / len(text.replace(" ", "")))
