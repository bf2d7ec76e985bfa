"""The commands that answer: search, quotes, claims, facts, speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Annotated

import typer

from quotecli.cli.console import emit, look, note
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import Detail, How, KindName, Limit, Where, Which
from quotecli.cli.shelf import Shelf, digest_of, opened
from quotecli.output import Row, render_speakers, render_statements, sentences_around
from quotecli.records import Kind, Statement

Most = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many results.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help="The words to find.")]


@grouped
def search(
    query: Query, *, kind: KindName = None, which: Which, limit: Most = 20, where: Where, how: How, detail: Detail
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
        hits = shelf.search(query, which.filters(kind), limit)
        _print_statements(hits, shelf, how, detail)
    if not hits:
        note(f"Nothing found for “{query}”.", quiet=where.quiet)
    return _outcome(shelf, found=bool(hits))


@grouped
def speakers(*, kind: KindName = None, which: Which, limit: Limit = None, where: Where, how: How) -> Exit:
    """List who speaks, the most quoted first.

    With role, type, the numbers of quotes, claims and articles, and the other names and words used.

    \b
    Examples:
      quotecli speakers
      quotecli speakers --from news/ --since 2024 --json
    """
    with opened(where) as shelf:
        summaries = shelf.speakers(which.filters(kind))
        emit(render_speakers(islice(summaries, limit), how.chosen, look()))
    return _outcome(shelf)


def listing(kind: Kind, what: str) -> Callable[..., Exit]:
    """Return the command that lists the statements of one kind; `what`: what they are, for its help."""

    @grouped
    def command(*, which: Which, limit: Limit = None, where: Where, how: How, detail: Detail) -> Exit:
        with opened(where) as shelf:
            found = shelf.statements(which.filters(kind))
            _print_statements(islice(found, limit), shelf, how, detail)
        return _outcome(shelf)

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


def _outcome(shelf: Shelf, *, found: bool = True) -> Exit:
    if shelf.skipped:
        return Exit.INPUT
    return Exit.DONE if found else Exit.NOT_FOUND
