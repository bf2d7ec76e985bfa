"""Markdown: the text as a reader sees it rendered, a paragraph a line; front matter gives the metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from quotecli.loading.encodings import decode
from quotecli.loading.links import BLOCK_QUOTE
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source
from quotecli.records import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>.*?\n)?(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"<!--(?:(?!-->|<!--).)*-->|<[^<>]{0,999}>", re.DOTALL)
_LONGEST_METADATA = 64 * 1024  # characters

# The names that static site generators and editors use for what we know.
_FIELDS = {
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "outlet": ("outlet", "publication", "publisher", "site", "sitename", "source"),
    "url": ("url", "link", "canonical", "canonical_url", "canonicalURL"),
    "published": ("published", "date", "pubdate", "publishdate", "publishDate"),
}


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of a Markdown file."""
    metadata, body = split_front_matter(decode(source.read()))
    tokens = _parse(body)
    _mark_links(tokens, source)
    _mark_block_quotes(tokens, source)
    known = _known(metadata)
    if not known["title"]:
        known["title"] = _first_heading(tokens)
    yield source.article("\n".join(rendered_lines(tokens)), **known)


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the metadata between `---` (YAML) or `+++` (TOML) lines on top, and the text behind them.

    Front matter that cannot be read is no metadata, and no text either.
    """
    match = _FRONT_MATTER.match(text)
    if match is None or match.end() > _LONGEST_METADATA:
        return {}, text
    load = _yaml if match["fence"] == "---" else _toml
    return load(match["body"] or ""), text[match.end() :]


def _yaml(text: str) -> Mapping[str, Any]:
    import yaml

    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _toml(text: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _known(metadata: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the fields of an article as far as the front matter gives them."""

    def first(field: str) -> object:
        return next((metadata[name] for name in _FIELDS[field] if metadata.get(name)), None)

    known = {field: _words(first(field)) for field in ("title", "byline", "outlet", "url")}
    return {**known, "published": iso_date(first("published"))}


def _words(value: object) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str)) or None
    return None


def _parse(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _mark_links(tokens: Sequence[Token], source: Source) -> None:
    """Put a mark behind the words of each link, if the links are wanted."""
    for token in tokens:
        addresses: list[str] = []
        for child in token.children or ():
            if child.type == "link_open":
                addresses.append(str(child.attrs.get("href", "")))
            elif child.type == "link_close" and addresses:
                child.type, child.content = "text", source.mark(addresses.pop())


def _mark_block_quotes(tokens: Sequence[Token], source: Source) -> None:
    """Put a mark behind each paragraph of a block quote; "[!NOTE]" makes it a box of the editor's own."""
    depth = 0
    for token in tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if depth and token.type == "inline" and token.children and not token.content.startswith("[!"):
            end = copy(token.children[-1])
            end.type, end.content = "text", source.mark(BLOCK_QUOTE)
            token.children.append(end)


def rendered_lines(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the lines of text that the tokens show: paragraphs, headings, list items, table rows, code lines."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield from ["\t".join(row)]
            row = None
        elif token.type == "inline" and row is not None:
            row.append(" ".join(_inline(token.children or ()).split()))
        elif token.type == "inline":
            yield from filter(None, map(str.strip, _inline(token.children or ()).split("\n")))
        elif token.type in ("fence", "code_block"):
            yield from filter(None, map(str.rstrip, token.content.split("\n")))
        elif token.type == "html_block":
            yield from filter(None, map(str.strip, _without_tags(token.content).split("\n")))


def _inline(tokens: Sequence[Token]) -> str:
    """Return the words of an inline token's children; a picture shows no words."""
    shown = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(
        shown.get(token.type, token.content if token.type in ("text", "code_inline", "text_special") else "")
        for token in tokens
    )


def _without_tags(text: str) -> str:
    from html import unescape

    return unescape(_TAG.sub("", text))


def _first_heading(tokens: Sequence[Token]) -> str | None:
    """Return the heading that the text begins with, if it does."""
    if len(tokens) > 1 and tokens[0].type == "heading_open":
        return _inline(tokens[1].children or ()).strip() or None
    return None
