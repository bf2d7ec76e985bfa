"""The command that shows one statement or one article."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from quotecli.cli.completion import articles_and_statements
from quotecli.cli.console import emit, look, present
from quotecli.cli.corpus import Corpus, opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import How, Json, SafeCsv, Where
from quotecli.errors import NotFoundError, UsageError
from quotecli.library import Filters
from quotecli.output.context import surrounding_paragraph
from quotecli.output.looks import Format
from quotecli.output.marked import render_article, render_passage
from quotecli.output.report import report_page
from quotecli.output.rows import ArticleView, Row
from quotecli.records import Statement

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        autocompletion=articles_and_statements,
        help="Of a statement or an article, as the other commands print it.",
    ),
]


class ShowFormat(StrEnum):
    """The formats of `show`, by the word that asks for them."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


class HowShown(msgspec.Struct, frozen=True):
    """How a statement or an article is shown."""

    format: Annotated[ShowFormat, typer.Option("--format", help="How to print it.")] = ShowFormat.TABLE
    json: Json = False
    safe_csv: SafeCsv = False

    @property
    def is_page(self) -> bool:
        """Whether a page is asked for. Raises UsageError where JSON is, too."""
        if self.json and self.format is ShowFormat.HTML:
            raise UsageError("--json and --format html exclude each other")
        return self.format is ShowFormat.HTML

    @property
    def printed(self) -> How:
        """Return how it is printed where no page is asked for."""
        return How(Format(self.format), self.json, self.safe_csv)


@grouped
def show(id: Id, where: Where, how: HowShown) -> Exit:
    """Show a statement in its paragraph, or a whole article.

    In an article, each statement is marked, with its speaker below the paragraph;
    --format html makes a page of it, as "quotecli report" does of many.

    \b
    Examples:
      quotecli show 065c04c363ee7500-1495
      quotecli show 065c04c363ee7500
      quotecli show 065c04c363ee7500 --format html > article.html
    """
    with opened(where) as corpus:
        if how.is_page:
            emit(_page(corpus, id))
        else:
            _print(corpus, id, how.printed)
    return Exit.INPUT if corpus.skipped else Exit.DONE


def _print(corpus: Corpus, id: str, how: How) -> None:
    found = _found(corpus, id)
    if isinstance(found, Statement):
        paragraph = surrounding_paragraph(corpus.article_of(found).text, found.content)
        ((_, person),) = corpus.persons([found])
        present(how.printed(render_passage(Row.of(found, paragraph, person=person), how.chosen, look())))
    else:
        present(how.printed(render_article(found, how.chosen, look())))


def _page(corpus: Corpus, id: str) -> Iterator[str]:
    """Return the page of an article, or of the one that a statement is from."""
    found = _found(corpus, id)
    only = Filters(digests=((corpus.article_of(found) if isinstance(found, Statement) else found).digest,))
    return report_page(list(corpus.entries(only)), corpus.speakers(only))


def _found(corpus: Corpus, id: str) -> Statement | ArticleView:
    """Return the statement or the article with this id. Raises NotFoundError."""
    try:
        return corpus.statement(id)
    except NotFoundError as no_statement:
        try:
            return article_view(corpus, id)
        except NotFoundError as no_article:
            raise (no_statement if id.rpartition("-")[2].isdecimal() else no_article) from None


def article_view(corpus: Corpus, id: str) -> ArticleView:
    """Return the article with this id, with its statements. Raises NotFoundError."""
    article = corpus.article(id)
    found = corpus.statements(Filters(digests=(article.digest,)))
    return ArticleView(**msgspec.structs.asdict(article), statements=tuple(corpus.rows(found)))
