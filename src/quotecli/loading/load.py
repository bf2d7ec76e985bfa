"""Paths to articles: every input gives its articles, or one Skipped that says why it doesn't."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from quotecli.errors import InputError
from quotecli.loading.discovery import Location, discover
from quotecli.loading.formats import format_of
from quotecli.loading.source import Limits, Source, skipped
from quotecli.loading.urls import fetched, is_url
from quotecli.records import Article, Skipped

Path = str | os.PathLike[str]


def load(
    paths: Path | Iterable[Path],
    *,
    limits: Limits | None = None,
    text_column: str | None = None,
    any_language: bool = False,
) -> Iterator[Article | Skipped]:
    """Yield the articles of `paths` one by one, in order, and a Skipped for each input that cannot be read.

    paths: files, folders (read with all folders below), patterns ("news/**/*.html"), http(s) addresses, "-" for
        standard input.
    limits: how much one document may cost.
    text_column: the column that holds the text, in tables; guessed if None.
    any_language: read articles that are not English, too; else each of them is a Skipped.
    """
    settings = {"text_column": text_column, "any_language": any_language}
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        for found in discover(os.fspath(path)):
            if isinstance(found, Skipped):
                yield found
            else:
                yield from _read_location(found, limits or Limits(), settings)


def _read_location(location: Location, limits: Limits, settings: dict[str, Any]) -> Iterator[Article | Skipped]:
    try:
        with opened(location, limits) as source:
            yield from read_source(replace(source, **settings))
    except InputError as error:
        yield Skipped(location.name, str(error))


@contextmanager
def opened(location: Location, limits: Limits) -> Iterator[Source]:
    """Give the bytes at a location; raise InputError when they cannot be had."""
    if is_url(location.path):
        with fetched(location.path, limits) as source:
            yield source
    else:
        with location.open() as stream:
            yield Source(location.name, stream, limits)


def read_source(source: Source) -> Iterator[Article | Skipped]:
    """Yield the articles of an opened input; whatever goes wrong in it becomes a Skipped."""
    try:
        if not source.head():
            raise InputError("the file is empty")
        empty = True
        for found in format_of(source).read(source):
            empty = False
            yield found
        if empty:
            raise InputError("holds no article")
    except Exception as error:
        # Parsers written by others meet hostile bytes here: whatever they raise costs this input alone.
        yield skipped(source.path, error)
