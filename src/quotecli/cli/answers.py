"""Statements as the commands print them: each quotation once, with what else was asked for, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import UNSET, UnsetType

from quotecli.cli.console import look, present
from quotecli.cli.corpus import Corpus
from quotecli.cli.exits import Exit
from quotecli.cli.options import Detail, DetailOfQuotes, How
from quotecli.output.context import sentences_around
from quotecli.output.looks import Format
from quotecli.output.rows import Row
from quotecli.output.statements import render_statements
from quotecli.records import Statement

_FIRST, _AT_ONCE = 20, 200
"""How many statements are grouped at once: few at first, so that an answer begins soon."""


def print_rows(rows: Iterable[Row], how: How, detail: Detail) -> None:
    present(how.printed(render_statements(rows, how.chosen, look(), explain=detail.explain)))


def rows_of(statements: Iterable[Statement], corpus: Corpus, how: How, detail: Detail) -> Iterator[Row]:
    same: dict[str, list[Statement]] = {}

    def chosen() -> Iterator[Statement]:
        for statement, others in _grouped(statements, corpus):
            same[statement.id] = others
            yield statement

    found = chosen() if _is_by_quotation(how, detail) else statements
    for statement, person in _with_persons(found, corpus, how):
        context = None
        if detail.context:
            context = sentences_around(corpus.article_of(statement).text, statement.content, detail.context)
        yield Row.of(statement, context, same.pop(statement.id, None), person)


def _with_persons(
    statements: Iterable[Statement], corpus: Corpus, how: How
) -> Iterable[tuple[Statement, str | UnsetType | None]]:
    """Return statements with what `speakers` calls who says them, for formats that tell it."""
    if how.chosen in (Format.TABLE, Format.MARKDOWN):
        return ((each, UNSET) for each in statements)
    return corpus.persons(statements)


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
