"""A short article with its statements, built by hand, and the golden files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from quotecli.output.rows import ArticleView, Row
from quotecli.records import Article, Figure, Hit, Span, Statement

GOLDEN = Path(__file__).parent / "golden"

TEXT = """Ferries to the islands will stop on 3 May, the harbour board said.
“We have no choice,” Ana Whitfield, its chair, told reporters, “and no money. The boats are forty years old.”
About 1,200 people use the boats each week.
"""


ARTICLE = Article(
    id="ferries-1",
    path="news/ferries.txt",
    title="Island ferries to stop",
    outlet="Harbour Post",
    published="2024-04-11",
    byline="Joe Marsh",
    text=TEXT,
)


@pytest.fixture
def article() -> Article:
    return ARTICLE


@pytest.fixture
def rows(article: Article, say: Callable[..., Statement]) -> list[Row]:
    """A claim, a quote in two parts (with matches in both) and a fact."""
    claim = say(
        article,
        "claim",
        "Ferries to the islands will stop on 3 May",
        name="harbour board",
        source="the harbour board",
        cue="said",
        speaker={"type": "organisation", "evidence": "named by the words themselves"},
        manner="thinks",
        reported="hypothetical",
        channel="statement",
        checkable=0.4,
    )
    quote = say(
        article,
        "quote",
        "“We have no choice,”",
        "“and no money. The boats are forty years old.”",
        name="Ana Whitfield",
        source="Ana Whitfield, its chair",
        cue="told",
        speaker={"role": "chair"},
    )
    number = TEXT.index("1,200")
    figure = Figure(text="1,200", value=1200, unit="people", start=number, end=number + 5)
    fact = say(article, "fact", "About 1,200 people use the boats each week.", figures=(figure,), checkable=0.91)
    found = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("choice", "boats are forty"))
    hit = Hit(**msgspec.structs.asdict(quote), score=87.5, matches=found)
    return [Row.of(claim), Row.of(hit), Row.of(fact)]


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
