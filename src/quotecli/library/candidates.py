"""The statements that may answer a query by their words, judged: from the index, step by step."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import replace

from quotecli.library.answers import Answer
from quotecli.library.packing import restored
from quotecli.library.ranking import LEAST_COVERAGE, Judged, Scale
from quotecli.library.reading import JOINS
from quotecli.library.shortlist import Terms, both, steps
from quotecli.library.together import Source

_CANDIDATES = 100
_FEW = 4


def judged(sources: Sequence[Source], terms: Terms, limit: int) -> dict[int, Judged]:
    """Return statements that have words of a query, by their row ids among those of all libraries, and how well they
    answer it; where none has half of it, what those say whom it names."""
    found = _judged(sources, terms, limit, LEAST_COVERAGE)
    if found or not terms.persons():
        return found
    spoken = [replace(each, match=both(each.match, terms.by_those_asked_for)) for each in sources]
    return _judged(spoken, terms, limit, 0.0)


def _judged(sources: Sequence[Source], terms: Terms, limit: int, least: float) -> dict[int, Judged]:
    """Return what is found step by step, until no later step can bring one of the `limit` best."""
    known: dict[int, Judged] = {}
    scale, loose = Scale(terms), terms.loose
    most, full = max(_CANDIDATES, _FEW * limit), False
    asked: set[str] = set()
    for step in steps(terms, sources[0].match):
        if sum(each.score >= step.best for each in known.values()) >= limit:
            break
        if step.match in asked or (step.sharper and not full):
            continue
        asked.add(step.match)
        if terms.loose != loose:
            scale, loose = Scale(terms), terms.loose
        wanted = min(most, _FEW * (limit - len(known))) if step.partial else most
        full = step.sharper
        for each in sources:
            rows = matching(each, step.match, max(limit, wanted))
            full = full or len(rows) >= most
            new = [row for row in rows if each.among_all(row) not in known]
            known |= {each.among_all(row): scale.judge(answer, least) for row, answer in answers(each, new).items()}
    return {row: found for row, found in known.items() if found.score}


def matching(source: Source, match: str, most: int) -> list[int]:
    """Return the row ids of at most so many statements that are asked and for which an expression holds."""
    where, parameters = source.condition
    joins = f"CROSS JOIN statement s ON s.id = search.rowid {JOINS}" if where != "1" else ""
    rows = source.connection.execute(
        f"SELECT search.rowid FROM search {joins} WHERE search MATCH ? AND {where} LIMIT ?", (match, *parameters, most)
    )
    return [row for (row,) in rows]


def answers(source: Source, rows: Sequence[int]) -> dict[int, Answer]:
    """Return what counts for a search of the statements with these row ids."""
    found = source.connection.execute(
        "SELECT s.id, s.text, s.kind, s.confidence, v.type, v.name, v.role, a.outlet FROM json_each(?) asked"
        f" CROSS JOIN statement s ON s.id = asked.value {JOINS}",
        (json.dumps(rows),),
    )
    return {
        row: Answer(restored(text) or "", kind, sure, type, around) for row, text, kind, sure, type, *around in found
    }
