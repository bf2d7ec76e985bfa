"""One speaker in full, and what the user has decided on names of speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from quotecli.library import Decision
from quotecli.output.listings import SPEAKER_CSV, Cells, table
from quotecli.output.looks import PIPE, Format, Look
from quotecli.output.plain_formats import Columns, render
from quotecli.output.safe import printable
from quotecli.output.wording import number_of
from quotecli.results import Line, Period, Profile

_BARS = "▁▂▃▄▅▆▇█"
_LABEL = 12
_NAMESAKES = 8


def render_profiles(profiles: Iterable[Profile], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield speakers in full in `format`."""
    return render(profiles, format, PROFILE_CSV, partial(_pages, look=look))


def render_decisions(decisions: Iterable[Decision], format: Format, look: Look = PIPE) -> Iterator[str]:
    """Yield decisions on names in `format`."""
    return render(decisions, format, DECISION_CSV, partial(table, cells=DECISION_CELLS, look=look))


PROFILE_CSV: Columns[Profile] = {
    **SPEAKER_CSV,
    "first": lambda profile: profile.first,
    "last": lambda profile: profile.last,
    "roles": lambda profile: "; ".join(use.role for use in profile.roles),
    "names": lambda profile: "; ".join(use.name for use in profile.names),
    "others": lambda profile: "; ".join(each.name for each in profile.others),
}

DECISION_CSV: Columns[Decision] = {
    "name": lambda decision: decision.name,
    "person": lambda decision: decision.person,
}

DECISION_CELLS: Cells[Decision] = {
    "NAME": lambda decision: decision.name,
    "IS": lambda decision: decision.person or "on its own",
}


def _pages(profiles: Iterable[Profile], look: Look) -> Iterator[str]:
    for profile in profiles:
        yield f"{printable(profile.name)}\n"
        yield f"{_counts(profile)}\n\n"
        for label, texts in _facts(profile, look):
            for number, text in enumerate(texts):
                yield from _wrapped("" if number else label, text, look)
        for line in profile.lines:
            yield from ["\n", *_wrapped("", printable(line.text), look), *_wrapped("", _places(line), look)]


def _counts(profile: Profile) -> str:
    parts = [
        profile.type,
        number_of(profile.quotes, "quote"),
        number_of(profile.claims, "claim"),
        f"in {number_of(profile.articles, 'article')}",
        _dates(profile.first, profile.last),
    ]
    return ", ".join(filter(None, parts))


def _dates(first: str | None, last: str | None) -> str:
    return printable(f"{first} – {last}" if first != last else first or "")


def _facts(profile: Profile, look: Look) -> Iterator[tuple[str, list[str]]]:
    yield (
        "roles",
        [_with(use.role, number_of(use.articles, "article"), _dates(use.first, use.last)) for use in profile.roles],
    )
    yield "names", [_with(use.name, number_of(use.articles, "article"), use.reason) for use in profile.names]
    yield "also", [printable("; ".join(_others(profile)))] if list(_others(profile)) else []
    yield "timeline", list(_timeline(profile.timeline, look))
    yield "not", [_namesakes(profile)] if profile.others else []


def _namesakes(profile: Profile) -> str:
    """Return who else may be meant, in one line."""
    listed = [f"{each.name} ({each.quotes + each.claims})" for each in profile.others[:_NAMESAKES]]
    more = len(profile.others) - len(listed)
    return printable("; ".join(listed) + (f" and {more} more" if more else ""))


def _with(what: str, *said: str | None) -> str:
    return printable(f"{what} ({', '.join(filter(None, said))})")


def _others(profile: Profile) -> Iterator[str]:
    names = {use.name for use in profile.names}
    return (alias for alias in profile.aliases if alias not in names)


def _timeline(periods: tuple[Period, ...], look: Look) -> Iterator[str]:
    """Yield a row of bars for a terminal, and for a pipe a line of numbers each."""
    if not periods:
        return
    numbers = [each.quotes + each.claims for each in periods]
    if look.width is None:
        yield from (f"{each.period}  {number}" for each, number in zip(periods, numbers, strict=True) if number)
        return
    top = max(numbers)
    bars = "".join(_BARS[-(-number * (len(_BARS) - 1) // top)] if number else " " for number in numbers)
    busiest = periods[numbers.index(top)].period
    first, last = periods[0].period, periods[-1].period
    yield f"{bars}  {_dates(first, last)}" + (f", most in {busiest} ({top})" if first != last else f" ({top})")


def _places(line: Line) -> str:
    places = [f"in {number_of(line.articles, 'article')}" if line.articles > 1 else "", _dates(line.first, line.last)]
    return "  ".join(filter(None, (line.id, ", ".join(filter(None, places)))))


def _wrapped(label: str, text: str, look: Look) -> Iterator[str]:
    """Yield a text behind its label, wrapped to the terminal."""
    if look.width is None:
        yield f"{label:<{_LABEL}}{text}\n"
        return
    from rich.text import Text

    from quotecli.output.terminal import Grid

    yield Grid(look, (_LABEL - 2, None)).row(Text(label, style="dim"), Text(text))
