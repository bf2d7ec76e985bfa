"""The articles that a search of the texts found, each with its best paragraph: a table for people, and the CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from quotecli.output.excerpts import Excerpt
from quotecli.output.linking import address, linked_words
from quotecli.output.looks import PIPE, Format, Look
from quotecli.output.plain_formats import Columns, render
from quotecli.output.safe import printable
from quotecli.output.statements import heading, linked, place, shown
from quotecli.output.wording import number_of
from quotecli.records import Span
from quotecli.results import PassageHit

_ID_WIDTH, _PLACE_WIDTH = 16, 13


def render_texts(hits: Iterable[PassageHit], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield the articles found in `format`. A table gives the place of the paragraph, in characters, and its words."""
    return render(hits, format, _CSV, partial(_piped if look.width is None else _wrapped, look=look), _pasted)


def _piped(hits: Iterable[PassageHit], look: Look) -> Iterator[str]:  # noqa: ARG001 - as `_wrapped`
    """Yield one line an article. No articles, no header."""
    for number, hit in enumerate(hits):
        if number == 0:
            yield f"{'ID':{_ID_WIDTH}}  {'CHARACTERS':{_PLACE_WIDTH}}  PASSAGE\n"
        words = "  ".join((printable(hit.text), *_beside(hit)))
        yield f"{hit.article.id:{_ID_WIDTH}}  {_place(hit):{_PLACE_WIDTH}}  {words}\n"


def _wrapped(hits: Iterable[PassageHit], look: Look) -> Iterator[str]:
    """Yield each paragraph, wrapped to the terminal, below the place that it is from."""
    from quotecli.output.terminal import draw

    for number, hit in enumerate(hits):
        words = Excerpt(printable(hit.text), matches=tuple(_within(hit)))
        note = "; ".join((f"{hit.article.id}  characters {_place(hit)}", *_beside(hit, alone=True)))
        source = linked(note, address(hit.article, linked_words(hit)), "dim", look)
        yield "\n" * (number > 0) + heading(hit.article, look) + draw(shown(words, look), look) + draw(source, look)


def _pasted(hits: Iterable[PassageHit]) -> Iterator[str]:
    from quotecli.output.markdown import passages

    return passages(hits)


def _place(hit: PassageHit) -> str:
    return f"{hit.start}-{hit.end}"


def _beside(hit: PassageHit, *, alone: bool = False) -> Iterator[str]:
    """Yield what is to be said beside the words: where they are from, unless that stands above, and where else."""
    if not alone:
        yield f"({place(hit.article)})"
    if hit.also:
        yield f"and in {number_of(len(hit.also), 'more paragraph')}"


def _within(hit: PassageHit) -> Iterator[Span]:
    return (Span(span.start - hit.start, span.end - hit.start) for span in hit.matches)


_CSV: Columns[PassageHit] = {
    "article": lambda hit: hit.article.id,
    "start": lambda hit: hit.start,
    "end": lambda hit: hit.end,
    "text": lambda hit: hit.text,
    "score": lambda hit: hit.score,
    "also": lambda hit: "; ".join(f"{span.start}-{span.end}" for span in hit.also),
    "title": lambda hit: hit.article.title,
    "outlet": lambda hit: hit.article.outlet,
    "published": lambda hit: hit.article.published,
    "path": lambda hit: hit.article.path,
    "url": lambda hit: hit.article.url,
}
