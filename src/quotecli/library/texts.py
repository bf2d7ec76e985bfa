"""Search over the texts of the articles, also for words that stand in no statement.

The index of texts tells which articles hold the words of a query; those are read, and of each the paragraph that has
most of it is shown. Articles with all the words come first, then those that lack one of them, but never a name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import pairwise

import msgspec
from rapidfuzz.fuzz import partial_ratio

from quotecli.library import text_index, vocabulary
from quotecli.library.asked_names import capitalised, names_of
from quotecli.library.index_words import forms, one_typo, stem, typos_allowed
from quotecli.library.query import Query, parse
from quotecli.library.shortlist import any_of
from quotecli.library.together import Source, Texts, all_texts
from quotecli.records import Article, Order, Span
from quotecli.results import PassageHit

_MOST_READ = 100
"""So many articles with all the words are read, the last added first."""
_MOST_MEANINGS = 24
_SHORTEST_PREFIX = 3
_ARTICLE_SHARE = 60
_PARAGRAPH_SHARE = 40
_ORDER_SHARE = 0.2


class Asked(msgspec.Struct):
    """A query, looked up in the index of texts.

    meanings: for each of its telling words the terms of the index that it may mean.
    weights: how much each tells, 1 or less: a common one less than a rare one.
    names: the words without which nothing is an answer.
    """

    query: Query
    meanings: dict[str, frozenset[str]]
    weights: dict[str, float]
    names: Set[str]

    @classmethod
    def of(cls, library: Texts, text: str) -> Asked:
        """Look the words of a query up."""
        query = parse(text, text_index.plain_words)
        found = {word: _meanings(library, word) for word in _telling(query)}
        weights = {word: vocabulary.weight(sum(known.values())) for word, known in found.items()}
        said = {word: term for word in found if (term := vocabulary.same(library, word)).likeness}
        names: Set[str] = frozenset()
        if len(found) > 1:
            names = {*names_of(library, said, frozenset()).required, *(capitalised(text) & found.keys())}
        return cls(query, {word: frozenset(known) for word, known in found.items()}, weights, frozenset(names))

    def share(self, present: Collection[str]) -> float:
        """Return how much of the query words are, 0-1."""
        found = sum(self.weights[word] for word, known in self.meanings.items() if not known.isdisjoint(present))
        return found / sum(self.weights.values())

    def steps(self) -> Iterator[str]:
        """Yield the expressions for the index: that all the words are there, then all but one, the commonest first."""
        if not self.meanings:
            return
        if all(self.meanings.values()):
            yield self._match(self.meanings)
        if any(not self.meanings[name] for name in self.names):
            return
        known = [word for word, found in self.meanings.items() if found]
        missing = len(self.meanings) - len(known)
        dropped = [word for word in sorted(known, key=self.weights.__getitem__) if word not in self.names]
        for rest in [known] if missing else [[each for each in known if each != word] for word in dropped]:
            if rest and 2 * sum(self.weights[word] for word in rest) >= sum(self.weights.values()):
                yield self._match(rest)

    def _match(self, wanted: Collection[str]) -> str:
        phrases = [term for phrase in self.query.phrases for term in text_index.terms(phrase)]
        parts = [*(self.meanings[word] for word in wanted), *({term} for term in phrases)]
        match = " AND ".join(any_of(sorted(terms)) for terms in parts)
        without = [
            words[0] for words in self.query.without if len(words) == 1 and words[0] not in text_index.STOP_WORDS
        ]
        return match + "".join(f' NOT "{word}"' for word in without)

    def admits(self, words: Sequence[str]) -> bool:
        """Say whether a text with these words has the phrases of the query, and nothing that it excludes."""
        if not self.query.phrases and not self.query.without:
            return True
        joined = f" {' '.join(words)} "
        has_phrases = all(f" {' '.join(phrase)} " in joined for phrase in self.query.phrases)
        return has_phrases and not any(f" {' '.join(unwanted)} " in joined for unwanted in self.query.without)


def search_texts(sources: Sequence[Source], text: str, limit: int, sort: Order = "score") -> list[PassageHit]:
    """Return the articles whose texts answer the query `text` best, in the order of `sort` (of articles there is only
    `date` and `first`), each with its best paragraph.

    sources: the libraries, with which of their articles are asked, as conditions in SQL over `article a`.
    """
    asked = Asked.of(all_texts(sources), text)
    hits: dict[int, PassageHit | None] = {}
    for match in asked.steps():
        if sum(map(bool, hits.values())) >= limit:
            break
        for source in sources:
            for row in _holding(source, match):
                number = source.article_among_all(row)
                if number not in hits:
                    hits[number] = _hit(source.reader.article(row), asked)
    ranked = sorted((-hit.score, number) for number, hit in hits.items() if hit)
    best = [hit for _, number in ranked[:limit] if (hit := hits[number])]
    if sort in ("date", "first"):
        best.sort(key=lambda hit: hit.article.published or "", reverse=sort == "date")
        best.sort(key=lambda hit: hit.article.published is None)
    return best


def unknown_words(sources: Sequence[Source], text: str) -> list[str]:
    """Return the telling words of a query that none of these texts has, in no form and with no letter wrong."""
    meanings = Asked.of(all_texts(sources), text).meanings
    return [
        word
        for word, found in meanings.items()
        if not found or not any(_holding(source, any_of(sorted(found)), 1) for source in sources)
    ]


def _telling(query: Query) -> list[str]:
    """Return the words to look for; of stop words alone, their pairs, as the index has them."""
    telling = [word for word in query.words if word not in text_index.STOP_WORDS]
    return list(dict.fromkeys(telling or (f"{one}·{other}" for one, other in pairwise(query.words))))


def _meanings(library: Texts, word: str) -> Counter[str]:
    """Return the terms that a word may mean, each with the number of texts that have it: its forms; where no text has
    one, what begins so; where nothing does, what has one letter wrong."""
    found = _known(library, {word, stem(word), *forms(stem(word))})
    if not found and len(word) >= _SHORTEST_PREFIX:
        rows = library.execute(
            "SELECT term, doc FROM passage_term WHERE term >= ? AND term < ? LIMIT ?",
            (word, word + "\U0010ffff", _MOST_MEANINGS),
        )
        found = _counted(rows)
    if not found and typos_allowed(word):
        found = _known(library, one_typo(word) | one_typo(stem(word)))
    return found


def _known(library: Texts, words: Collection[str]) -> Counter[str]:
    command = "SELECT t.term, t.doc FROM json_each(?) word CROSS JOIN passage_term t ON t.term = word.value"
    return _counted(library.execute(command, (json.dumps(sorted(words)),)))


def _counted(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for term, articles in rows:
        found[term] += articles
    return found


def _holding(source: Source, match: str, most: int = _MOST_READ) -> list[int]:
    where, parameters = source.condition
    rows = source.connection.execute(
        "SELECT p.rowid FROM passage p CROSS JOIN article a ON a.id = p.rowid"
        f" WHERE p.passage MATCH ? AND {where} ORDER BY p.rowid DESC LIMIT ?",
        (match, *parameters, most),
    )
    return [row for (row,) in rows]


def _hit(article: Article, asked: Asked) -> PassageHit | None:
    """Return the best paragraph of an article; None where the article is no answer."""
    from quotecli.text import see
    from quotecli.text.paragraphs import find_paragraphs

    plain = text_index.plain_words(article.text)
    if not asked.admits(plain):
        return None
    seen = see(article.text)
    wanted = " ".join(asked.query.words)
    ranked = []
    for place in find_paragraphs(seen.text):
        words = text_index.plain_words(seen.text[place.start : place.end])
        if share := asked.share(_terms(asked, words)):
            order = partial_ratio(wanted, " ".join(words)) / 100
            ranked.append((share * (1 - _ORDER_SHARE * (1 - order)), share, seen.span(place)))
    if not ranked:
        return None
    worth, most, best = max(ranked, key=lambda each: each[0])
    return PassageHit(
        article=article.ref,
        text=article.text[best.start : best.end],
        start=best.start,
        end=best.end,
        score=round(_ARTICLE_SHARE * asked.share(_terms(asked, plain)) + _PARAGRAPH_SHARE * worth, 1),
        matches=tuple(_matches(article.text, best, asked)),
        also=tuple(place for _, share, place in ranked if share == most and place != best),
    )


def _terms(asked: Asked, words: Sequence[str]) -> Set[str]:
    """Return the terms of these words, as far as the query can ask for them."""
    return text_index.terms(words) if any("·" in word for word in asked.meanings) else frozenset(words)


def _matches(text: str, place: Span, asked: Asked) -> Iterator[Span]:
    wanted = {part for known in asked.meanings.values() for term in known for part in term.split("·")}
    wanted.update(word for phrase in asked.query.phrases for word in phrase)
    for word, start, end in text_index.placed(text[place.start : place.end]):
        if word in wanted:
            yield Span(place.start + start, place.start + end)
