"""Live blogs: pages that grow from the top. Each of their posts begins with its time, and none is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quotecli.loading.blocks import HTML_AROUND, HTML_BLOCKS, HTML_UNSEEN, blocks_of, html_paragraphs
from quotecli.loading.links import ADDRESS
from quotecli.loading.page_data import page_data

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE = "LiveBlogPosting"
_IS_LIVE = re.compile(rf"@type[\"']\s*:\s*\[?\s*[\"']{_TYPE}|schema\.org/{_TYPE}")
_POSTS_AT_LEAST = 2
_ENOUGH = 0.7  # of the characters that were found
_CLOCK = re.compile(r"T(\d\d:\d\d)")
_SHOWN_CLOCK = re.compile(
    r"\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2}, (?:\d{4},? )?)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,5})?\s*"
)
_PROSE = re.compile(r"(?:\S+\s+){5}.*[.!?…][\"'”’)\]]*$", re.DOTALL)
_LEFT_OUT = (HTML_UNSEEN | HTML_AROUND | {"time"}) - {"header"}


class Post(msgspec.Struct, frozen=True):
    """A post of a live blog: its paragraphs, and when it appeared, as the page shows it."""

    lines: list[str]
    time: str = ""


def live_posts(html: str, tree: _Element) -> tuple[str | None, list[Post]]:
    """Return the headline of a live blog and its posts, as they stand on the page; none of any other page."""
    if _TYPE not in html or not _IS_LIVE.search(html):
        return None, []
    blog = next(filter(None, map(_blog, page_data(html))), {})
    posts = [_shown(element) for element in _elements(tree)]
    posts = [post for post in posts if post.lines]
    headline = blog.get("headline")
    return headline if isinstance(headline, str) else None, posts or _carried(blog)


def _blog(data: object) -> dict[str, object] | None:
    """Return the live blog in a page's data."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            if _TYPE in (value.get("@type"), *(value["@type"] if isinstance(value.get("@type"), list) else ())):
                return value
            waiting += value.values()
    return None


def _elements(tree: _Element) -> list[_Element]:
    """Return the posts on a page: what is marked as such, or the most that stand side by side, each with a time and a
    paragraph."""
    marked = [e for e in tree.iter() if isinstance(e.tag, str) and "liveBlogUpdate" in (e.get("itemprop") or "")]
    if len(marked) >= _POSTS_AT_LEAST:
        return marked
    times = list(_times(tree))
    inside = Counter(above for time in times for above in time.iterancestors())
    beside: dict[_Element, list[_Element]] = defaultdict(list)
    for time in times:
        post = _post_of(time, inside)
        parent = None if post is None else post.getparent()
        if post is not None and parent is not None and post not in beside[parent][-1:]:
            beside[parent].append(post)
    most = max(beside.values(), key=len, default=[])
    if len(most) < _POSTS_AT_LEAST:
        return []
    alike = {(element.tag, element.get("class")) for element in most}
    siblings = (element for parent in [most[0].getparent()] if parent is not None for element in parent)
    return [element for element in siblings if (element.tag, element.get("class")) in alike]


def _times(tree: _Element) -> Iterator[_Element]:
    """Yield what shows a time: an element for it, or one that holds nothing else."""
    for element in tree.iter("time", "div", "span", "p", "a", "b", "strong", "small"):
        if element.tag == "time" or (not len(element) and _SHOWN_CLOCK.fullmatch(element.text or "")):
            yield element


def _post_of(time: _Element, inside: Counter[_Element]) -> _Element | None:
    """Return the largest element around a time and its paragraphs that holds no other time.

    inside: how many times each element holds.
    """
    around = time.iterancestors("article", "div", "li", "section")
    post = next((above for above in around if next(above.iter("p", "br"), None) is not None), None)
    parent = None if post is None else post.getparent()
    while post is not None and parent is not None and parent.tag != "body" and inside[parent] == inside[post]:
        post, parent = parent, parent.getparent()
    return post


def _shown(element: _Element) -> Post:
    time = next(_times(element), None)
    when = "" if time is None else " ".join("".join(str(text) for text in time.itertext()).split())
    lines = [block.text for block in blocks_of(element, HTML_BLOCKS, _LEFT_OUT, "a") if block.linked < 1]
    return Post([line for line in lines if line != when], when)


def _carried(blog: dict[str, object]) -> list[Post]:
    """Return the posts that a page carries as data, where it shows none."""
    updates = blog.get("liveBlogUpdate")
    found = (update for update in updates if isinstance(update, dict)) if isinstance(updates, list) else ()
    posts = []
    for update in found:
        body, when = (str(update.get(name) or "") for name in ("articleBody", "datePublished"))
        lines = html_paragraphs(body) if "</" in body else [line.strip() for line in body.split("\n") if line.strip()]
        clock = _CLOCK.search(when)
        if lines:
            posts.append(Post(lines, clock[1] if clock else ""))
    return posts if len(posts) >= _POSTS_AT_LEAST else []


def one_by_one(posts: list[Post], found: list[str]) -> list[str]:
    """Return the lines of a live blog: what stands above its posts, then each post with its time at its head; as they
    were `found` where the posts tell less (data that have but headlines).

    found: the lines of the page's article, from which the posts' short lines are chosen: else buttons would be words.
    """
    known = set(found)
    theirs = {line for post in posts for line in (*post.lines, post.time)}
    lines = found[: next((i for i, line in enumerate(found) if line in theirs), 0)]
    for post in posts:
        kept = [line for line in post.lines if (line in known or _PROSE.search(line)) and not ADDRESS.fullmatch(line)]
        if kept:
            lines += [post.time] * bool(post.time) + kept
    enough = sum(map(len, lines)) >= _ENOUGH * sum(map(len, found))
    return lines if enough else found
