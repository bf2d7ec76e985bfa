"""Markdown to be pasted: a statement as a block quote with its source, and lists as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from msgspec import UNSET

from quotecli.output.linking import linked_words, web_address
from quotecli.output.rows import Row
from quotecli.output.safe import printable
from quotecli.output.statements import name_of
from quotecli.records import ArticleRef
from quotecli.results import PassageHit

Record = TypeVar("Record")

_MEANT = re.compile(r"[\\`*_\[\]<>|~#]")
_AT_THE_BEGINNING = re.compile(r"(?m)^(\s*)([-+=]|\d+(?=[.)]\s))")


def block_quotes(rows: Iterable[Row]) -> Iterator[str]:
    """Yield each statement (with the words around it, where they were asked for) as a block quote, with who says it and
    a link to where; what is no quotation says so."""
    for number, row in enumerate(rows):
        words = row.text if row.context is UNSET else row.context.text
        span = row.content[0]
        source = _source(row.article, row.text[: span.end - span.start])
        yield "\n" * (number > 0) + _quoted(words, _said_by(row), source)


def passages(hits: Iterable[PassageHit]) -> Iterator[str]:
    """Yield the paragraphs that a search of the texts found as block quotes."""
    for number, hit in enumerate(hits):
        yield "\n" * (number > 0) + _quoted(hit.text, _source(hit.article, linked_words(hit)))


def table(records: Iterable[Record], columns: Mapping[str, Callable[[Record], Any]]) -> Iterator[str]:
    """Yield a table of these columns but for those that the first record leaves unset; nothing without records."""
    waiting = iter(records)
    first = next(waiting, None)
    if first is None:
        return
    kept = {name: value for name, value in columns.items() if value(first) is not UNSET}
    yield _table_row(kept) + _table_row("---" for _ in kept)
    for record in chain([first], waiting):
        yield _table_row(_plain(_cell(value(record))) for value in kept.values())


def _quoted(words: str, *below: str) -> str:
    lines = [_AT_THE_BEGINNING.sub(r"\1\\\2", _plain(line)) for line in words.splitlines() if line.strip()]
    return "".join(f"> {line}\n>\n" for line in lines) + f"> — {', '.join(filter(None, below))}\n"


def _said_by(row: Row) -> str:
    if row.speaker is None:
        return ""
    who = _plain(", ".join(filter(None, (row.speaker.name, row.speaker.role))))
    return who if row.kind == "quote" else f"{who} (reported without quotation marks)"


def _source(article: ArticleRef, words: str) -> str:
    """Return the article's title, linked to the words in it if it is from the web, with its outlet and date."""
    title = _plain(name_of(article))
    found = web_address(article, words)
    linked = f"[{title}]({found.replace('(', '%28').replace(')', '%29')})" if found else title
    return ", ".join([linked, *(_plain(part) for part in (article.outlet, article.published) if part)])


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, in one line."""
    return _MEANT.sub(r"\\\g<0>", " ".join(printable(text).split()))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _table_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
