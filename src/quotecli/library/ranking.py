"""How well a statement answers a query, and which of its words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from quotecli.library.answers import Answer
from quotecli.library.around import words_around
from quotecli.library.index_words import has_numbers, placed_words, words
from quotecli.library.roles_asked import holds
from quotecli.library.shortlist import Terms
from quotecli.library.vocabulary import Term
from quotecli.records import JOINT, Span, Statement

LEAST_COVERAGE = 0.5
"""How much of what the library knows of a query must be there."""
_APART_SHARE = 0.2
_TURNED_SHARE = 0.03
_HALF_APART = 12
_MOST_APART = 24
"""With so many other words between them, what a query asks for is not said in one breath."""
_UNBOUND_SHARE = 0.1
_BOUND = 4
"""So many words behind a negation stands at most what it negates."""
_SENTENCE_END = re.compile(r"(?<=[.!?…;])[”\"'’)]*\s")
_GAP = ("",) * _BOUND
_BESIDE_SHARE = 0.02
_MENTIONED_SHARE = 0.03
_OTHER_THING_SHARE = 0.05
_ABOUT_AS_LIKE = 0.08
_FEWEST_WORDS = 4
"""What has only some of the query says nothing with fewer words."""

Place = tuple[int, int]
"""Where a word stands in a statement, and which word of the query it means."""


class Judged(NamedTuple):
    """How well a statement answers a query (0-100), and whether it has all that the query says, in one breath."""

    score: float
    whole: bool


_NO_ANSWER = Judged(0.0, False)


class Scale:
    """Scores statements for one query, 0-100.

    The score is how much of the query the statement, its speaker and its outlet hold: each word as far as the likest
    word there is like it, a rare word counting for more than a common one. Subtracted is a share of it:

    - up to a fifth for words of the query that stand far apart, and a little for another order of them;
    - a tenth where a negation stands, and not before the word that the query negates;
    - what makes a statement a lesser answer (see `Answer`);
    - two points where only what stands beside it has the one word asked for, unless that is a name or an office;
    - three where it only mentions who was asked for, by name or office: what they say comes first;
    - five where the word asked for begins the name of something else (see `Terms.is_other_thing`).
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._numbers = has_numbers(terms.query.words)
        self._telling = len(terms.telling)
        wanted = list(dict.fromkeys([*terms.telling, *terms.query.words]))
        self._weights = [terms.weight(word) for word in wanted]
        self._meant: dict[str, list[tuple[int, float]]] = {}
        for index, word in enumerate(wanted):
            for other, likeness in terms[word].likeness.items():
                self._meant.setdefault(other, []).append((index, likeness))
        likest = [max(terms[word].likeness.values(), default=0.0) for word in wanted]
        self._total = sum(self._weights)
        self._known = sum(weight for weight, like in zip(self._weights, likest, strict=True) if like)
        self._most = self._sum(likest)
        self._places = [terms.query.words.index(word) for word in terms.telling]
        self._persons = frozenset(terms.persons())

    def judge(self, answer: Answer, least: float = LEAST_COVERAGE) -> Judged:
        """Return how well a statement answers; 0 if less than this share of what is known of the query is there."""
        own = self._words(answer.text)
        found, places = self._found(own)
        unbound = self._unbind(found, places)
        said = self._sum(found)
        beside: list[float] = []
        if said < self._most:
            beside, _ = self._found(words_around(*answer.around))
            found = [max(pair) for pair in zip(found, beside, strict=True)]
        held = self._sum(found)
        if not held or held < least * self._known:
            return _NO_ANSWER
        apart, turned = self._apart([(place, index) for place, index in places if not (beside and beside[index])])
        lost = (
            _APART_SHARE * (1 - _HALF_APART / (_HALF_APART + apart))
            + _TURNED_SHARE * turned
            + _UNBOUND_SHARE * unbound
            + self._set_back(answer, beside if held > said else [])
            + answer.lack(len(own))
        )
        whole = all(found[: self._telling]) and apart <= _MOST_APART
        if not whole and len(own) < _FEWEST_WORDS:
            return _NO_ANSWER
        return Judged(round(100 * held / self._total * (1 - min(lost, 0.9)), 1), whole)

    def _words(self, text: str) -> list[str]:
        if self._terms.negated:
            return _in_sentences(text, numbers=self._numbers)
        return words(text, numbers=self._numbers)

    def _sum(self, found: Sequence[float]) -> float:
        """Return how much of the query is there: the weights of its words, each as like as its likest one."""
        return sum(weight * like for weight, like in zip(self._weights, found, strict=True) if like)

    def _found(self, present: Sequence[str]) -> tuple[list[float], list[Place]]:
        """Return how like each word of the query the likest of these words is, and where the telling ones stand."""
        found = [0.0] * len(self._weights)
        places: list[Place] = []
        for place, word in enumerate(present):
            for index, likeness in self._meant.get(word, ()):
                found[index] = max(found[index], likeness)
                if index < self._telling:
                    places.append((place, index))
        return found, places

    def _unbind(self, found: list[float], places: list[Place]) -> bool:
        """Take away a negation that does not stand before the word that the query negates; say whether one was."""
        unbound = [index for index in self._terms.negated if found[index] and not _is_bound(index, places)]
        for index in unbound:
            found[index] = 0.0
            places[:] = [each for each in places if each[1] != index]
        return bool(unbound)

    def _apart(self, places: Sequence[Place]) -> tuple[int, bool]:
        """Return how many other words than in the query stand between its words where they are nearest to each other
        in the statement, and whether they stand there in another order."""
        there = {index for _, index in places}
        if len(there) < 2:
            return 0, False
        first, last = _nearest(places, len(there))
        order = [index for place, index in places if first <= place <= last]
        asked = self._places[max(there)] - self._places[min(there)]
        return max(0, last - first - max(asked, len(there) - 1)), order != sorted(order)

    def _set_back(self, answer: Answer, beside: Sequence[float]) -> float:
        """Return what a statement loses that has what was asked for and is not quite it; `beside`: what of the query
        stands beside it, if that adds something."""
        name, role, _ = answer.around
        if self._terms.is_office:
            return 0.0 if holds(role, self._terms.query.words) else _MENTIONED_SHARE
        if self._persons:
            return 0.0 if self._persons.issubset(words_around(name)) else _MENTIONED_SHARE
        if self._telling > 1:
            return 0.0
        other = self._terms.is_other_thing(answer.text)
        return _BESIDE_SHARE * any(beside) * (not self._terms.names()) + _OTHER_THING_SHARE * other


