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
from quotecli.loading.decoding import decode_exactly
from quotecli.loading.extras import required
from quotecli.loading.rows import row_article
from quotecli.loading.source import Source, attempt
from quotecli.records import Article, Skipped

_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])\s*")  # a first line that tells Excel
_BATCH_ROWS = 256


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
    for line in source.lines():
        yield line.decode("utf-8") if _is_utf8(line) else decode_exactly(line)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_parquet(source: Source) -> Iterator[Article | Skipped]:
    """Yield the article of each row of a Parquet file."""
    parquet = required("pyarrow.parquet", "parquet")
    stream = source.stream if source.stream.seekable() else io.BytesIO(source.read())
    number = 0
    for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_BATCH_ROWS):
        for row in batch.to_pylist():
            number += 1
            yield attempt(f"{source.path}:{number}", partial(row_article, source, row))
