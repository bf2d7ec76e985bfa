"""The commands that answer: search, quotes, claims, facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Annotated

import msgspec
import typer

from quotecli.cli.console import emit, look, note, noted
from quotecli.cli.corpus import Corpus, opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import (
    Detail,
    DetailOfQuotes,
    FactsSortName,
    How,
    KindName,
    Limit,
    ListSortName,
    SortName,
    Where,
    Which,
    WhichFacts,
)
from quotecli.cli.understanding import understanding
from quotecli.output.context import sentences_around
from quotecli.output.formats import Format
from quotecli.output.rows import Row
from quotecli.output.statements import render_statements
from quotecli.records import Hit, Kind, Statement

_MORE = 4
_FIRST, _AT_ONCE = 20, 200
"""How many statements are grouped at once: few at first, so that an answer begins soon."""

Few = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many results.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help="The words to find.")]
Semantic = Annotated[bool, typer.Option("--semantic", help="Find by meaning alone, in whatever words.")]


class Best(msgspec.Struct, frozen=True):
    """How results are found, how many there are at most, and in which order."""

    semantic: Semantic = False
    limit: Few = 20
    sort: SortName = "score"


class MostFacts(msgspec.Struct, frozen=True):
    """How many facts are listed at most, and in which order."""

    limit: Limit = None
    sort: FactsSortName = "checkable"


class Most(msgspec.Struct, frozen=True):
    """How many statements are listed at most, and in which order."""

    limit: Limit = None
    sort: ListSortName = None


@grouped
def search(
    query: Query,
    *,
    kind: KindName = None,
    which: Which,
    best: Best,
    where: Where,
    how: How,
    detail: DetailOfQuotes,
) -> Exit:
    """Find statements by their words, the best first.

    Typos are forgiven, other endings and beginnings of words are found; "words side
    by side" and -word work, too, and "March 2016" asks for the articles of that
    month. Behind what has all the words comes what has some of them (never without
    a name that was asked for), and where that is little, what means something like
    it; --semantic finds by meaning alone.

    \b
    Examples:
      quotecli search "refugees"
      quotecli search --semantic "expelled migrants"
      quotecli search refugess --speaker mujahid --kind quote
      quotecli search "interest rates" --from news/ --since 2024 --json
    """

    def found(limit: int) -> list[Hit]:
        return corpus.search(query, which.filters(kind), limit, best.sort, semantic=best.semantic)

    with opened(where, understanding(quiet=where.quiet)) if best.semantic else opened(where) as corpus:
        hits = found(best.limit)
        rows = list(_rows(hits, corpus, how, detail))
        if len(rows) < len(hits) == best.limit:  # some were the same quotation: there is room for others
            hits = found(best.limit * _MORE)
            rows = list(islice(_rows(hits, corpus, how, detail), best.limit))
        _print(rows, how, detail)
        unknown = () if best.semantic or where.quiet else corpus.unknown_words(query, which.filters(kind))
    if not hits:
        note(f"Nothing found for “{query}”; {_remark(query, best, unknown)}.", quiet=where.quiet)
    elif unknown:
        note(f"{_nobody_has(unknown, beginning=True)}.", quiet=where.quiet)
    return outcome(corpus, found=bool(hits))


def _remark(query: str, best: Best, unknown: Sequence[str]) -> str:
    """Return what to say of a query for which nothing was found."""
    from quotecli.library.query import parse

    if not parse(query).words:
        return "it has no word that is to be found"
    if best.semantic:
        return "without --semantic, its words are searched"
    return _nobody_has(unknown) if unknown else "no statement has all of it, or means it"


def _nobody_has(words: Sequence[str], *, beginning: bool = False) -> str:
    """Return that no statement has these words of a query, nor words like them."""
    either = " or ".join(f"“{word}”" for word in words)
    return (
        f"{'No' if beginning else 'no'} statement has {either}, nor a word like {'it' if len(words) == 1 else 'them'}"
    )


def listing(kind: Kind, what: str) -> Callable[..., Exit]:
    """Return the command that lists the statements of one kind; `what`: what they are, for its help."""

    def print_all(which: Which | WhichFacts, most: Most | MostFacts, where: Where, how: How, detail: Detail) -> Exit:
        with opened(where) as corpus:
            found = corpus.statements(which.filters(kind), most.sort)
            rows = islice(_rows(found, corpus, how, detail), most.limit)
            _print(noted(rows, quiet=where.quiet), how, detail)
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


quotes = listing("quote", "what is in quotation marks, and who said it")
claims = listing("claim", "what is reported without quotation marks, and who said it")
facts = listing("fact", "facts that the articles assert themselves, the best to check first")


def _print(rows: Iterable[Row], how: How, detail: Detail) -> None:
    emit(how.printed(render_statements(rows, how.chosen, look(), explain=detail.explain)))


def _rows(statements: Iterable[Statement], corpus: Corpus, how: How, detail: Detail) -> Iterator[Row]:
    same: dict[str, list[Statement]] = {}

    def chosen() -> Iterator[Statement]:
        for statement, others in _grouped(statements, corpus):
            same[statement.id] = others
            yield statement

    found = chosen() if _is_by_quotation(how, detail) else statements
    for statement, person in corpus.persons(found):
        context = None
        if detail.context:
            context = sentences_around(corpus.article_of(statement).text, statement.content, detail.context)
        yield Row.of(statement, context, same.pop(statement.id, None), person)


def _is_by_quotation(how: How, detail: Detail) -> bool:
    if not isinstance(detail, DetailOfQuotes):
        return False
    return how.chosen is Format.TABLE if detail.group is None else detail.group


def _grouped(statements: Iterable[Statement], corpus: Corpus) -> Iterator[tuple[Statement, list[Statement]]]:
    """Yield each quotation once, with the other statements that are the same, whether or not they were asked for."""
    told: set[str] = set()
    waiting, size = iter(statements), _FIRST
    while some := list(islice(waiting, size)):
        size = _AT_ONCE
        some = [each for each in some if each.id not in told]
        for statement, same in zip(some, corpus.repeats(some), strict=True):
            if statement.id not in told:
                told.update(each.id for each in same)
                yield statement, same


def outcome(corpus: Corpus, *, found: bool = True) -> Exit:
    """Return the exit code of an answer: something could not be read, or nothing was found, or all is well."""
    if corpus.skipped:
        return Exit.INPUT
    return Exit.DONE if found else Exit.NOT_FOUND
