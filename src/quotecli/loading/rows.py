"""A row of a table (CSV, JSON, Parquet) to an article: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from quotecli.errors import InputError
from quotecli.loading.dates import iso_date
from quotecli.loading.source import Source
from quotecli.records import Article

# The names that columns have in newspapers' exports and in research corpora, letters only, the best one first.
_COLUMNS = {
    "text": "text articletext fulltext maintext articlebody body content article story transcript",
    "id": "id articleid uuid guid",
    "title": "title headline articletitle head",
    "byline": "byline author authors reporter writer",
    "outlet": "outlet publication publisher sitename newspaper source site",
    "published": "published date pubdate publishedat publisheddate publicationdate publishdate datepublished datetime",
    "url": "url link permalink weburl articleurl sourceurl",
}
_NAMES_SHOWN = 12


def row_article(source: Source, row: Mapping[str, object]) -> Article:
    """Return the article in a row; raise InputError when no column holds a text."""
    columns = _columns_of(tuple(row), source.text_column)
    text = row[columns.pop("text")]
    if text is not None and not isinstance(text, str):
        raise InputError(f"the text is no text but {type(text).__name__}")
    known = {field: _words(row[column]) for field, column in columns.items() if field != "published"}
    published = iso_date(row[columns["published"]]) if "published" in columns else None
    return source.article(text or "", published=published, **known)


def _columns_of(names: tuple[str, ...], text_column: str | None) -> dict[str, str]:
    return dict(_matched(names, text_column))


@lru_cache(maxsize=64)
def _matched(names: tuple[str, ...], text_column: str | None) -> tuple[tuple[str, str], ...]:
    """Return which column holds each field."""
    by_letters = {re.sub(r"[\W_]", "", name.casefold()): name for name in reversed(names)}
    found = {
        field: next((by_letters[candidate] for candidate in candidates.split() if candidate in by_letters), None)
        for field, candidates in _COLUMNS.items()
    }
    if text_column is not None:
        found["text"] = text_column if text_column in names else None
    if found["text"] is None:
        wanted = f"no column {text_column!r}" if text_column else "no column `text`"
        raise InputError(f"{wanted}; there is {', '.join(names[:_NAMES_SHOWN]) or 'none'} (--text-column NAME)")
    return tuple((field, column) for field, column in found.items() if column is not None)


def _words(value: object) -> str | None:
    """Return a cell's words: of a list all, of an object its name ({"source": {"name": "The Example"}})."""
    if isinstance(value, Mapping):
        return _words(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None
