"""Paths to articles: every input gives its articles, or one Skipped that says why it doesn't."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from quotecli.errors import InputError
from quotecli.files import STANDARD_INPUT, File, Filed, FileRead, state_of
from quotecli.loading.alarm import each_within
from quotecli.loading.discovery import Location, discover, is_url
from quotecli.loading.formats import TEXT, format_of, is_document
from quotecli.loading.source import Handed, Limits, Source, buffered, skipped
from quotecli.records import Article, ArticleRef, Skipped
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
    Raise TypeError for what is no path.
    """
    settings = Settings(limits or Limits(), text_column, any_language, links)
    return (found for found in load_files(_as_paths(paths), settings) if not isinstance(found, FileRead))


def _as_paths(paths: Path | Iterable[Path]) -> Iterable[Path]:
    """Return what is one path or several as several. Raises TypeError for what is no path, and says what to do with
    it."""
    if isinstance(paths, str | os.PathLike):
        return [paths]
    kind = type(paths).__name__
    if hasattr(paths, "columns"):
        raise TypeError(
            f"load takes paths, not a {kind}: quotecli.extract_all takes its column of texts,"
            " quotecli.arrow its rows with their metadata"
        )
    if isinstance(paths, bytes | ArticleRef | Mapping) or not isinstance(paths, Iterable):
        raise TypeError(f"load takes paths, not {kind}; quotecli.extract takes articles and texts")
    return map(_as_path, paths)


def _as_path(path: Path) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"a path is a str or an os.PathLike, not {type(path).__name__}")
    return path


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
    workers: read documents side by side, also those inside archives; tables and the like are read here, one article
        after the other.
    ended: called when all of an input has been yielded.
    """
    inputs = _inputs([paths] if isinstance(paths, str | os.PathLike) else paths, settings, known)
    team = workers or Workers(1)
    alone = _is_for_a_process if workers else lambda _: False
    seconds = settings.limits.seconds
    for each, result in team.map(partial(_documents, settings), inputs, _as_document, apart=alone, seconds=seconds):
        if not isinstance(each, Location):
            yield each
        elif isinstance(result, Lost):
            yield Skipped(each.name, result.reason, result.setting)
        else:
            yield from _load_file(each, settings, workers) if result is None else result
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
    """Return the location of what is no collection: it may be read elsewhere, as a whole."""
    if not isinstance(found, Location) or found.path == STANDARD_INPUT:
        return None
    if is_url(found.path):
        return found
    try:
        with found.open() as stream:
            return found if is_document(format_of(Source(found.name, stream))) else None
    except (InputError, OSError):  # a disk that fails; who reads it says so
        return None


def _documents(settings: Settings, location: Location) -> list[Article | Skipped | FileRead]:
    return list(_load_file(location, settings))


def _is_for_a_process(location: Location) -> bool:
    """Say whether a library written in C reads it, and may take the whole process with it: all but plain text does."""
    return not location.path.lower().endswith(TEXT.suffixes) or is_url(location.path)


def _read_apart(
    parts: Iterable[Article | Skipped | Handed], settings: Settings, workers: Workers
) -> Iterator[Article | Skipped]:
    """Let other processes read the documents that were handed on, side by side; few are held at a time."""
    read, seconds = partial(_read_handed, settings), settings.limits.seconds
    for part, result in workers.map(read, parts, _if_handed, apart=lambda _: True, seconds=seconds):
        if not isinstance(part, Handed):
            yield part
        elif isinstance(result, Lost):
            yield Skipped(part.path, result.reason, result.setting)
        else:
            yield from result or ()


def _if_handed(part: Article | Skipped | Handed) -> Handed | None:
    return part if isinstance(part, Handed) else None


def _read_handed(settings: Settings, handed: Handed) -> list[Article | Skipped]:
    source = Source(
        handed.path,
        buffered(io.BytesIO(handed.data)),
        settings.limits,
        name=handed.name,
        url=handed.url,
        charset=handed.charset,
        depth=handed.depth,
    )
    return list(each_within(read_source(_as_wished(source, settings)), settings.limits.seconds))


def _load_file(
    location: Location, settings: Settings, workers: Workers | None = None
) -> Iterator[Article | Skipped | FileRead]:
    file = state_of(location.path, location.name)
    articles: list[Filed] = []
    whole = file is not None
    for found in _read_location(location, settings, workers):
        whole = whole and isinstance(found, Article) and len(articles) < _MOST_KEPT
        if whole and isinstance(found, Article):
            articles.append(Filed(found.digest, found.ref))
        yield found
    if file and whole and state_of(location.path, location.name) == file:
        yield FileRead(file, settings.key, tuple(articles))


def _read_location(location: Location, settings: Settings, workers: Workers | None) -> Iterator[Article | Skipped]:
    parts = _parts_in_time(location, settings, apart=workers is not None)
    found = (
        _read_apart(parts, settings, workers) if workers else (part for part in parts if not isinstance(part, Handed))
    )
    most = settings.limits.most_articles(_size(location))
    yield from islice(found, most)
    if next(found, None) is not None:
        yield Skipped(location.name, f"holds more than {most:,} articles, the limit for one file", "articles")


def _parts_in_time(location: Location, settings: Settings, *, apart: bool) -> Iterator[Article | Skipped | Handed]:
    try:
        yield from each_within(_opened_and_read(location, settings, apart=apart), settings.limits.seconds)
    except InputError as error:
        yield Skipped(location.name, str(error), error.setting)


def _opened_and_read(location: Location, settings: Settings, *, apart: bool) -> Iterator[Article | Skipped | Handed]:
    with opened(location, settings.limits) as source:
        yield from _parts(replace(_as_wished(source, settings), apart=apart))


def _size(location: Location) -> int | None:
    """Return how many bytes a file has; None where only reading tells."""
    if location.path == STANDARD_INPUT or is_url(location.path):
        return None
    with suppress(OSError, ValueError):
        return os.stat(location.path).st_size  # noqa: PTH116 - a str goes in
    return None


def _as_wished(source: Source, settings: Settings) -> Source:
    return replace(
        source,
        text_column=settings.text_column,
        any_language=settings.any_language,
        links=[] if settings.links else None,
    )


@contextmanager
def opened(location: Location, limits: Limits) -> Iterator[Source]:
    """Give the bytes at a location; raise InputError when they cannot be had."""
    if is_url(location.path):
        from quotecli.loading.urls import fetched  # what knows the network takes long to load

        with fetched(location.path, limits) as source:
            yield source
    else:
        with location.open() as stream:
            yield Source(location.name, stream, limits)


def read_source(source: Source) -> Iterator[Article | Skipped]:
    """Yield the articles of an opened input; whatever goes wrong in it becomes a Skipped."""
    return (part for part in _parts(replace(source, apart=False)) if not isinstance(part, Handed))


def _parts(source: Source) -> Iterator[Article | Skipped | Handed]:
    """Yield the same; where the source is to be read `apart`, its documents as they are."""
    try:
        if not source.head():
            raise InputError("the file is empty")
        empty = True
        known = format_of(source)
        if source.apart and is_document(known) and known is not TEXT:
            yield Handed(source.path, source.name, source.url, source.charset, source.depth, source.read())
            return
        for found in known.read(source):
            empty = False
            if isinstance(found, Source):
                yield from _parts(found)
            else:
                yield found
        if empty:
            raise InputError("holds no article")
    except Exception as error:
        # Parsers written by others meet hostile bytes here: whatever they raise costs this input alone.
        yield skipped(source.path, error)
