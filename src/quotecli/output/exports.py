"""What a library holds, for other programs and other libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol, assert_never

from quotecli.library import Entry, Filters
from quotecli.output.opensearch import bulk
from quotecli.output.plain_formats import csv_lines, to_json
from quotecli.output.postgresql import copy_script
from quotecli.output.rows import Row
from quotecli.output.spreadsheets import workbook
from quotecli.output.statements import CSV_COLUMNS
from quotecli.output.tabular import parquet
from quotecli.output.web_annotations import web_annotations
from quotecli.records import Article, Statement


class ExportFormat(StrEnum):
    """The formats to export in, by the word that asks for them."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ANNOTATIONS = "annotations"
    OPENSEARCH = "opensearch"
    POSTGRESQL = "postgresql"


class Exportable(Protocol):
    """What can be exported."""

    def entries(self, filters: Filters) -> Iterable[Entry]:
        """Return the articles with a statement that `filters` ask for, whole."""

    def statements(self, filters: Filters) -> Iterable[Statement]:
        """Return the statements that `filters` ask for, article by article."""

    def persons(self, statements: Iterable[Statement]) -> Iterable[tuple[Statement, str | None]]:
        """Return each of these statements with what `speakers` calls who says it."""

    def rows(self, statements: Iterable[Statement]) -> Iterable[Row]:
        """Return these statements as they are printed."""

    def article_of(self, statement: Statement) -> Article:
        """Return the article that one of these statements is from."""


def exported(  # noqa: PLR0911 - a line a format
    library: Exportable, filters: Filters, format: ExportFormat
) -> Iterator[str | bytes]:
    """Yield pieces of text, or of bytes for Parquet and workbooks.

    JSON Lines (a line each, of which a library can be made again) and PostgreSQL's script hold whole articles, the
    others the statements that `filters` ask for.
    """
    match format:
        case ExportFormat.JSONL:
            return (f"{to_json(entry)}\n" for entry in library.entries(filters))
        case ExportFormat.CSV:
            return csv_lines(library.rows(library.statements(filters)), CSV_COLUMNS)
        case ExportFormat.XLSX:
            return workbook(library.rows(library.statements(filters)), CSV_COLUMNS, "statements")
        case ExportFormat.PARQUET:
            return parquet(library.persons(library.statements(filters)))
        case ExportFormat.ANNOTATIONS:
            return web_annotations(_with_articles(library, filters))
        case ExportFormat.OPENSEARCH:
            return bulk(library.rows(library.statements(filters)))
        case ExportFormat.POSTGRESQL:
            return copy_script(library.entries(filters))
        case _:
            assert_never(format)


def _with_articles(library: Exportable, filters: Filters) -> Iterator[tuple[Statement, Article]]:
    """Yield each statement with its article, which is read once."""
    article, known = None, ""
    for statement in library.statements(filters):
        text = statement.id.rpartition("-")[0]
        if article is None or text != known:
            article, known = library.article_of(statement), text
        yield statement, article
