"""From an article to its statements: the one place that knows the order of the steps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import msgspec

from quotecli.attribution import Attribution, Telling, link, resolve, tellings
from quotecli.facts import facts, figures
from quotecli.model import VERSION as MODEL_VERSION
from quotecli.model import available_processors, tag
from quotecli.records import Article, ArticleRef, Form, Kind, Mention, Span, Speaker, Statement, content_text
from quotecli.text import Document, parse

VERSION = f"{MODEL_VERSION}.2"
"""Changes whenever `extract` may answer differently for the same text: the model's version, then that of the rules."""

DIRECT_SHARE = 0.9
"""A content is direct when at least this share of its words is quoted (as PolNeAR's evaluations count it)."""


def extract(article: Article) -> list[Statement]:
    """Return the quotes, claims and facts of `article` in the order of the text.

    Raise ModelError if the tagging model cannot be loaded; no text makes it raise anything else.
    """
    document = parse(article.text)
    tagging = tag(document)
    attributions = link(document, tagging)
    speakers = resolve(article, document, tagging.names, attributions)
    about = _About(article.text, article.digest, article.ref)
    attributed = [
        _attributed_statement(about, document, *told)
        for told in zip(attributions, speakers, tellings(document, attributions), strict=True)
    ]
    spoken_for = [span for attribution in attributions for span in attribution.spans]
    begun = {attribution.content[0].start for attribution in attributions}  # an id names one statement
    asserted = [
        _statement(about, (span,), kind="fact", confidence=checkable)
        for span, checkable in facts(document, tagging.names, spoken_for)
        if span.start not in begun
    ]
    return sorted(attributed + asserted, key=lambda statement: statement.content)


def extract_all(articles: Iterable[Article]) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield each article with its statements (see `extract`), in order.

    Several articles are worked on side by side, one for each processor; few are read ahead, so any number may come.
    """
    with ThreadPoolExecutor(available_processors()) as pool:
        waiting: deque[tuple[Article, Future[list[Statement]]]] = deque()
        for article in articles:
            waiting.append((article, pool.submit(extract, article)))
            if len(waiting) > available_processors():
                earliest, statements = waiting.popleft()
                yield earliest, statements.result()
        for earliest, statements in waiting:
            yield earliest, statements.result()


class _About(NamedTuple):
    """What every statement of an article says of it, worked out once: a digest reads the whole text."""

    text: str
    digest: str
    ref: ArticleRef


def _attributed_statement(
    about: _About, document: Document, attribution: Attribution, speaker: Speaker | None, telling: Telling
) -> Statement:
    form = _form(document, attribution.content)
    kind: Kind = "claim" if form == "indirect" else "quote"
    return msgspec.structs.replace(
        _statement(about, attribution.content, kind=kind, confidence=attribution.confidence),
        form=form,
        manner=telling.manner,
        reported=telling.reported,
        cue=_mention(about.text, attribution.cue),
        speaker=speaker,
    )


def _statement(about: _About, content: tuple[Span, ...], *, kind: Kind, confidence: float) -> Statement:
    return Statement(
        id=f"{about.digest}-{content[0].start}",
        kind=kind,
        text=content_text(about.text, content),
        content=content,
        figures=tuple(figure for span in content for figure in figures(about.text, span)),
        confidence=round(confidence, 3),
        article=about.ref,
    )


def _form(document: Document, content: Sequence[Span]) -> Form:
    quoted = document.quoted_share(content)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE else "mixed"


def _mention(text: str, span: Span | None) -> Mention | None:
    return Mention(text[span.start : span.end], span.start, span.end) if span else None
