"""The orders of lists: in SQL for the statements of one library, and in Python for those of several."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from quotecli.library.index_words import words
from quotecli.records import ListOrder, Statement

Listed = TypeVar("Listed", bound=Statement)


class _Ordering(msgspec.Struct, frozen=True):
    """sql: over `statement s`, `voice v` and `article a`; key: the same; falling: the greatest key first."""

    sql: str
    key: Callable[[Statement], Any]
    falling: bool = False


def _published(statement: Statement) -> str | None:
    return statement.article.published


def _name(statement: Statement) -> tuple[bool, str]:
    speaker = statement.speaker
    return (False, " ".join(words(speaker.name))) if speaker else (True, "")


_ORDERINGS: Mapping[ListOrder, _Ordering] = {
    "date": _Ordering(
        "a.published IS NULL, a.published DESC, ",
        lambda each: (_published(each) is not None, _published(each) or ""),
        falling=True,
    ),
    "first": _Ordering(
        "a.published IS NULL, a.published, ", lambda each: (_published(each) is None, _published(each) or "")
    ),
    "speaker": _Ordering("v.name IS NULL, folded(v.name), ", _name),
    "checkable": _Ordering("s.checkable DESC, ", lambda each: each.checkable or 0.0, falling=True),
}


def sql(order: ListOrder | None) -> str:
    """Return what stands before the order of adding and of the text."""
    return _ORDERINGS[order].sql if order else ""


def in_order(statements: Sequence[Listed], order: ListOrder) -> list[Listed]:
    """Return statements in this order; those alike for it stay as they are."""
    wanted = _ORDERINGS[order]
    return sorted(statements, key=wanted.key, reverse=wanted.falling)


def merged(lists: Sequence[Iterable[Listed]], order: ListOrder) -> Iterator[Listed]:
    """Yield the statements of several lists, each of them in this order, in this order."""
    wanted = _ORDERINGS[order]
    return heapq.merge(*lists, key=wanted.key, reverse=wanted.falling)
