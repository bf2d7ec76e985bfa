"""The library room: articles and their statements kept in one file, listed and searched."""

from quotecli.library.filters import Filters
from quotecli.library.store import Library, Outcome, default_path
from quotecli.library.upkeep import Stats

__all__ = ["Filters", "Library", "Outcome", "Stats", "default_path"]
