"""Where quotations are looked up: the articles that may hold some words, found fast among many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Protocol, runtime_checkable

from quotecli.records import Article, Statement
from quotecli.text import Document, parse
from quotecli.verification.compared_words import Words, head, read_words
from quotecli.verification.prefilter import Candidates, Index, Memory
from quotecli.verification.utterances import utterances

StatementsOf = Callable[[Article], Sequence[Statement]]

_SOURCES_KEPT = 512


class Numbered:
    """Words as numbers, equal where the words are."""

    def __init__(self, words: Sequence[str]) -> None:
        import numpy as np

        self._numbers: dict[str, int] = {}
        numbers = (self._numbers.setdefault(word, len(self._numbers)) for word in words)
        self.all = np.fromiter(numbers, dtype=np.int32, count=len(words))

    def of(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of other words; -1 for those that are not among these."""
        return [self._numbers.get(word, -1) for word in words]


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
    def numbered_forms(self) -> Numbered:
        """The forms of the words as numbers: every quotation is laid along them."""
        return Numbered(self.words.forms)

    @cached_property
    def numbered_heads(self) -> Numbered:
        """The same of their heads."""
        return Numbered(self.heads)

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


@runtime_checkable
class Sources(Protocol):
    """What `verify` needs of a collection of articles; a library with an index over its texts can be one."""

    def candidates(self, quotation: str, limit: int) -> Sequence[Source]:
        """Return at most `limit` articles that may hold `quotation` or words like it, the likeliest first."""
        ...

    def at(self, places: Collection[str]) -> Sequence[Source]:
        """Return the articles with one of these addresses or paths."""
        ...


class Indexed:
    """Articles found by an index of their words: those of a library, or some held in memory (`Corpus`)."""

    def __init__(self, index: Index, statements_of: StatementsOf) -> None:
        self._index = index
        self._candidates = Candidates(index)
        self._source = lru_cache(_SOURCES_KEPT)(lambda number: Source(index.article(number), statements_of))

    def candidates(self, quotation: str, limit: int) -> Sequence[Source]:
        return [self._source(number) for number in self._candidates.numbers(quotation, limit)]

    def at(self, places: Collection[str]) -> Sequence[Source]:
        return [self._source(number) for number in self._index.at(places)]


class Corpus(Indexed):
    """Articles held in memory."""

    def __init__(self, articles: Iterable[Article], statements_of: StatementsOf) -> None:
        super().__init__(Memory(articles), statements_of)
