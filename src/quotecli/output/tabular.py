"""Statements as Parquet: a column for each field of the record, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from quotecli.errors import UsageError
from quotecli.records import Statement

_BATCH = 4096


def parquet(statements: Iterable[Statement]) -> Iterator[bytes]:
    """Yield a Parquet file with a row for each statement; the columns are the fields of the JSON record.

    Raises UsageError when pyarrow, which writes it, is not installed.
    """
    try:
        from pyarrow import RecordBatch
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise UsageError("--format parquet needs an extra: pip install 'quotecli[parquet]'") from error
    schema, sink, waiting = _schema(), _Pieces(), iter(statements)
    with ParquetWriter(sink, schema, compression="zstd") as writer:
        while batch := list(islice(waiting, _BATCH)):
            writer.write_batch(RecordBatch.from_pylist([_row(statement) for statement in batch], schema))
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


def _row(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(_writable(statement))
    row["content"] = [{"start": start, "end": end} for start, end in row["content"]]
    for figure in row["figures"]:
        figure["value"] = None if figure["value"] is None else str(figure["value"])
    return row


def _writable(value: Any) -> Any:
    """Return a record's fields as they are, but for lone surrogates, which no Parquet file can hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _writable(field) for name, field in msgspec.structs.asdict(value).items()})
    return tuple(map(_writable, value)) if isinstance(value, tuple) else value


def _schema() -> Any:
    import pyarrow as pa

    text, offset, number = pa.string(), pa.int64(), pa.float64()
    span = [("start", offset), ("end", offset)]
    mention = pa.struct([("text", text), *span])
    speaker = [("name", text), ("role", text), ("type", text), ("mention", mention), ("resolved_by", text)]
    figure = [("text", text), ("value", text), ("unit", text), *span]
    article = [(name, text) for name in ("id", "path", "url", "title", "outlet", "published")]
    return pa.schema(
        [
            *((name, text) for name in ("id", "kind", "form", "manner", "reported", "text")),
            ("content", pa.list_(pa.struct(span))),
            ("cue", mention),
            ("speaker", pa.struct([*speaker, ("evidence", text)])),
            ("figures", pa.list_(pa.struct(figure))),
            ("confidence", number),
            ("article", pa.struct(article)),
        ]
    )
