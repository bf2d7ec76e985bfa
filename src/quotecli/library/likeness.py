"""The same article once more: with another headline, another credit, a paragraph less, but with nothing new to say.

Candidates are found by keys (MinHash: the smallest hashes of a text's word sequences, which texts share as often as
they share sequences). Then the texts themselves are compared, line by line: whatever a reader would miss if the new
text were not stored, a paragraph, a quotation, a changed figure, makes it another article.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from zlib import crc32

from quotecli.library.packing import decompressed
from quotecli.library.text_index import plain_words

_FEWEST_WORDS = 60  # of shorter texts, a line is too much to be nothing new
_SEQUENCE = 6  # words
_BEGINNINGS = "dy"  # the last letters of the words that begin one: about an eighth, and the same in every text
_FEWEST_PLACES = 20  # where sequences begin: with fewer, all begin one
_KEYS = 6
_KEYS_SHARED = 2
_MOST_ARTICLES = 20  # a key: what more articles have in common is no article but what stands around it
_CANDIDATES = 3
_LEAST_SHARE = 0.7  # of the stored words that the new text must have, too
_MOST_FRAMES = 5  # lines
_LONGEST_FRAME = 30  # words
_LONGEST_HEADING = 20  # words

# What stands around a text and is no part of the story.
_FRAME = re.compile(
    r"""
      ^\W*by\s | © | \bcopyright\b | \ball\ rights\ reserved | \bsubscribe\b | \bnewsletter\b | \bsign\ up\b
    | \b(?:originally|first)\ (?:published|appeared) | \b(?:reporting|editing|writing|photo(?:graph)?s?)\ by\b
    | \bread\ (?:more|also)\b | \bfollow\ us\b | \blast\ updated\b | ^\W*published\b | ^\W*updated\b | ^\W*advertisement
    | ^\W*(?:photo|image|picture|credit|source)\s*: | \bthis\ (?:article|story|report)\ (?:was|is|first|has|appeared)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"[“”„«»\"]")
_SENTENCE_END = re.compile(r"[.!…][\W_]*$")


def index(connection: sqlite3.Connection, article: int, keys: Iterable[int]) -> None:
    """Store the keys of the article with this row id."""
    connection.executemany("INSERT OR IGNORE INTO likeness VALUES (?, ?)", [(key, article) for key in keys])


def unindex(connection: sqlite3.Connection, article: int) -> None:
    """Take the text of a stored article out of the keys; to be called before the article goes."""
    ((packed,),) = connection.execute("SELECT text FROM article WHERE id = ?", (article,))
    rows = [(key, article) for key in keys(plain_words(decompressed(packed)))]
    connection.executemany("DELETE FROM likeness WHERE key = ? AND article = ?", rows)


def find(connection: sqlite3.Connection, text: str) -> int | None:
    """Return the row id of a stored article that says all that `text` says; None if there is none."""
    shared: Counter[int] = Counter()
    for key in keys(plain_words(text)):
        rows = connection.execute("SELECT article FROM likeness WHERE key = ? LIMIT ?", (key, _MOST_ARTICLES))
        shared.update(article for (article,) in rows)
    for article, count in shared.most_common(_CANDIDATES):
        if count < _KEYS_SHARED:
            return None
        ((packed,),) = connection.execute("SELECT text FROM article WHERE id = ?", (article,))
        if adds_nothing(text, decompressed(packed)):
            return article
    return None


def adds_nothing(new: str, old: str) -> bool:
    """Say whether `new` has most of the words of `old`, and beside them only what stands around a story."""
    old_words = plain_words(old)
    running = f" {' '.join(old_words)} "
    lines = [(line, words) for line in new.split("\n") if (words := plain_words(line))]
    known = [f" {' '.join(words)} " in running for _, words in lines]
    if known.count(False) > _MOST_FRAMES or True not in known:
        return False
    kept = sum(len(words) for (_, words), is_known in zip(lines, known, strict=True) if is_known)
    first = known.index(True)
    added = [(place < first, *line) for place, line in enumerate(lines) if not known[place]]
    return kept >= _LEAST_SHARE * len(old_words) and all(_is_frame(*each) for each in added)


def _is_frame(before: bool, line: str, words: list[str]) -> bool:
    """Say whether a line is a headline, a credit or the like. A headline `before` the text may quote what follows."""
    if len(words) > _LONGEST_FRAME or (_QUOTED.search(line) and not before):
        return False
    is_heading = len(words) <= _LONGEST_HEADING and not _SENTENCE_END.search(line)
    return is_heading or bool(_FRAME.search(line) and not _QUOTED.search(line))


def keys(words: list[str]) -> list[int]:
    """Return the keys of a text with these plain words: the smallest hashes of its sequences of words; none of a text
    that is too short."""
    if len(words) < _FEWEST_WORDS:
        return []
    sequences = range(len(words) - _SEQUENCE + 1)
    places = [place for place in sequences if words[place][-1] in _BEGINNINGS]
    enough = places if len(places) > _FEWEST_PLACES else sequences
    return nsmallest(_KEYS, {crc32(" ".join(words[place : place + _SEQUENCE]).encode()) for place in enough})
