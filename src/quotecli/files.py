"""Files as they were when they were read, so that one that hasn't changed since need not be read again."""

from __future__ import annotations

import os
import stat
import time

import msgspec

from quotecli.records import ArticleRef

STANDARD_INPUT = "-"
"""The path that means it."""

_SETTLED = 2.0
"""Seconds after which another change shows in a file's time, also where the file system keeps it coarsely."""


class File(msgspec.Struct, frozen=True):
    """A file in the state in which it was read. As long as these stay the same, so does what is in it.

    name: as the user gave it, which is how the paths of its articles begin. path: absolute. modified: in nanoseconds.
    """

    name: str
    path: str
    size: int
    modified: int


class Filed(msgspec.Struct, frozen=True, array_like=True):
    """An article of a file: the digest of its text, and what else the file tells of it."""

    digest: str
    ref: ArticleRef


class FileRead(msgspec.Struct, frozen=True):
    """A file from which nothing had to be skipped, with its articles.

    reading: how it was read: what was read otherwise may be something else.
    known: they were read before, and are not read now.
    """

    file: File
    reading: str
    articles: tuple[Filed, ...]
    known: bool = False


def state_of(path: str, name: str) -> File | None:
    """Return the state of the file at `path`; None for what is none, or was written just now and may still change."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a str goes in and comes out
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or time.time() - status.st_mtime < _SETTLED:
        return None
    return File(name, os.path.abspath(path), status.st_size, status.st_mtime_ns)  # noqa: PTH100 - no link is resolved
