"""The command that reads and extracts without keeping anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from quotecli.cli.console import emit, look, noted
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.inputs import Reading
from quotecli.cli.options import (
    Detail,
    Errors,
    How,
    Inputs,
    Json,
    KindName,
    Limit,
    MinConfidence,
    Quiet,
    SafeCsv,
    Sort,
)
from quotecli.cli.outputs import DATA_SET, check_is_file, check_output, deliver, folder_of
from quotecli.errors import UsageError
from quotecli.library import default_path
from quotecli.output.context import sentences_around
from quotecli.output.looks import Format
from quotecli.output.rows import Row
from quotecli.output.spreadsheets import workbook
from quotecli.output.statements import CSV_COLUMNS, render_statements
from quotecli.output.tabular import Answered, write_data_set
from quotecli.records import Skipped, Statement
from quotecli.versions import extraction_version

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, patterns, addresses or - (standard input)."),
]


class Wanted(msgspec.Struct, frozen=True):
    """Which statements are printed, and at most how many."""

    kind: KindName = None
    sort: Sort = Sort()
    min_confidence: MinConfidence = None
    limit: Limit = None

    def includes(self, statement: Statement) -> bool:
        """Say whether `statement` is one of them."""
        sure = self.min_confidence is None or statement.confidence >= self.min_confidence
        return sure and self.kind in (None, statement.kind) and self.sort.includes(statement)


class ExtractFormat(StrEnum):
    """The formats of `extract`, by the word that asks for them."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    PARQUET = "parquet"
    XLSX = "xlsx"


class HowExtracted(msgspec.Struct, frozen=True):
    """How statements are printed, or into which folder they are written."""

    format: Annotated[ExtractFormat, typer.Option("--format", help="How to print the results.")] = ExtractFormat.TABLE
    json: Json = False
    safe_csv: SafeCsv = False
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="With --format parquet: the folder for articles.parquet and statements.parquet; with xlsx: the file.",
        ),
    ] = None

    @property
    def printed(self) -> How:
        """Return how they are printed. Raises UsageError where a folder or a file is asked for."""
        if self.output is not None:
            raise UsageError("-o PATH is for --format parquet and xlsx; > FILE keeps the other formats")
        return How(Format(self.format), self.json, self.safe_csv)


@grouped
def extract(
    paths: Paths,
    *,
    wanted: Wanted,
    how: HowExtracted,
    detail: Detail,
    inputs: Inputs,
    errors: Errors = None,
    quiet: Quiet = False,
) -> Exit:
    """Read articles and print their statements; store nothing.

    Statements of every kind, in the order of the text.

    \b
    Examples:
      quotecli extract article.html
      quotecli extract corpus.jsonl --format jsonl > statements.jsonl
      quotecli extract corpus.jsonl --format parquet -o corpus/
      quotecli extract news/ --format xlsx -o statements.xlsx
      curl -s https://example.com/article | quotecli extract -
    """
    if errors:
        check_output("--errors", errors, [default_path()], paths)
    reading = Reading(paths, progress=not quiet, inputs=inputs, errors=errors)
    if how.format is ExtractFormat.PARQUET:
        _write_data_set(reading, _folder(how, wanted, paths))
    elif how.format is ExtractFormat.XLSX:
        _check_workbook(how, paths)
        with reading:
            deliver(workbook(_rows(reading, wanted, detail.context), CSV_COLUMNS, "statements"), how.output)
    else:
        printed = how.printed
        with reading:
            shown = noted(_rows(reading, wanted, detail.context), quiet=quiet)
            emit(printed.printed(render_statements(shown, printed.chosen, look(), explain=detail.explain)))
    reading.note_skipped(quiet=quiet)
    return Exit.INPUT if reading.skipped else Exit.DONE


def _write_data_set(reading: Reading, folder: str) -> None:
    with reading, folder_of(folder, DATA_SET) as files:
        write_data_set(_answered(reading), *files)


def _folder(how: HowExtracted, wanted: Wanted, paths: Sequence[str]) -> str:
    """Return where to write; raise UsageError where that is not said, or not all is wanted."""
    if how.output is None or how.json:
        raise UsageError("--format parquet writes two files: name a folder for them, -o FOLDER")
    if wanted != Wanted():
        raise UsageError("--format parquet writes all statements: choose some of them where you read it")
    for name in DATA_SET:
        check_output("-o", str(Path(how.output) / name), [default_path()], paths)
    return how.output


def _check_workbook(how: HowExtracted, paths: Sequence[str]) -> None:
    """Raise UsageError where a workbook cannot be written."""
    if how.json:
        raise UsageError("--json and --format xlsx exclude each other")
    check_is_file(how.format, how.output)
    if how.output is not None:
        check_output("-o", how.output, [default_path()], paths)


def _answered(reading: Reading) -> Iterator[Answered | Skipped]:
    from quotecli.pipeline import extract_all

    for article, statements in extract_all(reading, workers=reading.workers):
        if isinstance(article, Skipped):
            reading.skip(article)
            yield article
        else:
            yield article, statements, extraction_version()


def _rows(reading: Reading, wanted: Wanted, sentences: int) -> Iterator[Row]:
    """Yield the statements that are wanted, as they are printed, with so many sentences around each."""
    return islice(_all_rows(reading, wanted, sentences), wanted.limit)


def _all_rows(reading: Reading, wanted: Wanted, sentences: int) -> Iterator[Row]:
    from quotecli.pipeline import extract_all

    for article, statements in extract_all(reading, workers=reading.workers):
        if isinstance(article, Skipped):
            reading.skip(article)
            continue
        for statement in filter(wanted.includes, statements):
            context = sentences_around(article.text, statement.content, sentences) if sentences else None
            yield Row.of(statement, context)
