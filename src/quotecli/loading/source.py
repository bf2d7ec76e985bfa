"""One thing to read: its bytes, the name it is reported under, and the limits that hold for it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from quotecli.errors import InputError
from quotecli.records import Article, Skipped, text_digest

PEEK_BYTES = 64 * 1024
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may cost.

    document_bytes: the size of one document, and of one line of a file that holds many.
    seconds: the time that reading one document may take.
    """

    document_bytes: int = 64 * MEBIBYTE
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one input.

    path: the name as the user gave it, "-" for standard input; it comes back as `Article.path`.
    stream: buffered, read once, from its beginning.
    url: where the bytes came from, if that is known before they are read.
    """

    path: str
    stream: io.BufferedReader
    limits: Limits = field(default_factory=Limits)
    url: str | None = None
    started: float = field(default_factory=time.monotonic)

    def head(self) -> bytes:
        """Return the first bytes without reading them away: empty only at the end of the input."""
        return self.stream.peek(PEEK_BYTES)[:PEEK_BYTES]

    def read(self) -> bytes:
        """Return all the bytes; raise InputError when they are more than a document may have."""
        data = self.stream.read(self.limits.document_bytes + 1)
        self.check_size(data)
        return data

    def lines(self) -> Iterator[bytes]:
        """Yield each line with its line end; raise InputError at a line longer than a document may be."""
        while line := self.stream.readline(self.limits.document_bytes + 1):
            self.check_size(line)
            yield line

    def check_time(self) -> None:
        """Raise InputError when this document has taken too long; called between its parts."""
        if time.monotonic() - self.started > self.limits.seconds:
            raise InputError(f"took longer than {self.limits.seconds:g} s, the limit for one document")

    def article(self, text: str, **metadata: str | None) -> Article:
        """Return the article of this input; raise InputError when the text holds no word at all.

        metadata: title, byline, outlet, published and url as far as the document tells them; `id`, if it has its own.
        """
        if not any(character.isalnum() for character in text):
            raise InputError("holds no text")
        known = {name: value for name, value in metadata.items() if value}
        identity = known.pop("id", text_digest(text))
        return Article(id=identity, path=self.path, text=text, **{"url": self.url, **known})

    def check_size(self, data: bytes) -> None:
        if len(data) > self.limits.document_bytes:
            raise InputError(f"larger than {self.limits.document_bytes / MEBIBYTE:g} MiB, the limit for one document")


def attempt(path: str, read: Callable[[], Article]) -> Article | Skipped:
    """Return the article that `read` returns, or a Skipped with the reason why it raises."""
    try:
        return read()
    except Exception as error:
        return skipped(path, error)


def skipped(path: str, error: Exception) -> Skipped:
    """Return the Skipped for an error: ours as it is; what a library's parser raises on hostile bytes in one line."""
    words = " ".join(str(error).split())[:200] or type(error).__name__
    return Skipped(path, words if isinstance(error, InputError) else f"not readable: {words}")


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """Return `stream` with a buffer that can be peeked into."""
    return io.BufferedReader(stream, PEEK_BYTES)  # type: ignore[arg-type]  # all it needs is read()
