"""The words of the index: counting them, and finding those that a word of a query may mean.

A query looks up some hundred words for each of its own, however many words the library knows: the other forms of a word
and its beginning with one typo are made and looked for, and words with one beginning stand side by side.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from quotecli.library.index_words import forms, kindred, one_typo, root, stem, typos_allowed
from quotecli.library.schema import insert_many
from quotecli.library.together import Texts

SAME_STEM = 0.97
NEGATED = 0.95
PREFIX = 0.92
SAME_ROOT = 0.88
TYPO = 0.9
TYPO_OF_A_FORM = 2.0
"""Who writes another form of a word that the library has mostly means that; who writes one that it has, always."""
_MOST_WORDS = 24
_MOST_SCANNED = 20000
_SHORTEST_PREFIX = 3
_HEAD = 5


NEGATIONS = frozenset(
    """
    not never arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt wasnt werent wont wouldnt
    """.split()
)
"""One means the others: who asks for "not qualified" is content with "isn't qualified"."""


class Term(msgspec.Struct, frozen=True):
    """A word of a query with the words of the library that it may mean.

    likeness: for each of these words how like the query's word it is, 0-1 (1: the same word).
    counts: how often each of them stands in the statements.
    """

    word: str
    likeness: Mapping[str, float]
    counts: Mapping[str, int]

    @property
    def frequency(self) -> int:
        """An upper bound of the number of statements that hold one of these words."""
        return sum(self.counts.values())


def weight(frequency: int) -> float:
    """Return how much a word tells that stands in so many statements (or texts), 1 or less."""
    return 1 / (1 + math.log10(1 + frequency))


def count(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Add these words, each with how often it stands in the statements (negative to take away)."""
    command = "INSERT INTO word VALUES {} ON CONFLICT (text) DO UPDATE SET count = count + excluded.count"
    in_order = [(word, counts[word]) for word in sorted(counts)]  # that of the table: several times as fast
    insert_many(connection, command, in_order)


def same(library: Texts, word: str) -> Term:
    """Return the word itself and the other forms of it, as far as the library knows them."""
    base = stem(word)
    meant = {
        **dict.fromkeys(NEGATIONS if word in NEGATIONS else (), NEGATED),
        **dict.fromkeys(kindred(base), SAME_ROOT),
        **dict.fromkeys(forms(base), SAME_STEM),
    }
    meant |= {base: SAME_STEM, word: 1.0}
    return _term(word, {other: (meant[other], number) for other, number in _counted(library, meant).items()})


def _counted(library: Texts, words: Iterable[str]) -> Counter[str]:
    """Return how often each of these words stands in the statements, if it does."""
    found: Counter[str] = Counter()
    command = "SELECT text, count FROM word WHERE text IN (SELECT value FROM json_each(?)) AND count > 0"
    for word, number in library.execute(command, (json.dumps(list(words)),)):
        found[word] += number
    return found


def like(library: Texts, exact: Term) -> Term:
    """Return what `exact` has, and the words that begin like it or that it may be a misspelling of; a number means
    itself."""
    word = exact.word
    if word[:1].isdigit():
        return exact
    found = {other: (likeness, exact.counts[other]) for other, likeness in exact.likeness.items()}
    known = bool(found)
    typo = 0.0 if word in found else TYPO_OF_A_FORM if known else TYPO
    misspelt = _misspelt(library, word, known=known) if typo else ()
    for other, number in (*_beginnings(library, word, known=known), *misspelt):
        likeness = _likeness(word, other, typo)
        if likeness and number > 0 and (likeness, number) > found.get(other, (0.0, 0)):
            found[other] = (likeness, number)
    best = sorted(found, key=lambda other: (-found[other][0], -found[other][1], other))[:_MOST_WORDS]
    counts = _counted(library, best)  # what was read is of one library
    return _term(word, {other: (found[other][0], counts[other]) for other in best})


def _term(word: str, found: Mapping[str, tuple[float, int]]) -> Term:
    likeness = {other: likeness for other, (likeness, _) in found.items()}
    return Term(word, likeness, {other: number for other, (_, number) in found.items()})


Counted = Iterable[tuple[str, int]]


def _beginning_with(library: Texts, word: str, most: int = _MOST_WORDS) -> Counted:
    """The commonest words that begin with `word`."""
    return library.execute(
        "SELECT text, count FROM word WHERE text >= ? AND text < ? ORDER BY count DESC LIMIT ?",
        (word, word + "\U0010ffff", most),
    )


def _beginnings(library: Texts, word: str, *, known: bool) -> Counted:
    """The commonest words that begin with `word`, and those that begin as it does but for its ending."""
    if len(word) < _SHORTEST_PREFIX and (known or len(word) < 2):
        return ()
    beginning = root(word)
    return (*_beginning_with(library, word), *(_beginning_with(library, beginning) if beginning != word else ()))


def _misspelt(library: Texts, word: str, *, known: bool) -> Counted:
    """The words that `word` may be a misspelling of; of the shortest ones only where the library has no form of it."""
    allowed = _allowed(word)
    if not allowed or (known and len(word) < 4):
        return ()
    rows = _nearly_beginning(library, word) if len(word) > _HEAD else _one_typo_away(library, word)
    found = [row for row in rows if _typos(word, row[0])]
    if found or known or allowed < 2:
        return found
    return [row for row in _beginning_with(library, word[:2], _MOST_SCANNED) if _typos(word, row[0])]


def _one_typo_away(library: Texts, word: str) -> Counted:
    return library.execute(
        "SELECT text, count FROM word WHERE text IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(one_typo(word) | one_typo(stem(word)))),),
    )


def _nearly_beginning(library: Texts, word: str) -> Counted:
    """The words that begin as `word` does, with at most one typo in its first letters and any number after them."""
    heads = {word[:_HEAD], *(head[:_HEAD] for head in one_typo(word[: _HEAD + 1]))}
    return library.execute(
        "SELECT DISTINCT text, count FROM json_each(?) head"
        " CROSS JOIN word ON text >= head.value AND text < head.value || '\U0010ffff'",
        (json.dumps(sorted(heads)),),
    )


def _likeness(word: str, other: str, typo: float) -> float:
    """Return how like two words are: by the letters to type on, by their root, and by the letters that are wrong, each
    of which costs `typo`; 0: they are not looked at."""
    if other.startswith(word):
        return PREFIX * (0.75 + 0.25 * len(word) / len(other))
    typos = _typos(word, other) if typo else 0
    misspelt = 1.0 - typo * typos / max(len(word), len(other)) if typos else 0.0
    return max(misspelt, SAME_ROOT if root(word) == root(other) else 0.0)


def _typos(word: str, other: str) -> int:
    """Return how many letters are wrong, in the words or (one more) in their stems; 0: none, or too many."""
    from rapidfuzz.distance import OSA  # most words have no letter wrong

    allowed = _allowed(word)
    distance = OSA.distance(word, other, score_cutoff=allowed)
    if distance > allowed:
        distance = 1 + OSA.distance(stem(word), stem(other), score_cutoff=allowed)
    return distance if distance <= allowed + 1 else 0


def _allowed(word: str) -> int:
    """Return how many letters may be wrong; one also in words of two letters, which are looked up like the shortest."""
    return 1 if len(word) == 2 and word.isalpha() else typos_allowed(word)
