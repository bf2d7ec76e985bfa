"""CSV, TSV and Parquet: an article a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from quotecli.errors import InputError
from quotecli.loading.columns import row_article
from quotecli.loading.encodings import decode_exactly, encoding_of
from quotecli.loading.extras import required
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])\s*")  # a first line that tells Excel
_BATCH_ROWS = 256
_STATEMENTS = {"article", "model", "skipped"}
"""Columns of `quotecli.arrow.STATEMENTS` that no table of articles has."""


def read_csv(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each row below the header, its text as it stands in the cell.

    The delimiter is the one that the header has most of; the encoding is found from the file's beginning.
    """
    csv.field_size_limit(min(source.limits.document_bytes, 2**31 - 1))  # a C long is no longer on Windows
    lines = _text_lines(source)
    header = next(lines, "")
    named = _NAMED_DELIMITER.fullmatch(header)
    header = next(lines, "") if named else header
    delimiter = named.group(1) if named else max(_DELIMITERS, key=header.count)
    rows = _readable(csv.reader(chain([header], lines), delimiter=delimiter))
    names = [name.strip() for name in next(rows, [])]
    for number, cells in enumerate(rows, start=2):
        if any(map(str.strip, cells)):
            row = dict(zip(names, cells, strict=False))
            yield attempt(f"{source.path}:{number}", partial(row_article, source, row))


def _readable(rows: Any) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise InputError(f"invalid CSV in line {rows.line_num}: {error}") from error


def _text_lines(source: Source) -> Iterator[str]:
    """Yield the lines as characters; of a large file only one line at a time is held."""
    head = source.head()
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        yield from io.StringIO(decode_exactly(source.read()), newline="")
        return
    marked = head.startswith(b"\xef\xbb\xbf")
    if marked:
        source.stream.read(3)
    other = None
    for line in source.lines():
        if _is_utf8(line):
            yield line.decode("utf-8")
            continue
        other = other or encoding_of(line)
        yield line.decode(other, "replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_parquet(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each row of a Parquet file."""
    parquet = required("pyarrow.parquet")
    stream = source.stream if source.stream.seekable() else io.BytesIO(source.read())
    for number, row in enumerate(_rows(parquet, stream, source.limits.document_bytes), start=1):
        yield attempt(f"{source.path}:{number}", partial(row_article, source, row))


def _rows(parquet: Any, stream: Any, most_bytes: int) -> Iterator[dict[str, Any]]:
    """Yield the rows, as many at a time as have the size of a document; raise InputError where the file is damaged."""
    try:
        file = parquet.ParquetFile(stream)
        if set(file.schema_arrow.names) >= _STATEMENTS:
            raise InputError("holds statements, not articles; 'quotecli import' takes them with their texts")
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        largest = max((group.total_byte_size // max(1, group.num_rows) for group in groups), default=0)
        texts = [
            name
            for name, kind in zip(file.schema_arrow.names, file.schema_arrow.types, strict=True)
            if str(kind) == "string"
        ]
        file = parquet.ParquetFile(
            stream, read_dictionary=texts
        )  # or one text, named in each row, would fill the memory
        for batch in file.iter_batches(batch_size=max(1, min(_BATCH_ROWS, most_bytes // max(1, largest)))):
            for number in range(batch.num_rows):
                yield {
                    name: column[number].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)
                }
    except (OSError, ValueError, NotImplementedError) as error:  # pyarrow's own errors are both of the first two
        raise InputError("damaged, or not a Parquet file") from error
