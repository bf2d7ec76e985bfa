"""A query as a person types it, taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from quotecli.library.index_words import words

_MARKS = r"\"“”„«»"
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−])?(?:[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]"
    rf"|(?P<words>[^\s{_MARKS}]+(?(minus)|(?:\s+(?![-−])[^\s{_MARKS}]+)*)))"
)
"""A phrase, an unwanted word, or words up to the next of these: a number may be several."""
_MOST_WORDS = 64


class Query(msgspec.Struct, frozen=True):
    """What is searched for, as folded words.

    words: in their order, those of the phrases included.
    phrases: words that must stand side by side, in their order.
    without: words, or phrases, that must not occur.
    """

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()


def parse(text: str, folded: Callable[[str], Sequence[str]] = words) -> Query:
    """Read a query: words, `"a phrase"`, `-word`, `-"a phrase"`; the rest is taken for words or for nothing.

    folded: what makes folded words of a stretch of text.
    """
    wanted: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for piece in _PIECE.finditer(text):
        found = tuple(folded(piece["words"] or piece["phrase"] or ""))
        if not found:
            continue
        if piece["minus"]:
            without.append(found)
            continue
        wanted += found
        if piece["words"] is None:
            phrases.append(found)
    return Query(tuple(wanted[:_MOST_WORDS]), tuple(phrases), tuple(without))
