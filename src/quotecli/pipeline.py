"""From an article to its statements: the one place that knows the order of the steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from typing import NamedTuple, TypeVar

import msgspec

from quotecli.attribution import (
    Attribution,
    Telling,
    anonymous,
    as_report,
    channel,
    is_told,
    link,
    resolve_surely,
    tellings,
    with_labels,
    with_name,
)
from quotecli.deadline import check_time, deadline
from quotecli.errors import InputError
from quotecli.facts import facts, figures
from quotecli.model import tag
from quotecli.naming.recapitalising import with_capitals
from quotecli.records import (
    Anonymous,
    Article,
    ArticleRef,
    Figure,
    Form,
    Kind,
    Mention,
    Skipped,
    Span,
    Speaker,
    Statement,
    content_text,
    text_id,
)
from quotecli.text import Document, Seen, lacks_capitals, parse, see
from quotecli.workers import Lost, Workers

FEWEST_WORDS = 3
"""Fewer hold no statement: a table of a million rows with a word each need not pass through the network."""

LONG = 100_000
"""Characters from which an article is for a process of its own, which may have only so much memory: what is shorter
takes less than 0.5 GB in the worst case (benchmarks/memory.py)."""

DIRECT_SHARE = 0.9
"""A content is direct when at least this share of its words is quoted (as PolNeAR's evaluations count it)."""


def extract(article: Article | str, *, alone: bool = False, seconds: float | None = None) -> list[Statement]:
    """Return the quotes, claims and facts of `article` (or of a text that is given as such) in the order of the text.

    alone: work on one processor, not on all.
    seconds: how long it may take; then it raises InputError.
    Raise ModelError if the tagging model cannot be loaded, and TypeError for what is no article; no text makes it raise
    anything else.
    """
    whole = as_article(article)
    if isinstance(whole, Skipped):
        raise TypeError(f"extract takes an Article or a text; {whole.path} was not read: {whole.reason}")
    with deadline(seconds):
        return _extract(whole, alone=alone)


def as_article(given: Article | Skipped | str) -> Article | Skipped:
    """Return an article, or why it was not read, as it is, and a text as an article. Raises TypeError."""
    if isinstance(given, Article | Skipped):
        return given
    if isinstance(given, str):
        return Article(id=text_id(given), text=given)
    raise TypeError(f"an article is an Article or a text, not {type(given).__name__}")


def _extract(article: Article, *, alone: bool) -> list[Statement]:
    if len(article.text.split(maxsplit=FEWEST_WORDS - 1)) < FEWEST_WORDS:
        return []
    # Work on what is seen of the text; what is found goes back to the text's own characters here, once.
    seen = see(article.text)
    document = parse(seen.text)
    if lacks_capitals(seen.text):
        document = _with_capitals(document, alone=alone)
    found = _read(article, document, alone=alone)
    return found if document.text == article.text else [_placed(statement, article, seen) for statement in found]


def _with_capitals(document: Document, *, alone: bool) -> Document:
    """Return a text without capitals as one with those that it most likely had, each letter at its place."""
    tagging = tag(document, alone=alone)
    sources = [Span(part.start, part.end) for part in tagging.parts if part.role == "source"]
    return parse(with_capitals(document.text, [Span(name.start, name.end) for name in tagging.names], sources))


def _read(article: Article, document: Document, *, alone: bool) -> list[Statement]:
    tagging = tag(document, alone=alone)
    attributions = link(document, tagging)
    speakers = resolve_surely(article, document, with_labels(document, tagging.names, attributions), attributions)
    about = _About(document.text, article.text_id, article.ref)
    readings = tagging.readings
    attributed = [
        msgspec.structs.replace(
            statement,
            anonymous=anonymous(document, speaker),
            channel=channel(article, document, attribution),
            checkable=round(readings.probability("checkable", attribution.content), 3),
        )
        for attribution, (speaker, sure), telling in zip(
            attributions, speakers, tellings(document, attributions), strict=True
        )
        if is_told(statement := _attributed_statement(about, document, attribution, (speaker, sure), telling))
    ]
    begun = {statement.content[0].start for statement in attributed}  # an id names one statement
    asserted = [
        msgspec.structs.replace(
            _statement(about, (span,), kind="fact", confidence=probability), checkable=round(probability, 3)
        )
        for span, probability in facts(document, readings)
        if span.start not in begun
    ]
    return sorted(attributed + asserted, key=lambda statement: statement.content)


Item = TypeVar("Item")
Placed = TypeVar("Placed", Mention, Figure)


def extract_all(
    articles: Iterable[Article | Skipped | str],
    *,
    jobs: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
    seconds: float | None = None,
    workers: Workers | None = None,
) -> Iterator[tuple[Article | Skipped, list[Statement]]]:
    """Yield each article with its statements (see `extract`), in order. What `load` could not read comes back as it is,
    without statements; so does, as a Skipped, an article that took too long or whose process died.

    Several articles are worked on side by side; few are read ahead, so any number may come.

    articles: what `load` yields, or texts.
    jobs: how many processes work; if None, one a processor, unless there is little to do.
    progress: called with the number of articles that are done, after each.
    seconds: how long the extraction of one article may take.
    workers: who is to do it, in place of some for this alone; they have their own `jobs` and `seconds`.
    """
    with nullcontext(workers) if workers else Workers(jobs, seconds) as team:
        found = extract_wanted(map(as_article, articles), _if_read, team)
        for done, (article, statements) in enumerate(found, start=1):
            progress(done)
            if isinstance(statements, Lost):
                yield not_extracted(article, statements), []
            else:
                yield article, statements or []


def _if_read(article: Article | Skipped) -> Article | None:
    return article if isinstance(article, Article) else None


def extract_wanted(
    items: Iterable[Item], wanted: Callable[[Item], Article | None], workers: Workers, *, apart: bool = False
) -> Iterator[tuple[Item, list[Statement] | Lost | None]]:
    """Yield each item with the statements of the article that is `wanted` of it; with None where none is.

    apart: never in this process, since an article may be the end of the one that works on it. A long one never is
    where memory is limited; unless one processor was asked for, several work on it.
    """
    long = LONG if workers.memory else math.inf
    extracted = partial(_extracted, seconds=workers.seconds)
    elsewhere = partial(extracted, short_alone=True, long_alone=workers.jobs == 1)
    threaded = partial(extracted, short_alone=False, long_alone=False)
    return workers.map(
        elsewhere, items, wanted, in_thread=threaded, apart=lambda article: apart or len(article.text) > long
    )


def not_extracted(article: Article | Skipped, lost: Lost) -> Skipped:
    """Return what is told of an article that took too long, or whose process died."""
    if isinstance(article, Skipped):
        return article
    return Skipped(article.path or article.url or article.id, lost.reason, lost.setting)


def _extracted(
    article: Article, *, short_alone: bool, long_alone: bool, seconds: float | None
) -> list[Statement] | Lost:
    try:
        return extract(article, alone=long_alone if len(article.text) > LONG else short_alone, seconds=seconds)
    except InputError as error:
        return Lost(str(error), error.setting)
    except MemoryError:
        return Lost("extraction needs more memory than there is, or than it may have", "memory")


class _About(NamedTuple):
    """What every statement of an article says of it, worked out once: an id is made from the whole text."""

    text: str
    id: str
    ref: ArticleRef


def _attributed_statement(
    about: _About,
    document: Document,
    attribution: Attribution,
    resolved: tuple[Speaker | None, float],
    telling: Telling,
) -> Statement:
    form, (speaker, sure) = _form(document, attribution.content), resolved
    kind: Kind = "claim" if form == "indirect" else "quote"
    cue = _mention(about.text, attribution.cue)
    own = with_name(attribution.confidence, speaker, sure)
    confidence = as_report(own, telling.manner, cue.text if cue else "", quoted=kind == "quote")
    return msgspec.structs.replace(
        _statement(about, attribution.content, kind=kind, confidence=confidence),
        form=form,
        manner=telling.manner,
        reported=telling.reported,
        cue=cue,
        speaker=speaker,
    )


def _statement(about: _About, content: tuple[Span, ...], *, kind: Kind, confidence: float) -> Statement:
    check_time()
    return Statement(
        id=f"{about.id}-{content[0].start}",
        kind=kind,
        text=content_text(about.text, content),
        content=content,
        figures=tuple(figure for span in content for figure in figures(about.text, span)),
        confidence=round(confidence, 3),
        article=about.ref,
    )


def _placed(statement: Statement, article: Article, seen: Seen) -> Statement:
    """Return a statement of the seen text as one of the article: offsets and words are the article's own."""
    text, speaker = article.text, statement.speaker
    content = tuple(map(seen.span, statement.content))
    unnamed = statement.anonymous
    if speaker is not None and speaker.mention is not None:
        speaker = msgspec.structs.replace(speaker, mention=_own(speaker.mention, text, seen))
    return msgspec.structs.replace(
        statement,
        id=f"{article.text_id}-{content[0].start}",
        text=content_text(text, content),
        content=content,
        cue=statement.cue and _own(statement.cue, text, seen),
        speaker=speaker,
        anonymous=unnamed
        and Anonymous(who=_own(unnamed.who, text, seen), reason=unnamed.reason and _own(unnamed.reason, text, seen)),
        figures=tuple(_own(figure, text, seen) for figure in statement.figures),
    )


def _own(words: Placed, text: str, seen: Seen) -> Placed:
    start, end = seen.start(words.start), seen.end(words.end)
    return msgspec.structs.replace(words, text=text[start:end], start=start, end=end)


def _form(document: Document, content: Sequence[Span]) -> Form:
    quoted = document.quoted_share(content)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE else "mixed"


def _mention(text: str, span: Span | None) -> Mention | None:
    return Mention(text[span.start : span.end], span.start, span.end) if span else None
