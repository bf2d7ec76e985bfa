"""The commands that list statements of one kind: quotes, claims, facts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import msgspec

from quotecli.cli.answers import outcome, print_rows, rows_of
from quotecli.cli.console import noted
from quotecli.cli.corpus import opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import (
    Detail,
    DetailOfQuotes,
    FactsSortName,
    How,
    Limit,
    ListSortName,
    Where,
    Which,
    WhichFacts,
)
from quotecli.records import Kind


class MostFacts(msgspec.Struct, frozen=True):
    """How many facts are listed at most, and in which order."""

    limit: Limit = None
    sort: FactsSortName = "checkable"


class Most(msgspec.Struct, frozen=True):
    """How many statements are listed at most, and in which order."""

    limit: Limit = None
    sort: ListSortName = None


def _listing(kind: Kind, what: str) -> Callable[..., Exit]:
    """Return the command that lists the statements of one kind; `what`: what they are, for its help."""

    def print_all(which: Which | WhichFacts, most: Most | MostFacts, where: Where, how: How, detail: Detail) -> Exit:
        with opened(where) as corpus:
            found = corpus.statements(which.filters(kind), most.sort)
            rows = islice(rows_of(found, corpus, how, detail), most.limit)
            print_rows(noted(rows, quiet=where.quiet), how, detail)
        return outcome(corpus)

    @grouped
    def quotes(*, which: Which, most: Most, where: Where, how: How, detail: DetailOfQuotes) -> Exit:
        return print_all(which, most, where, how, detail)

    @grouped
    def claims(*, which: Which, most: Most, where: Where, how: How, detail: Detail) -> Exit:
        return print_all(which, most, where, how, detail)

    @grouped
    def facts(*, which: WhichFacts, most: MostFacts, where: Where, how: How, detail: Detail) -> Exit:
        return print_all(which, most, where, how, detail)

    command = {"quote": quotes, "claim": claims, "fact": facts}[kind]
    some = "--limit 10" if kind == "fact" else '--speaker "Ana Whitfield"'  # nobody says a fact
    command.__doc__ = f"""List {what}.

    \b
    Examples:
      quotecli {kind}s
      quotecli {kind}s --from news/ {some} --context 1
    """
    return command


quotes = _listing("quote", "what is in quotation marks, and who said it")
claims = _listing("claim", "what is reported without quotation marks, and who said it")
facts = _listing("fact", "facts that the articles assert themselves, the best to check first")
