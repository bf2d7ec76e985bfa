"""The output record: a statement, with what only some commands add to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from quotecli.records import Article, ArticleRef, Mention, Span, Statement
from quotecli.results import Verdict


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """Another statement that is the same quotation: its id, its words there, and in which article."""

    id: str
    text: str
    article: ArticleRef


class Row(Statement, frozen=True, kw_only=True):
    """A statement as it is printed.

    person: what `speakers` calls who says it, one name in all articles; null where the text does not tell who it is.
        Only statements of a library, or of `--from`, have it.
    score, matches: only `search` gives them, see `Hit`.
    context: the words around the statement, where they were asked for.
    repeats: where the same quotation stands, too, where rows are grouped by quotations.
    """

    person: str | UnsetType | None = UNSET
    score: float | UnsetType = UNSET
    matches: tuple[Span, ...] | UnsetType = UNSET
    context: Mention | UnsetType = UNSET
    repeats: tuple[Repeat, ...] | UnsetType = UNSET

    @classmethod
    def of(
        cls,
        statement: Statement,
        context: Mention | None = None,
        same: Sequence[Statement] | None = None,
        person: str | UnsetType | None = UNSET,
    ) -> Row:
        """Return `statement` (or a `Hit`) as a row, with its context and the statements that are the `same` quotation,
        if they were asked for, and with who says it, if it is of a library."""
        more: dict[str, Any] = {} if context is None else {"context": context}
        if person is not UNSET:
            more["person"] = person
        if same is not None:
            more["repeats"] = tuple(Repeat(id=each.id, text=each.text, article=each.article) for each in same)
        return cls(**(msgspec.structs.asdict(statement) | more))


class ArticleView(Article, frozen=True, kw_only=True):
    """An article with its statements, in the order of the text."""

    statements: tuple[Row, ...]


class VerdictRow(Verdict, frozen=True, kw_only=True):
    """A verdict as it is printed.

    draft: which draft the quotation is from; its text is what `start` and `end` count in.
    """

    draft: ArticleRef


class Checked(msgspec.Struct, frozen=True):
    """A draft with the verdicts on its quotations, in its order.

    original: the draft's file as an editor shows it, where line numbers are wanted.
    """

    draft: Article
    verdicts: tuple[Verdict, ...]
    original: str | None = None

    @property
    def rows(self) -> Iterator[VerdictRow]:
        """The verdicts, each with the draft that it is about."""
        ref = self.draft.ref
        return (VerdictRow(**msgspec.structs.asdict(verdict), draft=ref) for verdict in self.verdicts)
