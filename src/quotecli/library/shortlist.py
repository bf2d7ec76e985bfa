"""Which statements may answer a query: a few hundred, from the search index, the likeliest first.

The index is asked step by step, from the strictest reading of the query to the loosest: the words themselves; then with
other endings and typos; then with some of the words missing, but never a name. What a query costs therefore depends on
its words, not on the size of the library. Only where a step finds more than can be ranked is the index asked again, for
the words side by side.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import islice, starmap

import msgspec

from quotecli.library import vocabulary
from quotecli.library.asked_names import Names, is_common, names_of
from quotecli.library.index_words import STOP_WORDS
from quotecli.library.query import Query
from quotecli.library.roles_asked import holds
from quotecli.library.together import Texts
from quotecli.library.vocabulary import Term

_NEARNESS = 8
_MOST_READINGS = 12
_MOST_PAIRED = 3
_ABOUT_AS_LIKE = 0.08
_COMMONER = 10
_STOP_WORD_WEIGHT = 0.03
_OTHERS = 97
"""What others say of somebody who was asked for scores no more."""
_LONGEST_OFFICE = 4
_ROLES_LOOKED_AT = 20


class Step(msgspec.Struct, frozen=True):
    """One question to the index.

    match: an FTS5 expression.
    best: no statement that this step finds and the steps before it did not scores more (0-100).
    sharper: it finds a part of what the last other step finds, so it need not be asked when that one has told all.
    partial: what it finds lacks a word of the query.
    """

    match: str
    best: float
    sharper: bool = False
    partial: bool = False


class Terms:
    """The words of a query, looked up in the vocabulary as far as a step needs it."""

    def __init__(self, library: Texts, query: Query, capitals: Set[str] = frozenset()) -> None:
        """`capitals`: the words that the query writes with a capital, as far as that means something."""
        self._library = library
        self._capitals = capitals
        self._names: Names | None = None
        self._known: dict[str, Term] = {}
        self.query = query
        telling = tuple(dict.fromkeys(word for word in query.words if word not in STOP_WORDS))
        self.telling = telling or tuple(dict.fromkeys(query.words))
        self.loose = False

    def __getitem__(self, word: str) -> Term:
        if word not in self._known:
            term = vocabulary.same(self._library, word)
            self._known[word] = vocabulary.like(self._library, term) if self.loose else term
        return self._known[word]

    def weight(self, word: str) -> float:
        """Return how much a word tells, 1 or less: a common one tells less than a rare one, a stop word hardly any."""
        if word in STOP_WORDS and word not in self.telling:
            return _STOP_WORD_WEIGHT
        return vocabulary.weight(self[word].frequency)

    @property
    def unwanted(self) -> str:
        """The expression that a statement has something that the query excludes; empty where it excludes nothing."""
        return " OR ".join(_unwanted(self, words) for words in self.query.without)

    def names(self) -> Sequence[str]:
        """Return the telling words that are names which were asked for: what lacks one of them is no answer."""
        return self._named.required

    def persons(self) -> Sequence[str]:
        """Return those of the telling words that are of people's names."""
        return self._named.persons

    @property
    def _named(self) -> Names:
        if self._names is None:
            self._names = names_of(self._library, {word: self[word] for word in self.telling}, self._capitals)
        return self._names

    @property
    def negated(self) -> list[int]:
        """Which of the telling words are negations of the next one."""
        return [place for place, word in enumerate(self.telling[:-1]) if word in vocabulary.NEGATIONS]

    @cached_property
    def is_office(self) -> bool:
        """Whether the query is an office and nothing else, which somebody who speaks holds."""
        words = self.query.words
        if not words or self.query.phrases or len(words) > _LONGEST_OFFICE or self.persons():
            return False
        rows = self._library.execute(
            f"SELECT v.role FROM search CROSS JOIN statement s ON s.id = search.rowid JOIN voice v ON v.id = s.voice"
            f" WHERE search MATCH ? LIMIT {_ROLES_LOOKED_AT}",
            (f"speaker : {_quoted(*words)}",),
        )
        return any(holds(role, words) for (role,) in islice(rows, _ROLES_LOOKED_AT))

    @property
    def by_those_asked_for(self) -> str:
        """The expression that somebody says it whom the query names, by name or office; empty where it names nobody."""
        if self.is_office:
            return f"speaker : {_quoted(*self.query.words)}"
        return " AND ".join(f"speaker : {self.any_of(word)}" for word in self.persons())

    def is_other_thing(self, text: str) -> bool:
        """Say whether the one word of the query only begins names of other things in a text: "wall", in "Wall Street".

        A word that the library hardly ever writes small is a name itself, and what a query writes with a capital, too.
        """
        found = self._common_word.findall(text) if self._common_word else []
        return bool(found) and all(word[0].isupper() and behind for word, behind in found)

    @cached_property
    def _common_word(self) -> re.Pattern[str] | None:
        """What finds the one word of the query, with the beginning of a name behind it; None where it is a name."""
        (word, *others) = self.telling
        if others or word in self._capitals or not word.isalpha() or not is_common(self._library, word):
            return None
        return re.compile(rf"(?<!\w)((?i:{word}))(?!\w)( [A-Z])?")

    def any_of(self, word: str) -> str:
        """Return the expression that a statement has the word, or another that it may mean."""
        return any_of(self[word].likeness)

    def loosen(self) -> None:
        """From now on, a word also means the words that begin like it and those that it may be a misspelling of; a stop
        word only does where the library does not know it."""
        self.loose = True
        self._known = {
            word: vocabulary.like(self._library, term) if word in self.telling or not term.likeness else term
            for word, term in self._known.items()
        }


