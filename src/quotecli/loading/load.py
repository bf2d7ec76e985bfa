"""Paths to articles: every input gives its articles, or one Skipped that says why it doesn't."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from quotecli.errors import InputError
from quotecli.files import File, Filed, FileRead, state_of
from quotecli.loading.alarm import each_within
from quotecli.loading.discovery import STANDARD_INPUT, Location, discover
from quotecli.loading.formats import format_of, is_document
from quotecli.loading.source import Limits, Source, skipped
from quotecli.loading.urls import fetched, is_url
from quotecli.records import Article, Skipped
from quotecli.versions import reading_version
from quotecli.workers import Lost, Workers

Path = str | os.PathLike[str]
Known = Callable[[File, str], Sequence[Filed] | None]

_MOST_KEPT = 100_000  # a file with more articles is read each time: what it holds does not belong into memory


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read (see `load`)."""

    limits: Limits = field(default_factory=Limits)
    text_column: str | None = None
    any_language: bool = False
    links: bool = False

    @property
    def key(self) -> str:
        """Return them as a line: a file read with the same gives the same articles."""
        return f"{reading_version()} {self}"


def load(
    paths: Path | Iterable[Path],
    *,
    limits: Limits | None = None,
    text_column: str | None = None,
    any_language: bool = False,
    links: bool = False,
) -> Iterator[Article | Skipped]:
    """Yield the articles of `paths` one by one, in order, and a Skipped for each input that cannot be read.

    paths: files, folders (read with all folders below), patterns ("news/**/*.html"), http(s) addresses, "-" for
        standard input.
    limits: how much one document may cost.
    text_column: the column that holds the text, in tables; guessed if None.
    any_language: read articles that are not English, too; else each of them is a Skipped.
    links: keep the links of the texts: each article is a `Draft`.
    """
    for found in load_files(paths, Settings(limits or Limits(), text_column, any_language, links)):
        if not isinstance(found, FileRead):
            yield found


def load_files(
    paths: Path | Iterable[Path],
    settings: Settings,
    known: Known | None = None,
    *,
    workers: Workers | None = None,
    ended: Callable[[], None] = lambda: None,
) -> Iterator[Article | Skipped | FileRead]:
    """Yield what `load` yields, and behind the articles of a file what is to be remembered of it.

    known: returns the articles of a file, read in a certain way, if that has been done: then it is only named.
    workers: read documents side by side; collections are read here, one article after the other.
    ended: called when all of an input has been yielded.
    """
    inputs = _inputs([paths] if isinstance(paths, str | os.PathLike) else paths, settings, known)
    team = workers or Workers(1)
    for each, result in team.map(partial(_documents, settings), inputs, _as_document):
        if not isinstance(each, Location):
            yield each
        elif isinstance(result, Lost):
            yield Skipped(each.name, result.reason)
        else:
            yield from _load_file(each, settings) if result is None else result
        ended()


def _inputs(paths: Iterable[Path], settings: Settings, known: Known | None) -> Iterator[Location | Skipped | FileRead]:
    for path in paths:
        for found in discover(os.fspath(path)):
            yield (_if_known(found, settings, known) if known and isinstance(found, Location) else None) or found


def _if_known(location: Location, settings: Settings, known: Known) -> FileRead | None:
    file = state_of(location.path, location.name)
    articles = known(file, settings.key) if file else None
    return FileRead(file, settings.key, tuple(articles), known=True) if file and articles is not None else None


def _as_document(found: Location | Skipped | FileRead) -> Location | None:
    """Return the location of a file that is no collection: one that may be read elsewhere, as a whole."""
    if not isinstance(found, Location) or found.path == STANDARD_INPUT or is_url(found.path):
        return None
    try:
        with found.open() as stream:
            return found if is_document(format_of(Source(found.name, stream))) else None
    except (InputError, OSError):  # a disk that fails; who reads it says so
        return None


def _documents(settings: Settings, location: Location) -> list[Article | Skipped | FileRead]:
    return list(_load_file(location, settings))


def _load_file(location: Location, settings: Settings) -> Iterator[Article | Skipped | FileRead]:
    file = state_of(location.path, location.name)
    articles: list[Filed] = []
    whole = file is not None
    for found in _read_location(location, settings):
        whole = whole and isinstance(found, Article) and len(articles) < _MOST_KEPT
        if whole and isinstance(found, Article):
            articles.append(Filed(found.digest, found.ref))
        yield found
    if file and whole and state_of(location.path, location.name) == file:
        yield FileRead(file, settings.key, tuple(articles))


def _read_location(location: Location, settings: Settings) -> Iterator[Article | Skipped]:
    try:
        with opened(location, settings.limits) as source:
            wishes = replace(source, text_column=settings.text_column, any_language=settings.any_language)
            wishes = replace(wishes, links=[] if settings.links else None)
            yield from each_within(read_source(wishes), settings.limits.seconds)
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
            if isinstance(found, Source):
                yield from read_source(found)
            else:
                yield found
        if empty:
            raise InputError("holds no article")
    except Exception as error:
        # Parsers written by others meet hostile bytes here: whatever they raise costs this input alone.
        yield skipped(source.path, error)
