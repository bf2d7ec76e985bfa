"""The command that reads and extracts without keeping anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import msgspec
import typer

from quotecli.cli.console import emit, look, noted
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import Detail, Errors, How, Inputs, KindName, Limit, MinConfidence, Quiet, Sort
from quotecli.cli.outputs import check_output
from quotecli.cli.reading import Reading
from quotecli.library import default_path
from quotecli.output import Row, render_statements, sentences_around
from quotecli.records import Skipped, Statement

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


@grouped
def extract(
    paths: Paths,
    *,
    wanted: Wanted,
    how: How,
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
      curl -s https://example.com/article | quotecli extract -
    """
    if errors:
        check_output("--errors", errors, [default_path()], paths)
    reading = Reading(paths, progress=not quiet, inputs=inputs, errors=errors)
    with reading:
        rows = _rows(reading, wanted, detail.context)
        shown = noted(islice(rows, wanted.limit), quiet=quiet)
        emit(how.printed(render_statements(shown, how.chosen, look(), explain=detail.explain)))
    reading.note_skipped(quiet=quiet)
    return Exit.INPUT if reading.skipped else Exit.DONE


def _rows(reading: Reading, wanted: Wanted, sentences: int) -> Iterator[Row]:
    from quotecli.pipeline import extract_all

    for article, statements in extract_all(reading, reading.workers):
        if isinstance(statements, Skipped):
            reading.skip(statements)
            continue
        for statement in filter(wanted.includes, statements):
            context = sentences_around(article.text, statement.content, sentences) if sentences else None
            yield Row.of(statement, context)
