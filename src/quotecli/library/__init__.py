"""The library room: articles and their statements kept in one file, listed and searched."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when a name is first used: who searches needs nothing that stores
    from quotecli.library.decisions import Decision
    from quotecli.library.exchange import Entry, Outcome
    from quotecli.library.filters import Filters
    from quotecli.library.lookup import Passages
    from quotecli.library.opening import default_path
    from quotecli.library.store import Library
    from quotecli.library.upkeep import Stats

__all__ = ["Decision", "Entry", "Filters", "Library", "Outcome", "Passages", "Stats", "default_path"]

_HOMES = {
    "Decision": "decisions",
    "Entry": "exchange",
    "Filters": "filters",
    "Library": "store",
    "Outcome": "exchange",
    "Passages": "lookup",
    "Stats": "upkeep",
    "default_path": "opening",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
