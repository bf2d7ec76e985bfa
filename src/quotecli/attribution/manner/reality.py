"""Whether what is attributed was said (thought, asked …), was not, or only may be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from quotecli.attribution.manner.choice import Head
from quotecli.attribution.manner.cue_words import WordsAround
from quotecli.attribution.manner.lexicon import (
    ADVERBS,
    CARRIERS,
    CONDITIONS,
    HABITS,
    MODALS,
    NEGATORS,
    NOBODY,
    NOT_REALLY_NEGATORS,
    OPEN,
    UNDONE,
    WISHES,
    base,
)
from quotecli.records import Reported

_NOTHING = frozenset("no none nothing".split())
_NEGATING_PAIRS = frozenset(
    [("yet", "to"), ("rather", "than"), ("instead", "of"), ("short", "of"), ("too", "to"), ("help", "but")]
)
_NEGATED_BEFORE = frozenset("nor neither".split())
_INVERTED = frozenset("are did do does had has have is was were".split())
_GOVERNORS = UNDONE | OPEN | CARRIERS
_BETWEEN = ADVERBS | MODALS | frozenset(("to", "from", "of", "than", "instead", "short"))
_CLOSE = 3
"""A conjunction that governs the clause stands at most so many words before the source ("whether or not")."""


def reported(words: WordsAround, head: Head) -> Reported:
    """Return whether the article reports the head's act as done: negations count first, two cancel each other."""
    group = _group(words, head)
    negations = _negations(group, head.base) + sum(word in _NOTHING for word in head.behind)
    negations += words.source[:1] != [] and words.source[0].lower() in NOBODY
    negations += any(word in _NEGATED_BEFORE for word in words.condition[-_CLOSE:])
    negations += words.condition[-2:] == ["not", "that"]
    if negations:
        return "negated" if negations % 2 else "affirmed"
    return "hypothetical" if _is_open(group, head) or _is_conditional(words) else "affirmed"


def _group(words: WordsAround, head: Head) -> list[str]:
    """Return the words before the head that belong to it: those of the cue, and auxiliaries and adverbs before that."""
    outer = list(takewhile(_belongs, reversed(words.lead)))
    return [*reversed(outer), *head.before]


def _belongs(word: str) -> bool:
    return word in _BETWEEN or word.endswith("ly") or base(word) in _GOVERNORS


def _negations(group: Sequence[str], head: str) -> int:
    followed = list(pairwise([*group, head]))
    negators = sum(word in NEGATORS and following not in NOT_REALLY_NEGATORS for word, following in followed)
    pairs = sum(pair in _NEGATING_PAIRS for pair in followed)
    return negators + pairs + sum(base(word) in UNDONE for word in group)


def _is_open(group: Sequence[str], head: Head) -> bool:
    """Whether a modal or a plan ("is expected to") says that it has not been done yet."""
    if any(base(word) in OPEN and following == "to" for word, following in pairwise(group)):
        return True
    wished = "have" not in group and (head.base in WISHES or not WISHES.isdisjoint(group))
    if wished or not HABITS.isdisjoint(group):
        return False
    return any(word in MODALS for word in group)


def _is_conditional(words: WordsAround) -> bool:
    before = words.condition[-_CLOSE:]
    if not CONDITIONS.isdisjoint(before):
        return True
    return any(word in MODALS or (words.asked and word in _INVERTED) for word in before[-1:])
