"""The article that a page carries as data, for search engines or for its own scripts, where it shows none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from quotecli.loading.blocks import html_paragraphs

_DATA = re.compile(r"<script\b[^>]{0,300}\bapplication/(?:ld\+)?json\b[^>]{0,300}>", re.IGNORECASE)
_END = re.compile(r"</script\b", re.IGNORECASE)
_BODIES = frozenset(("articlebody", "articletext", "body", "bodytext", "content", "fulltext", "html", "text"))
"""The names, letters only, under which a text stands."""
_TELLING = 40  # characters of a paragraph that is not found elsewhere by chance
_MUCH_MORE = 1.3  # times what the page shows
_SHORTEST = 250  # characters of an article; less is a description


def carried_paragraphs(html: str) -> list[str]:
    """Return the paragraphs of the longest text in a page's JSON (JSON-LD, or what its scripts show); none if there
    is no article in it."""
    found = (paragraphs for data in page_data(html) for paragraphs in _texts(data))
    longest = max(found, key=_length, default=[])
    return longest if _length(longest) >= _SHORTEST else []


def carried_on(shown: list[str], carried: list[str]) -> list[str]:
    """Return the paragraphs that a page shows, with what its data tells behind them where it shows the beginning only.

    Data without line ends goes on in one paragraph.
    """
    whole = " ".join(" ".join(carried).split())
    last = next((i for i in reversed(range(len(shown))) if len(shown[i]) >= _TELLING and shown[i] in whole), None)
    if last is None or len(whole) < _MUCH_MORE * _length(shown[: last + 1]):
        return shown
    if len(carried) > 1:
        return carried
    rest = whole[whole.rindex(shown[last]) + len(shown[last]) :].strip()
    return [*shown[: last + 1], rest]


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def page_data(html: str) -> Iterator[object]:
    """Yield the values of the page's JSON: its JSON-LD, and what its scripts show."""
    for opening in _DATA.finditer(html):
        closing = _END.search(html, opening.end())
        if closing is None:
            return
        try:
            yield msgspec.json.decode(html[opening.end() : closing.start()].strip().encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue


def _texts(data: object) -> Iterator[list[str]]:
    """Yield the paragraphs of each text in a JSON value: words under a name for them, or a list of blocks."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            yield [paragraph for block in value for paragraph in _block(block)]
            waiting += value
        elif isinstance(value, dict):
            yield _block(value)
            waiting += value.values()


def _block(value: object) -> list[str]:
    """Return the paragraphs that an object holds under a name for text."""
    if not isinstance(value, dict):
        return []
    named = (words for name, words in value.items() if re.sub(r"[\W_]", "", name.casefold()) in _BODIES)
    words = next((words for words in named if isinstance(words, str)), "")
    if "</" in words:
        return html_paragraphs(words)
    return [line for line in map(str.strip, words.split("\n")) if line]
