"""One thing to read: its bytes, the name it is reported under, and the limits that hold for it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any, NamedTuple

import msgspec

from quotecli.errors import InputError
from quotecli.loading.alarm import out_of_time
from quotecli.loading.language import ENGLISH, code_of, recognised, without_english
from quotecli.loading.links import BLOCK_QUOTE, mark, taken_out
from quotecli.records import Article, Draft, Skipped, text_id
from quotecli.text import visible

PEEK_BYTES = 64 * 1024
MEBIBYTE = 1024 * 1024


_TREE = 8

FEWEST_ARTICLES = 10_000
ARTICLE_BYTES = 100
"""No newspaper's article is shorter, packed with many others: what stands for more of them is a bomb."""

MOST_ARTICLES = 1_000_000
"""That come from standard input or a server."""


def _in_words(size: int) -> str:
    return f"{size / MEBIBYTE:g} MiB" if size >= MEBIBYTE else f"{size} bytes"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may cost.

    document_bytes: the size of one document, and of one line of a file that holds many.
    seconds: the time that reading one document may take.
    depth: how many archives and compressed files may lie inside one another.
    characters: the length of one article: extraction takes time, and memory, for each.
    articles: how many of them one file may hold, read or not; if None, `FEWEST_ARTICLES` and one for each
        `ARTICLE_BYTES` of the file.
    """

    document_bytes: int = 64 * MEBIBYTE
    seconds: float = 60.0
    depth: int = 4
    characters: int = 2_000_000
    articles: int | None = None

    def most_articles(self, size: int | None) -> int:
        """Return how many articles a file of so many bytes may hold; `size`: None where it is not known."""
        if self.articles is not None:
            return self.articles
        return MOST_ARTICLES if size is None else FEWEST_ARTICLES + size // ARTICLE_BYTES

    @property
    def size(self) -> str:
        """Return the size that one document may have, in words."""
        return _in_words(self.document_bytes)

    @property
    def markup_bytes(self) -> int:
        """The size of what becomes a tree of elements (HTML, XML): it takes many times its size of memory."""
        return self.document_bytes // _TREE


class Handed(NamedTuple):
    """The bytes of a source and what is known of them, on the way to another process."""

    path: str
    name: str
    url: str | None
    charset: str | None
    depth: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one input.

    path: the name as the user gave it, "-" for standard input; it comes back as `Article.path`.
    stream: buffered, read once, from its beginning.
    name: the file name that tells the format, where `path` doesn't.
    url: where the bytes came from, if that is known before they are read.
    charset: the encoding that the server or the user named.
    text_column: the column of a table that holds the text; guessed if None.
    any_language: articles that are not English are articles, too.
    links: collects the addresses of links, where these are wanted; the articles are then a `Draft` each.
    depth: how many archives it lies in.
    apart: its documents are only handed on, to be read by other processes: each may be the end of the one that does.
    """

    path: str
    stream: io.BufferedReader
    limits: Limits = field(default_factory=Limits)
    name: str = ""
    url: str | None = None
    charset: str | None = None
    text_column: str | None = None
    any_language: bool = False
    links: list[str] | None = None
    depth: int = 0
    apart: bool = False
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.path)

    def inside(self, path: str, name: str, stream: io.BufferedReader) -> Source:
        """Return what lies inside this one, one level deeper."""
        return replace(
            self, path=path, name=name, stream=stream, depth=self.depth + 1, charset=None, started=time.monotonic()
        )

    def at(self, url: str | None) -> Source:
        """Return the same, with the address that it came from."""
        return replace(self, url=url)

    def head(self) -> bytes:
        """Return the first bytes without reading them away: empty only at the end of the input."""
        return self.stream.peek(PEEK_BYTES)[:PEEK_BYTES]

    def read(self) -> bytes:
        """Return all the bytes; raise InputError when they are more than a document may have."""
        parts, size = [], 0
        while part := self.stream.read1(MEBIBYTE):  # piece by piece: a server may send one byte a second
            self.check_time()
            parts.append(part)
            size += len(part)
            self.check_size(size)
        return b"".join(parts)

    def lines(self) -> Iterator[bytes]:
        """Yield each line with its line end; raise InputError at a line longer than a document may be."""
        while line := self.stream.readline(self.limits.document_bytes + 1):
            self.check_size(len(line))
            yield line

    def check_time(self) -> None:
        """Raise InputError when this document has taken too long; called between its parts."""
        if time.monotonic() - self.started > self.limits.seconds:
            raise out_of_time(self.limits.seconds)

    def article(self, text: str, **metadata: str | None) -> Article:
        """Return the article that a reader made of this input, with the text that a person sees (see `given`)."""
        return self.given(visible(text), **metadata)

    def given(self, text: str, **metadata: str | None) -> Article:
        """Return the article of this input; raise InputError when its text holds no word, or no English.

        text: stays as it is, for the user may know it by its offsets.
        metadata: title, byline, outlet, published, url and language as far as the document tells them; `id`, if it has
        its own.
        """
        metadata = {name: value and (value if name == "id" else visible(value)) for name, value in metadata.items()}
        if self.links is not None:
            return self._draft(self.links, text, metadata)
        if not any(character.isalnum() for character in text):
            raise InputError("holds no text")
        if len(text) > self.limits.characters:
            most = f"{self.limits.characters:,}"
            raise InputError(f"longer than {most} characters, the limit for one article", setting="characters")
        looks = recognised(text)
        if looks not in (None, ENGLISH) and not self.any_language:
            raise _not_english(looks)
        metadata["language"] = code_of(looks, metadata.get("language"))
        known = {name: value for name, value in metadata.items() if value}
        identity = known.pop("id", text_id(text))
        return Article(id=identity, path=self.path, text=text, **{"url": self.url, **known})

    def _draft(self, marked: list[str], text: str, metadata: dict[str, str | None]) -> Draft:
        plain, links = taken_out(marked, text)
        known = {name: value and taken_out(marked, value)[0] for name, value in metadata.items()}
        article = replace(self, links=None).given(plain, **known)
        blocks = tuple(link.at for link in links if link.target == BLOCK_QUOTE)
        links = tuple(link for link in links if link.target != BLOCK_QUOTE)
        return Draft(**msgspec.structs.asdict(article), links=links, block_quotes=blocks)

    def mark(self, address: str) -> str:
        """Return what to write behind the words of a link: nothing, unless the links are wanted (see `links`)."""
        return "" if self.links is None else mark(self.links, address)

    def check_markup(self, size: int) -> None:
        """Raise InputError when so much HTML or XML is more than becomes a tree."""
        if size > self.limits.markup_bytes:
            most = _in_words(self.limits.markup_bytes)
            reason = f"holds more than {most} of markup, 1/{_TREE} of the limit for one document"
            raise InputError(reason, setting="document_bytes")

    def check_language(self, html: str) -> None:
        """Raise InputError when a page plainly is in another language, before it is parsed."""
        if not self.any_language and (looks := without_english(html)):
            raise _not_english(looks)

    def check_size(self, size: int) -> None:
        """Raise InputError when so many bytes are more than a document may have."""
        if size > self.limits.document_bytes:
            raise InputError(f"larger than {self.limits.size}, the limit for one document", setting="document_bytes")


