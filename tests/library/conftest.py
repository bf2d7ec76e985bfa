"""Articles and statements made for the tests, without the model, and libraries to keep them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quotecli.library import Library, batches
from quotecli.records import (
    Article,
    Figure,
    Kind,
    Manner,
    Mention,
    Reported,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    content_text,
    text_id,
)

Build = Callable[..., tuple[Article, list[Statement]]]


class Said(msgspec.Struct, frozen=True):
    """One statement of an article to be built: who said what.

    words: what was said; parts separated by "|" become separate content spans.
    """

    words: str
    name: str | None = None
    role: str | None = None
    mention: str | None = None
    type: SpeakerType = "person"
    kind: Kind = "quote"
    manner: Manner = "said"
    reported: Reported = "affirmed"
    figure: str | None = None


def built(said: Sequence[Said | str], **metadata: Any) -> tuple[Article, list[Statement]]:
    """Return an article whose paragraphs say what is given, and its statements."""
    drafts = [each if isinstance(each, Said) else Said(each, kind="fact") for each in said]
    paragraphs, places, start = [], [], 0
    for draft in drafts:
        paragraph, place = _paragraph(draft, start)
        paragraphs.append(paragraph)
        places.append(place)
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    article = Article(**{"id": text_id(text), "text": text, **metadata})
    return article, [_statement(article, draft, *place) for draft, place in zip(drafts, places, strict=True)]


def _paragraph(draft: Said, start: int) -> tuple[str, tuple[tuple[Span, ...], Mention | None, Mention | None]]:
    mention_words = draft.mention or draft.name
    first, *rest = draft.words.split("|")
    if mention_words is None:
        return draft.words, ((Span(start, start + len(draft.words)),), None, None)
    paragraph = f"{first} said {mention_words}"
    cue = Mention("said", start + len(first) + 1, start + len(first) + 5)
    mention = Mention(mention_words, cue.end + 1, cue.end + 1 + len(mention_words))
    content = [Span(start, start + len(first))]
    for part in rest:
        content.append(Span(start + len(paragraph) + 1, start + len(paragraph) + 1 + len(part)))
        paragraph += f" {part}"
    return paragraph, (tuple(content), cue, mention)


def _statement(
    article: Article, draft: Said, content: tuple[Span, ...], cue: Mention | None, mention: Mention | None
) -> Statement:
    speaker = (
        Speaker(
            name=draft.name, role=draft.role, type=draft.type, mention=mention, resolved_by="name", evidence="as given"
        )
        if draft.name
        else None
    )
    figures: tuple[Figure, ...] = ()
    if draft.figure:
        place = article.text.index(draft.figure, content[0].start)
        figures = (Figure(text=draft.figure, value=1400000, unit="people", start=place, end=place + len(draft.figure)),)
    return Statement(
        id=f"{article.text_id}-{content[0].start}",
        kind=draft.kind,
        form={"quote": "direct", "claim": "indirect", "fact": None}[draft.kind],
        manner=None if draft.kind == "fact" else draft.manner,
        reported=None if draft.kind == "fact" else draft.reported,
        text=content_text(article.text, content),
        content=content,
        cue=cue,
        speaker=speaker,
        figures=figures,
        confidence=0.9,
        article=article.ref,
    )


def facts(article: Article | None) -> list[Statement] | None:
    """Return what stands for extraction here: each paragraph as a fact."""
    return built(article.text.split("\n"))[1] if article else None


@pytest.fixture(scope="session")
def build() -> Build:
    """Return the function that makes an article and its statements of what is said in it."""
    return built


@pytest.fixture(scope="session")
def said() -> type[Said]:
    """Return the class of one thing said."""
    return Said


@pytest.fixture(autouse=True, scope="module")
def model() -> Iterator[pytest.MonkeyPatch]:
    """Stand in for the model: its version is "1", and what it extracts is each paragraph as a fact."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "model_version", lambda: "1")
        patch.setattr(batches, "extracted", lambda items, wanted, *_: ((each, facts(wanted(each))) for each in items))
        yield patch


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Return an empty library in a file of its own."""
    with Library(tmp_path / "library.db") as opened:
        yield opened
