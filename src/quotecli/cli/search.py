"""The command that finds statements: search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from quotecli.cli.answers import outcome, print_rows, rows_of
from quotecli.cli.console import look, note, present
from quotecli.cli.corpus import Corpus, opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import (
    DetailOfQuotes,
    How,
    KindName,
    SortName,
    Where,
    Which,
)
from quotecli.cli.understanding import understanding
from quotecli.errors import UsageError
from quotecli.records import Hit

if TYPE_CHECKING:
    from quotecli.library import Filters

_MORE = 4
_FEW_STATEMENTS = 5

Few = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many results.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help="The words to find.")]
Semantic = Annotated[bool, typer.Option("--semantic", help="Find by meaning alone, in whatever words.")]


In = Annotated[
    Literal["statements", "articles"],
    typer.Option("--in", help="What is searched: statements, or the whole texts of the articles."),
]


class Best(msgspec.Struct, frozen=True):
    """How results are found, how many there are at most, and in which order."""

    within: In = "statements"
    semantic: Semantic = False
    limit: Few = 20
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
    detail: DetailOfQuotes,
) -> Exit:
    """Find statements by their words, the best first.

    Typos are forgiven, other endings and beginnings of words are found; "words side
    by side" and -word work, too; "March 2016" asks for the articles of that month,
    "what did Ann Lee say about rents" for her words. Where few have all the words,
    what has some of them (never without a name that was asked for) and what means
    something like it comes behind; --semantic finds by meaning alone. --in articles
    looks into the whole texts.

    \b
    Examples:
      quotecli search "refugees"
      quotecli search --semantic "expelled migrants"
      quotecli search refugess --speaker mujahid --kind quote
      quotecli search "interest rates" --from news/ --since 2024 --json
      quotecli search --in articles telescope
    """

    if best.within == "articles":
        return _search_texts(query, which.filters(kind), best, where, how)
    filters = which.filters(kind)

    def found(limit: int) -> list[Hit]:
        return corpus.search(query, filters, limit, best.sort, semantic=best.semantic)

    with opened(where, understanding(quiet=where.quiet)) if best.semantic else opened(where) as corpus:
        hits = found(best.limit)
        rows = list(rows_of(hits, corpus, how, detail))
        if len(rows) < len(hits) == best.limit:  # some were the same quotation: there is room for others
            hits = found(best.limit * _MORE)
            rows = list(islice(rows_of(hits, corpus, how, detail), best.limit))
        print_rows(rows, how, detail)
        remarks = [] if where.quiet else list(_remarks(corpus, query, filters, best, len(hits)))
    for remark in remarks:
        note(remark)
    return outcome(corpus, found=bool(hits))


def _remarks(corpus: Corpus, query: str, filters: Filters, best: Best, found: int) -> Iterator[str]:
    """Yield what is to be told of a query that the statements do not answer, or not in all its words; `found`: how many
    statements there are to look at."""
    if best.semantic:
        if not found:
            yield f"Nothing found for “{query}”; {_reason(query, best, ())}."
        return
    said = corpus.said(query, filters)
    whole = said.statements if said else corpus.count_whole(query, filters, _FEW_STATEMENTS)
    if found and whole >= min(found, _FEW_STATEMENTS):
        return
    unknown = corpus.unknown_words(query, filters)
    few, have = _so_many(whole)
    if not found:
        yield f"Nothing found for “{query}”; {_reason(query, best, unknown)}."
    elif unknown:
        yield f"{_nobody_has(unknown, 'No statement')}."
    elif said is None:
        rest = "what follows has some of it, or means" if whole else "these have some of it, or mean"
        yield f"{few} {have} all of “{query}”; {rest} something like it."
    else:
        rest = "what follows is" if whole else "these are"
        yield f"{few} of “{said.speaker}” {have} all of “{said.about}”; {rest} close to it, or what others say."
    if unknown and (in_texts := _in_texts(corpus, query, filters, unknown)):
        yield f"The texts have {' and '.join(f'“{word}”' for word in in_texts)}: search --in articles."


def _so_many(whole: int) -> tuple[str, str]:
    """Return how many statements have all of a query, and the verb for it."""
    return {0: "No statement", 1: "One statement"}.get(whole, f"{whole} statements"), "have" if whole > 1 else "has"


def _in_texts(corpus: Corpus, query: str, filters: Filters, unknown: Sequence[str]) -> list[str]:
    """Return those of the words that no statement has that a text has; numbers are written otherwise there."""
    from quotecli.library.text_index import plain_words

    nowhere = corpus.words_in_no_text(query, filters)
    return [word for word in unknown if word in plain_words(query) and word not in nowhere]


def _search_texts(query: str, filters: Filters, best: Best, where: Where, how: How) -> Exit:
    """Print the articles whose texts answer a query."""
    from quotecli.library import Filters
    from quotecli.output.text_hits import render_texts

    if filters != Filters(outlet=filters.outlet, since=filters.since, until=filters.until) or best.semantic:
        raise UsageError("--in articles asks no statements: of the filters only --outlet, --since and --until work")
    if best.sort not in ("score", "date", "first"):
        raise UsageError(f"--in articles and --sort {best.sort} exclude each other")
    with opened(where) as corpus:
        hits = corpus.search_texts(query, filters, best.limit, best.sort)
        present(how.printed(render_texts(hits, how.chosen, look())))
        unknown = () if where.quiet else corpus.words_in_no_text(query, filters)
    if unknown:
        note(f"{_nobody_has(unknown, 'No text')}.", quiet=where.quiet)
    elif not hits:
        note(f"No text has all of “{query}”.", quiet=where.quiet)
    return outcome(corpus, found=bool(hits))


def _reason(query: str, best: Best, unknown: Sequence[str]) -> str:
    """Return what to say of a query for which nothing was found."""
    from quotecli.library.query import parse

    if not parse(query).words:
        return "it has no word that is to be found"
    if best.semantic:
        return "without --semantic, its words are searched"
    return _nobody_has(unknown, "no statement") if unknown else "no statement has all of it, or means it"


def _nobody_has(words: Sequence[str], nothing: str) -> str:
    """Return that nothing (no statement, no text) has these words of a query, nor words like them."""
    either = " or ".join(f"“{word}”" for word in words)
    return f"{nothing} has {either}, nor a word like {'it' if len(words) == 1 else 'them'}"
