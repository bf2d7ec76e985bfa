"""One speaker in full: roles and names over time, what is quoted most, and how much in which month."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import msgspec

from quotecli.library.best_role import plain_role
from quotecli.library.identities import Named
from quotecli.library.index_words import words
from quotecli.library.packing import restored
from quotecli.library.reading import JOINS
from quotecli.library.repeats import Repeats, keys, runs
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.speakers import Tally, said_by, summary, tallies
from quotecli.library.together import Source, rows
from quotecli.records import Statement
from quotecli.results import Line, NameUse, Period, Profile, RoleUse

_MOST_MONTHS = 36
"""So many months are shown one by one, more of them by years."""
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?(?!\d)")
_COMPARED = 60
"""Of so many quotations that seem to be repeated most the other places are looked up."""


class _Said(msgspec.Struct, array_like=True):
    """A statement of the speaker, as far as it counts here."""

    row: int
    kind: str
    text: str
    name: str
    role: str | None
    published: str | None  # as much of the date as is known

    @property
    def article(self) -> int:
        return self.row >> ARTICLE_SHIFT


def profile(sources: Sequence[Source], person: Named, repeats: Repeats, most: int) -> Profile:
    """Return what the statements asked for tell of a person, with at most `most` lines."""
    theirs = said_by(sources, person.names)
    said = [each for source in theirs for each in _said(source)]
    tally = Tally()
    for each in tallies(theirs).values():
        tally.add(each)
    first, last = _span(said)
    return Profile(
        **msgspec.structs.asdict(summary(person.name, tally)),
        first=first,
        last=last,
        roles=tuple(_roles(said)),
        names=tuple(_names(said, person)),
        lines=tuple(_lines(sources, [each for each in said if each.kind == "quote"], repeats, most)),
        timeline=tuple(_timeline(said)),
    )


def _said(source: Source) -> Iterator[_Said]:
    where, parameters = source.condition
    rows = source.connection.execute(
        f"SELECT s.id, s.kind, s.text, v.name, v.role, a.published FROM statement s {JOINS} WHERE {where}", parameters
    )
    for row, kind, *texts in rows:
        text, name, role, published = map(restored, texts)
        date = _DATE.match(published or "")
        yield _Said(source.among_all(row), kind, cast(str, text), cast(str, name), role, date[0] if date else None)


def _span(said: Iterable[_Said]) -> tuple[str | None, str | None]:
    """Return the first and the last date, as days."""
    dates = [each.published for each in said if each.published]
    return min(dates, default=None), max(dates, default=None)


def _roles(said: Iterable[_Said]) -> Iterator[RoleUse]:
    """Yield the roles, the latest first; those that differ in case alone are one."""
    spelt: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        if each.role and plain_role(each.role):
            spelt[each.role.casefold()].append(each)
    found = []
    for uses in spelt.values():
        commonest = Counter(each.role for each in uses).most_common(1)[0][0]
        first, last = _span(uses)
        articles = len({each.article for each in uses})
        found.append(RoleUse(role=cast(str, commonest), first=first, last=last, articles=articles))
    yield from sorted(found, key=lambda use: (use.last or "", use.articles, use.role), reverse=True)


def _names(said: Iterable[_Said], person: Named) -> Iterator[NameUse]:
    articles: dict[str, set[int]] = defaultdict(set)
    for each in said:
        articles[each.name].add(each.article)
    for name in sorted(articles, key=lambda name: (-len(articles[name]), name)):
        yield NameUse(name=name, articles=len(articles[name]), reason=person.names.get(name))


def _lines(sources: Sequence[Source], quotes: Sequence[_Said], repeats: Repeats, most: int) -> Iterator[Line]:
    """Yield what is quoted in most articles, each quotation once; of equals the wholly quoted and the latest first."""
    spoken = {each.row: words(each.text) for each in quotes}
    shared = Counter(key for own in spoken.values() for key in keys(own))
    likely = sorted(
        quotes,
        key=lambda each: (
            max((shared[run] for run in runs(spoken[each.row])), default=0),
            each.published or "",
            -each.row,
        ),
        reverse=True,
    )
    statements = rows(sources, [each.row for each in likely[: max(_COMPARED, most)]])
    found: list[tuple[Line, bool, set[str]]] = []
    for statement, others in zip(statements, repeats.of(statements), strict=True):
        places = [statement, *others]
        found.append((_line(places), statement.form == "direct", {each.id for each in places}))
    found.sort(key=lambda each: (-each[0].articles, not each[1]))
    told: set[str] = set()
    for line, _, ids in found:
        if most and not ids & told:
            most -= 1
            told |= ids
            yield line


def _line(places: Sequence[Statement]) -> Line:
    earliest = min(places, key=lambda each: (each.article.published or "9", each.id))
    dates = [each.article.published[:10] for each in places if each.article.published]
    return Line(
        id=earliest.id,
        text=earliest.text,
        articles=len({each.id.rpartition("-")[0] for each in places}),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def _timeline(said: Sequence[_Said]) -> Iterator[Period]:
    """Yield each month (each year, where they are many) from the first to the last; what has no date is left out."""
    months = sorted({each.published[:7] for each in said if each.published and len(each.published) >= len("2023-10")})
    years = sorted({each.published[:4] for each in said if each.published})
    if not years:
        return
    every_month = list(_months(months[0], months[-1])) if months else []
    by_month = 0 < len(every_month) <= _MOST_MONTHS and {month[:4] for month in every_month} >= set(years)
    periods = every_month if by_month else [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    counts = Counter((each.published[: len(periods[0])], each.kind) for each in said if each.published)
    for period in periods:
        yield Period(period=period, quotes=counts[period, "quote"], claims=counts[period, "claim"])


def _months(first: str, last: str) -> Iterator[str]:
    (year, month), end = map(int, first.split("-")), tuple(map(int, last.split("-")))
    while (year, month) <= end:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
