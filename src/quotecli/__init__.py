"""quotecli: who said what, and what was claimed, in news articles.

    import quotecli

    for article, statements in quotecli.extract_all(quotecli.load(["news/"])):
        for statement in statements:
            print(statement.speaker and statement.speaker.name, statement.text)

Everything public is here; what is needed of the rest is imported when it is first used, so `import quotecli` is fast.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # type checkers read these lines as they stand, `_homes` when a name is first used
    from quotecli.errors import (
        InputError as InputError,
        LibraryError as LibraryError,
        ModelError as ModelError,
        NotFoundError as NotFoundError,
        QuotecliError as QuotecliError,
        UsageError as UsageError,
    )
    from quotecli.library import Filters as Filters, Library as Library
    from quotecli.loading import load as load, samples as samples
    from quotecli.output.frames import frame as frame
    from quotecli.pipeline import extract as extract, extract_all as extract_all
    from quotecli.records import (
        Article as Article,
        ArticleRef as ArticleRef,
        ArticleSummary as ArticleSummary,
        Draft as Draft,
        Figure as Figure,
        Hit as Hit,
        Link as Link,
        Mention as Mention,
        Skipped as Skipped,
        Span as Span,
        Speaker as Speaker,
        Statement as Statement,
    )
    from quotecli.results import (
        Change as Change,
        Evidence as Evidence,
        Line as Line,
        NameUse as NameUse,
        PassageHit as PassageHit,
        Period as Period,
        Profile as Profile,
        RoleUse as RoleUse,
        SpeakerSummary as SpeakerSummary,
        Verdict as Verdict,
    )
    from quotecli.verification import verify as verify

__version__ = "0.2.0"


@cache
def _homes() -> dict[str, str]:
    """Return where each public name is from, as the imports above say: so each stands here once."""
    import ast
    from importlib.util import find_spec

    loader = find_spec(__name__).loader  # type: ignore[union-attr]  # it is imported
    source = loader.get_source(__name__)  # type: ignore[union-attr]  # a file's loader, or an archive's, has it
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return {
        alias.name: node.module
        for node in imports
        if node.module and node.module.startswith(f"{__name__}.")
        for alias in node.names
    }


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name == "__all__":
        return [*_homes(), "__version__"]
    if name.startswith("_") or name not in _homes():
        raise AttributeError(f"module 'quotecli' has no attribute {name!r}")
    value: object = getattr(import_module(_homes()[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_homes()})
