"""An article with its statements as the tables take them, but for the numbers that only the library can give.

This is half of the work of storing, and needs no library: it may be done ahead, and by another process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec

from quotecli.library import likeness, passages, repeats
from quotecli.library.packing import Stored, Voice, compressed, pack, restored, stored, voice_of
from quotecli.library.words import words
from quotecli.records import Article, Statement

METADATA = ("path", "url", "title", "outlet", "published", "byline", "language")


class Prepared(msgspec.Struct, frozen=True):
    """An article with its statements.

    described: see `described`; text: compressed; words: how many it has.
    terms, keys: what the indexes of passages and of likeness have of the text.
    voices: of its speakers, each once.
    rows: of each statement, kind, form, manner, reported, the place of its voice in `voices`, text, detail.
    index: of each statement, the folded words of its text, of its speaker and of the outlet.
    counts: how often each word stands in `index`.
    sketches: the keys of the quotations, each with the place of the statement.
    """

    described: tuple[Stored, ...]
    text: bytes
    words: int
    terms: str
    keys: list[int]
    voices: list[Voice]
    rows: list[tuple[Any, ...]]
    index: list[tuple[str, str, str]]
    counts: dict[str, int]
    sketches: list[tuple[int, int]]


def prepared(article: Article, statements: Sequence[Statement]) -> Prepared:
    """Return what is stored of an article with these statements."""
    plain = passages.plain_words(article.text)
    spoken = [words(each.text) for each in statements]
    beside = [words_around(each.speaker.name, each.speaker.role) if each.speaker else () for each in statements]
    outlet = words_around(article.outlet)
    counts = Counter(chain(*spoken, *beside))
    for word in outlet:
        counts[word] += len(statements)
    place = " ".join(outlet)
    voices: dict[Voice, int] = {}
    return Prepared(
        described=described(article),
        text=compressed(article.text),
        words=len(article.text.split()),
        terms=passages.indexed(plain),
        keys=likeness.keys(plain),
        rows=_rows(statements, article.digest, voices),
        voices=list(voices),
        index=[(" ".join(said), " ".join(by), place) for said, by in zip(spoken, beside, strict=True)],
        counts=dict(counts),
        sketches=[
            (key, number)
            for number, (said, each) in enumerate(zip(spoken, statements, strict=True))
            if each.kind == "quote"
            for key in repeats.keys(said)
        ],
    )


def _rows(statements: Sequence[Statement], digest: str, voices: dict[Voice, int]) -> list[tuple[Any, ...]]:
    """Return the rows of statements; `voices` gets what they have of them."""
    rows = []
    for each in statements:
        speaker = each.speaker
        voice = voices.setdefault(voice_of(speaker), len(voices)) if speaker else None
        detail = pack(each, digest)
        rows.append((each.kind, each.form, each.manner, each.reported, voice, stored(each.text), detail))
    return rows


def described(article: Article) -> tuple[Stored, ...]:
    """Return an article's id, its digest and its METADATA as the table has them."""
    return (stored(article.id), article.digest, *[stored(getattr(article, field)) for field in METADATA])


@lru_cache(maxsize=65536)
def words_around(*around: Stored) -> tuple[str, ...]:
    """Return the words beside a statement's text (speaker, role, outlet): the same ones stand beside many."""
    return tuple(words(" ".join(restored(part) or "" for part in around if part)))
