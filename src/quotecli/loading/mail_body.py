"""The words of a message: which of its versions has them, with what others wrote marked "> " as mail programs do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from typing import TYPE_CHECKING

from quotecli.errors import InputError
from quotecli.loading.blocks import HTML_BLOCKS, HTML_UNSEEN, blocks_of, parsed
from quotecli.loading.encodings import decode
from quotecli.loading.page_marks import show

if TYPE_CHECKING:
    from email.message import Message

    from lxml.etree import _Element

_STUB = 0.6  # of the words of the other version: a plain one with fewer is none
_LONG_LINE = 45  # characters: a quoted line so long goes on in the next one
_QUOTED = re.compile(r"((?:>\s?)+)")
_SIGNATURE = "-- "
_WROTE = re.compile(r"On\b.{4,200}?\n?.{0,120}?\b(?:wrote|writes):")
_SPLIT_WROTE = re.compile(r"^((?:> ?)*On\b.{4,150})\n(?:> ?)*(.{0,80}\b(?:wrote|writes):)$", re.MULTILINE)
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*$")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])", re.IGNORECASE
)
_THIS = r"this\ (?:e-?mail|message|newsletter)"
_AROUND = re.compile(
    rf"""\W*(?:(?:view|read|open)\ (?:{_THIS}\ )?(?:in\ (?:your\ |a\ )?(?:web\ )?browser|online)|sent\ from\ my\ \w+\W*$
    |(?:click\ here\ to\ )?unsubscribe|you(?:[’']re|\ are|\ have)\ (?:receiving|received|getting|got)\ this
    |(?:manage|update|change)\ (?:your\ )?(?:e-?mail\ )?(?:preferences|subscription|settings)
    |forward(?:ed)?\ (?:this\ )?to\ a\ friend|{_THIS}\ was\ sent\ (?:to|by)|was\ {_THIS}\ forwarded
    |your\ e-?mail\ (?:client|program)\ does\ not\ support|add\ us\ to\ your\ address\ book)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines of a message that tell how to read it or how to get no more of them."""


def body_lines(message: EmailMessage) -> list[str]:
    """Return the lines of a message's body: of the plain version, unless that is empty or only announces the other.

    What somebody else wrote before begins with "> ". Raise InputError when the parts cannot be told apart.
    """
    try:
        plain, html = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    except (AttributeError, LookupError, ValueError) as error:  # parts that are none
        raise InputError("damaged: the parts of the message cannot be told apart") from error
    shown = [] if html is None else html_lines(_text(html))
    lines = [] if plain is None else plain_lines(_text(plain), flowed=_is_flowed(plain), delsp=_deletes_spaces(plain))
    return shown if _words(lines) < _STUB * _words(shown) else lines


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def _is_flowed(part: Message) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _deletes_spaces(part: Message) -> bool:
    return str(part.get_param("delsp", "")).lower() == "yes"


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines if not _AROUND.match(line))


def plain_lines(text: str, *, flowed: bool = False, delsp: bool = False) -> list[str]:
    """Return the lines of a plain body: without the signature, lines that the program wrapped joined again.

    flowed, delsp: as RFC 3676 has them. Quoted lines that no program marked are joined where they are long.
    """
    text = _SPLIT_WROTE.sub(r"\1 \2", text.replace("\r\n", "\n"))
    lines: list[str] = []
    open_at: int | None = None  # the depth of a line that goes on
    for depth, line in _unsigned(text.split("\n")):
        soft = flowed and line.endswith(" ") and line.strip() != ""
        words = line[:-1] if soft and delsp else line
        if open_at == depth and words.strip():
            lines[-1] += words if flowed else f" {words}"
        else:
            lines.append("> " * depth + words if words.strip() or not depth else "")
        wrapped = not flowed and depth > 0 and len(words) >= _LONG_LINE and not _ENDS.search(words)
        open_at = depth if soft or wrapped else None
    return [
        line
        for line in (line if not line.startswith(">") else line.rstrip() for line in lines)
        if not _AROUND.match(line)
    ]


def _unsigned(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the depth and the words of each line, but for signatures; what is quoted below one is kept."""
    signature: int | None = None
    for line in lines:
        match = _QUOTED.match(line)
        depth, words = (match[1].count(">"), line[match.end() :]) if match else (0, line)
        if signature is not None and depth <= signature and not (depth < signature or _WROTE.match(words)):
            continue
        signature = depth if words == _SIGNATURE else None
        if signature is None:
            yield depth, words


def html_lines(html: str) -> list[str]:
    """Return the lines of an HTML body, without what it hides; what is cited begins with "> "."""
    tree = parsed(html)
    if tree is None:
        return []
    show(tree)
    for element in tree.iter():
        if isinstance(element.tag, str) and _HIDDEN.search(element.get("style") or ""):
            element.tag = "template"
    for element in reversed(list(tree.iter("blockquote"))):
        if _is_cited(element):
            _mark_cited(element)
    lines = (block.text for block in blocks_of(tree, HTML_BLOCKS, HTML_UNSEEN, "a"))
    return [line for line in lines if not _AROUND.match(line)]


def _is_cited(quote: _Element) -> bool:
    """Whether a block quote holds the message that is answered."""
    above = (f"{element.get('class') or ''} {element.get('type') or ''}" for element in (quote, *quote.iterancestors()))
    return any("cite" in names or "gmail_quote" in names or "yahoo_quoted" in names for names in above)


def _mark_cited(quote: _Element) -> None:
    lines = [block.text for block in blocks_of(quote, HTML_BLOCKS, HTML_UNSEEN, "a")]
    tail = quote.tail
    quote.clear()
    quote.tag, quote.tail = "div", tail
    for line in lines:
        paragraph = quote.makeelement("p", {})
        paragraph.text = f"> {line}"
        quote.append(paragraph)
