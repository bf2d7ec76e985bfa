"""A statement in its paragraph, and a whole article with each statement marked by speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from quotecli.output.excerpts import excerpt
from quotecli.output.looks import PIPE, Format, Look
from quotecli.output.marking import Mark, Piece, marked, marks
from quotecli.output.plain_formats import render
from quotecli.output.rows import ArticleView, Row
from quotecli.output.safe import printable
from quotecli.output.statements import CSV_COLUMNS, KIND_WIDTH, in_short, pasted, place, role, shown, who
from quotecli.records import Figure

if TYPE_CHECKING:
    from rich.text import Text

SPEAKER_STYLES = ("green", "cyan", "yellow", "magenta", "blue", "red")


def render_passage(row: Row, format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield one statement, whose context is its paragraph, in `format`; a table gives all that is known of it."""
    return render([row], format, CSV_COLUMNS, partial(_passages, look=look), pasted)


def _passages(rows: Iterable[Row], look: Look) -> Iterator[str]:
    for row in rows:
        yield f"{', '.join(filter(None, (who(row), role(row))))}\n"
        yield f"{place(row.article)}\n\n"
        words = excerpt(row)
        yield (words.bracketed() + "\n" if look.width is None else _drawn(shown(words, look), look)) + "\n"
        for name, value in _details(row):
            yield f"{name:<12}{value}\n"


def _details(row: Row) -> Iterator[tuple[str, str]]:
    yield "id", row.id
    yield "kind", ", ".join(filter(None, (row.kind, row.form)))
    if row.manner:
        yield "manner", ", ".join(filter(None, (row.manner, row.reported)))
    if row.speaker and row.speaker.mention:
        yield "source", printable(row.speaker.mention.text)
    if row.anonymous:
        yield "anonymous", printable(": ".join(each.text for each in (row.anonymous.who, row.anonymous.reason) if each))
    if row.channel:
        yield "channel", row.channel
    if row.cue:
        yield "cue", printable(row.cue.text)
    if row.speaker and row.speaker.resolved_by:
        yield "resolved", "by " + ": ".join(filter(None, (row.speaker.resolved_by, row.speaker.evidence)))
    for figure in row.figures:
        yield "figure", _figure(figure)
    yield "checkable", f"{row.checkable:.2f}"
    yield "confidence", f"{row.confidence:.2f}"


def _figure(figure: Figure) -> str:
    meaning = " ".join(str(part) for part in (figure.value, figure.unit) if part is not None)
    return printable(f"{figure.text} = {meaning}" if meaning else figure.text)


def render_article(view: ArticleView, format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield an article with its statements. A table is the text, each statement in it as `[1: words]`, and below each
    paragraph who said what begins there; CSV and Markdown have the statements."""
    if format in (Format.CSV, Format.MARKDOWN):
        return render(view.statements, format, CSV_COLUMNS, partial(_passages, look=look), pasted)
    return render([view], format, {}, partial(_views, look=look))


def _views(views: Iterable[ArticleView], look: Look) -> Iterator[str]:
    from quotecli.text import parse

    for view in views:
        yield f"{place(view)}\n"
        yield f"{printable(view.byline)}\n" if view.byline else ""
        places = marks(view.statements)
        shades = _shades(view.statements)
        for paragraph in parse(view.text).paragraphs:
            pieces = list(marked(view.text, paragraph, places))
            yield "\n" + _paragraph(pieces, shades, look)
            begun = {mark.number for mark in places if paragraph.start <= mark.start < paragraph.end}
            yield from _legend(view.statements, begun - _begun_before(places, paragraph.start))


def _begun_before(places: Iterable[Mark], offset: int) -> set[int]:
    return {mark.number for mark in places if mark.start < offset}


def _legend(statements: Sequence[Row], numbers: Iterable[int]) -> Iterator[str]:
    for number in sorted(numbers):
        row = statements[number - 1]
        yield f"    {number:>2}  {row.kind:{KIND_WIDTH}}  {row.id:18}  {in_short(row)}\n"


def _shades(statements: Sequence[Row]) -> dict[int, str]:
    """Return the colour of each statement by its number: one for each speaker, as far as the colours go."""
    names = list(dict.fromkeys(who(row) for row in statements if row.speaker))
    return {
        number: SPEAKER_STYLES[names.index(who(row)) % len(SPEAKER_STYLES)]
        for number, row in enumerate(statements, start=1)
        if row.speaker
    }


def _paragraph(pieces: Sequence[Piece], shades: dict[int, str], look: Look) -> str:
    if look.width is None:
        return "".join(piece.text for piece in pieces) + "\n"
    from rich.text import Text

    return _drawn(Text.assemble(*((piece.text, shades.get(piece.owner, "")) for piece in pieces)), look)


def _drawn(text: Text, look: Look) -> str:
    from quotecli.output.terminal import draw

    return draw(text, look)
