"""The same quotation in several articles: found by a few of its words, and told from other sentences.

A quotation is sketched when it is stored: three words that stand side by side are a run, and up to three of its runs,
from its beginning, its middle and its end, are its keys. Of two tellings of one quotation, one shortened or changed in
a word or two, nearly always a key of one is among the runs of the other; what has one is then compared word by word.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from quotecli.library import together
from quotecli.library.index_words import STOP_WORDS, stem, words
from quotecli.library.packing import restored
from quotecli.library.schema import ARTICLE_SHIFT, insert_many
from quotecli.library.together import Source
from quotecli.records import Statement

if TYPE_CHECKING:  # who is who is asked where a quotation has others alone
    from quotecli.library.people import Person

_RUN = 3
_BITS = 0x7FFFFFFF  # what SQLite keeps in four bytes
_MOST_SHARING = 1000
"""Of so many that share a key, the first are compared: it is a quotation that everybody has, or a phrase."""

_SHORTEST = 4
"""Fewer words are said again and again, and mean another thing each time."""
_SHORTEST_CHANGED = 6
_SHORTEST_OF_OTHERS = 8
"""So many words are one quotation also where one article gives them to nobody, or to somebody's organisation."""
_WORDS_A_CHANGE = 6
_FEWEST_TELLING = 3

_INSERTED = re.compile(r"(?<!\S)\[[^\]]*\](?!\w)")
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "[": None, "]": None})
_CONTRACTED = {"'re": " are", "'ll": " will", "'ve": " have", "'m": " am", "n't": " not"}
_CONTRACTION = re.compile(r"(?<=\w)(?:'re|'ll|'ve|'m|n't)\b", re.IGNORECASE)
_FILLERS = frozenset(
    """a an the this that these those who which and but so well also just really very it of is are was were be been am
    have has had do does did""".split()
)
"""Words that a telling of a quotation may have more or less, or instead of each other."""
_BRITISH = ((re.compile("our"), "or"), (re.compile("(?<=.)is(?=e|i|ation)"), "iz"), (re.compile("tre$"), "ter"))


def runs(spoken: Sequence[str]) -> list[int]:
    """Return a number for each three neighbours among a quotation's folded words; none for the shortest quotations."""
    return list(map(_number, spoken, spoken[1:], spoken[2:])) if _runs_in(spoken) else []


