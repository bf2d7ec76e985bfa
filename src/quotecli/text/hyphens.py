"""Words divided at the end of a line: is the hyphen the word's own?"""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS = re.compile(r"\w+(?:-\w+)*")
COMPOUND_HEADS = frozenset(
    "all cross ex full half high ill long low non part self semi short so vice well world".split()
)
"""First halves that keep their hyphen when a line ends behind them: "well-known", not "environ-ment"."""

NUMBERS = frozenset(
    "one two three four five six seven eight nine eleven twelve twenty thirty forty fifty sixty seventy eighty ninety"
    " first second third fourth fifth sixth seventh eighth ninth tenth nineteenth twentieth".split()
)
SHORTEST_COUNTED = 3  # letters: "second-ary", "third-ly"
NOT_COUNTED = frozenset("teen teenth teens some fold ries".split())
"""What goes on a number's word without a hyphen, as "fourteen" does."""
COMPOUND_TAILS = frozenset(
    "based led old owned related wing term year floor storey level minded faced haired known sized".split()
)


def keeps_hyphen(first: str, second: str, words: Mapping[str, int]) -> bool:
    """Whether a word that a line end divides into these halves has a hyphen of its own.

    words: how often the document has each word, in small letters: it may write the word so elsewhere.
    """
    halves = first.casefold(), second.casefold()
    whole, compound = words.get("".join(halves), 0), words.get("-".join(halves), 0)
    counted = halves[0] in NUMBERS and len(halves[1]) > SHORTEST_COUNTED and halves[1] not in NOT_COUNTED
    return compound > whole or (not whole and (halves[0] in COMPOUND_HEADS or halves[1] in COMPOUND_TAILS or counted))
