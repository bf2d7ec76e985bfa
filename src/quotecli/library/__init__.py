"""The library room: articles and their statements kept in one file, listed and searched."""

from quotecli.library.decisions import Decision
from quotecli.library.exchange import Entry, Outcome
from quotecli.library.filters import Filters
from quotecli.library.lookup import Passages
from quotecli.library.store import Library, default_path
from quotecli.library.upkeep import Stats

__all__ = ["Decision", "Entry", "Filters", "Library", "Outcome", "Passages", "Stats", "default_path"]