def steps(terms: Terms, match: str = "") -> Iterator[Step]:
    """Yield the questions to ask, the strictest first; the later ones are only worked out when they are wanted.

    match: an expression that must hold as well; empty: none.
    """
    restrict = _restriction(terms, match)
    several = len(terms.query.words) > 1
    others = 100.0
    if (asked_for := terms.by_those_asked_for) and (found := _all(terms)):
        yield Step(restrict(f"{asked_for} AND {found[0]}"), 100)
        others = _OTHERS
    for best, expressions, sharper in _readings(terms):
        if not sharper or several:
            for expression in expressions(terms):
                yield Step(restrict(expression), min(best, others), sharper)
    for best, expression in _partial(terms):
        yield Step(restrict(expression), best, partial=True)


Reading = tuple[float, Callable[[Terms], Sequence[str]], bool]


def _readings(terms: Terms) -> Iterator[Reading]:
    yield 100, _all, False
    yield 100, _side_by_side, True
    yield 99, _near_each_other, True
    terms.loosen()
    yield 97, _all, False
    yield 97, _side_by_side, True


def _partial(terms: Terms) -> Iterator[tuple[float, str]]:
    """Yield what finds statements with some of the query's words: its rarest two, then one of them, always beside the
    names in it; each with the best score that it can bring."""
    total = sum(map(terms.weight, terms.telling))
    known = [word for word in terms.telling if terms[word].likeness]
    if len(terms.telling) < 2 or not known:
        return
    names = terms.names()
    if any(not terms[name].likeness for name in names):
        return
    others = sorted((word for word in known if word not in names), key=lambda word: terms[word].frequency)
    rarest = others[:_MOST_PAIRED]
    chosen = [*itertools.combinations(rarest, 2), *((word,) for word in rarest), ()]
    for wanted in ([*names, *each] for each in chosen):
        if wanted and len(wanted) < len(terms.telling):
            for expression in _all_of(terms, wanted):
                yield 100 * sum(map(terms.weight, wanted)) / total, expression


def _all(terms: Terms) -> Sequence[str]:
    return _all_of(terms, terms.telling)


def _side_by_side(terms: Terms) -> Sequence[str]:
    readings = [_quoted(*reading) for reading in _likeliest(terms, terms.query.words)]
    return [" OR ".join(readings)] if readings else []


def _near_each_other(terms: Terms) -> Sequence[str]:
    if len(terms.telling) < 2:
        return []
    readings = _likeliest(terms, terms.telling)
    near = [f"NEAR({' '.join(map(_quoted, reading))}, {_NEARNESS + len(reading)})" for reading in readings]
    return [" OR ".join(near)] if near else []


def _likeliest(terms: Terms, wanted: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the likeliest ways to read these words as words of the library, none if one of them has no meaning."""
    choices = [_likely(terms[word]) for word in wanted]
    while math.prod(map(len, choices)) > _MOST_READINGS:
        max(choices, key=len).pop()
    return list(itertools.product(*choices))


def _likely(term: Term) -> list[str]:
    """Return the likely meanings of a word, the likeliest first: the likest ones, and those that are much commoner.

    A word that is known may be a typo for a common one, and is hardly ever one for a rare one.
    """
    least = max(term.likeness.values(), default=0.0) - _ABOUT_AS_LIKE
    common = _COMMONER * sum(term.counts[word] for word, likeness in term.likeness.items() if likeness >= least)
    likely = [word for word, likeness in term.likeness.items() if likeness >= least or term.counts[word] > common]
    return sorted(likely, key=lambda word: (-term.likeness[word], -term.counts[word]))


def _all_of(terms: Terms, wanted: Sequence[str]) -> Sequence[str]:
    if not all(terms[word].likeness for word in wanted):
        return []
    return [" AND ".join(any_of(terms[word].likeness) for word in wanted)]


def _restriction(terms: Terms, match: str) -> Callable[[str], str]:
    """Return what adds `match`, the phrases and the unwanted words of the query to an expression."""
    required = "".join(f" AND {each}" for each in [*starmap(_quoted, terms.query.phrases), match] if each)
    excluded = f" NOT ({terms.unwanted})" if terms.unwanted else ""
    return lambda expression: f"(({expression}){required}){excluded}"


def _unwanted(terms: Terms, words: Sequence[str]) -> str:
    return any_of(terms[words[0]].likeness or words) if len(words) == 1 else _quoted(*words)


def both(*matches: str) -> str:
    """Return the expression that all of these hold; those that are empty always do."""
    return " AND ".join(filter(None, matches))


def any_of(words: Iterable[str]) -> str:
    """Return the expression that one of these words (or phrases) is there."""
    return f"({' OR '.join(map(_quoted, words))})"


def _quoted(*words: str) -> str:
    return f'"{" ".join(words)}"'
