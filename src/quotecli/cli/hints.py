"""Which option raises the limit that something met, or sets what else would make it go otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from quotecli.errors import QuotecliError, Setting
from quotecli.records import Skipped

HINTS: Mapping[Setting, str] = {
    "document_bytes": "--max-bytes",
    "seconds": "--max-seconds",
    "depth": "--max-depth",
    "characters": "--max-characters",
    "articles": "--max-articles",
    "memory": "--max-memory",
    "extraction_seconds": "--max-extraction",
    "any_language": "--any-language reads it all the same",
    "text_column": "--text-column NAME",
    "library": "--library takes another file",
    "decisions": "--list shows what was",
}


def hinted(reason: str, setting: Setting | None) -> str:
    """Return a reason with the option that belongs to it, in its last brackets."""
    if setting is None:
        return reason
    return f"{reason[:-1]}; {HINTS[setting]})" if reason.endswith(")") else f"{reason} ({HINTS[setting]})"


def message_of(error: QuotecliError) -> str:
    """Return what an error says, with the option that belongs to it."""
    return hinted(str(error), error.setting)


def reason_of(found: Skipped) -> str:
    """Return why an input was not read, with the option that belongs to it."""
    return hinted(found.reason, found.setting)
