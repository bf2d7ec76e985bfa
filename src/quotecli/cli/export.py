"""The commands that move articles with their statements: export, import."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from quotecli.cli.console import note
from quotecli.cli.corpus import library_path, library_paths, opened, opened_library
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.inputs import Complaints
from quotecli.cli.library import counted
from quotecli.cli.options import SAFE_CSV, Errors, KindName, LibraryFile, Quiet, Where, Which
from quotecli.cli.outputs import DATA_SET, check_is_file, check_output, deliver, folder_of
from quotecli.cli.progress import Progress
from quotecli.errors import InputError
from quotecli.library import Entry, Filters
from quotecli.output.exports import ExportFormat, exported
from quotecli.output.plain_formats import without_formulas
from quotecli.output.tabular import write_data_set
from quotecli.records import Skipped

ExportFormatName = Annotated[ExportFormat, typer.Option("--format", help="What to export in.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write into this file instead of standard output (-)."),
]
SafeCsvOfFile = Annotated[
    bool | None,
    typer.Option("--safe-csv/--no-safe-csv", help=f"{SAFE_CSV}  [default: for -o ….csv]"),
]
_BINARY = (ExportFormat.PARQUET, ExportFormat.XLSX)
_HOPELESS = 100
"""After so many lines at its beginning that cannot be read, a file is given up."""

Exports = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="What 'quotecli export' wrote, or - (standard input); folders of Parquet, texts and statements.",
    ),
]


@grouped
def export(
    *,
    format: ExportFormatName = ExportFormat.JSONL,
    output: Output = None,
    safe_csv: SafeCsvOfFile = None,
    kind: KindName = None,
    which: Which,
    where: Where,
) -> Exit:
    """Write what the library holds for other programs.

    jsonl: whole articles with their statements, for 'quotecli import';
    postgresql: the same, a script for psql. Filters choose the articles.
    csv, xlsx, parquet, annotations (W3C Web Annotation, JSON-LD), opensearch (a bulk
    request): the statements that the filters choose. The tables and the index
    are made by what 'quotecli schema' prints. parquet with a folder (-o FOLDER/):
    whole articles, their texts and their statements.

    \b
    Examples:
      quotecli export > library.jsonl
      quotecli export --format xlsx -o statements.xlsx
      quotecli export --format parquet -o statements.parquet
      quotecli export --format annotations --speaker mujahid -o mujahid.jsonld
      quotecli export --format postgresql | psql news
    """
    output = None if output == "-" else output
    if format in _BINARY:
        check_is_file(format, output)
    if output:
        check_output("-o", output, library_paths(where), where.sources or ())
    safe_csv = bool(output and output.lower().endswith(".csv")) if safe_csv is None else safe_csv
    if format is ExportFormat.PARQUET and output and (output.endswith(("/", os.sep)) or Path(output).is_dir()):
        return _export_data_set(output, where, which.filters(kind))
    with opened(where) as corpus:
        pieces = exported(corpus, which.filters(kind), format)
        if safe_csv and format is ExportFormat.CSV:
            pieces = without_formulas(cast(Iterable[str], pieces))
        deliver(pieces, output)
    return Exit.INPUT if corpus.skipped else Exit.DONE


def _export_data_set(folder: str, where: Where, filters: Filters) -> Exit:
    for name in DATA_SET:
        check_output("-o", str(Path(folder) / name), library_paths(where), where.sources or ())
    with opened(where) as corpus, folder_of(folder, DATA_SET) as files:
        write_data_set(((each.article, each.statements, each.model) for each in corpus.entries(filters)), *files)
    return Exit.INPUT if corpus.skipped else Exit.DONE


@grouped
def take_in(files: Exports, library: LibraryFile = None, errors: Errors = None, quiet: Quiet = False) -> Exit:
    """Store exported articles with their statements.

    Nothing is extracted again. Each statement is checked against its article's
    text. A text that is there already stays once, with the statements of the
    newer model.

    \b
    Examples:
      quotecli import library.jsonl
      quotecli import articles/ statements/
      quotecli export --library old.db | quotecli import - --library new.db
    """
    if errors:
        check_output("--errors", errors, [library_path(Where(library=library))], files)
    arriving = _Arriving(files, errors, progress=not quiet)
    with opened_library(Where(library=library), make=True) as corpus:
        outcomes = Counter(corpus.take_in(arriving))
    note(f"{counted(outcomes)}, {arriving.skipped} not read.", quiet=quiet)
    return Exit.INPUT if arriving.skipped else Exit.DONE


class _Arriving:
    """The articles with statements that files hold, a line each, read while they are asked for.

    skipped: how many lines or files could not be read, so far.
    """

    def __init__(self, paths: Sequence[str], errors: str | None, *, progress: bool) -> None:
        self._paths = paths
        self._complaints = Complaints(errors, quiet=not progress, each="--errors FILE")
        self._progress = progress
        self.skipped = 0

    def __iter__(self) -> Iterator[Entry]:
        with self._complaints, Progress("Importing", shown=self._progress) as progress:
            for found in _entries(self._paths):
                if isinstance(found, Skipped):
                    self.skipped += 1
                    self._complaints.add(found)
                else:
                    yield found
                progress.advance()


def _entries(paths: Sequence[str]) -> Iterator[Entry | Skipped]:
    """Yield what each line of the files holds, then what their tables hold together; a bad line costs only itself;
    another kind of file is told of once."""
    from quotecli.library.data_sets import MAGIC, Table, entries
    from quotecli.loading.discovery import Location, discover

    tables: list[Table] = []
    for location in (found for path in paths for found in discover(path)):
        if not isinstance(location, Location):
            yield location
            continue
        try:
            with location.open() as stream:
                if stream.peek(len(MAGIC)).startswith(MAGIC):
                    tables.append(Table(location))
                else:
                    yield from _in_lines(stream, location.name)
        except (InputError, OSError) as error:
            yield Skipped(location.name, str(error), getattr(error, "setting", None))
    yield from entries(tables)


def _in_lines(stream: Iterable[bytes], name: str) -> Iterator[Entry | Skipped]:
    """Yield what each line holds. Raises InputError when the first lines, or all, hold nothing."""
    lines = _parsed_lines(stream, name)
    bad: list[Skipped] = []
    for first in lines:
        if isinstance(first, Entry):
            yield from bad
            yield first
            yield from lines
            return
        bad.append(first)
        if len(bad) == _HOPELESS:
            break
    if len(bad) > 1:
        raise InputError(f"not what 'quotecli export' writes: none of its first {len(bad)} lines can be read")
    yield from bad


def _parsed_lines(stream: Iterable[bytes], name: str) -> Iterator[Entry | Skipped]:
    from quotecli.library.exchange import parsed

    for number, line in enumerate(stream, start=1):
        try:
            if line.strip():
                yield parsed(line)
        except InputError as error:
            yield Skipped(f"{name}:{number}", str(error), error.setting)
