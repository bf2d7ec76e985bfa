"""Statements of articles that stand in Arrow record batches: for Spark, Daft, Dask, Ray, DuckDB, Polars.

    spark.read.parquet("articles/").mapInArrow(quotecli.arrow.extract, from_arrow_schema(quotecli.arrow.STATEMENTS))

`extract` gives a row for each statement, `annotate` a row for each article with its statements inside. Columns are
guessed as `quotecli.load` guesses those of a table (`text`, `body`, `headline` …). Nothing is loaded before the first
row; one processor is used, since an engine starts a worker on each. The functions can be pickled, and a process may be
forked before or after they were used. Needs pyarrow.

A text that ends its process (out of memory) ends the worker of the engine with it, and the engine tries again until it
gives up; with `isolate=True` the extraction is done in a child process of the worker, and such a text costs one row.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
from msgspec import inspect

from quotecli.deadline import SECONDS
from quotecli.loading.columns import row_article, row_ref
from quotecli.loading.source import Source, buffered, skipped
from quotecli.pipeline import extract_wanted
from quotecli.records import Article, ArticleRef, Figure, Skipped, Statement
from quotecli.versions import extraction_version
from quotecli.workers import Lost, Workers

ROWS_AT_ONCE = 32
"""Articles that are worked on before their statements go out: engines hand over ten thousand rows at a time."""
MEMORY = 2 * 2**30
"""The bytes that the child process of `isolate` may have."""


_SIMPLE = {inspect.IntType: pa.int64(), inspect.FloatType: pa.float64(), inspect.BoolType: pa.bool_()}


def arrow_type(info: inspect.Type) -> pa.DataType:
    """Return the Arrow type of a record's field; what may be a number or words are words."""
    match info:
        case inspect.StructType(cls=record):
            return pa.struct(fields_of(record))
        case inspect.VarTupleType(item_type=item):
            return pa.list_(arrow_type(item))
        case inspect.UnionType(types=types):
            some = [each for each in types if not isinstance(each, inspect.NoneType)]
            return arrow_type(some[0]) if len(some) == 1 else pa.string()
        case _:
            return _SIMPLE.get(type(info), pa.string())


def fields_of(record: type[msgspec.Struct]) -> list[pa.Field]:
    """Return the columns that hold a record: one for each of its fields, by its name."""
    info = inspect.type_info(record)
    assert isinstance(info, inspect.StructType)
    return [pa.field(field.name, arrow_type(field.type)) for field in info.fields]


def plain(value: Any) -> Any:
    """Return a record as Arrow takes it: its fields by name, and "?" for the lone surrogates that it cannot hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, Figure) and value.value is not None:
        return {name: plain(field) for name, field in _items(value)} | {"value": plain(str(value.value))}
    if isinstance(value, msgspec.Struct):
        return {name: plain(field) for name, field in _items(value)}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def _items(record: msgspec.Struct) -> Iterable[tuple[str, Any]]:
    return ((name, getattr(record, name)) for name in record.__struct_fields__)


_BESIDE = [pa.field("model", pa.string()), pa.field("skipped", pa.string())]
ARTICLES: pa.Schema = pa.schema(fields_of(Article))
"""What goes in, where the columns are quotecli's own: `text` must be there, all else may be null or missing."""
STATEMENTS: pa.Schema = pa.schema([*fields_of(Statement), *_BESIDE])
"""What `extract` gives. Every article has a row: one without statements, or that was skipped, has nulls in it but for
`article`, `model` (which version answered) and `skipped` (why it was not read)."""
RESULT: pa.Schema = pa.schema(
    [
        pa.field("article", pa.struct(fields_of(ArticleRef))),
        pa.field("statements", pa.list_(pa.struct(fields_of(Statement)))),
        *_BESIDE,
    ]
)
"""What `annotate` gives, a row for each row."""


