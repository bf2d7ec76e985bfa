"""Statements as Parquet: a column for each field of the record, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from quotecli.errors import UsageError
from quotecli.records import Statement

_BATCH = 4096


def parquet(statements: Iterable[Statement]) -> Iterator[bytes]:
    """Yield a Parquet file with a row for each statement; the columns are the fields of the JSON record.

    Raises UsageError when pyarrow, which writes it, is not installed.
    """
    try:
        from pyarrow import RecordBatch, schema
        from pyarrow.parquet import ParquetWriter

        from quotecli.arrow import fields_of, plain
    except ImportError as error:
        raise UsageError("--format parquet needs another library: pip install pyarrow") from error
    columns, sink, waiting = schema(fields_of(Statement)), _Pieces(), iter(statements)
    with ParquetWriter(sink, columns, compression="zstd") as writer:
        while batch := list(islice(waiting, _BATCH)):
            writer.write_batch(RecordBatch.from_pylist([plain(statement) for statement in batch], columns))
            yield sink.taken()
    yield sink.taken()


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
