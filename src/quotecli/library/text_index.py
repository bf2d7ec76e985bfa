"""The index of the articles' texts: which articles hold some words, whatever was extracted from them.

Of each text it holds the telling words, and the stop words only in pairs of neighbours ("we·will"), for a stop word
alone stands in every article: "We will win" is found by `win` and `we·will`. Each of these terms counts once an
article, without its place, so that an article costs about a kilobyte; who looks words up reads the few texts left.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise

from quotecli.library.index_words import fold, words_apart
from quotecli.library.packing import decompressed

EVERY = "··"
"""A term that every article has: so the index knows which articles it holds."""

STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be because been before but by can could did do does don for from had has
    have he her him his how i if in into is it its just like ll m me more my no not now of on one or our out over re s
    said she so some t than that the their them then there these they this to up us ve was we well were what when which
    who will with would you your
    """.split()
)
"""Words that a third of all articles have and more, and what an apostrophe cuts off ("s", "t", "ll")."""

_MARKS = re.compile("[“”‘’–—…€£«»•\u00a0]")
_APART = bytes(code if code >= 128 or chr(code).isalnum() else 32 for code in range(256))
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """Return the words of `text` in their order as the index knows them: without case, marks and accents."""
    return found if (found := words_apart(text)) is not None else _any_words(text)


def _any_words(text: str) -> list[str]:
    from quotecli.text import visible

    pieces = _MARKS.sub(" ", visible(text).lower()).encode("utf-8", "replace").translate(_APART).decode().split()
    if all(map(str.isascii, pieces)):
        return pieces
    return [word for piece in pieces for word in ([piece] if piece.isascii() else _folded(piece))]


def _folded(piece: str) -> Iterable[str]:
    return filter(None, map(fold, _WORD.findall(piece)))


def placed(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of `text` as the index knows them with their offsets: `(word, start, end)`."""
    from quotecli.text import clean

    seen = clean(text)
    for match in _WORD.finditer(seen.text):
        if word := fold(match[0]):
            yield word, seen.start(match.start()), seen.end(match.end())


def terms(words: Iterable[str]) -> set[str]:
    """Return what the index holds of a text with these words."""
    words = list(words)
    pairs = {f"{one}·{other}" for one, other in pairwise(words) if one in STOP_WORDS and other in STOP_WORDS}
    return (set(words) - STOP_WORDS) | pairs


def indexed(words: Iterable[str]) -> str:
    """Return what goes into the index for a text with these words."""
    return " ".join([EVERY, *terms(words)])


def index(connection: sqlite3.Connection, article: int, indexed: str) -> None:
    """Take what is `indexed` of the article with this row id into the index."""
    connection.execute("INSERT INTO passage (rowid, terms) VALUES (?, ?)", (article, indexed))


def unindex(connection: sqlite3.Connection, article: int) -> None:
    """Take the text of a stored article out of the index; to be called before the article goes."""
    ((packed,),) = connection.execute("SELECT text FROM article WHERE id = ?", (article,))
    connection.execute(
        "INSERT INTO passage (passage, rowid, terms) VALUES ('delete', ?, ?)",
        (article, indexed(plain_words(decompressed(packed)))),
    )
