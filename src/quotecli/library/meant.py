"""What means something like a query, where few statements have all its words.

What has some of the words and what only means the same are judged alike, half by words and half by meaning: a sentence
that says the whole thing in other words is a better answer than one that happens to share two of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import nlargest
from operator import itemgetter

import msgspec
from msgspec.structs import replace

from quotecli.library import candidates, meanings
from quotecli.library.query import Query
from quotecli.library.ranking import Scale
from quotecli.library.shortlist import Terms, both
from quotecli.library.together import Source, all_texts
from quotecli.records import Span, Statement

_MOST_MADE = 5000
"""The meanings of so many statements, where the library does not keep them yet, are worked out for one search."""
_MOST_COMPARED = 4000
"""In a library of more articles all statements are only compared with a query where little has some of its words: that
takes a third of a second a million."""
_LITTLE = 5
_LOOKED_AT, _JUDGED = 300, 50
"""So many of the statements nearest to the query are compared with it in full, and so many of these judged by words."""
_WORDS_SHARE = 0.5
_LEAST_OF_ONE = 0.22
"""What one speaker says needs to be less like the query than what anybody says: it is he or she who was asked for."""


def unmarked(_: Statement) -> tuple[Span, ...]:
    """Return what is marked of a statement where no words found it: nothing."""
    return ()


class Meant(msgspec.Struct, frozen=True):
    """Answers by their row ids with their scores (0-100), and what marks the words that are like those of the query."""

    scores: dict[int, float] = {}
    matches: Callable[[Statement], tuple[Span, ...]] = unmarked


def by_meaning(
    sources: Sequence[Source], terms: Terms, partly: Mapping[int, float], limit: int, *, of_one: bool
) -> Meant:
    """Return what means something like the query, and has all the names in it; and how well those answer it that have
    some of its words. Nothing is like a number in meaning.

    partly: what has some of the words, by its row id among those of all libraries, and how well it answers by them.
    of_one: the statements are all one speaker's; they need no names.
    """
    names = () if of_one else terms.names()
    if any(word[0].isdigit() for word in terms.telling) or any(not terms[name].likeness for name in names):
        return Meant()
    if any(meanings.lacks_more_than(each.connection, _MOST_MADE, each.articles) for each in sources):
        return Meant()
    from quotecli.library import semantic

    wanted, scale = semantic.Wanted(all_texts(sources), terms.query if of_one else _without_people(terms)), Scale(terms)
    if not wanted.is_telling:
        return Meant()
    least = _LEAST_OF_ONE if of_one else semantic.LEAST
    found: dict[int, float] = {}
    for each in sources:
        by_words = {row: partly[each.among_all(row)] for row in each.own(partly)}
        narrowed = replace(each, match=both(each.match, *map(terms.any_of, names)))
        like = {}
        if len(partly) < _LITTLE or not meanings.more_than(each.connection, _MOST_COMPARED):
            found_like = semantic.scores(narrowed, wanted, limit, least, _LOOKED_AT)
            like = dict(nlargest(max(_JUDGED, 2 * limit), found_like.items(), key=itemgetter(1)))
            for row in _holding(each.connection, terms.unwanted, like):
                del like[row]
        like |= semantic.likeness(each.connection, wanted, list(by_words))
        answers = candidates.answers(each, list(like.keys() - by_words))
        by_words |= {row: scale.judge(answer, least=0.0).score for row, answer in answers.items()}
        found |= {
            each.among_all(row): round(_WORDS_SHARE * by_words[row] + (1 - _WORDS_SHARE) * like[row], 1) for row in like
        }
    return Meant(found, wanted.matches)


def _without_people(terms: Terms) -> Query:
    """Return what is left of a query without the people in it: they must be there anyway, as who speaks or in words."""
    left = tuple(word for word in terms.query.words if word not in terms.persons())
    return replace(terms.query, words=left) if any(word in terms.telling for word in left) else terms.query


def _holding(connection: sqlite3.Connection, match: str, rows: Collection[int]) -> list[int]:
    """Return those of these statements for which an expression holds; none where it is empty."""
    if not match:
        return []
    command = "SELECT rowid FROM search WHERE search MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    return [row for (row,) in connection.execute(command, (match, json.dumps(list(rows))))]
