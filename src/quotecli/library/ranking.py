"""How well a statement answers a query, and which of its words do."""

from __future__ import annotations

from collections.abc import Iterator, Set

from rapidfuzz.fuzz import partial_ratio

from quotecli.library.answers import Answer
from quotecli.library.around import words_around
from quotecli.library.index_words import placed_words, words
from quotecli.library.shortlist import Terms
from quotecli.library.vocabulary import Term
from quotecli.records import JOINT, Span, Statement

LEAST_COVERAGE = 0.5
"""How much of what the library knows of a query must be there."""
_ORDER_SHARE = 0.2
_BESIDE_SHARE = 0.02
_ABOUT_AS_LIKE = 0.08


class Scale:
    """Scores statements for one query, 0-100.

    Four fifths are how much of the query the statement, its speaker and its outlet hold: each word as far as the likest
    word there is like it, a rare word counting for more than a common one. One fifth is how like the query the likest
    stretch of them is, letter by letter and in order (rapidfuzz's `partial_ratio`). Subtracted is what makes a
    statement a lesser answer (see `Answer`), and two points where only what stands beside it has the one word asked
    for, unless that is a name.
    """

    def __init__(self, terms: Terms) -> None:
        wanted = dict.fromkeys(terms.query.words)
        self._weighted = [(_likest_first(terms[word]), terms.weight(word)) for word in wanted]
        self._total = sum(weight for _, weight in self._weighted)
        self._known = sum(weight for meanings, weight in self._weighted if meanings)
        self._most = self._found(frozenset(meanings[0][0] for meanings, _ in self._weighted if meanings))
        self._query = " ".join(terms.query.words)
        self._beside = _BESIDE_SHARE if len(terms.telling) == 1 and not terms.names() else 0.0

    def score(self, answer: Answer) -> float:
        """Return the score of a statement, 0 if too little of the query is there."""
        present = own = words(answer.text)
        found = said = self._found(frozenset(own))
        if found < self._most:
            present = [*own, *words_around(*answer.around)]
            found = self._found(frozenset(present))
        if not found or found < LEAST_COVERAGE * self._known:
            return 0.0
        order = partial_ratio(self._query, " ".join(present)) / 100
        lost = _ORDER_SHARE * (1 - order) + self._beside * (found > said) + answer.lack(len(own))
        return round(100 * found / self._total * (1 - lost), 1)

    def _found(self, present: frozenset[str]) -> float:
        """Return how much of the query is there: the weights of its words, each as like as its likest one."""
        found = 0.0
        for meanings, weight in self._weighted:
            found += weight * next((likeness for word, likeness in meanings if word in present), 0.0)
        return found


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
