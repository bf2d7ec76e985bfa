"""Versions of what quotecli answers: digests of the files that it answers by, so that none is ever forgotten."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
ANSWERING = (
    "attribution",
    "facts",
    "model",
    "naming",
    "text",
    "deadline.py",
    "errors.py",
    "numbers.py",
    "pipeline.py",
    "records.py",
    "word_lists.py",
    "workers.py",
)
"""Modules, lists and model that decide what `extract` answers for a text (and what these import)."""

READING = ("loading", "text", "errors.py", "files.py", "records.py", "workers.py")
"""The same for what a file holds."""

_COMPILED = "__pycache__"


@cache
def extraction_version() -> str:
    """Return 16 hex digits that change whenever `extract` may answer differently for the same text."""
    return digest_of(PACKAGE, ANSWERING)


@cache
def reading_version() -> str:
    """Return 16 hex digits that change whenever a file may give other articles than before."""
    return digest_of(PACKAGE, READING)


def digest_of(package: Path, parts: Sequence[str]) -> str:
    """Return a digest of these folders and files of `package`: of their names and of every byte.

    Each file counts by its CRC: it guards against forgetting, and the model must be read in milliseconds.
    """
    lines = [f"{path.relative_to(package).as_posix()} {_checksum(path)}" for path in _files(package, parts)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _files(package: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Yield the files in a fixed order, without what Python keeps beside them."""
    for part in parts:
        place = package / part
        inside = place.rglob("*") if place.is_dir() else [place]
        yield from sorted(path for path in inside if path.is_file() and _COMPILED not in path.parts)


def _checksum(path: Path) -> str:
    data = path.read_bytes()
    return f"{len(data)} {zlib.crc32(data):08x}"
