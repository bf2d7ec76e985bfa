"""A short article with its statements, built by hand, and the golden files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from quotecli.output import ArticleView, Row
from quotecli.records import (
    Article,
    Figure,
    Hit,
    Kind,
    Mention,
    Span,
    Speaker,
    Statement,
    content_text,
)

GOLDEN = Path(__file__).parent / "golden"

TEXT = """Ferries to the islands will stop on 3 May, the harbour board said.
“We have no choice,” Ana Whitfield, its chair, told reporters, “and no money. The boats are forty years old.”
About 1,200 people use the boats each week.
"""


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mention_of(words: str) -> Mention:
    span = span_of(words)
    return Mention(text=words, start=span.start, end=span.end)


ARTICLE = Article(
    id="ferries-1",
    path="news/ferries.txt",
    title="Island ferries to stop",
    outlet="Harbour Post",
    published="2024-04-11",
    byline="Joe Marsh",
    text=TEXT,
)
BOARD = Speaker(
    name="harbour board",
    type="organisation",
    mention=mention_of("the harbour board"),
    resolved_by="name",
    evidence="named by the words themselves",
)
WHITFIELD = Speaker(
    name="Ana Whitfield",
    role="chair",
    type="person",
    mention=mention_of("Ana Whitfield, its chair"),
    resolved_by="name",
)


def statement(kind: Kind, *contents: str, speaker: Speaker | None = None, cue: str | None = None) -> Statement:
    content = tuple(span_of(words) for words in contents)
    figures = (Figure(text="1,200", value=1200, unit="people", start=TEXT.index("1,200"), end=TEXT.index(" people")),)
    return Statement(
        id=f"{ARTICLE.digest}-{content[0].start}",
        kind=kind,
        form={"quote": "direct", "claim": "indirect", "fact": None}[kind],
        text=content_text(TEXT, content),
        content=content,
        cue=mention_of(cue) if cue else None,
        speaker=speaker,
        figures=figures if kind == "fact" else (),
        confidence=0.91,
        article=ARTICLE.ref,
    )


@pytest.fixture
def article() -> Article:
    return ARTICLE


@pytest.fixture
def rows() -> list[Row]:
    """A claim, a quote in two parts (with matches in both) and a fact."""
    quote = statement(
        "quote",
        "“We have no choice,”",
        "“and no money. The boats are forty years old.”",
        speaker=WHITFIELD,
        cue="told",
    )
    hit = Hit(**msgspec.structs.asdict(quote), score=87.5, matches=(span_of("choice"), span_of("boats are forty")))
    return [
        Row.of(statement("claim", "Ferries to the islands will stop on 3 May", speaker=BOARD, cue="said")),
        Row.of(hit),
        Row.of(statement("fact", "About 1,200 people use the boats each week.")),
    ]


@pytest.fixture
def view(article: Article, rows: list[Row]) -> ArticleView:
    return ArticleView(**msgspec.structs.asdict(article), statements=tuple(rows))


@pytest.fixture
def same_as_golden() -> Callable[[str, str], None]:
    """Compare text with a golden file; QUOTECLI_GOLDEN=write makes the files again, for a person to read the diff."""

    def check(text: str, name: str) -> None:
        file = GOLDEN / name
        if os.environ.get("QUOTECLI_GOLDEN") == "write":
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return check
