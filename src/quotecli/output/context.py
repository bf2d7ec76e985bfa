"""The words around a statement: its neighbouring sentences, or its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotecli.records import Mention, Span

if TYPE_CHECKING:
    from quotecli.text import Document


def sentences_around(text: str, content: Sequence[Span], count: int) -> Mention:
    """Return the sentences of `text` that hold `content`, with `count` more before and behind them."""
    return _stretch(text, _parsed(text).sentences, content, count)


def surrounding_paragraph(text: str, content: Sequence[Span]) -> Mention:
    """Return the paragraph (or paragraphs) of `text` that hold `content`."""
    return _stretch(text, _parsed(text).paragraphs, content, 0)


def _stretch(text: str, units: Sequence[Span], content: Sequence[Span], more: int) -> Mention:
    start, end = content[0].start, content[-1].end
    touched = [index for index, unit in enumerate(units) if unit.start < end and start < unit.end]
    if touched:
        around = units[max(0, touched[0] - more) : touched[-1] + more + 1]
        start, end = min(start, around[0].start), max(end, around[-1].end)
    return Mention(text=text[start:end], start=start, end=end)


@lru_cache(maxsize=8)  # the statements of an article come together
def _parsed(text: str) -> Document:
    from quotecli.text import parse

    return parse(text)
