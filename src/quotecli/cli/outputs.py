"""Files that commands write: whole or not at all, and never onto what they read from or keep."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from quotecli.cli.console import OutputError, emit
from quotecli.errors import UsageError

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a library's file, by the ends of the names."""


_EVERYBODYS, OWN = 0o666, 0o600
"""Modes of new files: as the user's umask has it, and (`OWN`) nobody else's business, as a library."""

DATA_SET = ("articles.parquet", "statements.parquet")
"""The files of a folder with articles and their statements."""


def check_output(option: str, path: str, libraries: Iterable[Path], inputs: Sequence[str] = ()) -> None:
    """Raise UsageError when what `option` writes into `path` would overwrite a library, the cache, or what one of the
    inputs names, also where links lead there."""
    from quotecli.cli.cache import cache_path

    for library in (*libraries, cache_path()):
        if any(_is_same(path, f"{library}{end}") for end in _BESIDE):
            raise UsageError(f"{option} {path} would overwrite the library {library}")
    written = identity_of(path)
    if written is not None and any(identity_of(read) == written for read in files_of(inputs)):
        raise UsageError(f"{option} {path} would overwrite what is to be read")


def check_is_file(format: str, output: str | None) -> None:
    """Raise UsageError where a format that nobody can read would go to a terminal."""
    if output is None and sys.stdout.isatty():
        raise UsageError(f"--format {format} is nothing for a terminal; write it into a file: -o FILE")


def deliver(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write into the file `output`, whole or not at all; on standard output where it is None."""
    if output is None:
        emit(pieces)
    else:
        write_whole(pieces, Path(output))


def write_whole(pieces: Iterable[str | bytes], path: Path, mode: int = _EVERYBODYS) -> None:
    """Write a file whole or not at all: what was there before stays until all is written, and so does its mode; `mode`:
    that of a new file, less what the user's umask takes away."""
    with _writing(path):
        if path.exists() and not path.is_file():  # a device or a pipe
            with path.open("wb") as file:
                file.writelines(map(_encoded, pieces))
            return
        target = Path(os.path.realpath(path))
        with _unfinished(target, mode) as (descriptor, unfinished):
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
                file.writelines(map(_encoded, pieces))
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                unfinished.chmod(stat.S_IMODE(target.stat().st_mode))
            unfinished.replace(target)


def append(text: str, path: Path) -> None:
    """Write at the end of a file; it is on the disk afterwards."""
    with _writing(path), path.open("ab") as file:
        file.write(_encoded(text))
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def folder_of(path: str, names: Sequence[str]) -> Iterator[Sequence[BinaryIO]]:
    """Give new files of these names in the folder `path`, made if it is not there: each appears under its name when all
    are whole, or none does."""
    folder = Path(path)
    with _writing(path), contextlib.ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        opened = [(folder / name, *stack.enter_context(_unfinished(folder / name))) for name in names]
        files = [stack.enter_context(open(descriptor, "wb")) for _, descriptor, _ in opened]  # noqa: PTH123
        yield files
        for file in files:
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for target, _, unfinished in opened:
            unfinished.replace(target)


@contextlib.contextmanager
def _writing(path: str | Path) -> Iterator[None]:
    """Say which file could not be written."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


@contextlib.contextmanager
def _unfinished(target: Path, mode: int = _EVERYBODYS) -> Iterator[tuple[int, Path]]:
    """Give a new file beside `target`, open and under a name that nobody else has; it is gone afterwards, if it is
    still there."""
    path = target.with_name(f".{target.name[:200]}.{secrets.token_hex(8)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, mode)
    try:
        yield descriptor, path
    finally:
        path.unlink(missing_ok=True)


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece


def files_of(inputs: Sequence[str]) -> Iterator[str]:
    """Yield the paths of the files that inputs name: files, what is in folders, what fits patterns."""
    from quotecli.loading.discovery import Location, discover, is_url

    for named in inputs:
        if named != "-" and not is_url(named):
            yield from (found.path for found in discover(named) if isinstance(found, Location))


def _is_same(one: str, other: str) -> bool:
    """Whether two paths are one file, or would be if it were there."""
    identity = identity_of(one)
    if identity is not None and identity == identity_of(other):
        return True
    return os.path.realpath(one) == os.path.realpath(other)


def identity_of(path: str) -> tuple[int, int] | None:
    """Return what tells a file from every other, whatever it is called; None for what is no file."""
    with contextlib.suppress(OSError, ValueError):
        status = os.stat(path)  # noqa: PTH116 - a str goes in
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return None
