"""Paths to articles: every input gives its articles, or one Skipped that says why it doesn't."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from quotecli.errors import InputError
from quotecli.loading.discovery import Location, discover
from quotecli.loading.formats import format_of
from quotecli.loading.source import Limits, Source, skipped
from quotecli.records import Article, Skipped

Path = str | os.PathLike[str]


def load(paths: Path | Iterable[Path], *, limits: Limits | None = None) -> Iterator[Article | Skipped]:
    """Yield the articles of `paths` one by one, in order, and a Skipped for each input that cannot be read.

    paths: files, folders (read with all folders below), patterns ("news/**/*.html"), "-" for standard input.
    limits: how much one document may cost.
    """
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        for found in discover(os.fspath(path)):
            if isinstance(found, Skipped):
                yield found
            else:
                yield from _read_location(found, limits or Limits())


def _read_location(location: Location, limits: Limits) -> Iterator[Article | Skipped]:
    try:
        stream = location.open()
    except InputError as error:
        yield Skipped(location.name, str(error))
        return
    with stream:
        yield from read_source(Source(location.name, stream, limits))


def read_source(source: Source) -> Iterator[Article | Skipped]:
    """Yield the articles of an opened input; whatever goes wrong in it becomes a Skipped."""
    try:
        if not source.head():
            raise InputError("the file is empty")
        yield from format_of(source).read(source)
    except Exception as error:
        # Parsers written by others meet hostile bytes here: whatever they raise costs this input alone.
        yield skipped(source.path, error)
