"""Posts of social networks in a page: each becomes a paragraph, with its owner behind a dash as embeds print it.

<blockquote class="twitter-tweet"><p>Well …</p>— Jo Marsh (@jo) <a>March 4, 2025</a></blockquote>
<div class="tweet-card">Jo Marsh @jo <p class="tweet-text">Well …</p></div>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMBED = re.compile(
    r"(?:^|[\s_-])(?:tweet|twitter-tweet|bluesky-embed|mastodon-embed|tiktok-embed|instagram-media|text-post-media|fb-post"
    r"|fb-xfbml-parse-ignore)(?:$|\s)"
)
_CARD = re.compile(
    r"(?:^|[\s_-])(?:tweet|twitter|x-post|bluesky|bsky|skeet|mastodon|toot|truth|truthsocial|threads|instagram|facebook"
    r"|fb-post|linkedin|social-post|embed)(?:$|[\s_-])"
)
_BODY = re.compile(r"(?:^|[\s_-])(?:text|body|content|message|copy|caption)(?:$|[\s_-])")
_HANDLE = r"@[\w.-]*\w(?:@[\w.-]*\w)?"
_OWNER = re.compile(rf"(?P<name>[^\n@()|·]{{2,60}}?)\s*[(|·]?\s*(?P<handle>{_HANDLE})")
_POSTED = re.compile(
    rf"\b(?:[Pp]osted|[Ss]hared) by (?P<name>[^\n@()]{{2,60}}?)(?:\s*\(\s*(?P<handle>{_HANDLE})|(?= on | at )|$)"
)
_SIGNED = re.compile(rf"\W*[^@]{{2,60}}\(\s*{_HANDLE}\s*\)")
_POST_BY = re.compile(rf"\bPost by (?P<handle>{_HANDLE})")
_SIGNED_LAST = re.compile(rf"[—–―] ?[^@—–―]{{2,60}}\(\s*{_HANDLE}\s*\)[^@]{{0,60}}\Z")
_NO_WORDS = re.compile(
    r"\s*(?:View (?:this (?:post|photo) )?on \w+|A (?:post|photo|video|reel) shared by\b.*|♬.*"
    rf"|(?:Post(?:ed)? by )?{_HANDLE}|Post(?:ed)? by .*)\s*",
    re.DOTALL,
)
_LINK = re.compile(r"(?:https?://)?(?:t\.co|pic\.(?:twitter|x)\.com)/\w+|\[image or embed\]")
_LONGEST = 2000  # characters of a post with all that stands around it
_MOST = 300  # posts on a page
_PLACEHOLDER = 40  # characters: "Loading post …"
_CARDS = frozenset(("article", "aside", "div", "figure", "section"))
_WITHIN = frozenset(("article", "blockquote", "div", "figure", "footer", "h3", "h4", "header", "p", "section"))
_EMBEDDING = re.compile(r"embed|tweet|twitter|social|oembed|provider")
_WRAPPERS = frozenset(
    ("a", "amp-twitter", "article", "center", "div", "figure", "li", "noscript", "p", "section", "span")
)


def show_posts(tree: _Element) -> None:
    """Put a paragraph in the place of each post below `tree` that shows its words and its owner."""
    for element in list(islice(_posts(tree), _MOST)):
        paragraph = _paragraph(element)
        if paragraph is not None:
            _replace(_wrapper(element), paragraph)


def _posts(tree: _Element) -> Iterator[_Element]:
    """Yield the outermost elements that are posts."""
    seen: set[_Element] = set()
    for element in tree.iter("blockquote", *_CARDS):
        if not _is_post(element) or any(above in seen for above in element.iterancestors()):
            continue
        if element.tag != "blockquote" and next(element.iter("blockquote"), None) is not None:
            continue  # around an embed
        if shown_length(element, _LONGEST) < _LONGEST:
            seen.add(element)
            yield element


def _is_post(element: _Element) -> bool:
    names = (element.get("class") or "").lower()
    if element.tag == "blockquote":
        return _EMBED.search(names) is not None or _SIGNED_LAST.search(text_of(element)) is not None
    return _CARD.search(names) is not None


def shown_length(element: _Element, most: int) -> int:
    """Return how many characters, white space apart, an element shows; no more than `most` are counted."""
    length = 0
    for text in element.itertext():
        length += len("".join(str(text).split()))
        if length >= most:
            return most
    return length


def _paragraph(post: _Element) -> str | None:
    """Return the words of a post and who wrote them, in a line; None if it is none, or shows nothing."""
    bodies = _bodies(post)
    if bodies and _SIGNED.match(text_of(bodies[-1])):  # the owner has a paragraph, too
        bodies.pop()
    words = " ".join(_LINK.sub(" ", " ".join(map(text_of, bodies))).split())
    inside = {element for body in bodies for element in body.iter()}
    owner, when = _owner(" ".join(" \n".join(_texts(post, inside)).split()).lstrip("—–- "))
    return f"{words} — {owner}{when}" if words and owner else None


def text_of(element: _Element) -> str:
    """Return the text of an element in one line."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _bodies(post: _Element) -> list[_Element]:
    """Return the elements that hold what is said."""
    marked = [e for e in post.iter() if isinstance(e.tag, str) and e is not post and _BODY.search(e.get("class") or "")]
    marked = [e for e in marked if not any(above in marked for above in e.iterancestors())]
    found = marked or list(post.iter("p")) or list(_innermost(post))
    return [e for e in found if text_of(e) and not _NO_WORDS.fullmatch(text_of(e))]


def _innermost(post: _Element) -> Iterator[_Element]:
    """Yield the blocks that hold no other block."""
    for element in post.iter(*_WITHIN):
        if not any(below is not element for below in element.iter(*_WITHIN)):
            yield element


def _texts(post: _Element, inside: set[_Element]) -> Iterator[str]:
    """Yield the texts around what is said."""
    for element in post.iter():
        if element not in inside and isinstance(element.tag, str):
            yield " ".join((element.text or "").split())
        if element is not post and element.getparent() not in inside:
            yield " ".join((element.tail or "").split())


def _owner(around: str) -> tuple[str, str]:
    """Return who wrote a post, as "Name (@handle)", and when, from the words around it."""
    if by := _POST_BY.search(around):
        return by["handle"], ""
    if posted := _POSTED.search(around):
        return f"{posted['name']} ({posted['handle']})" if posted["handle"] else posted["name"], ""
    if match := _OWNER.search(around):
        name = match["name"].strip(" \t—–-,:")
        dated = re.match(r"[\s)·|]*([\w:,. ]*\b(?:19|20)\d\d)\b", around[match.end() :])
        owner = f"{name} ({match['handle']})" if re.search(r"\w\w", name) else match["handle"]
        return owner, f" {dated[1].strip()}" if dated else ""
    handle = re.search(_HANDLE, around)
    return (handle[0], "") if handle else ("", "")


def _wrapper(post: _Element) -> _Element:
    """Return the largest element around a post that shows nothing else, but for what stands there till it is loaded."""
    own = shown_length(post, _LONGEST)
    parent = post.getparent()
    while parent is not None and parent.tag in _WRAPPERS and parent.getparent() is not None:
        spare = _PLACEHOLDER if _EMBEDDING.search((parent.get("class") or "").lower()) else 0
        if shown_length(parent, own + spare + 1) > own + spare:
            break
        post, parent = parent, parent.getparent()
    return post


def _replace(element: _Element, words: str) -> None:
    """Make an element a paragraph of these words; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "p", words, tail
    for above in element.iterancestors("noscript"):
        above.tag = "div"
