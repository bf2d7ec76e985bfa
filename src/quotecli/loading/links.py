"""Where the links of a draft lead, and where they stand in its text.

A reader that makes a text of a document writes one character behind the words of each link, from a range that is left
to private use; what stands around the words may then be cut and joined as ever. When the text is done, these characters
come out of it again and leave their places behind.
"""

from __future__ import annotations

import re
from html import unescape

from quotecli.records import Link

_FIRST, _LAST = 0xF0000, 0xFFFFD
ADDRESS = re.compile(r"https?://[^\s<>\"“”«»|\\^`{}\[\]]*[^\s<>\"“”«»|\\^`{}\[\].,;:!?'’*_)]", re.IGNORECASE)
"""A web address in a text, without the marks that follow it in a sentence."""
_LINK = re.compile(
    r"<a\b[^>]{0,2000}?\bhref\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'>]{1,2000}))[^>]{0,2000}>",
    re.IGNORECASE,
)
_LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)


def mark(links: list[str], address: str) -> str:
    """Return the character that stands for a link to `address`, which is put into `links`; none when they are many."""
    links.append(address)
    code = _FIRST + len(links) - 1
    return chr(code) if code <= _LAST else ""


def marked_html(links: list[str], html: str) -> str:
    """Return a page with such a character behind the words of each of its links."""
    pieces, place = [], 0
    for opening in _LINK.finditer(html):
        closing = _LINK_END.search(html, opening.end())
        if closing and opening.start() >= place:
            address = unescape(opening[1] or opening[2] or opening[3])
            pieces += [html[place : closing.start()], mark(links, address)]
            place = closing.start()
    return "".join(pieces) + html[place:]


def taken_out(links: list[str], text: str) -> tuple[str, tuple[Link, ...]]:
    """Return a text without these characters, and its links."""
    pieces, found, place, length = [], [], 0, 0
    for match in re.finditer(f"[{chr(_FIRST)}-{chr(_LAST)}]", text):
        number = ord(match[0]) - _FIRST
        if number < len(links):
            pieces.append(text[place : match.start()])
            length += match.start() - place
            place = match.end()
            found.append(Link(links[number], length))
    return "".join(pieces) + text[place:], tuple(found)
