"""Where quotations are looked up: the articles that may hold some words, found fast among many."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Protocol

from quotecli.records import Article, Statement
from quotecli.text import Document, parse
from quotecli.verification.utterances import utterances
from quotecli.verification.words import Words, head, read_words

StatementsOf = Callable[[Article], Sequence[Statement]]

_WORD = re.compile(r"\w+")
_MOST_PHRASES = 12
_PHRASE = 3
_SHORTLIST = 100


def plain_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, as indexes keep them."""
    return _WORD.findall(text.lower())


class Source:
    """An article that quotations are looked up in; what costs time is computed when it is first asked for."""

    def __init__(self, article: Article, statements_of: StatementsOf) -> None:
        self.article = article
        self._statements_of = statements_of

    @property
    def text(self) -> str:
        return self.article.text

    @cached_property
    def words(self) -> Words:
        return read_words(self.text)

    @cached_property
    def heads(self) -> list[str]:
        """What each word has in common with its kin."""
        return [head(form) for form in self.words.forms]

    @cached_property
    def running(self) -> str:
        """The forms of the words as one string, each between spaces."""
        return f" {' '.join(self.words.forms)} "

    @cached_property
    def document(self) -> Document:
        return parse(self.text)

    @cached_property
    def utterances(self) -> list[int]:
        """For each word the number of the utterance that it is spoken in, -1 for words outside quotation marks."""
        return utterances(self.document, self.words)

    @cached_property
    def lower_case(self) -> frozenset[str]:
        """The forms of the words that stand somewhere without a capital: no names."""
        words = self.words
        return frozenset(
            form for form, start in zip(words.forms, words.starts, strict=True) if not self.text[start].isupper()
        )

    @cached_property
    def statements(self) -> Sequence[Statement]:
        return self._statements_of(self.article)


class Sources(Protocol):
    """What `verify` needs of a collection of articles; a library with an index over its texts can be one."""

    def candidates(self, quotation: str, limit: int) -> Sequence[Source]:
        """Return at most `limit` articles that may hold `quotation` or words like it, the likeliest first."""
        ...


class Shelf:
    """Articles held in memory, with an index of their words.

    The candidates for a quotation are the articles that hold its rarest words, and of these the ones with most of its
    three-word phrases: what a quotation costs depends on its words, hardly on the number of articles.
    """

    def __init__(self, articles: Iterable[Article], statements_of: StatementsOf) -> None:
        self._sources: list[Source] = []
        self._plain: list[str] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, article in enumerate(articles):
            words = plain_words(article.text)
            self._sources.append(Source(article, statements_of))
            self._plain.append(f" {' '.join(words)} ")
            for word in set(words):
                self._postings[word].append(number)

    def candidates(self, quotation: str, limit: int) -> Sequence[Source]:
        words = plain_words(quotation)
        shortlist = dict.fromkeys([*self._with_phrase(words, limit), *self._with_rare_words(words)])
        ranked = sorted(shortlist, key=self._phrase_counter(words), reverse=True)
        return [self._sources[number] for number in ranked[:limit]]

    def _with_phrase(self, words: Sequence[str], limit: int) -> list[int]:
        """Return articles that hold all the words in a row."""
        if not words or any(word not in self._postings for word in words):
            return []
        phrase = f" {' '.join(words)} "
        rarest, *others = sorted((self._postings[word] for word in set(words)), key=len)
        holding = set(rarest).intersection(*others)
        return list(islice((number for number in sorted(holding) if phrase in self._plain[number]), limit))

    def _with_rare_words(self, words: Sequence[str]) -> list[int]:
        found: Counter[int] = Counter()
        known = sorted((self._postings[word] for word in set(words) if word in self._postings), key=len)
        for posting in known[: max(4, len(known) * 2 // 3)]:
            weight = math.log(1 + len(self._sources) / len(posting))
            for number in posting:
                found[number] += weight  # type: ignore[assignment]
        return [number for number, _ in found.most_common(_SHORTLIST)]

    def _phrase_counter(self, words: Sequence[str]) -> Callable[[int], int]:
        """Return how to count the phrases of `words` that an article holds."""
        phrases = [f" {' '.join(words[i : i + _PHRASE])} " for i in range(max(1, len(words) - _PHRASE + 1))]
        chosen = phrases[:: max(1, len(phrases) // _MOST_PHRASES)]
        return lambda number: sum(phrase in self._plain[number] for phrase in chosen)