def _not_english(looks: str | None) -> InputError:
    return InputError(f"not English (looks {looks})", setting="any_language")


def attempt(path: str, read: Callable[[], Article]) -> Article | Skipped:
    """Return the article that `read` returns, or a Skipped with the reason why it raises.

    path: the place of this article among the many of its file ("corpus.jsonl:17"). An article without an id or an
    address of its own takes it for its path: else all of a file's articles would seem to be versions of one.
    """
    try:
        article = read()
    except Exception as error:
        return skipped(path, error)
    has_identity = article.url or article.has_own_id
    return article if has_identity else msgspec.structs.replace(article, path=path)


def skipped(path: str, error: Exception) -> Skipped:
    """Return the Skipped for an error: ours as it is; what a library's parser raises on hostile bytes in one line."""
    if isinstance(error, MemoryError):
        return Skipped(path, "needs more memory than there is, or than one document may have", "memory")
    words = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, InputError):
        return Skipped(path, words, error.setting)
    return Skipped(path, f"not readable: {words}")


class Reading(io.RawIOBase):
    """A stream of what a function reads; whatever it raises becomes an InputError."""

    def __init__(self, read: Callable[[int], bytes], reason: Callable[[Exception], str]) -> None:
        """`read`: returns up to so many bytes, none at the end. `reason`: an error in a few words."""
        self._read = read
        self._reason = reason

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._read(len(buffer))
        except Exception as error:
            raise InputError(self._reason(error), setting=getattr(error, "setting", None)) from error
        buffer[: len(data)] = data
        return len(data)


def buffered(stream: IO[bytes] | io.RawIOBase) -> io.BufferedReader:
    """Return `stream` with a buffer that can be peeked into."""
    return io.BufferedReader(stream, PEEK_BYTES)  # type: ignore[arg-type]  # all it needs is read()
