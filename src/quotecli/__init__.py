"""quotecli: who said what, and what was claimed, in news articles.

    import quotecli

    for article in quotecli.load(["news/"]):
        if isinstance(article, quotecli.Article):
            for statement in quotecli.extract(article):
                print(statement.speaker and statement.speaker.name, statement.text)

Everything public is here; what is needed of the rest is imported when it is first used, so `import quotecli` is fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotecli.errors import InputError, LibraryError, ModelError, NotFoundError, QuotecliError, UsageError
    from quotecli.library import Filters, Library
    from quotecli.loading import load, samples
    from quotecli.pipeline import extract
    from quotecli.records import (
        Article,
        ArticleRef,
        ArticleSummary,
        Change,
        Draft,
        Evidence,
        Figure,
        Hit,
        Line,
        Link,
        Mention,
        NameUse,
        Period,
        Profile,
        RoleUse,
        Skipped,
        Span,
        Speaker,
        SpeakerSummary,
        Statement,
        Verdict,
    )
    from quotecli.verification import verify

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleRef",
    "ArticleSummary",
    "Change",
    "Draft",
    "Evidence",
    "Figure",
    "Filters",
    "Hit",
    "InputError",
    "Library",
    "LibraryError",
    "Line",
    "Link",
    "Mention",
    "ModelError",
    "NameUse",
    "NotFoundError",
    "Period",
    "Profile",
    "QuotecliError",
    "RoleUse",
    "Skipped",
    "Span",
    "Speaker",
    "SpeakerSummary",
    "Statement",
    "UsageError",
    "Verdict",
    "__version__",
    "extract",
    "load",
    "samples",
    "verify",
]

_ROOMS = {
    "errors": ("InputError", "LibraryError", "ModelError", "NotFoundError", "QuotecliError", "UsageError"),
    "library": ("Filters", "Library"),
    "loading": ("load", "samples"),
    "pipeline": ("extract",),
    "records": (
        "Article",
        "ArticleRef",
        "ArticleSummary",
        "Change",
        "Draft",
        "Evidence",
        "Figure",
        "Hit",
        "Line",
        "Link",
        "Mention",
        "NameUse",
        "Period",
        "Profile",
        "RoleUse",
        "Skipped",
        "Span",
        "Speaker",
        "SpeakerSummary",
        "Statement",
        "Verdict",
    ),
    "verification": ("verify",),
}
_HOME = {name: f"quotecli.{room}" for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'quotecli' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
