"""Search over the statements of libraries: by their words, then by some of them, then by what they mean."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from quotecli.library import meanings
from quotecli.library.answers import Answer
from quotecli.library.asked_names import capitalised
from quotecli.library.dates_asked import dated
from quotecli.library.filters import Part, joined
from quotecli.library.orders import in_order
from quotecli.library.packing import restored
from quotecli.library.query import parse
from quotecli.library.ranking import LEAST_COVERAGE, Scale, matches
from quotecli.library.reading import JOINS
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.shortlist import Terms, steps
from quotecli.library.together import Source, all_texts, rows
from quotecli.records import Hit, ListOrder, Order, Span, Statement

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
_TO_ORDER = 500
"""So many answers are ordered by date or speaker: the first to say it may be none of the best twenty."""
_AS_GOOD = 0.75

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


def search(sources: Sequence[Source], text: str, limit: int, sort: Order = "score") -> list[Hit]:
    """Return the statements that answer the query `text` best, in the order of `sort` (see `Library.search`)."""
    if limit < 1:
        return []
    found, most = Found(), limit if sort == "score" else max(limit, _TO_ORDER)
    if date := dated(text):
        _of_date(sources, date.rest, date.period, most, found)
    if len(found.scores) < most:
        _by_words(sources, text, most, found)
    best = found.best(most)
    hits = [
        _hit(each, found.scores[row], found.marks[row](each))
        for row, each in zip(best, rows(sources, best), strict=True)
    ]
    return hits if sort == "score" else _ordered(hits, sort)[:limit]


def _ordered(hits: Sequence[Hit], sort: ListOrder) -> list[Hit]:
    """Return the answers in another order: those that are about as good as the best one before those that are not, so
    that the oldest, or the newest, is not one that has half of the words."""
    least = _AS_GOOD * max((hit.score for hit in hits), default=0.0)
    good = [hit for hit in hits if hit.score >= least]
    return [*in_order(good, sort), *in_order(hits[len(good) :], sort)]


def unknown_words(sources: Sequence[Source], text: str) -> list[str]:
    """Return the words of a query that none of the statements asked has, in whatever form or spelling."""
    terms = _loosely(sources, text)
    return [word for word in terms.telling if not _stands_in(sources, terms, [word])]


def stands_whole(sources: Sequence[Source], text: str) -> bool:
    """Say whether one of the statements asked has all telling words of a query, in whatever form or spelling."""
    terms = _loosely(sources, text)
    return not terms.telling or _stands_in(sources, terms, terms.telling)


def _loosely(sources: Sequence[Source], text: str) -> Terms:
    """Return the words of a query, but for a date in it, in whatever form or spelling."""
    date = dated(text)
    terms = Terms(all_texts(sources), parse(date.rest if date else text))
    terms.loosen()
    return terms


def _stands_in(sources: Sequence[Source], terms: Terms, words: Collection[str]) -> bool:
    """Say whether one statement has all these words."""
    if not all(terms[word].likeness for word in words):
        return False
    match = _both(*map(terms.any_of, words))
    return any(_candidates(each, _both(match, each.match), 1) for each in sources)


def _both(*matches: str) -> str:
    """Return the expression that all of these hold; those that are empty always do."""
    return " AND ".join(filter(None, matches))


def _of_date(sources: Sequence[Source], rest: str, period: str, limit: int, found: Found) -> None:
    """Find what articles of a date have on the rest of a query; on no rest at all, the best that they have."""
    published: Part = ("substr(a.published, 1, ?) = ?", (len(period), period))
    dated = [replace(each, condition=joined([each.condition, published])) for each in sources]
    if parse(rest).words:
        _by_words([replace(each, articles=()) for each in dated], rest, limit, found)
        return
    for each in dated:
        where, parameters = each.condition
        rows = each.connection.execute(
            f"SELECT s.id FROM article a JOIN statement s ON s.id >> {ARTICLE_SHIFT} = a.id"
            f" LEFT JOIN voice v ON v.id = s.voice WHERE {where} LIMIT ?",
            (*parameters, _OF_A_DATE),
        )
        answers = _answers(each, [row for (row,) in rows])
        scores = {row: round(100 * (1 - said.lack(len(said.text.split()))), 1) for row, said in answers.items()}
        found.add(_among_all(each, scores), _unmarked)


def _among_all(source: Source, scores: Mapping[int, float]) -> dict[int, float]:
    return {source.among_all(row): score for row, score in scores.items()}


def _unmarked(_: Statement) -> tuple[Span, ...]:
    return ()


def _by_words(sources: Sequence[Source], text: str, limit: int, found: Found) -> None:
    query = parse(text)
    if not query.words:
        return
    terms = Terms(all_texts(sources), query, capitalised(text))
    found.add(_scores(sources, terms, limit), partial(matches, terms=terms))
    if len(found.scores) < min(limit, _ENOUGH) and not (found.scores and len(terms.telling) == 1):
        _by_meaning(sources, terms, limit, found)


def _by_meaning(sources: Sequence[Source], terms: Terms, limit: int, found: Found) -> None:
    """Add what means the same as the query, if all the names in it are there; nothing means the same as a number."""
    if any(word[0].isdigit() for word in terms.telling):
        return
    if any(meanings.lacks_more_than(each.connection, _MOST_MADE, each.articles) for each in sources):
        return
    names = terms.names()
    if any(not terms[name].likeness for name in names):
        return
    from quotecli.library import semantic

    wanted = semantic.Wanted(all_texts(sources), terms.query)
    least = _LIKE_BESIDE if max(found.scores.values(), default=0) > 100 * LEAST_COVERAGE else 0
    for each in sources:
        narrowed = replace(each, match=_both(each.match, *map(terms.any_of, names)))
        scores = semantic.scores(narrowed, wanted, limit)
        for row in _holding(each.connection, terms.unwanted, scores):
            del scores[row]
        near = {row: round(_MEANT_SHARE * score, 1) for row, score in scores.items() if score >= least}
        found.add(_among_all(each, near), wanted.matches)


def _holding(connection: sqlite3.Connection, match: str, rows: Collection[int]) -> list[int]:
    """Return those of these statements for which an expression holds; none where it is empty."""
    if not match:
        return []
    command = "SELECT rowid FROM search WHERE search MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    return [row for (row,) in connection.execute(command, (match, json.dumps(list(rows))))]


def _hit(statement: Statement, score: float, marked: tuple[Span, ...]) -> Hit:
    fields = {name: getattr(statement, name) for name in statement.__struct_fields__}
    return Hit(**fields, score=score, matches=marked)


def _scores(sources: Sequence[Source], terms: Terms, limit: int) -> dict[int, float]:
    """Return candidates with their scores: step by step, until no later step can bring one of the best."""
    scores: dict[int, float] = {}
    scale, loose = Scale(terms), terms.loose
    most, full = max(_CANDIDATES, _FEW * limit), False
    asked: set[str] = set()
    for step in steps(terms, sources[0].match):
        if sum(score >= step.best for score in scores.values()) >= limit:
            break
        if step.match in asked or (step.sharper and not full):
            continue
        asked.add(step.match)
        if terms.loose != loose:
            scale, loose = Scale(terms), terms.loose
        wanted = min(most, _FEW * (limit - len(scores))) if step.partial else most
        full = step.sharper
        for each in sources:
            found = _candidates(each, step.match, max(limit, wanted))
            full = full or len(found) >= most
            new = [row for row in found if each.among_all(row) not in scores]
            scores |= _among_all(each, {row: scale.score(answer) for row, answer in _answers(each, new).items()})
    return {row: score for row, score in scores.items() if score}


def _candidates(source: Source, match: str, most: int) -> list[int]:
    where, parameters = source.condition
    joins = f"CROSS JOIN statement s ON s.id = search.rowid {JOINS}" if where != "1" else ""
    rows = source.connection.execute(
        f"SELECT search.rowid FROM search {joins} WHERE search MATCH ? AND {where} LIMIT ?", (match, *parameters, most)
    )
    return [row for (row,) in rows]


def _answers(source: Source, rows: list[int]) -> dict[int, Answer]:
    found = source.connection.execute(
        "SELECT s.id, s.text, s.kind, s.confidence, v.type, v.name, v.role, a.outlet FROM json_each(?) asked"
        f" CROSS JOIN statement s ON s.id = asked.value {JOINS}",
        (json.dumps(rows),),
    )
    return {
        row: Answer(restored(text) or "", kind, sure, type, around) for row, text, kind, sure, type, *around in found
    }
