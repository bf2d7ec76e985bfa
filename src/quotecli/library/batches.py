"""Articles on their way into the library: extracted ahead by workers, stored in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar, cast

from quotecli.files import FileRead
from quotecli.library.prepared import Complete
from quotecli.records import Article, Skipped, Statement
from quotecli.versions import extraction_version
from quotecli.workers import Lost, Workers

Item = TypeVar("Item")
Given = tuple[Article, Sequence[Statement] | None]
Ready = tuple[Article, Sequence[Statement] | None, bool] | FileRead | Skipped
"""An article with its statements, and whether they were extracted just now; None where they are stored already."""

STORED_AT_ONCE = 1000
_STORED_AFTER = 2.0  # seconds


def given_with(each: Ready) -> Complete | None:
    """Return an article that came with its statements, and these."""
    if isinstance(each, FileRead | Skipped):
        return None
    article, statements, fresh = each
    return None if fresh or statements is None else (article, statements)


def model_version() -> str:
    """Return the version of the extraction of today, model and rules."""
    return extraction_version()


def extracted(
    items: Iterable[Item], wanted: Callable[[Item], Article | None], workers: Workers
) -> Iterator[tuple[Item, Sequence[Statement] | Lost | None]]:
    """Extract statements with the pipeline (imported here: it is heavy, and only new articles need it)."""
    from quotecli.pipeline import extract_wanted

    return extract_wanted(items, wanted, workers)


def _extracted_if_any(
    items: Iterable[Item], wanted: Callable[[Item], Article | None], workers: Workers
) -> Iterator[tuple[Item, Sequence[Statement] | Lost | None]]:
    """The same, without the pipeline as long as nothing is wanted."""
    waiting = iter(items)
    for item in waiting:
        if wanted(item):
            yield from extracted(chain([item], waiting), wanted, workers)
        else:
            yield item, None


def extracted_alone(article: Article) -> Sequence[Statement]:
    """Return the statements of one article, extracted by this process."""
    ((_, found),) = extracted([article], lambda each: each, Workers(1))
    return cast(Sequence[Statement], found)


def _not_extracted(article: Article, lost: Lost) -> Skipped:
    from quotecli.pipeline import not_extracted

    return not_extracted(article, lost)


def with_statements(
    articles: Iterable[Given | FileRead], is_stored: Callable[[Article], bool], workers: Workers
) -> Iterator[Ready]:
    """Yield the articles in their order, with the statements given or, unless `is_stored`, extracted by `workers`; a
    Skipped where that failed."""

    def wanted(each: Given | FileRead) -> Article | None:
        if isinstance(each, FileRead) or each[1] is not None or is_stored(each[0]):
            return None
        return each[0]

    for each, found in _extracted_if_any(articles, wanted, workers):
        if isinstance(each, FileRead):
            yield each
        elif isinstance(found, Lost):
            yield _not_extracted(each[0], found)
        else:
            article, given = each
            yield article, given if found is None else found, found is not None


def in_batches(articles: Iterable[Ready]) -> Iterator[list[Ready]]:
    """Cut into batches that are stored together: as large as makes it fast, and no larger than one likes to lose."""
    batch: list[Ready] = []
    begun = time.monotonic()
    try:
        for each in articles:
            batch.append(each)
            if len(batch) >= STORED_AT_ONCE or time.monotonic() - begun > _STORED_AFTER:
                yield batch
                batch, begun = [], time.monotonic()
    except KeyboardInterrupt:  # what is done is kept
        yield batch
        raise
    if batch:
        yield batch
