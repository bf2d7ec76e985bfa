"""HTML: the article of a page, a paragraph a line, without what stands around it.

trafilatura finds the article and its metadata. Its own text output keeps the source's line breaks inside a paragraph
and related links between paragraphs, so the text is written here, from the tree of elements that it returns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quotecli.errors import InputError
from quotecli.loading.blocks import HTML_BLOCKS, HTML_UNSEEN, Block, blocks_of, main_paragraphs
from quotecli.loading.boxes import boxed_lines, has_wall
from quotecli.loading.encodings import decode
from quotecli.loading.links import marked_html
from quotecli.loading.live import live_posts, one_by_one
from quotecli.loading.page_data import carried_on, carried_paragraphs
from quotecli.loading.page_marks import show
from quotecli.loading.page_metadata import metadata_of, page_tree
from quotecli.loading.prompts import is_prompt
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source
from quotecli.loading.superscripts import lowered
from quotecli.records import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WITHIN = 4096

# The elements of trafilatura's tree that begin and end a paragraph.
_BLOCKS = frozenset(("body", "cell", "code", "div", "head", "item", "lb", "list", "p", "quote", "row", "table"))
_LINK_ONLY = 0.9  # of a paragraph's characters: "MORE: another story"
_LINK_LIST = 0.5  # of a list's characters, when every item has a link

# Pictures inside the page, which may be megabytes: no parser needs to see them.
_PICTURE = re.compile(r"data:[\w/+.;=-]{0,80},[^\"'()<>\s]{500,}")
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")
_FEWEST_PER_NUL = 100  # bytes; with more NULs than that it is no page

_FRAME = re.compile(r"<frame\b[^>]{0,200}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,200})", re.IGNORECASE)
_FRAMES_NAMED = 5
_MOVED = re.compile(r"<meta\b[^>]{0,200}\brefresh\b[^>]{0,200}?\burl\s*=\s*[\"']?([^\"'\s>]{1,300})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,300}?\blang\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_FREE = "isAccessibleForFree"
_NOT_FREE = re.compile(r"[\\\"']{1,2}\s*:\s*[\\\"']{0,2}false", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)

# Below this length trafilatura gives up paragraphs and takes all the words of the page as one.
_TRUSTED_LENGTH = 250

_NEAR = 12  # characters on each side of a link
_AROUND = 30  # characters on each side of where a paragraph may be torn


def read(source: Source) -> Iterator[Article]:
    """Yield the article of a page, with the metadata that the page gives."""
    yield page_of(source, source.read(), source.charset)


def page_of(source: Source, data: bytes, charset: str | None = None) -> Article:
    """Return the article of a page given as bytes, in the encoding that is named or that it names itself."""
    if 0 < data.count(0) * _FEWEST_PER_NUL < len(data):  # a browser passes over them
        data = data.replace(b"\0", b"")
    return page_article(source, decode(data, charset or declared_charset(data)))


def page_article(source: Source, html: str) -> Article:
    """Return the article of a page given as characters; raise InputError when it holds none."""
    html = _CONTROLS.sub("", _PICTURE.sub("data:,", html))
    source.check_markup(len(html))
    source.check_language(html)
    html = lowered(html) if source.links is None else marked_html(source.links, html)
    tree = page_tree(html)
    if tree is None:
        raise InputError(_why_empty(html))
    show(tree)
    page = metadata_of(tree, source.url)
    headline, posts = live_posts(html, tree)
    title = headline or _without_site_name(page.title, page.site)
    lines = _paragraphs(_article(tree), tree, title)
    paid, boxed = _is_paid(html, tree), boxed_lines(html, tree)
    if len(lines) < 2 or _length_of(lines) < _TRUSTED_LENGTH:
        lines = _read_otherwise(html, tree, title)
    if paid:
        lines = carried_on(lines, carried_paragraphs(html))
    if posts:
        lines = one_by_one(posts, lines)
    lines = [line for line in lines if not (is_prompt(line) or line in boxed)]
    if not lines:
        raise InputError(_why_empty(html))
    return source.article(
        "\n".join(lines),
        title=title,
        byline=page.author,
        outlet=_first_part(page.site),
        published=iso_date(page.date),
        url=page.url or source.url,
        language=_first_match(_LANGUAGE, html),
    )


def _is_paid(html: str, tree: _Element) -> bool:
    """Whether a page says that not everybody may read all of it."""
    said = _FREE in html and any(_NOT_FREE.match(html, place.end()) for place in re.finditer(_FREE, html))
    return said or has_wall(html, tree)


def _first_match(pattern: re.Pattern[str], html: str) -> str | None:
    match = pattern.search(html)
    return match.group(1) if match else None


def _read_otherwise(html: str, tree: _Element, title: str | None) -> list[str]:
    """Return the paragraphs of a page in which trafilatura sees none: a few lines, a fragment, tables for columns, or
    a page that shows little of what it carries for its scripts. The tree is used up."""
    shown = [line for line in main_paragraphs(tree) if line != title]
    carried = carried_paragraphs(html)
    if _length_of(carried) <= 2 * _length_of(shown):
        return shown
    return carried if len(carried) > 1 else carried_on(shown, carried) if shown else carried


def _length_of(lines: list[str]) -> int:
    return sum(map(len, lines))


def _why_empty(html: str) -> str:
    """Return why a page shows no words."""
    if frames := _FRAME.findall(html):
        return f"holds no text but frames: {', '.join(frames[:_FRAMES_NAMED])}"
    if moved := _MOVED.search(html):
        return f"holds no text: it sends its reader to {moved.group(1)}"
    return "holds no text: the page is filled in by scripts" if _SCRIPT.search(html) else "holds no text"


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page's first `meta` element names."""
    match = _CHARSET.search(data[:_CHARSET_WITHIN])
    return match.group(1).decode("ascii", "replace") if match else None


