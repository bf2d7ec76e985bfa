"""The library room: articles and their statements kept in one file, listed and searched."""

from quotecli.library.filters import Filters
from quotecli.library.store import Library, Outcome, default_path

__all__ = ["Filters", "Library", "Outcome", "default_path"]
