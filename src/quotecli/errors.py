"""What can go wrong, as exceptions that say what happened and what to try."""

from __future__ import annotations

from typing import Literal

Setting = Literal[
    "document_bytes",
    "seconds",
    "depth",
    "characters",
    "articles",
    "memory",
    "extraction_seconds",
    "any_language",
    "text_column",
    "library",
    "decisions",
]
"""What an error depends on that the caller may set: a limit that was met, or a wish."""


class QuotecliError(Exception):
    """Base of all errors that quotecli raises on purpose; its text is one line for a person.

    setting: which limit was met, or what else would make it go otherwise; null where nothing does.
    """

    def __init__(self, message: str = "", *, setting: Setting | None = None) -> None:
        super().__init__(message)
        self.setting = setting


class UsageError(QuotecliError):
    """The request itself makes no sense: an unknown format, a bad date, two options that exclude each other."""


class InputError(QuotecliError):
    """One input cannot be read; the other inputs are not affected."""


class ModelError(QuotecliError):
    """The tagging model is missing or cannot be run."""


class LibraryError(QuotecliError):
    """The library file is unusable: not a quotecli library, damaged, locked, or not writable."""


class DamagedError(LibraryError):
    """The library file is damaged: what is in it is not what was written."""


class NotFoundError(QuotecliError):
    """No article or statement has the id that was asked for."""
