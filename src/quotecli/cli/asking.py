"""The commands that answer: search, quotes, claims, facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Annotated

import msgspec
import typer

from quotecli.cli.console import emit, look, note
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import Detail, How, KindName, Limit, ListSortName, SortName, Where, Which
from quotecli.cli.shelf import Shelf, digest_of, opened
from quotecli.output import Row, render_statements, sentences_around
from quotecli.records import Kind, Statement

Most = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many results.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help="The words to find.")]


class Best(msgspec.Struct, frozen=True):
    """How many results there are at most, and in which order."""

    limit: Most = 20
    sort: SortName = "score"


@grouped
def search(
    query: Query,
    *,
    kind: KindName = None,
    which: Which,
    best: Best,
    where: Where,
    how: How,
    detail: Detail,
) -> Exit:
    """Find statements by their words, the best first.

    Typos are forgiven, other endings and beginnings of words are found; "words side by side" and -word work, too.

    \b
    Examples:
      quotecli search "refugees"
      quotecli search refugess --speaker mujahid --kind quote
      quotecli search "interest rates" --from news/ --since 2024 --json
    """
    with opened(where) as shelf:
        hits = shelf.search(query, which.filters(kind), best.limit, best.sort)
        _print_statements(hits, shelf, how, detail)
    if not hits:
        note(f"Nothing found for “{query}”.", quiet=where.quiet)
    return outcome(shelf, found=bool(hits))


def listing(kind: Kind, what: str) -> Callable[..., Exit]:
    """Return the command that lists the statements of one kind; `what`: what they are, for its help."""

    @grouped
    def command(
        *, which: Which, limit: Limit = None, sort: ListSortName = None, where: Where, how: How, detail: Detail
    ) -> Exit:
        with opened(where) as shelf:
            found = shelf.statements(which.filters(kind), sort)
            _print_statements(islice(found, limit), shelf, how, detail)
        return outcome(shelf)

    command.__doc__ = f"""List {what}.

    \b
    Examples:
      quotecli {kind}s
      quotecli {kind}s --from news/ --speaker "Ana Whitfield" --context 1
    """
    return command


def _print_statements(statements: Iterable[Statement], shelf: Shelf, how: How, detail: Detail) -> None:
    rows = _rows(statements, shelf, detail.context)
    emit(render_statements(rows, how.chosen, look(), explain=detail.explain))


def _rows(statements: Iterable[Statement], shelf: Shelf, sentences: int) -> Iterator[Row]:
    for statement in statements:
        if sentences:
            text = shelf.article(digest_of(statement)).text
            yield Row.of(statement, sentences_around(text, statement.content, sentences))
        else:
            yield Row.of(statement)


def outcome(shelf: Shelf, *, found: bool = True) -> Exit:
    """Return the exit code of an answer: something could not be read, or nothing was found, or all is well."""
    if shelf.skipped:
        return Exit.INPUT
    return Exit.DONE if found else Exit.NOT_FOUND
