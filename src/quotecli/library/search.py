"""Search over the statements of a library: by their words, then by some of them, then by what they mean."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from functools import partial

import msgspec

from quotecli.library import meanings
from quotecli.library.answers import Answer
from quotecli.library.asked_names import capitalised
from quotecli.library.conditions import Choice
from quotecli.library.dates_asked import dated
from quotecli.library.filters import Part, joined
from quotecli.library.packing import restored
from quotecli.library.query import parse
from quotecli.library.ranking import LEAST_COVERAGE, Scale, matches
from quotecli.library.reading import JOINS, Reader
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.shortlist import Terms, steps
from quotecli.records import Hit, Order, Span, Statement

_CANDIDATES = 100
_FEW = 4
_ENOUGH = 5
"""With so many answers by their words, what only means the same is not looked for: that takes longer."""
_MOST_MADE = 5000
"""The meanings of so many statements, where the library does not keep them yet, are worked out for one search."""
_MEANT_SHARE = 0.4
"""What the likeness of meanings counts for on the scale of words."""
_LIKE_BESIDE = 50
"""What is less like the query (of 100) is no answer where others have most of its words."""
_OF_A_DATE = 2000

Matches = Callable[[Statement], tuple[Span, ...]]


class Found(msgspec.Struct):
    """The answers by their row ids: how well each fits, and what marks its words."""

    scores: dict[int, float] = msgspec.field(default_factory=dict)
    marks: dict[int, Matches] = msgspec.field(default_factory=dict)

    def add(self, scores: dict[int, float], marks: Matches) -> None:
        """Take in what fits better than it did before."""
        better = {row: score for row, score in scores.items() if score > self.scores.get(row, 0.0)}
        self.scores |= better
        self.marks |= dict.fromkeys(better, marks)

    def best(self, limit: int) -> list[int]:
        """Return the best of them, of equals the first."""
        return sorted(self.scores, key=lambda row: (-self.scores[row], row))[:limit]


def search(
    reader: Reader, text: str, asked: Choice, limit: int, sort: Order = "score", articles: Sequence[int] | None = None
) -> list[Hit]:
    """Return the statements that answer the query `text` best, in the order of `sort` (see `Library.search`).

    articles: the only ones that are asked, by their row ids; None: all.
    """
    if limit < 1:
        return []
    found = Found()
    if date := dated(text):
        _of_date(reader, date.rest, _within(asked, date.period), limit, found)
    if len(found.scores) < limit:
        _by_words(reader, text, asked, limit, articles, found)
    best = found.best(limit)
    ordered = best if sort == "score" else reader.in_order(best, sort)
    statements = reader.rows(ordered)
    return [
        _hit(statement, found.scores[row], found.marks[row](statement))
        for statement, row in zip(statements, ordered, strict=True)
    ]


def unknown_words(connection: sqlite3.Connection, text: str, asked: Choice) -> list[str]:
    """Return the words of a query that none of the statements asked has, in whatever form or spelling."""
    date = dated(text)
    terms = Terms(connection, parse(date.rest if date else text))
    terms.loosen()
    return [word for word in terms.telling if not _stands_in(connection, terms, word, asked)]


def _stands_in(connection: sqlite3.Connection, terms: Terms, word: str, asked: Choice) -> bool:
    if not terms[word].likeness:
        return False
    match = " AND ".join(filter(None, [terms.any_of(word), asked.match]))
    return bool(_candidates(connection, match, asked.condition, 1))


def _within(asked: Choice, period: str) -> Choice:
    condition: Part = ("substr(a.published, 1, ?) = ?", (len(period), period))
    return Choice(joined([asked.condition, condition]), asked.match)


def _of_date(reader: Reader, rest: str, asked: Choice, limit: int, found: Found) -> None:
    """Find what articles of a date have on the rest of a query; on no rest at all, the best that they have."""
    connection = reader.connection
    if parse(rest).words:
        _by_words(reader, rest, asked, limit, (), found)
        return
    where, parameters = asked.condition
    rows = connection.execute(
        f"SELECT s.id FROM article a JOIN statement s ON s.id >> {ARTICLE_SHIFT} = a.id"
        f" LEFT JOIN voice v ON v.id = s.voice WHERE {where} LIMIT ?",
        (*parameters, _OF_A_DATE),
    )
    answers = _answers(connection, [row for (row,) in rows])
    scores = {row: round(100 * (1 - each.lack(len(each.text.split()))), 1) for row, each in answers.items()}
    found.add(scores, _unmarked)


def _unmarked(_: Statement) -> tuple[Span, ...]:
    return ()


def _by_words(
    reader: Reader, text: str, asked: Choice, limit: int, articles: Sequence[int] | None, found: Found
) -> None:
    query = parse(text)
    if not query.words:
        return
    terms = Terms(reader.connection, query, capitalised(text))
    found.add(_scores(reader.connection, terms, asked, limit), partial(matches, terms=terms))
    if len(found.scores) < min(limit, _ENOUGH) and not (found.scores and len(terms.telling) == 1):
        _by_meaning(reader, terms, asked, limit, articles, found)


def _by_meaning(
    reader: Reader, terms: Terms, asked: Choice, limit: int, articles: Sequence[int] | None, found: Found
) -> None:
    """Add what means the same as the query, if all the names in it are there; nothing means the same as a number."""
    connection = reader.connection
    if any(word[0].isdigit() for word in terms.telling) or meanings.missing(connection, articles) > _MOST_MADE:
        return
    names = terms.names()
    if any(not terms[name].likeness for name in names):
        return
    from quotecli.library import semantic

    wanted = semantic.Wanted(connection, terms.query)
    narrowed = Choice(asked.condition, " AND ".join(filter(None, [asked.match, *map(terms.any_of, names)])))
    scores = semantic.scores(reader, wanted, narrowed, articles, limit)
    for row in _holding(connection, terms.unwanted, scores):
        del scores[row]
    least = _LIKE_BESIDE if max(found.scores.values(), default=0) > 100 * LEAST_COVERAGE else 0
    near = {row: round(_MEANT_SHARE * score, 1) for row, score in scores.items() if score >= least}
    found.add(near, wanted.matches)


def _holding(connection: sqlite3.Connection, match: str, rows: Collection[int]) -> list[int]:
    """Return those of these statements for which an expression holds; none where it is empty."""
    if not match:
        return []
    command = "SELECT rowid FROM search WHERE search MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    return [row for (row,) in connection.execute(command, (match, json.dumps(list(rows))))]


def _hit(statement: Statement, score: float, marked: tuple[Span, ...]) -> Hit:
    fields = {name: getattr(statement, name) for name in statement.__struct_fields__}
    return Hit(**fields, score=score, matches=marked)


def _scores(connection: sqlite3.Connection, terms: Terms, asked: Choice, limit: int) -> dict[int, float]:
    """Return candidates with their scores: step by step, until no later step can bring one of the best."""
    scores: dict[int, float] = {}
    scale, loose = Scale(terms), terms.loose
    most, full = max(_CANDIDATES, _FEW * limit), False
    for step in steps(terms, asked.match):
        if sum(score >= step.best for score in scores.values()) >= limit:
            break
        if step.sharper and not full:
            continue
        if terms.loose != loose:
            scale, loose = Scale(terms), terms.loose
        wanted = min(most, _FEW * (limit - len(scores))) if step.partial else most
        found = _candidates(connection, step.match, asked.condition, max(limit, wanted))
        full = step.sharper or len(found) >= most
        scores |= _scored(connection, scale, [row for row in found if row not in scores])
    return {row: score for row, score in scores.items() if score}


def _candidates(connection: sqlite3.Connection, match: str, condition: Part, most: int) -> list[int]:
    where, parameters = condition
    joins = f"CROSS JOIN statement s ON s.id = search.rowid {JOINS}" if where != "1" else ""
    rows = connection.execute(
        f"SELECT search.rowid FROM search {joins} WHERE search MATCH ? AND {where} LIMIT ?", (match, *parameters, most)
    )
    return [row for (row,) in rows]


def _scored(connection: sqlite3.Connection, scale: Scale, rows: list[int]) -> dict[int, float]:
    return {row: scale.score(answer) for row, answer in _answers(connection, rows).items()}


def _answers(connection: sqlite3.Connection, rows: list[int]) -> dict[int, Answer]:
    found = connection.execute(
        "SELECT s.id, s.text, s.kind, s.confidence, v.type, v.name, v.role, a.outlet FROM json_each(?) asked"
        f" CROSS JOIN statement s ON s.id = asked.value {JOINS}",
        (json.dumps(rows),),
    )
    return {
        row: Answer(restored(text) or "", kind, sure, type, around) for row, text, kind, sure, type, *around in found
    }
