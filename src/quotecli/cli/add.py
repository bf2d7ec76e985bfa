"""The commands that keep articles: add, articles, remove."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from quotecli.cli import completion
from quotecli.cli.console import complain, look, note, noted, present
from quotecli.cli.corpus import library_path, opened, opened_library
from quotecli.cli.exits import Exit
from quotecli.cli.extract import Paths
from quotecli.cli.groups import grouped
from quotecli.cli.hints import message_of
from quotecli.cli.inputs import Reading
from quotecli.cli.library import counted
from quotecli.cli.options import Errors, How, Inputs, LibraryFile, Limit, Quiet, Where
from quotecli.cli.outputs import OWN, append, check_output, write_whole
from quotecli.cli.understanding import understanding
from quotecli.errors import NotFoundError
from quotecli.files import FileRead
from quotecli.library import Entry, Outcome
from quotecli.output.listings import render_articles
from quotecli.output.plain_formats import to_json
from quotecli.output.statements import place
from quotecli.records import Skipped

Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", autocompletion=completion.articles, help="Ids as 'quotecli articles' prints them."),
]
ForGood = Annotated[bool, typer.Option("--for-good", help="Keep nothing of it beside the library.")]


@grouped
def add(
    paths: Paths, *, library: LibraryFile = None, inputs: Inputs, errors: Errors = None, quiet: Quiet = False
) -> Exit:
    """Store articles and their statements in the library.

    Unchanged articles are skipped, changed ones replaced.

    \b
    Examples:
      quotecli add news/
      quotecli add "archive/**/*.html" --library archive.db
    """
    if errors:
        check_output("--errors", errors, [library_path(Where(library=library))], paths)
    outcomes: Counter[Outcome] = Counter()
    reading = Reading(paths, progress=not quiet, inputs=inputs, errors=errors)
    with opened_library(Where(library=library), make=True) as corpus, reading:
        found = (each if isinstance(each, FileRead) else (each, None) for each in reading.with_files(corpus.known))
        for outcome in corpus.add_all(found, reading.workers):
            if isinstance(outcome, Skipped):
                reading.skip(outcome)
            else:
                outcomes[outcome] += 1
        if outcomes["added"] or outcomes["replaced"]:  # a thousandth of the work, and searches find meanings at once
            understanding(quiet=quiet)(corpus, None)
    outcomes["unchanged"] += reading.known
    note(f"{counted(outcomes)}, {reading.skipped} not read.", quiet=quiet)
    reading.note_small(quiet=quiet)
    return Exit.INPUT if reading.skipped else Exit.DONE


@grouped
def articles(*, limit: Limit = None, where: Where, how: How) -> Exit:
    """List the articles of the library.

    With their numbers of words and statements.

    \b
    Examples:
      quotecli articles
      quotecli articles --format csv > articles.csv
    """
    with opened(where) as corpus:
        found = noted(islice(corpus.articles(), limit), "No articles.", quiet=where.quiet)
        present(how.printed(render_articles(found, how.chosen, look())))
    return Exit.INPUT if corpus.skipped else Exit.DONE


@grouped
def remove(ids: Ids, library: LibraryFile = None, for_good: ForGood = False, quiet: Quiet = False) -> Exit:
    """Take articles out of the library.

    What was removed last is kept beside it, for "quotecli import" to bring back.

    \b
    Example:
      quotecli remove 065c04c363ee7500
    """
    where = Where(library=library)
    kept = Path(f"{library_path(where)}.removed.jsonl")
    entries: list[Entry] = []
    missing = 0

    def keep(entry: Entry) -> None:
        line = f"{to_json(entry)}\n"
        if entries:
            append(line, kept)
        else:  # what an earlier command removed goes
            write_whole([line], kept, OWN)
        entries.append(entry)

    with opened_library(where) as corpus:
        for id in dict.fromkeys(ids):
            try:
                gone = corpus.remove(id, None if for_good else keep)
                note(f"Removed {gone.id}: {place(gone.ref)}.", quiet=quiet)
            except NotFoundError as error:
                missing += 1
                complain(message_of(error))
    if for_good:
        kept.unlink(missing_ok=True)
    elif entries:
        note(
            f"To bring {_them(entries)} back: quotecli import {shlex.quote(str(kept))} (--for-good keeps nothing)",
            quiet=quiet,
        )
    return Exit.NOT_FOUND if missing else Exit.DONE


def _them(entries: Sequence[Entry]) -> str:
    return "it" if len(entries) == 1 else "them"
