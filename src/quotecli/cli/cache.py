"""The library of what `--from` has read before: made anew when it is damaged, and no larger than it may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import Library

MOST_BYTES = 1_000_000_000
_KEPT_SHARE = 0.9  # so that it is not trimmed at each command: trimming writes the file anew


def cache_path() -> Path:
    """Return where the cache is."""
    from platformdirs import user_cache_path

    return user_cache_path("quotecli", appauthor=False) / "read.db"


@contextmanager
def opened_cache() -> Iterator[Library]:
    """Give the cache; without a place to keep one, it lasts for this command."""
    path = cache_path()
    try:
        with _opened(path) as cache:
            yield cache
    except DamagedError as error:
        _delete(path)
        reason = "what --from had read before was damaged, and is deleted; the same command now reads it again"
        raise LibraryError(reason) from error


def _opened(path: Path) -> Library:
    """Open the cache, or a new one in its place: nothing is in it that cannot be read again."""
    with suppress(LibraryError):
        cache = Library(path)
        with suppress(OSError):
            path.chmod(0o600)  # it holds what was read, which may be nobody else's business
        return cache
    try:
        _delete(path)
        return Library(path)
    except (LibraryError, OSError):
        return Library(":memory:")


def _delete(path: Path) -> None:
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        file.unlink(missing_ok=True)


def trim(cache: Library, asked: Collection[str]) -> None:
    """Take the oldest articles out of a cache that is too large, but for those `asked` for now (by their digests)."""
    with suppress(LibraryError):  # another process uses it: the next command may trim it
        if cache.stats().size > MOST_BYTES:
            cache.trim(int(MOST_BYTES * _KEPT_SHARE), asked)