def _in_sentences(text: str, *, numbers: bool) -> list[str]:
    """Return the folded words of a text with a gap between its sentences: a negation does not reach into the next."""
    return [word for sentence in _SENTENCE_END.split(text) for word in (*words(sentence, numbers=numbers), *_GAP)]


def _is_bound(index: int, places: Sequence[Place]) -> bool:
    """Say whether this word of the query stands shortly before the next one of it somewhere."""
    own = [place for place, each in places if each == index]
    return any(each == index + 1 and 0 < place - start <= _BOUND for place, each in places for start in own)


def _nearest(places: Sequence[Place], several: int) -> tuple[int, int]:
    """Return the first and the last place of the shortest stretch that has all of the several words that are there."""
    last_seen: dict[int, int] = {}
    best: tuple[int, int] = (0, places[-1][0] + 1)
    for place, index in places:
        last_seen[index] = place
        first = min(last_seen.values())
        if len(last_seen) == several and place - first < best[1] - best[0]:
            best = first, place
    return best


def matches(statement: Statement, terms: Terms) -> tuple[Span, ...]:
    """Return where the words that the query means stand in the article, in the order of the text."""
    numbers = has_numbers(terms.query.words)
    placed = [
        (word, Span(offset + start, offset + end))
        for part, offset in parts(statement)
        for word, start, end in placed_words(part, numbers=numbers)
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
