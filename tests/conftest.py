"""Statements built by hand, for the rooms that print, store and search them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from quotecli.records import Article, Form, Kind, Mention, Span, Speaker, Statement, content_text

settings.register_profile("quotecli", deadline=None)  # a busy machine is no failure
settings.load_profile("quotecli")

Say = Callable[..., Statement]
FORMS: dict[Kind, Form | None] = {"quote": "direct", "claim": "indirect", "fact": None}
TOLD: dict[Kind, dict[str, str]] = {
    "quote": {"manner": "said", "reported": "affirmed"},
    "claim": {"manner": "said", "reported": "affirmed"},
    "fact": {},
}


def span_of(article: Article, words: str) -> Span:
    """Return where `words` first stand in the article."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def mention_of(article: Article, words: str | None) -> Mention | None:
    """Return `words` at their place in the article."""
    if words is None:
        return None
    span = span_of(article, words)
    return Mention(words, span.start, span.end)


@pytest.fixture(scope="session")
def say() -> Say:
    """Build a statement by its words: say(article, "quote", "“Yes,”", name="Ana Whitfield", source="she")."""

    def build(
        article: Article,
        kind: Kind,
        *contents: str,
        name: str | None = None,
        source: str | None = None,
        cue: str | None = None,
        speaker: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Statement:
        content = tuple(span_of(article, words) for words in contents)
        known: dict[str, Any] = {"type": "person", "resolved_by": "name", "mention": mention_of(article, source)}
        return Statement(
            id=f"{article.text_id}-{content[0].start}",
            kind=kind,
            text=content_text(article.text, content),
            content=content,
            cue=mention_of(article, cue),
            speaker=Speaker(name=name, **known | (speaker or {})) if name else None,
            article=article.ref,
            **{"form": FORMS[kind], "confidence": 0.91} | TOLD[kind] | fields,
        )

    return build