def _article(tree: _Element) -> _Element | None:
    """Return the article that trafilatura finds in a page, as a tree of its own elements; None if there is none."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, include_links=True, output_format="xml"
    )
    return None if found is None else found.body


def _paragraphs(body: _Element | None, tree: _Element, title: str | None) -> list[str]:
    """Return the article's blocks in order, without lists of links and without the headline."""
    if body is None:
        return []
    _respace(body, tree)
    for links in [found for found in body.iter("list") if _is_link_list(found)]:
        links.clear()
    blocks = _rejoined(list(blocks_of(body, _BLOCKS, frozenset(), "ref")), tree)
    return [b.text for b in blocks if not (_is_link(b) or (b.tag == "head" and b.text == title))]


def _rejoined(blocks: list[Block], tree: _Element) -> Iterator[Block]:
    """Yield the blocks, joined where trafilatura parts a link from the words around it and the page does not."""
    lines = [block.text for block in blocks_of(tree, HTML_BLOCKS, HTML_UNSEEN, "a")]
    page, seen = "\n".join(lines), {met for line in lines for met in _words_and_pairs(line)}
    held: Block | None = None
    for block in blocks:
        joint = None if held is None else _joint(held, block, page, seen)
        if held is not None and joint is not None:
            shares = (len(one.text) * one.linked for one in (held, block))
            held = Block("p", f"{held.text}{joint}{block.text}", sum(shares) / len(held.text + block.text))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _words_and_pairs(line: str) -> Iterator[str]:
    """Yield the words of a line, and every two in a row."""
    words = line.split()
    yield from words
    yield from map(" ".join, pairwise(words))


def _joint(first: Block, second: Block, page: str, seen: Set[str]) -> str | None:
    """Return what the page has between two paragraphs that are one there: a space or nothing; None if they are two.

    seen: the page's words, and every two in a row. Where paragraphs meet there is mostly neither: to search a long page
    for each of its paragraphs would take the square of its length.
    """
    sides = first.text[-_AROUND:], second.text[:_AROUND]
    left, right = sides[0].split(), sides[1].split()
    cut = len(left) < 2 or len(right) < 2  # the words that meet may be parts of words
    gaps = (gap for gap in (" ", "") if cut or f"{left[-1]}{gap}{right[0]}" in seen)
    return next((gap for gap in gaps if gap.join(sides) in page), None)


def _respace(body: _Element, tree: _Element) -> None:
    """Give the words around links the spaces back that trafilatura takes from block quotes and lists."""
    glued = [(link, *sides) for link in body.iter("ref") for sides in _glued(link)]
    page = " ".join("".join(str(text) for text in tree.itertext()).split()) if glued else ""
    for link, behind, left, right in glued:
        if left[-_NEAR:] + right[:_NEAR] in page:
            continue
        if behind:
            link.tail = f" {link.tail}"
        else:
            link.text = f" {link.text}"


def _glued(link: _Element) -> Iterator[tuple[bool, str, str]]:
    """Yield the sides of a link on which no space parts words: whether it is behind it, and what stands there."""
    before, above = link.getprevious(), link.getparent()
    left = (before.tail if before is not None else above.text if above is not None else None) or ""
    for behind, first, second in ((False, left, link.text or ""), (True, link.text or "", link.tail or "")):
        if first and second and not first[-1].isspace() and (second[0].isalnum() or second[0] in "(“‘"):
            yield behind, first, second


def _is_link(block: Block) -> bool:
    return block.tag == "p" and block.linked >= _LINK_ONLY


def _is_link_list(element: _Element) -> bool:
    if not all(any(True for _ in item.iter("ref")) for item in element.iterfind("item")):
        return False
    linked = sum(_length(ref) for ref in element.iter("ref"))
    return linked >= _LINK_LIST * _length(element)


def _length(element: _Element) -> int:
    return sum(len(text) for text in element.itertext())


def _without_site_name(title: str | None, site: str | None) -> str | None:
    """Cut " - The Daily Example" from "Headline - The Daily Example"."""
    if not title or not site:
        return title or None
    cut = re.sub(rf"\s+[-|–—:·»]\s+{re.escape(site)}\s*$", "", title)
    return cut.strip() or title


def _first_part(site: str | None) -> str | None:
    """Return the name in "Name | its slogan | its town"."""
    return (site or "").split(" | ")[0].strip() or None