class Answer(NamedTuple):
    """An article with its statements by which model, or why it has none."""

    article: ArticleRef
    statements: Sequence[Statement]
    model: str
    skipped: str | None = None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its rows among STATEMENTS."""
        beside = {"model": self.model, "skipped": self.skipped}
        if not self.statements:
            return [{"article": plain(self.article), **beside}]
        return [plain(statement) | beside for statement in self.statements]

    @property
    def row(self) -> dict[str, Any]:
        """Its row among RESULT."""
        statements = [plain(statement) for statement in self.statements]
        return {"article": plain(self.article), "statements": statements, "model": self.model, "skipped": self.skipped}


def model() -> str:
    """Return the version that answers now, as the column `model` has it: another one may answer otherwise."""
    return extraction_version()


def extract(
    batches: Iterable[pa.RecordBatch],
    *,
    isolate: bool = False,
    text_column: str | None = None,
    any_language: bool = False,
    seconds: float = SECONDS,
) -> Iterator[pa.RecordBatch]:
    """Yield the statements of the articles in `batches`, a row each (see STATEMENTS), as they are found.

    isolate: extract in a child process, so that a text that kills it costs one row.
    text_column: the column that holds the text; guessed if None.
    any_language: read articles that are not English, too; else each of them is skipped.
    seconds: how long extraction may take for one article.
    Raise ModelError if the tagging model cannot be loaded; a row that cannot be read is a row that says why.
    """
    source = source_of_rows(text_column, any_language=any_language)
    for batch in batches:
        for part in _parts(batch):
            answers = _answers(part, source, seconds, isolate=isolate)
            yield pa.RecordBatch.from_pylist([row for each in answers for row in each.rows], STATEMENTS)


def annotate(
    batch: pa.RecordBatch,
    *,
    isolate: bool = False,
    text_column: str | None = None,
    any_language: bool = False,
    seconds: float = SECONDS,
) -> pa.RecordBatch:
    """Return for each row of `batch` its article with its statements (see RESULT); options as for `extract`."""
    source = source_of_rows(text_column, any_language=any_language)
    rows = [each.row for part in _parts(batch) for each in _answers(part, source, seconds, isolate=isolate)]
    return pa.RecordBatch.from_pylist(rows, RESULT)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    return (batch.slice(start, ROWS_AT_ONCE) for start in range(0, batch.num_rows, ROWS_AT_ONCE))


def source_of_rows(text_column: str | None = None, *, any_language: bool = False) -> Source:
    """Return what rows are read as: see `read_row`."""
    nothing = buffered(io.BytesIO())  # rows are given, no bytes are read
    return Source("", nothing, text_column=text_column, any_language=any_language)


@cache
def _team(seconds: float) -> Workers:
    """Return who extracts; a process that it has for what may be the end of it stays for the next batch."""
    return Workers(1, seconds, MEMORY)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_team.cache_clear)  # a pipe to a process serves one side


def _answers(batch: pa.RecordBatch, source: Source, seconds: float, *, isolate: bool) -> Iterator[Answer]:
    read = [read_row(source, row) for row in batch.to_pylist()]
    answering = model()
    for (ref, article), found in extract_wanted(read, _if_read, _team(seconds), apart=isolate):
        if isinstance(article, Skipped):
            yield Answer(ref, [], answering, article.reason)
        elif isinstance(found, Lost):
            yield Answer(ref, [], answering, found.reason)
        else:
            yield Answer(ref, found or [], answering)


def _if_read(read: tuple[ArticleRef, Article | Skipped]) -> Article | None:
    return read[1] if isinstance(read[1], Article) else None


def read_row(source: Source, row: Mapping[str, object]) -> tuple[ArticleRef, Article | Skipped]:
    """Return the article in a row, its columns guessed, and what the rows of its statements say of it."""
    ref = row_ref(row)
    try:
        article = row_article(source, row)
    except Exception as error:
        return ref, skipped(ref.id, error)
    article = msgspec.structs.replace(article, path=ref.path)
    return article.ref, article
