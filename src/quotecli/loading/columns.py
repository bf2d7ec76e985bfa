"""A row of a table (CSV, JSON, Parquet) to an article: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from quotecli.errors import InputError
from quotecli.loading.blocks import html_paragraphs
from quotecli.loading.publication_dates import iso_date
from quotecli.loading.source import Source
from quotecli.records import Article, ArticleRef

# The names that columns have in newspapers' exports, their interfaces and research corpora, letters only, the best one
# first.
_COLUMNS = {
    "text": "text articletext fulltext maintext articlebody bodytext body content article story transcript",
    "id": "id articleid uuid guid",
    "title": "title headline articletitle webtitle head",
    "byline": "byline author authors reporter writer creator",
    "outlet": "outlet publication publisher sitename newspaper source site",
    "published": "published date pubdate publishedat publisheddate publicationdate publishdate datepublished "
    "datepublish webpublicationdate firstpublished datetime",
    "language": "language lang articlelanguage",
    "url": "url link permalink weburl articleurl sourceurl",
}
_NAMES_SHOWN = 12
_NAMED_BY = ("name", "main", "original", "rendered", "value")
"""Where an object in place of words has them: {"source": {"name": …}}, {"headline": {"main": …}}."""
_BEGINS_AS_HTML = re.compile(
    r"\s*<(?:!doctype|html|article|section|div|p|figure|blockquote|h[1-6]|ul|ol|table)\b[^>]*>", re.IGNORECASE
)


def row_article(source: Source, row: Mapping[str, object]) -> Article:
    """Return the article in a row; raise InputError when no column holds a text."""
    row = row if has_text(row, source.text_column) else _flattened(row)
    columns = _columns_of(tuple(row), source.text_column)
    text = row[columns.pop("text")]
    if isinstance(text, Mapping):
        text = _words(text)
    if text is not None and not isinstance(text, str):
        raise InputError(f"the text is no text but {type(text).__name__}")
    known = _known(row, columns)
    if text is None or not (_BEGINS_AS_HTML.match(text) and "</" in text):
        return source.given(text or "", **known)
    return source.article("\n".join(html_paragraphs(text, around=True)), **known)


def row_ref(row: Mapping[str, object]) -> ArticleRef:
    """Return what a row says of its article, whether or not it can be read; its id is empty where the row has none."""
    known = _known(row, dict(_matched(tuple(row), None)))
    path = row.get("path")
    fields = {name: known.get(name) for name in ("url", "title", "outlet", "published")}
    return ArticleRef(id=known.get("id") or "", path=path if isinstance(path, str) else None, **fields)


def _known(row: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, str | None]:
    known = {field: _words(row[column]) for field, column in columns.items() if field not in ("text", "published")}
    return known | {"published": iso_date(row[columns["published"]]) if "published" in columns else None}


def has_text(row: Mapping[str, object], text_column: str | None = None) -> bool:
    """Whether a column of the row holds words of an article."""
    column = dict(_matched(tuple(row), text_column)).get("text")
    return column is not None and _words(row[column]) is not None and not isinstance(row[column], list)


def holds_text(row: Mapping[str, object], text_column: str | None = None) -> bool:
    """Whether the row, or an object in it, holds words of an article."""
    return has_text(row, text_column) or has_text(_flattened(row), text_column)


def _flattened(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return the row with the columns of the objects in it: interfaces put an article's words into "fields"."""
    inner = {name: value for nested in row.values() if isinstance(nested, Mapping) for name, value in nested.items()}
    return {**inner, **row}


def _columns_of(names: tuple[str, ...], text_column: str | None) -> dict[str, str]:
    columns = dict(_matched(names, text_column))
    if "text" not in columns:
        wanted = f"no column {text_column!r}" if text_column else "no column `text`"
        there = ", ".join(names[:_NAMES_SHOWN]) or "none"
        raise InputError(f"{wanted}; there is {there}", setting="text_column")
    return columns


@lru_cache(maxsize=64)
def _matched(names: tuple[str, ...], text_column: str | None) -> tuple[tuple[str, str], ...]:
    """Return which column holds each field."""
    return tuple(_matches(names, text_column))


def _matches(names: tuple[str, ...], text_column: str | None) -> Iterator[tuple[str, str]]:
    by_letters = {re.sub(r"[\W_]", "", name.casefold()): name for name in reversed(names)}
    for field, candidates in _COLUMNS.items():
        found = next((by_letters[candidate] for candidate in candidates.split() if candidate in by_letters), None)
        if field == "text" and text_column is not None:
            found = text_column if text_column in names else None
        if found is not None:
            yield field, found


def _words(value: object) -> str | None:
    """Return a cell's words: of a list all, of an object its name."""
    if isinstance(value, Mapping):
        return next(filter(None, (_words(value.get(name)) for name in _NAMED_BY)), None)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None
