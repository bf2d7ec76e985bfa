"""The command that makes a page to look at: report."""

from __future__ import annotations

from typing import Annotated

import typer

from quotecli.cli.console import note
from quotecli.cli.corpus import library_paths, opened
from quotecli.cli.exits import Exit
from quotecli.cli.export import Output
from quotecli.cli.groups import grouped
from quotecli.cli.options import Where, Which
from quotecli.cli.outputs import check_output, deliver
from quotecli.library import Filters
from quotecli.output.report import report_page

MostArticles = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many articles.")]


@grouped
def report(*, output: Output = None, limit: MostArticles = 500, which: Which, where: Where) -> Exit:
    """Make a page of HTML: who says what, marked in the articles themselves.

    It holds the speakers, a timeline, the facts with their figures, all quotes
    and claims, and each article with its statements in the colour of their
    speaker; it filters and searches, and needs no network. Filters choose the
    articles.

    \b
    Examples:
      quotecli report -o page.html
      quotecli report --from news/ --since 2024 -o page.html
    """
    output = None if output == "-" else output
    if output:
        check_output("-o", output, library_paths(where), where.sources or ())
    with opened(where) as corpus:
        found = sorted(corpus.entries(which.filters(None)), key=lambda each: each.published or "", reverse=True)
        shown = found[:limit]
        speakers = corpus.speakers(Filters(digests=tuple(each.digest for each in shown)))
        pieces = report_page(shown, speakers)
        deliver(pieces, output)
    if len(found) > limit:
        more = len(found) - limit
        left = "1 article more than" if more == 1 else f"{more} articles more than"
        note(f"{left} --limit {limit} {'is' if more == 1 else 'are'} left out.", quiet=where.quiet)
    return Exit.INPUT if corpus.skipped else Exit.DONE
