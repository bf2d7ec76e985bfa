"""Compressed files and archives: what is inside is read as if it lay in a folder of that name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from quotecli.errors import InputError
from quotecli.loading.extras import required
from quotecli.loading.packages import BROKEN_ZIP
from quotecli.loading.source import Reading, Source, buffered
from quotecli.records import Skipped

_HEADERS = frozenset(
    (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
)
_LARGEST_HEADER = 1024 * 1024  # bytes
_PART = 2048  # bytes, which may unpack to a thousand times as many
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MOST_TIMES = 250  # that the size of a zip file may unpack to; text becomes a tenth at best

# What packed files are called, and what the files in them are.
_PACKED = {".gz": "", ".bz2": "", ".xz": "", ".zst": "", ".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def read_gzip(source: Source) -> Iterator[Source | Skipped]:
    """Yield what is in a gzip file; "a.txt.gz" holds "a.txt"."""
    return _unpacked(source, lambda stream: gzip.GzipFile(fileobj=stream))


def read_bzip2(source: Source) -> Iterator[Source | Skipped]:
    """Yield what is in a bzip2 file."""
    return _unpacked(source, bz2.BZ2File)


def read_xz(source: Source) -> Iterator[Source | Skipped]:
    """Yield what is in an xz file."""
    return _unpacked(source, lzma.LZMAFile)


def read_zstd(source: Source) -> Iterator[Source | Skipped]:
    """Yield what is in a Zstandard file."""
    return _unpacked(source, unpacked_zstd)


def unpacked_zstd(stream: io.BufferedReader) -> Any:
    """Return the stream of what Zstandard packed; web archives may begin with the dictionary of all their frames."""
    zstandard = required("zstandard")
    dictionary = None
    if stream.peek(len(_DICTIONARY)).startswith(_DICTIONARY):
        size = int.from_bytes(stream.read(8)[4:], "little")
        if size > _LARGEST_HEADER:
            raise InputError("damaged: cannot be unpacked")
        data = stream.read(size)
        packed = data.startswith(b"\x28\xb5\x2f\xfd")
        dictionary = zstandard.ZstdCompressionDict(zstandard.decompress(data, _LARGEST_HEADER) if packed else data)
    return _Zstd(stream, zstandard.ZstdDecompressor(dict_data=dictionary))


class _Zstd:
    """A stream of what Zstandard packed, one frame after the other."""

    def __init__(self, packed: io.BufferedReader, decompressor: Any) -> None:
        self._packed = packed
        self._decompressor = decompressor
        self._frame = decompressor.decompressobj()
        self._begun = False
        self._left = self._ready = b""

    def read(self, size: int) -> bytes:
        """Return up to so many bytes; none at the end. Raise EOFError where the last frame has no end, of which
        zstandard's own reader says nothing."""
        while not self._ready and (part := self._left or self._packed.read(_PART)):
            self._ready, self._left, self._begun = self._frame.decompress(part), b"", True
            if self._frame.eof:
                self._left, self._begun = self._frame.unused_data, False
                self._frame = self._decompressor.decompressobj()
        if not self._ready and self._begun:
            raise EOFError("a frame without an end")
        data, self._ready = self._ready[:size], self._ready[size:]
        return data


def damage(error: Exception) -> str:
    """Return why something cannot be unpacked."""
    protected = "password" in str(error) or "encrypted" in str(error)
    return "protected by a password" if protected else "damaged: cannot be unpacked"


def _unpacked(source: Source, unpack: Callable[[Any], Any]) -> Iterator[Source | Skipped]:
    name = PurePosixPath(source.name)
    inner = str(name.with_suffix(_PACKED[name.suffix.lower()])) if name.suffix.lower() in _PACKED else source.name
    return _inside(source, source.path, inner, unpack(source.stream))


def read_zip(source: Source) -> Iterator[Source | Skipped]:
    """Yield the files in a zip archive one by one; a file that cannot be read costs only itself."""
    stream: IO[bytes] = source.stream if source.stream.seekable() else io.BytesIO(source.read())
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN_ZIP as error:
        raise InputError("damaged: not a complete zip file") from error
    left = _MOST_TIMES * stream.seek(0, io.SEEK_END) + 2 * source.limits.document_bytes
    for member in archive.infolist():
        if member.is_dir() or is_hidden(member.filename):
            continue
        path = f"{source.path}/{member.filename}"
        try:
            opened = archive.open(member)
        except BROKEN_ZIP as error:
            yield Skipped(path, damage(error))
            continue
        left -= min(member.file_size, source.limits.document_bytes)
        if left < 0:  # members that share their bytes
            raise InputError(f"unpacks to more than {_MOST_TIMES} times its size")
        yield from _inside(source, path, member.filename, opened)


def read_tar(source: Source) -> Iterator[Source | Skipped]:
    """Yield the files in a tar archive one by one; links and devices in it are left out."""
    try:
        with tarfile.open(fileobj=source.stream, mode="r|", tarinfo=_Member) as archive:
            for member in archive:
                opened = archive.extractfile(member) if member.isreg() and not is_hidden(member.name) else None
                if opened is not None:
                    yield from _inside(source, f"{source.path}/{member.name}", member.name, opened)
    except (tarfile.TarError, OverflowError) as error:
        raise InputError(damage(error)) from error


class _Member(tarfile.TarInfo):
    """A member whose headers are no larger than names and dates are: tarfile holds all that they say in memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in _HEADERS or self.size < _LARGEST_HEADER:
            return super()._proc_member(archive)  # type: ignore[misc,no-any-return]  # not public: there is no other place to ask
        raise tarfile.ReadError("a header that is too large")


def is_hidden(name: str) -> bool:
    """Whether a file in an archive is none that a person put there: ".DS_Store", "__MACOSX/…"."""
    return any(part.startswith(".") and part.strip("./") for part in name.split("/")) or "__MACOSX/" in name


def _inside(source: Source, path: str, name: str, stream: IO[bytes]) -> Iterator[Source | Skipped]:
    """Yield what lies inside `source`, to be read before the next one is asked for; no deeper than the limits allow."""
    if source.depth >= source.limits.depth:
        yield Skipped(path, f"more than {source.limits.depth} archives inside one another, the limit", "depth")
        return
    with buffered(Reading(stream.read, damage)) as unpacking:
        yield source.inside(path, name, unpacking)
