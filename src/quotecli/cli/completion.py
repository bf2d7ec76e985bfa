"""What TAB offers from the library: speakers, outlets, ids."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from quotecli.errors import QuotecliError

if TYPE_CHECKING:
    from quotecli.library import Library

_MOST = 100
_SPECIAL = re.compile(r"[^\w.,:/@%+-]")


def speakers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names of speakers that begin so, or what of them does: a surname."""
    return _offered(ctx, lambda library: _beginning(incomplete, (each.name for each in library.speakers())))


def outlets(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the outlets that begin so."""
    return _offered(ctx, lambda library: _beginning(incomplete, library.outlets()))


def articles(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of articles that begin so."""
    return _offered(ctx, lambda library: (each.id for each in library.articles() if each.id.startswith(incomplete)))


def articles_and_statements(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of articles that begin so; behind a whole one, those of its statements."""
    return _offered(ctx, lambda library: _ids(library, incomplete))


def _ids(library: Library, incomplete: str) -> Iterator[str]:
    from quotecli.library import Filters

    yield from (each.id for each in library.articles() if each.id.startswith(incomplete))
    name, dash, _ = incomplete.rpartition("-")
    if dash:
        digest = library.article(name).digest
        yield from (
            each.id for each in library.statements(Filters(digests=(digest,))) if each.id.startswith(incomplete)
        )


def _beginning(incomplete: str, names: Iterable[str]) -> Iterator[str]:
    wanted = incomplete.casefold()
    for name in names:
        words = name.split()
        ends = (" ".join(words[first:]) for first in range(len(words)))
        found = next((end for end in ends if end.casefold().startswith(wanted)), None)
        if found:
            yield found


def _offered(ctx: typer.Context, find: Callable[[Library], Iterable[str]]) -> list[str]:
    """Return some of what is found in the library that the command would ask; nothing where there is none."""
    from itertools import islice

    from quotecli.library import Library, default_path

    named = ctx.params.get("library")
    path = (named[0] if isinstance(named, list | tuple) and named else named) or default_path()
    found: dict[str, None] = {}
    with suppress(QuotecliError, OSError):
        if os.path.exists(path):  # noqa: PTH110 - a str goes in
            with Library(path) as library:
                found = dict.fromkeys(islice(find(library), _MOST))
    return list(map(_typed, found))


def _typed(name: str) -> str:
    """Return a name as it is typed; bash puts what it is given into the line as it is."""
    is_bash = os.environ.get("_QUOTECLI_COMPLETE") == "complete_bash"
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", name) if is_bash else name
