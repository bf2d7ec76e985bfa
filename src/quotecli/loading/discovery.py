"""What the user named, to the files that it means: files, folders with all below them, patterns, standard input."""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from quotecli.errors import InputError
from quotecli.files import STANDARD_INPUT
from quotecli.loading.source import buffered
from quotecli.records import Skipped


def is_url(path: str) -> bool:
    """Whether a path is an address that can be fetched."""
    return path.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Location:
    """A place to read from.

    path: as the operating system knows it, "-" for standard input.
    """

    path: str

    @property
    def name(self) -> str:
        """The path for people: what isn't valid Unicode in it is replaced, so that it can be printed."""
        return os.fsencode(self.path).decode("utf-8", "replace")

    def open(self) -> io.BufferedReader:
        """Open it for reading; raise InputError when that isn't possible."""
        return _standard_input() if self.path == STANDARD_INPUT else _open_file(self.path)


def discover(path: str) -> Iterator[Location | Skipped]:
    """Yield the files that `path` means, folders and patterns in the order of their names."""
    if is_url(path):
        yield Location(path)
        return
    if path == STANDARD_INPUT or not _is_pattern(path):
        yield from _expand(path)
        return
    matches = sorted(glob.iglob(path, recursive=True))  # noqa: PTH207 - keeps the path as the user wrote it
    if not matches:
        yield Skipped(path, "matches no file")
    for match in matches:
        yield from _expand(match)


def _is_pattern(path: str) -> bool:
    return glob.has_magic(path) and not os.path.lexists(path)


def _expand(path: str) -> Iterator[Location | Skipped]:
    """Yield the file itself, or the files of a folder."""
    if path == STANDARD_INPUT or not _is_folder(path):
        yield Location(path)
        return
    empty = True
    for found in _walk(path, set()):
        empty = False
        yield found
    if empty:
        yield Skipped(Location(path).name, "the folder holds no file to read")


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[Location | Skipped]:
    """Yield the files below `folder`, hidden ones left out, each folder once: links may form a loop."""
    try:
        identity = os.stat(folder)  # noqa: PTH116 - a str goes in and comes out
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(Location(folder).name, reason(error))
        return
    if (identity.st_dev, identity.st_ino) in seen:
        return
    seen.add((identity.st_dev, identity.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry.path):
            yield from _walk(entry.path, seen)
        else:
            yield Location(entry.path)


def _standard_input() -> io.BufferedReader:
    if sys.stdin is None:
        raise InputError("standard input is closed")
    stream: BinaryIO = sys.stdin.buffer
    return stream if isinstance(stream, io.BufferedReader) else buffered(stream)


def _open_file(path: str) -> io.BufferedReader:
    """Open a regular file; never wait for the other end of a pipe."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise InputError(reason(error)) from error
    stream = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise InputError("not a file: a pipe, socket or device; give - to read standard input")
    return stream


def reason(error: Exception) -> str:
    """Return in a few words why the operating system refused."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return str(getattr(error, "strerror", None) or error).lower()
