"""Search over the statements of libraries: by their words, then by some of them, then by what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from quotecli.library import candidates
from quotecli.library.asked_names import capitalised
from quotecli.library.dates_asked import dated
from quotecli.library.filters import Part, joined
from quotecli.library.meant import by_meaning, unmarked
from quotecli.library.orders import in_order
from quotecli.library.query import parse
from quotecli.library.ranking import matches
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.shortlist import Terms, both
from quotecli.library.speech_asked import Speech
from quotecli.library.together import Source, all_texts, rows
from quotecli.records import Hit, ListOrder, Order, Span, Statement

_ENOUGH = 5
"""With so many answers by their words, what only means the same is not looked for: that takes longer."""
_OTHERS_SHARE = 0.6
"""What others say counts for that much where somebody's words are asked for."""
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


def search(
    sources: Sequence[Source], text: str, limit: int, sort: Order = "score", speech: Speech | None = None
) -> list[Hit]:
    """Return the statements that answer the query `text` best, in the order of `sort` (see `Library.search`).

    speech: whose words it asks for; what they say comes before what others say of them.
    """
    if limit < 1:
        return []
    found, most = Found(), limit if sort == "score" else max(limit, _TO_ORDER)
    if speech is None:
        _answer(sources, text, most, found)
    else:
        _say(sources, speech, most, found)
    best = found.best(most)
    hits = [
        _hit(each, found.scores[row], found.marks[row](each))
        for row, each in zip(best, rows(sources, best), strict=True)
    ]
    return hits if sort == "score" else _ordered(hits, sort)[:limit]


def _say(sources: Sequence[Source], speech: Speech, limit: int, found: Found) -> None:
    """Find what somebody says, and behind it what others say that has all of the query, too."""
    speaker, about = speech.asked.speaker, speech.asked.about
    _answer(speech.sources, about or speaker, limit, found, of_one=True)
    terms = Terms(all_texts(sources), parse(f"{speaker} {about}"))
    judged = candidates.judged(sources, terms, limit)
    others = {row: round(_OTHERS_SHARE * each.score, 1) for row, each in judged.items() if each.whole}
    found.add({row: score for row, score in others.items() if row not in found.scores}, partial(matches, terms=terms))


def _answer(sources: Sequence[Source], text: str, limit: int, found: Found, *, of_one: bool = False) -> None:
    """Find what answers a query by its date, its words and their meaning; `of_one`: one speaker says all of it."""
    date = dated(text)
    if date:
        _of_date(sources, date.rest, date.period, limit, found)
    if len(found.scores) < limit:
        _by_words(sources, text, limit, found, of_one=of_one)
    if date and not found.scores:
        _by_words(_narrowed(sources, ("a.published IS NULL", ())), date.rest, limit, found, of_one=of_one)


def _ordered(hits: Sequence[Hit], sort: ListOrder) -> list[Hit]:
    """Return the answers in another order: those that are about as good as the best one before those that are not, so
    that the oldest, or the newest, is not one that has half of the words."""
    least = _AS_GOOD * max((hit.score for hit in hits), default=0.0)
    good = [hit for hit in hits if hit.score >= least]
    return [*in_order(good, sort), *in_order(hits[len(good) :], sort)]


def unknown_words(sources: Sequence[Source], text: str) -> list[str]:
    """Return the words of a query that none of the statements asked has, in whatever form or spelling."""
    terms = Terms(all_texts(sources), parse(_without_date(text)))
    terms.loosen()
    return [word for word in terms.telling if not _stands_in(sources, terms, word)]


def stand_whole(sources: Sequence[Source], text: str, most: int) -> int:
    """Return how many of the statements asked have all telling words of a query, in whatever form or spelling, in one
    breath; no more than so many."""
    query = _without_date(text)
    terms = Terms(all_texts(sources), parse(query), capitalised(query))
    if not terms.query.words:
        return most
    found = candidates.judged(sources, terms, most)
    return min(most, sum(each.whole for each in found.values()))


def _without_date(text: str) -> str:
    date = dated(text)
    return date.rest if date else text


def _stands_in(sources: Sequence[Source], terms: Terms, word: str) -> bool:
    """Say whether a statement has this word."""
    if not terms[word].likeness:
        return False
    return any(candidates.matching(each, both(terms.any_of(word), each.match), 1) for each in sources)


def _narrowed(sources: Sequence[Source], part: Part) -> list[Source]:
    return [replace(each, condition=joined([each.condition, part])) for each in sources]


def _of_date(sources: Sequence[Source], rest: str, period: str, limit: int, found: Found) -> None:
    """Find what articles of a date have on the rest of a query; on no rest at all, the best that they have."""
    of_then = _narrowed(sources, ("substr(a.published, 1, ?) = ?", (len(period), period)))
    if parse(rest).words:
        _by_words([replace(each, articles=()) for each in of_then], rest, limit, found)
        return
    for each in of_then:
        where, parameters = each.condition
        rows = each.connection.execute(
            f"SELECT s.id FROM article a JOIN statement s ON s.id >> {ARTICLE_SHIFT} = a.id"
            f" LEFT JOIN voice v ON v.id = s.voice WHERE {where} LIMIT ?",
            (*parameters, _OF_A_DATE),
        )
        said = candidates.answers(each, [row for (row,) in rows])
        scores = {row: round(100 * (1 - answer.lack(len(answer.text.split()))), 1) for row, answer in said.items()}
        found.add(_among_all(each, scores), unmarked)


def _among_all(source: Source, scores: Mapping[int, float]) -> dict[int, float]:
    return {source.among_all(row): score for row, score in scores.items()}


def _by_words(sources: Sequence[Source], text: str, limit: int, found: Found, *, of_one: bool = False) -> None:
    query = parse(text)
    if not query.words:
        return
    terms = Terms(all_texts(sources), query, capitalised(text))
    judged = candidates.judged(sources, terms, limit)
    whole = {row: each.score for row, each in judged.items() if each.whole}
    partly = {row: each.score for row, each in judged.items() if not each.whole}
    has_words = partial(matches, terms=terms)
    found.add(whole, has_words)
    if len(whole) < min(limit, _ENOUGH) and not (judged and len(terms.telling) == 1):
        meant = by_meaning(sources, terms, partly, limit, of_one=of_one)
        found.add({row: score for row, score in meant.scores.items() if row not in judged}, meant.matches)
        partly |= {row: meant.scores[row] for row in partly.keys() & meant.scores}
    found.add(partly, has_words)


def _hit(statement: Statement, score: float, marked: tuple[Span, ...]) -> Hit:
    fields = {name: getattr(statement, name) for name in statement.__struct_fields__}
    return Hit(**fields, score=score, matches=marked)
