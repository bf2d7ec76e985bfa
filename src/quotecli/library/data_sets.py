"""Articles with their statements out of Parquet, as `extract`, `export` and jobs with `quotecli.arrow` write them.

Texts and statements lie in different files, in any order and any number of them, and both may be larger than the
memory: the statements are put into a file of their own first, by their articles.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from quotecli.errors import InputError
from quotecli.library.exchange import Entry, check
from quotecli.loading.discovery import Location
from quotecli.loading.extras import required
from quotecli.records import Article, Skipped, Statement
from quotecli.versions import extraction_version

MAGIC = b"PAR1"
"""How a Parquet file begins."""

_ROWS_AT_ONCE = 256
_WORDS_AS_VALUES = ("date", "time", "score")
"""Units whose values are words also where they look like numbers: the year 2019."""


class Table(NamedTuple):
    """A Parquet file."""

    location: Location

    @property
    def name(self) -> str:
        """Its path."""
        return self.location.name

    @property
    def columns(self) -> set[str]:
        """The names of its columns. Raises InputError when it is damaged."""
        with self._opened() as file:
            return set(file.schema_arrow.names)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield its rows. Raises InputError when it is damaged."""
        with self._opened() as file:
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                yield from batch.to_pylist()

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        parquet = required("pyarrow.parquet")
        try:
            with self.location.open() as stream:
                yield parquet.ParquetFile(stream)
        except (OSError, ValueError, NotImplementedError) as error:  # pyarrow's own errors are of the first two
            raise InputError("damaged, or not a Parquet file") from error


def entries(tables: Iterable[Table]) -> Iterator[Entry | Skipped]:
    """Yield the articles of these tables, each with its statements, and a Skipped for what is no such article.

    A table with the columns `article`, `model` and `skipped` holds statements, every other one articles, whose columns
    are guessed as everywhere. An article and its statements have the same id and text.
    """
    texts: list[Table] = []
    statements = _Statements()
    for table in tables:
        try:
            if table.columns >= {"article", "model", "skipped"}:
                yield from statements.take(table)
            else:
                texts.append(table)
        except InputError as error:
            yield Skipped(table.name, str(error), error.setting)
    for table in texts:
        try:
            yield from _with_statements(table, statements)
        except InputError as error:
            yield Skipped(table.name, str(error), error.setting)
    if left := statements.left:
        yield Skipped("statements", f"of {left:,} articles there are statements, but no text in the tables given")


def _with_statements(table: Table, statements: _Statements) -> Iterator[Entry | Skipped]:
    from quotecli.arrow import read_row, source_of_rows

    source, unread = source_of_rows(any_language=True), 0
    for number, row in enumerate(table.rows(), start=1):
        ref, article = read_row(source, row)
        known = None if isinstance(article, Skipped) else statements.of(article)
        if isinstance(article, Skipped):
            if not statements.skipped(ref.id):
                yield Skipped(f"{table.name}:{number}", article.reason, article.setting)
        elif known is None:
            unread += not statements.skipped(ref.id)
        else:
            yield _entry(article, *known, f"{table.name}:{number}")
    if unread:
        yield Skipped(table.name, f"of {unread:,} articles no statements were given (or of another text)")


def _entry(article: Article, model: str, statements: Sequence[Statement], place: str) -> Entry | Skipped:
    fields = {name: getattr(article, name) for name in Article.__struct_fields__}
    entry = Entry(**fields, model=model, statements=tuple(statements))
    try:
        check(entry)
    except InputError as error:
        return Skipped(place, str(error), error.setting)
    return entry


class _Statements:
    """Statements by their articles, in a file that is gone afterwards."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE found (article TEXT, text TEXT, model TEXT, statement BLOB);"
            "CREATE TABLE known (article TEXT PRIMARY KEY, state INTEGER) WITHOUT ROWID;"
        )
        self._indexed = False

    def take(self, table: Table) -> Iterator[Skipped]:
        """Keep the statements of a table; yield what its rows say of articles that were not read."""
        self._connection.execute("BEGIN")
        for row in table.rows():
            article = str((row["article"] or {}).get("id") or "")
            if row.get("skipped") is not None:
                self._connection.execute("INSERT OR IGNORE INTO known VALUES (?, 1)", (article,))
                path = (row["article"] or {}).get("path")
                yield Skipped(path or article or table.name, row["skipped"])
                continue
            self._connection.execute("INSERT OR IGNORE INTO known VALUES (?, 0)", (article,))
            found = [row] if "statements" not in row else (row["statements"] or [{}])
            for each in found:
                self._keep(article, row["model"] or "", each)
        self._connection.execute("COMMIT")

    def _keep(self, article: str, model: str, row: dict[str, Any]) -> None:
        try:
            statement = statement_of(row) if row.get("id") else None
        except (msgspec.ValidationError, TypeError, KeyError) as error:
            raise InputError(f"holds no statements as quotecli writes them: {error}") from error
        text = statement.id.rpartition("-")[0] if statement else None
        packed = msgspec.msgpack.encode(statement) if statement else None
        self._connection.execute("INSERT INTO found VALUES (?, ?, ?, ?)", (article, text, model, packed))

    def of(self, article: Article) -> tuple[str, list[Statement]] | None:
        """Return the model that read an article, and its statements; None where that is not known.

        Where several models did, the one of today, else the last.
        """
        if not self._indexed:
            self._connection.execute("CREATE INDEX by_article ON found (article)")
            self._indexed = True
        rows = self._connection.execute("SELECT text, model, statement FROM found WHERE article = ?", (article.id,))
        by_model: dict[str, dict[str, Statement]] = defaultdict(dict)
        for text, model, packed in rows:
            if text is None:
                by_model.setdefault(model, {})
            elif article.digest.startswith(text):
                statement = msgspec.msgpack.decode(packed, type=Statement)
                by_model[model][statement.id] = statement
        if not by_model:
            return None
        self._connection.execute("UPDATE known SET state = 2 WHERE article = ?", (article.id,))
        model = extraction_version() if extraction_version() in by_model else list(by_model)[-1]
        return model, sorted(by_model[model].values(), key=lambda each: each.content)

    def skipped(self, id: str) -> bool:
        """Say whether an article is known not to have been read."""
        return bool(self._connection.execute("SELECT 1 FROM known WHERE article = ? AND state = 1", (id,)).fetchone())

    @property
    def left(self) -> int:
        """Of how many articles there are statements, but no text has come."""
        ((number,),) = self._connection.execute("SELECT count(*) FROM known WHERE state = 0").fetchall()
        return int(number)


def statement_of(row: dict[str, Any]) -> Statement:
    """Return the statement in a row of `quotecli.arrow.STATEMENTS`. Raises what msgspec raises where it is none."""
    fields = {name: row[name] for name in Statement.__struct_fields__ if row.get(name) is not None}
    fields["content"] = [(span["start"], span["end"]) for span in row["content"]]
    fields["figures"] = [figure | {"value": _value(figure["value"], figure["unit"])} for figure in row["figures"] or ()]
    return msgspec.convert(fields, Statement)


def _value(words: str | None, unit: str | None) -> int | float | str | None:
    """Return a figure's value as the record has it: numbers are words in Arrow."""
    if words is None or unit in _WORDS_AS_VALUES:
        return words
    for number in (int, float):
        try:
            value = number(words)
        except ValueError:
            continue
        return value if str(value) == words else words
    return words
