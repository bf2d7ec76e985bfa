"""The patterns of patterns.txt, by section."""

from __future__ import annotations

import re
from functools import cache

from quotecli.word_lists import read_sections


@cache
def sections() -> dict[str, str]:
    """Return each section as one alternation."""
    found = read_sections("attribution", "sourcing", "patterns.txt")
    platforms = f"(?:{'|'.join(found['platforms'])})"
    return {name: "|".join(lines).replace("PLATFORM", platforms) for name, lines in found.items()}


@cache
def pattern(name: str, *, exact: bool = False) -> re.Pattern[str]:
    """Return what finds the words of a section; exact: capitals count."""
    return re.compile(rf"\b(?:{sections()[name]})\b", re.NOFLAG if exact else re.IGNORECASE)
