"""The output record: a statement, with what only some commands add to it, and its JSON Schema."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from quotecli.records import Article, ArticleSummary, Mention, Span, SpeakerSummary, Statement


class Row(Statement, frozen=True, kw_only=True):
    """A statement as it is printed.

    score, matches: only `search` gives them, see `Hit`.
    context: the words around the statement, where they were asked for.
    """

    score: float | UnsetType = UNSET
    matches: tuple[Span, ...] | UnsetType = UNSET
    context: Mention | UnsetType = UNSET

    @classmethod
    def of(cls, statement: Statement, context: Mention | None = None) -> Row:
        """Return `statement` (or a `Hit`) as a row, with its context if there is one."""
        fields = msgspec.structs.asdict(statement)
        return cls(**(fields if context is None else fields | {"context": context}))


class ArticleView(Article, frozen=True, kw_only=True):
    """An article with its statements, in the order of the text."""

    statements: tuple[Row, ...]


RecordName = Literal["statements", "speakers", "articles", "article"]
_PRINTED: dict[RecordName, Any] = {
    "statements": list[Row],
    "speakers": list[SpeakerSummary],
    "articles": list[ArticleSummary],
    "article": list[ArticleView],
}


def json_schema(record: RecordName) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `--format json` prints: a list of these records."""
    schema = msgspec.json.schema(_PRINTED[record])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"quotecli {record}"} | schema
