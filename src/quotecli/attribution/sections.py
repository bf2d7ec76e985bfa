"""Texts of many posts, each under its time (live blogs): a pronoun means nobody of another post."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout import Lines
from quotecli.attribution.speakers import resolve_surely as resolve_whole
from quotecli.model import Name
from quotecli.records import Article, Span, Speaker
from quotecli.text import Document

POSTS_AT_LEAST = 3
_WITHIN = ("pronoun", "continued")
"""How a speaker is found in what was said before, if no name or description tells."""


Sure = tuple[Speaker | None, float]
"""Who speaks, and how probable that is (see `speakers.resolve_surely`)."""


def resolve_surely(
    article: Article, document: Document, names: Sequence[Name], attributions: Sequence[Attribution]
) -> list[Sure]:
    """Return who speaks in each attribution (see `speakers.resolve_surely`); in a text of many posts, pronouns and
    words without a source are resolved within their post, by the fullest name that any post gives."""
    speakers = resolve_whole(article, document, names, attributions)
    lines = Lines(document)
    times = [document.paragraphs[i].start for i in range(len(document.paragraphs)) if lines.is_time(i)]
    if len(times) < POSTS_AT_LEAST:
        return speakers
    everyone = [speaker for speaker, _ in speakers]
    asked = {i for i, speaker in enumerate(everyone) if speaker is not None and speaker.resolved_by in _WITHIN}
    inside = {
        index: found
        for post in _posts(document, times)
        for index, found in _resolved(article, document, names, attributions, post, asked)
    }
    return [_of_post(inside[i], everyone) if i in inside else whole for i, whole in enumerate(speakers)]


def _posts(document: Document, times: Sequence[int]) -> Iterator[Span]:
    yield from (Span(start, end) for start, end in zip(times, (*times[1:], len(document.text)), strict=True))


def _resolved(
    article: Article,
    document: Document,
    names: Sequence[Name],
    attributions: Sequence[Attribution],
    post: Span,
    asked: Set[int],
) -> Iterator[tuple[int, Sure]]:
    """Yield those attributions of a post that are `asked` for, by their numbers, with who speaks as the post alone
    tells it."""
    own = [i for i, item in enumerate(attributions) if all(_is_in(span, post) for span in item.spans)]
    if not asked.isdisjoint(own):
        found = resolve_whole(
            article,
            _cut(document, post),
            [name for name in names if post.start <= name.start and name.end <= post.end],
            [attributions[i] for i in own],
        )
        yield from ((i, sure) for i, sure in zip(own, found, strict=True) if i in asked)


def _is_in(span: Span, post: Span) -> bool:
    return post.start <= span.start and span.end <= post.end


def _cut(document: Document, post: Span) -> Document:
    """Return a document that holds nothing but a post, at its place."""

    def within(spans: Sequence[Span]) -> tuple[Span, ...]:
        first = bisect_right(spans, post.start - 1, key=lambda span: span.start)
        return tuple(spans[first : bisect_right(spans, post.end - 1, key=lambda span: span.start)])

    text = " " * post.start + document.text[post.start : post.end]
    quotations = tuple(q for q in document.quotations if post.start <= q.start and q.end <= post.end)
    return Document(text, within(document.paragraphs), within(document.sentences), quotations)


def _of_post(inside: Sure, everyone: Sequence[Speaker | None]) -> Sure:
    """Return whom the post means, by the fullest name."""
    speaker, sure = inside
    if speaker is None or speaker.resolved_by is None:
        return inside
    surname = speaker.name.rpartition(" ")[2]
    full = next((s for s in everyone if s is not None and s.name != surname and s.name.endswith(f" {surname}")), None)
    if full is None or speaker.name != surname:
        return inside
    return msgspec.structs.replace(speaker, name=full.name, role=full.role), sure
