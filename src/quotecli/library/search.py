"""Search over the statements of a library."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import partial

from quotecli.library.candidates import Terms, steps
from quotecli.library.choosing import Choice
from quotecli.library.filters import Part
from quotecli.library.packing import restored
from quotecli.library.preparing import words_around
from quotecli.library.query import parse
from quotecli.library.ranking import Scale, matches
from quotecli.library.reading import JOINS, Reader
from quotecli.records import Hit, Order, Statement

_CANDIDATES = 100
_FEW = 4
_GOOD = 90
"""A step that cannot score so much is only asked when nothing better has been found."""


def search(reader: Reader, text: str, asked: Choice, limit: int, sort: Order = "score") -> list[Hit]:
    """Return the statements that answer the query `text` best, in the order of `sort` (see `Library.search`)."""
    query = parse(text)
    if not query.words or limit < 1:
        return []
    connection = reader.connection
    terms = Terms(connection, query)
    scores = _scores(connection, terms, asked, limit)
    best = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
    ordered = best if sort == "score" else reader.in_order(best, sort)
    statements = reader.rows(ordered)
    return [_hit(statement, scores[row], terms) for statement, row in zip(statements, ordered, strict=True)]


def _hit(statement: Statement, score: float, terms: Terms) -> Hit:
    fields = {name: getattr(statement, name) for name in statement.__struct_fields__}
    return Hit(**fields, score=score, matches=matches(statement, terms))


def _scores(connection: sqlite3.Connection, terms: Terms, asked: Choice, limit: int) -> dict[int, float]:
    """Return candidates with their scores: step by step, until no later step can bring one of the best."""
    scores: dict[int, float] = {}
    scale, loose = Scale(terms), terms.loose
    most, full = max(_CANDIDATES, _FEW * limit), False
    for step in steps(terms, asked.match):
        better = sum(score >= step.best for score in scores.values())
        if better >= limit or (better and step.best < _GOOD):
            break
        if step.sharper and not full:
            continue
        if terms.loose != loose:
            scale, loose = Scale(terms), terms.loose
        found = _candidates(connection, step.match, asked.condition, most)
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
    found = connection.execute(
        "SELECT s.id, s.text FROM json_each(?) asked CROSS JOIN statement s ON s.id = asked.value", (json.dumps(rows),)
    )
    return {row: scale.score(restored(text) or "", partial(_around, connection, row)) for row, text in found}


def _around(connection: sqlite3.Connection, row: int) -> Sequence[str]:
    """Return the words beside a statement's text."""
    command = f"SELECT v.name, v.role, a.outlet FROM statement s {JOINS} WHERE s.id = ?"
    return words_around(*connection.execute(command, (row,)).fetchone())
