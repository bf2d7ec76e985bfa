"""Where the links of a draft lead, and where they stand in its text.

A reader that makes a text of a document writes one character behind the words of each link, from a range that is left
to private use; what stands around the words may then be cut and joined as ever. When the text is done, these characters
come out of it again and leave their places behind.
"""

from __future__ import annotations

import re
from html import unescape

from quotecli.records import Link

BLOCK_QUOTE = "block quote:"
"""What a paragraph that is set as a block quote has at its end in place of an address."""
_FIRST, _LAST = 0xF0000, 0xFFFFD
ADDRESS = re.compile(r"https?://[^\s<>\"“”«»|\\^`{}\[\]]*[^\s<>\"“”«»|\\^`{}\[\].,;:!?'’*_)]", re.IGNORECASE)
"""A web address in a text, without the marks that follow it in a sentence."""
_LINK = re.compile(
    r"<a\b[^<>]{0,2000}?\bhref\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'>]{1,2000}))[^<>]{0,2000}>",
    re.IGNORECASE,
)
_LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)
_BLOCK_QUOTE = re.compile(
    r"<blockquote\b[^>]{0,2000}>((?:(?!<blockquote\b).)*?)</blockquote\s*>", re.IGNORECASE | re.DOTALL
)
_PARAGRAPH_END = re.compile(r"(?=</p\s*>)", re.IGNORECASE)
_ID = re.compile(r"<\w+\b[^<>]{0,2000}?\bid\s*=\s*[\"']?([^\s\"'>]{1,200})", re.IGNORECASE)
_LONGEST_NOTE = 2000
_NOTE_END = re.compile(r"</(?:li|p|dd|td|div|aside|section|body)\s*>", re.IGNORECASE)


def mark(links: list[str], address: str) -> str:
    """Return the character that stands for a link to `address`, which is put into `links`; none when they are many."""
    links.append(address)
    code = _FIRST + len(links) - 1
    return chr(code) if code <= _LAST else ""


def marked_html(links: list[str], html: str) -> str:
    """Return a page with such a character behind the words of each of its links, and of each block quote's paragraphs.

    A link to a note on the page leads where the note's own first link, or its written address, does.
    """
    html = _BLOCK_QUOTE.sub(lambda match: _marked_block(links, match), html)
    notes = {match[1]: match.end() for match in _ID.finditer(html)}
    pieces, place = [], 0
    for opening in _LINK.finditer(html):
        closing = _LINK_END.search(html, opening.end())
        if closing and opening.start() >= place:
            address = unescape(opening[1] or opening[2] or opening[3])
            if (note := notes.get(address[1:])) and address.startswith("#"):
                address = _address_in(html, note) or address
            pieces += [html[place : closing.start()], mark(links, address)]
            place = closing.start()
    return "".join(pieces) + html[place:]


def _marked_block(links: list[str], block: re.Match[str]) -> str:
    inside = block[0]
    if _PARAGRAPH_END.search(inside):
        return _PARAGRAPH_END.sub(lambda _: mark(links, BLOCK_QUOTE), inside)
    end = block.end(1) - block.start()
    return inside[:end] + mark(links, BLOCK_QUOTE) + inside[end:]


def _address_in(html: str, start: int) -> str | None:
    """Return the address that a note gives which begins at `start`: a link's, or one that is written out."""
    end = _NOTE_END.search(html, start, start + _LONGEST_NOTE)
    note = html[start : end.start() if end else start + _LONGEST_NOTE]
    targets = (unescape(match[1] or match[2] or match[3]) for match in _LINK.finditer(note))
    written = ADDRESS.search(note)
    return next((target for target in targets if not target.startswith("#")), written and written[0])


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
