"""Whether a text has capital letters: without them its names do not stand out."""

from __future__ import annotations

import re

_SAMPLE = 20_000
_FEWEST_LETTERS = 80
_SHARE = 0.003
"""Of the letters; of ordinary English text 0.02 are capitals and more."""

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_LETTER = re.compile(r"[^\W\d_]")


def lacks_capitals(text: str) -> bool:
    """Whether a text is written without capital letters, a stray one apart."""
    sample = text[:_SAMPLE]
    capitals = len(_CAPITAL.findall(sample))
    if capitals > _SHARE * len(sample):
        return False
    letters = len(_LETTER.findall(sample))
    return letters >= _FEWEST_LETTERS and capitals <= _SHARE * letters