def keys(spoken: Sequence[str]) -> list[int]:
    """Return the keys that a quotation is stored under: one to three of its runs, far apart; none for the shortest."""
    last = _runs_in(spoken) - 1
    if last < 0:
        return []
    places = (0, last // 2, last) if last >= _RUN * 2 else (0, last) if last >= _RUN else (0,)
    return [_number(spoken[place], spoken[place + 1], spoken[place + 2]) for place in places]


def _runs_in(spoken: Sequence[str]) -> int:
    return len(spoken) - _RUN + 1 if len(spoken) >= _SHORTEST else 0


def _number(first: str, second: str, third: str) -> int:
    return crc32(f"{first} {second} {third}".encode()) & _BITS


def enter(connection: sqlite3.Connection, sketches: Iterable[tuple[int, int]]) -> None:
    """Store sketches `(key, statement)`; by their keys, for in the order of the table many at once are fastest."""
    in_order = sorted(sketches, key=lambda sketch: float(sketch[0]))  # numbers alone compare faster, and floats fastest
    insert_many(connection, "INSERT OR IGNORE INTO sketch VALUES {}", in_order)


def take_out(connection: sqlite3.Connection, ends: tuple[int, int]) -> None:
    """Take out the sketches of the statements from one row id to another, while these are still there."""
    rows = connection.execute("SELECT id, text FROM statement WHERE id >= ? AND id < ? AND kind = 'quote'", ends)
    sketches = [(key, row) for row, text in rows for key in keys(words(restored(text) or ""))]
    connection.executemany("DELETE FROM sketch WHERE key = ? AND statement = ?", sketches)


class Repeats:
    """The other places of quotations, in libraries or in some of their articles."""

    def __init__(self, sources: Sequence[Source], people: Callable[[Iterable[str]], Mapping[str, Person]]) -> None:
        """`people`: what tells whom each of some names means."""
        self._sources = sources
        self._whom_they_mean = people
        self._people: dict[str, str] = {}

    def of(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Return for each of `statements` the other statements that say the same, the earliest published first."""
        sketched = [set(runs(words(each.text))) if each.kind == "quote" else set() for each in statements]
        sharing = self._sharing(set().union(*sketched))
        found = [sorted({row for key in own for row in sharing[key]}) for own in sketched]
        found = [rows if len(rows) > 1 else [] for rows in found]  # one is the quotation itself
        rows = sorted(set().union(*found))
        others = dict(zip(rows, together.rows(self._sources, rows), strict=True))
        alike = [
            list(self._alike(each, [others[row] for row in rows])) for each, rows in zip(statements, found, strict=True)
        ]
        told = [said for each, same in zip(statements, alike, strict=True) if same for said in (each, *same)]
        self._learn(said.speaker.name for said in told if said.speaker)  # whom names mean is asked for these alone
        return [
            sorted(
                (other for other in same if self._may_be_one(each, other)),
                key=lambda other: (other.article.published or "9", other.id),
            )
            for each, same in zip(statements, alike, strict=True)
        ]

    def _sharing(self, wanted: Iterable[int]) -> dict[int, list[int]]:
        """Return for each key the row ids of the statements that have it."""
        command = "SELECT statement FROM sketch JOIN statement ON id = statement WHERE key = ? LIMIT ?"
        found: dict[int, list[int]] = {key: [] for key in sorted(wanted)}
        for source in self._sources:
            chosen = None if source.articles is None else frozenset(source.articles)
            without = source.reader.without
            for key, own in found.items():
                for (row,) in source.connection.execute(command, (key, _MOST_SHARING)):
                    article = row >> ARTICLE_SHIFT
                    if article not in without and (chosen is None or article in chosen):
                        own.append(source.among_all(row))
        return found

    def _learn(self, names: Iterable[str]) -> None:
        new = {name for name in names if name not in self._people}
        people = self._whom_they_mean(new) if new else {}
        self._people |= {name: people[name].name if name in people else name for name in new}

    def _alike(self, statement: Statement, others: Iterable[Statement]) -> Iterator[Statement]:
        """Yield the other statements with the same words, whoever says them."""
        spoken = _spoken(statement.text)
        for other in others:
            if other.id != statement.id and same_words(spoken, _spoken(other.text)):
                yield other

    def _may_be_one(self, one: Statement, other: Statement) -> bool:
        """Whether one person may say both: the same, or in many words one of whom an article does not tell the name."""
        a, b = one.speaker, other.speaker
        if a and b and self._people[a.name] == self._people[b.name]:
            return True
        if min(len(_spoken(one.text)), len(_spoken(other.text))) < _SHORTEST_OF_OTHERS:
            return False
        return not (a and b and a.type == b.type and a.type in ("person", "organisation"))


@lru_cache(maxsize=4096)
def _spoken(text: str) -> tuple[str, ...]:
    """Return the folded words of a quotation, without what a quoter put into brackets, contractions in full."""
    plain = _INSERTED.sub(" ", text).translate(_PLAIN)
    return tuple(words(_CONTRACTION.sub(lambda match: _CONTRACTED[match[0].lower()], plain)))


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two quotations are one: the same words, or one cut shorter, or told with small words or the forms
    of words changed. Another negation, number or other word makes another sentence."""
    short, long = sorted((tuple(one), tuple(other)), key=lambda spoken: (len(spoken), spoken))
    if short == long:
        return len(short) >= _SHORTEST
    if len(short) < _SHORTEST_CHANGED or sum(word not in STOP_WORDS for word in short) < _FEWEST_TELLING:
        return False
    if _stands_in(short, long):
        return True
    changes = list(_changes(short, long))
    changed = sum(max(len(ours), len(theirs)) for ours, theirs in changes)
    return changed <= max(1, len(short) // _WORDS_A_CHANGE) and all(_is_small(*change) for change in changes)


def _stands_in(short: Sequence[str], long: Sequence[str]) -> bool:
    size = len(short)
    return any(long[start : start + size] == short for start in range(len(long) - size + 1))


def _changes(short: Sequence[str], long: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the words that stand against each other, but for what the longer one has more at its beginning and end."""
    from rapidfuzz.distance import Levenshtein  # few quotations have others with some of their words

    for edit in Levenshtein.opcodes(short, long):
        more_at_an_end = edit.tag == "insert" and edit.src_start in (0, len(short))
        if edit.tag != "equal" and not more_at_an_end:
            yield short[edit.src_start : edit.src_end], long[edit.dest_start : edit.dest_end]


def _is_small(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(ours) == len(theirs) and all(map(_is_one_word, ours, theirs)):
        return True
    return all(word in _FILLERS for word in (*ours, *theirs))


def _is_one_word(one: str, other: str) -> bool:
    """Whether two words are forms or spellings of one: "refugee" and "refugees", "favour" and "favor"."""
    return one.isalpha() and other.isalpha() and _american(stem(one)) == _american(stem(other))


def _american(word: str) -> str:
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word
