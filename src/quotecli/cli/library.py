"""The commands that look after the library's file: library check, backup, compact, stats and merge."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, get_args

import typer

from quotecli.cli.console import complain, emit, look, note
from quotecli.cli.corpus import library_path, opened_library
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import How, LibraryFile, Quiet, Where
from quotecli.cli.progress import Progress
from quotecli.cli.usage import Command
from quotecli.library import Library, Outcome
from quotecli.output.listings import render_stats
from quotecli.output.wording import number_of

library = typer.Typer(name="library", invoke_without_command=True)

Copy = Annotated[str, typer.Argument(metavar="FILE", help="Where the copy goes: a file that is not there yet.")]
Backup = Annotated[str, typer.Argument(metavar="FILE", help="What 'quotecli library backup' wrote.")]
Others = Annotated[list[str], typer.Argument(metavar="OTHER...", help="Library files.")]


@library.callback()
def overview(context: typer.Context) -> None:
    """Look after the library's file.

    \b
    Start here:
      quotecli library stats                  how much it holds
      quotecli library check                  whether it is whole
      quotecli library backup copy.db         before anything happens
    """
    if context.invoked_subcommand is None:
        note(context.get_help())
        raise typer.Exit(Exit.USAGE)


@library.command(cls=Command)
@grouped
def check(library: LibraryFile = None, quiet: Quiet = False) -> Exit:
    """Check that the library is whole.

    Every page, index, text and statement is read. What is wrong is printed, a line
    each, and makes the exit code 4. Texts that share a short id are told of, too.

    \b
    Example:
      quotecli library check
    """
    with opened_library(Where(library=library)) as corpus:
        problems = corpus.check()
        emit(f"{problem}\n" for problem in problems)
        if problems:
            complain(f"the library is damaged; restore a backup: {corpus.path}")
            return Exit.UNUSABLE
        stats, clashes = corpus.stats(), corpus.clashes()
    for id, count in clashes.items():
        note(
            f"{count} articles have the short id {id}, which does not happen by accident: ask by the digests of their"
            " texts, as 'quotecli articles' has them.",
            quiet=quiet,
        )
    held = f"{number_of(stats.articles, 'article')}, {number_of(stats.statements, 'statement')}"
    note(f"The library is whole: {held}.", quiet=quiet)
    return Exit.DONE


@library.command(cls=Command)
@grouped
def backup(copy: Copy, library: LibraryFile = None, quiet: Quiet = False) -> Exit:
    """Copy the library into a new file.

    Also while others read it or write into it.

    \b
    Example:
      quotecli library backup news-2024-06-01.db
    """
    with opened_library(Where(library=library)) as corpus:
        corpus.backup(copy)
    note(f"Copied to {copy}.", quiet=quiet)
    return Exit.DONE


@library.command(cls=Command)
@grouped
def restore(backup: Backup, library: LibraryFile = None, quiet: Quiet = False) -> Exit:
    """Put a backup in the library's place.

    It is checked first. The library that was there is kept beside it, under
    another name. Copying a backup there by hand may mix it with what SQLite still
    holds of the library before.

    \b
    Example:
      quotecli library restore news-2024-06-01.db
    """
    path = library_path(Where(library=library))
    kept = Library.restore(path, backup)
    told = f" What was there before is kept as {kept}." if kept else ""
    note(f"Restored to {path}.{told}", quiet=quiet)
    return Exit.DONE


@library.command(cls=Command)
@grouped
def compact(library: LibraryFile = None, quiet: Quiet = False) -> Exit:
    """Make the file as small as it can be.

    For the time of it, twice its size must be free on the disk.

    \b
    Example:
      quotecli library compact
    """
    with opened_library(Where(library=library)) as corpus:
        before = corpus.stats().size
        corpus.compact()
        after = corpus.stats().size
    note(f"{_megabytes(before)} before, {_megabytes(after)} now.", quiet=quiet)
    return Exit.DONE


@library.command(cls=Command)
@grouped
def stats(*, library: LibraryFile = None, how: How) -> Exit:
    """Say how much the library holds.

    \b
    Examples:
      quotecli library stats
      quotecli library stats --json
    """
    with opened_library(Where(library=library)) as corpus:
        emit(how.printed(render_stats([corpus.stats()], how.chosen, look())))
    return Exit.DONE


@library.command(cls=Command)
@grouped
def merge(others: Others, library: LibraryFile = None, quiet: Quiet = False) -> Exit:
    """Take over what other libraries hold.

    Nothing is extracted again. A text that both hold stays once, with the
    statements of the newer model.

    \b
    Example:
      quotecli library merge colleague.db
    """
    outcomes: Counter[Outcome] = Counter()
    with opened_library(Where(library=library), make=True) as corpus, Progress("Merging", shown=not quiet) as progress:
        for other in others:
            with opened_library(Where(library=[other])) as theirs:
                for outcome in corpus.merge(theirs):
                    outcomes[outcome] += 1
                    progress.advance()
    note(counted(outcomes) + ".", quiet=quiet)
    return Exit.DONE


def counted(outcomes: Counter[Outcome]) -> str:
    """Say what became of how many articles."""
    told = (outcome for outcome in get_args(Outcome) if outcomes[outcome] or outcome != "duplicate")
    return ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in told)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
