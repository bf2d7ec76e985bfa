"""The command that shows one statement or one article."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from quotecli.cli.console import look, present
from quotecli.cli.corpus import Corpus, opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import How, Where
from quotecli.errors import NotFoundError
from quotecli.library import Filters
from quotecli.output.context import surrounding_paragraph
from quotecli.output.passages import render_article, render_passage
from quotecli.output.rows import ArticleView, Row

Id = Annotated[str, typer.Argument(metavar="ID", help="Of a statement or an article, as the other commands print it.")]


@grouped
def show(id: Id, where: Where, how: How) -> Exit:
    """Show a statement in its paragraph, or a whole article.

    In an article, each statement is marked, with its speaker below the paragraph.

    \b
    Examples:
      quotecli show 065c04c363ee7500-1495
      quotecli show 065c04c363ee7500
    """
    with opened(where) as corpus:
        try:
            statement = corpus.statement(id)
        except NotFoundError as no_statement:
            try:
                article = article_view(corpus, id)
            except NotFoundError as no_article:
                raise (no_statement if id.rpartition("-")[2].isdecimal() else no_article) from None
            present(how.printed(render_article(article, how.chosen, look())))
        else:
            paragraph = surrounding_paragraph(corpus.article_of(statement).text, statement.content)
            ((_, person),) = corpus.persons([statement])
            present(how.printed(render_passage(Row.of(statement, paragraph, person=person), how.chosen, look())))
    return Exit.INPUT if corpus.skipped else Exit.DONE


def article_view(corpus: Corpus, id: str) -> ArticleView:
    """Return the article with this id, with its statements. Raises NotFoundError."""
    article = corpus.article(id)
    found = corpus.statements(Filters(digests=(article.digest,)))
    return ArticleView(**msgspec.structs.asdict(article), statements=tuple(corpus.rows(found)))
