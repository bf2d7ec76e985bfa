"""Which of many articles may hold a quotation: found by an index of their words, without reading them all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import islice
from typing import Protocol

from quotecli.library.text_index import EVERY, plain_words, terms
from quotecli.records import Article

_PHRASE = 3
_MOST_PHRASES = 12
_REQUIRED_TERMS = 8
_MOST_CHECKED = 1000
_FEWEST_TERMS = 4
_MOST_POSTINGS = 6_000
_SHORTLIST = 60
_LEAST_SCORE = 0.4
_FAR_BEHIND = 3
_TEXTS_KEPT = 4096


class Index(Protocol):
    """Articles, by numbers, and the terms that they hold (see `library.passages.terms`)."""

    def __len__(self) -> int: ...

    def frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        """Return in how many articles each term stands, at least about; terms that it does not know are left out."""
        ...

    def holding(self, *terms: str) -> Iterable[int]:
        """Return the articles that hold all these terms, in their order; `EVERY` stands for all."""
        ...

    def at(self, places: Collection[str]) -> Iterable[int]:
        """Return the articles with one of these addresses or paths."""
        ...

    def article(self, number: int) -> Article:
        """Return an article."""
        ...


class Memory:
    """An index of articles held in memory."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = list(articles)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, article in enumerate(self._articles):
            for term in (EVERY, *terms(plain_words(article.text))):
                self._postings[term].append(number)

    def __len__(self) -> int:
        return len(self._articles)

    def frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        return {term: len(self._postings[term]) for term in terms if term in self._postings}

    def holding(self, *terms: str) -> Iterable[int]:
        rarest, *others = sorted((self._postings.get(term, []) for term in terms), key=len)
        return sorted(set(rarest).intersection(*others)) if others else rarest

    def at(self, places: Collection[str]) -> Iterable[int]:
        return [n for n, article in enumerate(self._articles) if article.url in places or article.path in places]

    def article(self, number: int) -> Article:
        return self._articles[number]


class Candidates:
    """Finds the articles that may hold a quotation, changed as it may be.

    These are the ones that hold all its terms, and the ones that share its rarest; of both, those that have most of its
    three-word phrases. What a quotation costs depends on how rare its words are, hardly on the number of articles.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._text = lru_cache(_TEXTS_KEPT)(self._plain)

    def numbers(self, quotation: str, limit: int) -> list[int]:
        """Return at most `limit` articles, the likeliest first."""
        words = plain_words(quotation)
        wanted = terms(words)
        known = sorted(self._index.frequencies(wanted).items(), key=lambda item: (item[1], item[0]))
        whole = [term for term, _ in known] if len(known) == len(wanted) else None
        shortlist = dict.fromkeys([*self._with_phrase(words, whole, limit), *self._with_rare_terms(known)])
        return self._likeliest(words, shortlist)[:limit]

    @cached_property
    def _articles(self) -> int:
        return len(self._index)  # the index counts them anew each time

    def _plain(self, number: int) -> str:
        return f" {' '.join(plain_words(self._index.article(number).text))} "

    def _with_phrase(self, words: Sequence[str], wanted: Sequence[str] | None, limit: int) -> Iterator[int]:
        """Return articles that hold all the words in a row; `wanted`: their terms, rarest first, if all are known."""
        if wanted is None or not words:
            return iter(())
        phrase = f" {' '.join(words)} "
        holding = self._index.holding(*(wanted[:_REQUIRED_TERMS] or [EVERY]))
        return islice((number for number in islice(holding, _MOST_CHECKED) if phrase in self._text(number)), limit)

    def _with_rare_terms(self, known: Sequence[tuple[str, int]]) -> list[int]:
        """Return the articles that share the rarest terms, by what these weigh together."""
        scores: dict[int, float] = {}
        read = 0
        for place, (term, frequency) in enumerate(known):
            read += frequency
            if place >= _FEWEST_TERMS and read > _MOST_POSTINGS:
                break
            weight = math.log(1 + self._articles / frequency)
            for number in self._index.holding(term):
                scores[number] = scores.get(number, 0.0) + weight
        least = _LEAST_SCORE * max(scores.values(), default=0.0)
        return [number for number in nlargest(_SHORTLIST, scores, scores.__getitem__) if scores[number] >= least]

    def _likeliest(self, words: Sequence[str], shortlist: Iterable[int]) -> list[int]:
        """Return those that hold most of the phrases, without those far behind the best."""
        count = self._phrase_counter(words)
        counted = sorted(((count(number), number) for number in shortlist), key=lambda each: -each[0])
        return [number for found, number in counted if found * _FAR_BEHIND >= counted[0][0]]

    def _phrase_counter(self, words: Sequence[str]) -> Callable[[int], int]:
        phrases = [f" {' '.join(words[i : i + _PHRASE])} " for i in range(max(1, len(words) - _PHRASE + 1))]
        chosen = phrases[:: max(1, len(phrases) // _MOST_PHRASES)]
        return lambda number: sum(phrase in self._text(number) for phrase in chosen)
