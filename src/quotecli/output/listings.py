"""Lists of speakers and of articles, and what a library holds: tables for people, and the columns of the CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from quotecli.library import Stats
from quotecli.output.looks import NARROW, PIPE, Format, Look
from quotecli.output.plain_formats import Columns, Record, render
from quotecli.output.safe import printable
from quotecli.output.wording import number_of
from quotecli.records import ArticleSummary
from quotecli.results import SpeakerSummary

Cells = Mapping[str, Callable[[Record], "str | int | float | None"]]


def render_speakers(speakers: Iterable[SpeakerSummary], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield `speakers` in `format`, in the order given."""
    return render(speakers, format, SPEAKER_CSV, partial(table, cells=SPEAKER_CELLS, look=look))


def render_articles(articles: Iterable[ArticleSummary], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield `articles` in `format`, in the order given."""
    in_two_lines = partial(_headed, look=look)
    in_columns = partial(table, cells=ARTICLE_CELLS, look=look)
    return render(articles, format, ARTICLE_CSV, in_columns if look.width is None else in_two_lines)


def render_stats(stats: Iterable[Stats], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield how much libraries hold in `format`."""
    return render(stats, format, STATS_CSV, partial(table, cells=STATS_CELLS, look=look))


SPEAKER_CELLS: Cells[SpeakerSummary] = {
    "SPEAKER": lambda speaker: speaker.name,
    "ROLE": lambda speaker: speaker.role,
    "TYPE": lambda speaker: speaker.type,
    "QUOTES": lambda speaker: speaker.quotes,
    "CLAIMS": lambda speaker: speaker.claims,
    "ARTICLES": lambda speaker: speaker.articles,
    "ALSO": lambda speaker: ", ".join(speaker.aliases),
}

SPEAKER_CSV: Columns[SpeakerSummary] = {
    "name": lambda speaker: speaker.name,
    "role": lambda speaker: speaker.role,
    "type": lambda speaker: speaker.type,
    "quotes": lambda speaker: speaker.quotes,
    "claims": lambda speaker: speaker.claims,
    "articles": lambda speaker: speaker.articles,
    "aliases": lambda speaker: "; ".join(speaker.aliases),
}

ARTICLE_CELLS: Cells[ArticleSummary] = {
    "ID": lambda article: article.id,
    "PUBLISHED": lambda article: article.published,
    "WORDS": lambda article: article.words,
    "STATEMENTS": lambda article: article.statements,
    "PLACES": lambda article: 1 + len(article.places),
    "OUTLET": lambda article: article.outlet,
    "ARTICLE": lambda article: article.title or article.path or article.url or article.id,
}

ARTICLE_CSV: Columns[ArticleSummary] = {
    "id": lambda article: article.id,
    "title": lambda article: article.title,
    "byline": lambda article: article.byline,
    "outlet": lambda article: article.outlet,
    "published": lambda article: article.published,
    "path": lambda article: article.path,
    "url": lambda article: article.url,
    "words": lambda article: article.words,
    "statements": lambda article: article.statements,
    "places": lambda article: 1 + len(article.places),
    "language": lambda article: article.language,
}

STATS_CELLS: Cells[Stats] = {
    "ARTICLES": lambda stats: stats.articles,
    "STATEMENTS": lambda stats: stats.statements,
    "SPEAKERS": lambda stats: stats.speakers,
    "WORDS": lambda stats: stats.words,
    "UNDERSTOOD": lambda stats: stats.understood,
    "MB": lambda stats: round(stats.size / 1_000_000, 1),
}

STATS_CSV: Columns[Stats] = {
    "articles": lambda stats: stats.articles,
    "statements": lambda stats: stats.statements,
    "speakers": lambda stats: stats.speakers,
    "words": lambda stats: stats.words,
    "understood": lambda stats: stats.understood,
    "size": lambda stats: stats.size,
    "schema": lambda stats: stats.schema,
}


def _headed(articles: Iterable[ArticleSummary], look: Look) -> Iterator[str]:
    """Yield each article as it stands above its statements, with its id and its numbers below: columns would leave its
    title no room."""
    from quotecli.output import terminal
    from quotecli.output.statements import heading, linked

    for article in articles:
        places = 1 + len(article.places)
        numbers = [number_of(article.words, "word"), number_of(article.statements, "statement")]
        below = ", ".join(numbers + [number_of(places, "place")] * (places > 1))
        yield heading(article, look)
        yield terminal.draw(linked(f"  {printable(article.id)}  {below}", None, "dim", look), look)


def table(records: Iterable[Record], cells: Cells[Record], look: Look) -> Iterator[str]:
    """Yield a table with a column for each of `cells`, of numbers to the right; nothing where there are no records."""
    values = [[cell(record) for cell in cells.values()] for record in records]
    numbers = {index for row in values for index, value in enumerate(row) if isinstance(value, int | float)}
    rows = [["" if value is None else printable(str(value)) for value in row] for row in values]
    if not rows:
        return
    if look.width is None or look.width < NARROW:
        yield from aligned(tuple(cells), rows, numbers)
        return
    from quotecli.output import terminal

    yield from terminal.table(tuple(cells), rows, numbers, look)


WIDEST = 36
"""Columns of a pipe are no wider than this for the sake of one long cell: it pushes the rest of its own line."""


def aligned(titles: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int]) -> Iterator[str]:
    """Yield one line a row, with columns that stand below each other."""
    widths = [min(WIDEST, max(map(len, column))) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        cells = (
            cell.rjust(width) if index in numbers else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip() + "\n"
