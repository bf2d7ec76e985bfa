"""Statements, and whole articles with them, as Parquet: a column for each field of the record, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Self

from quotecli.errors import UsageError
from quotecli.records import Article, ArticleRef, Skipped, Statement
from quotecli.versions import extraction_version

_BATCH = 4096
_CHARACTERS = 2**23
_MISSING = "Parquet needs another library: pip install pyarrow"
Answered = tuple[Article, Sequence[Statement], str]
"""An article with its statements, and the version of the model that found them."""


def parquet(statements: Iterable[tuple[Statement, str | None]]) -> Iterator[bytes]:
    """Yield a Parquet file with a row for each statement, given with what `speakers` calls who says it (`person`); the
    columns are the fields of the JSON record.

    Raises UsageError when pyarrow, which writes it, is not installed.
    """
    try:
        from pyarrow import RecordBatch, field, schema, string
        from pyarrow.parquet import ParquetWriter

        from quotecli.arrow import fields_of, plain
    except ImportError as error:
        raise UsageError(_MISSING) from error
    columns, sink, waiting = schema([*fields_of(Statement), field("person", string())]), _Pieces(), iter(statements)
    with ParquetWriter(sink, columns, compression="zstd") as writer:
        while batch := list(islice(waiting, _BATCH)):
            rows = [plain(statement) | {"person": person} for statement, person in batch]
            writer.write_batch(RecordBatch.from_pylist(rows, columns))
            yield sink.taken()
    yield sink.taken()


def write_data_set(found: Iterable[Answered | Skipped], articles: BinaryIO, statements: BinaryIO) -> None:
    """Write the articles found into one Parquet file and their statements into another, some at a time.

    The articles are rows of `quotecli.arrow.ARTICLES`, with the model that read them; the statements are rows of
    `quotecli.arrow.STATEMENTS`, one also for an article without any, and for an input that gave none. Raises UsageError
    when pyarrow is not installed.
    """
    try:
        from quotecli.arrow import ARTICLES, STATEMENTS, Answer, plain
    except ImportError as error:
        raise UsageError(_MISSING) from error
    with _Table(articles, [*ARTICLES, ("model", "string")]) as texts, _Table(statements, STATEMENTS) as rows:
        for each in found:
            if isinstance(each, Skipped):
                rows.add(Answer(ArticleRef(id="", path=each.path), [], extraction_version(), each.reason).rows)
                continue
            article, said, model = each
            texts.add([plain(article) | {"model": model}], len(article.text))
            rows.add(Answer(article.ref, said, model).rows)


class _Table:
    """A Parquet file that grows by a row group when there are rows enough."""

    def __init__(self, file: BinaryIO, columns: Iterable[Any]) -> None:
        from pyarrow import schema
        from pyarrow.parquet import ParquetWriter

        self._columns = schema(list(columns))
        self._writer = ParquetWriter(file, self._columns, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._characters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, rows: list[dict[str, Any]], characters: int = 0) -> None:
        """Add rows with so many characters in them, where these count."""
        self._rows += rows
        self._characters += characters
        if len(self._rows) >= _BATCH or self._characters >= _CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        from pyarrow import RecordBatch

        if self._rows:
            self._writer.write_batch(RecordBatch.from_pylist(self._rows, self._columns))
        self._rows, self._characters = [], 0


class _Pieces:
    """A file for pyarrow to write into, whose bytes can be taken away while it grows."""

    closed = False

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._written = 0

    def write(self, data: Any) -> int:
        self._bytes += data
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
