"""Words divided at the end of a line: is the hyphen the word's own?"""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS = re.compile(r"\w+(?:-\w+)*")
COMPOUND_HEADS = frozenset(
    "all cross ex full half high ill long low non part self semi short so vice well world".split()
)
"""First halves that keep their hyphen when a line ends behind them: "well-known", not "environ-ment"."""


def keeps_hyphen(first: str, second: str, words: Mapping[str, int]) -> bool:
    """Whether a word that a line end divides into these halves has a hyphen of its own.

    words: how often the document has each word, in small letters: it may write the word so elsewhere.
    """
    halves = first.casefold(), second.casefold()
    whole, compound = words.get("".join(halves), 0), words.get("-".join(halves), 0)
    return compound > whole or (not whole and halves[0] in COMPOUND_HEADS)
