"""How well a statement answers a query, and which of its words do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from rapidfuzz.fuzz import partial_ratio

from quotecli.library.candidates import Terms
from quotecli.library.vocabulary import Term
from quotecli.library.words import STOP_WORDS, placed_words, words
from quotecli.records import JOINT, Span, Statement

LEAST_COVERAGE = 0.6
_STOP_WORD_WEIGHT = 0.1
_ORDER_SHARE = 0.1
_LENGTH_SHARE = 0.01
_BESIDE_SHARE = 0.02
_LONG = 60
_ABOUT_AS_LIKE = 0.08


class Scale:
    """Scores statements for one query, 0-100.

    Nine tenths are how much of the query the statement, its speaker and its outlet hold, each word as like as its
    likest one there; one tenth is how like the query the likest stretch of them is, letter by letter and in order
    (rapidfuzz's `partial_ratio`); a long statement loses up to one point to a short one, and one that does not say
    itself what its speaker's or outlet's name says loses two.
    """

    def __init__(self, terms: Terms) -> None:
        wanted = dict.fromkeys(terms.query.words)
        self._weighted = [(_likest_first(terms[word]), self._weight(word, terms)) for word in wanted]
        self._total = sum(weight for _, weight in self._weighted)
        self._most = self._coverage(frozenset(meanings[0][0] for meanings, _ in self._weighted if meanings))
        self._query = " ".join(terms.query.words)

    @staticmethod
    def _weight(word: str, terms: Terms) -> float:
        return _STOP_WORD_WEIGHT if word in STOP_WORDS and word not in terms.telling else 1.0

    def score(self, text: str, around: Callable[[], Sequence[str]]) -> float:
        """Return the score of a statement's text, 0 if too little of the query is there.

        around: gives the words of its speaker and outlet; only asked where they can add to what the text says.
        """
        present = own = words(text)
        coverage = said = self._coverage(frozenset(own))
        if coverage < self._most:
            present = [*own, *around()]
            coverage = self._coverage(frozenset(present))
        if coverage < LEAST_COVERAGE:
            return 0.0
        order = partial_ratio(self._query, " ".join(present)) / 100
        length = min(len(own) / _LONG, 1.0)
        lost = _ORDER_SHARE * (1 - order) + _LENGTH_SHARE * length + _BESIDE_SHARE * (coverage > said)
        return round(100 * coverage * (1 - lost), 1)

    def _coverage(self, present: frozenset[str]) -> float:
        found = 0.0
        for meanings, weight in self._weighted:
            found += weight * next((likeness for word, likeness in meanings if word in present), 0.0)
        return found / self._total


def _likest_first(term: Term) -> list[tuple[str, float]]:
    return sorted(term.likeness.items(), key=lambda item: -item[1])


def matches(statement: Statement, terms: Terms) -> tuple[Span, ...]:
    """Return where the words that the query means stand in the article, in the order of the text."""
    placed = [
        (word, Span(offset + start, offset + end))
        for part, offset in parts(statement)
        for word, start, end in placed_words(part)
    ]
    present = {word for word, _ in placed}
    wanted = {word for phrase in terms.query.phrases for word in phrase}
    wanted = wanted.union(*(_meant(terms[asked], present) for asked in terms.telling))
    return tuple(dict.fromkeys(span for word, span in placed if word in wanted))


def _meant(term: Term, present: Set[str]) -> Iterator[str]:
    """Yield the words of a statement that a word of the query means: the likest, and others about as like."""
    found = {word: likeness for word, likeness in term.likeness.items() if word in present}
    least = max(found.values(), default=0.0) - _ABOUT_AS_LIKE
    return (word for word, likeness in found.items() if likeness >= least)


def parts(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield the parts of a statement's text, each with its place in the article."""
    position = 0
    for span in statement.content:
        length = span.end - span.start
        yield statement.text[position : position + length], span.start
        position += length + len(JOINT)
