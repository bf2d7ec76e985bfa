"""The names of a library's speakers: found by their words, and put together to people.

Whom a name means depends only on the names that share a word with it (a surname, or an acronym's letters), so that a
question about one speaker reads these and not the library. The table of names is filled in when articles are stored;
a name that no article has any more stays in it until the library is made compact, and means nobody.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, repeat
from typing import Any, cast

import msgspec

from quotecli.errors import NotFoundError
from quotecli.library.decisions import by_name, decisions, first_of
from quotecli.library.filters import EVERYWHERE, Part
from quotecli.library.index_words import typos_allowed, words
from quotecli.library.packing import Stored, restored, stored
from quotecli.library.people import Known, Person, asked_for, folded, groups
from quotecli.library.schema import ARTICLE_SHIFT, insert_many
from quotecli.library.together import LIBRARY_SHIFT, Texts, texts_of
from quotecli.naming.organisations import acronym, initials
from quotecli.naming.words import is_small
from quotecli.records import SpeakerType, Statement

_AT_ONCE = 500
_FEW_NAMES = 1000
_LISTED = 8


def learn(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Enter the names that are new."""
    cursor = connection.cursor()
    found = []
    for name in names:
        cursor.execute("INSERT OR IGNORE INTO name (text) VALUES (?)", (stored(name),))
        if cursor.rowcount:
            found += [(word, cursor.lastrowid) for word in words_of(name)]
    insert_many(connection, "INSERT INTO name_word VALUES {}", sorted(found))


def forget_unused(connection: sqlite3.Connection) -> None:
    """Take out the names that no article has any more."""
    connection.execute("DELETE FROM name WHERE text NOT IN (SELECT name FROM voice)")
    connection.execute("DELETE FROM name_word WHERE name NOT IN (SELECT id FROM name)")


def words_of(name: str) -> set[str]:
    """Return what a name is found by: its words, and its initials with a "=" in front."""
    letters = initials(name)
    return {*words(name), *([f"={letters}"] if letters else [])}


class Named(msgspec.Struct, frozen=True):
    """A person with all the names of theirs.

    asked: the one of them that was asked for, if it was one of them word for word; else `name`.
    names: each with the reason why it is theirs, where that is a guess.
    """

    name: str
    asked: str
    names: dict[str, str | None]


class Directory:
    """Who is who in a library, or in some of its articles."""

    def __init__(
        self, *connections: sqlite3.Connection, scopes: Sequence[Part] | None = None, whole: bool = True
    ) -> None:
        """`connections`: of libraries that are asked as one; what was decided in the first of them counts first.

        scopes: for each, which statements count. whole: nearly all of them do.
        """
        self._library = texts_of(connections)
        self._scoped = list(zip(connections, scopes or repeat(EVERYWHERE), strict=False))
        self._whole = whole
        self._made = first_of(chain.from_iterable(map(decisions, connections)))
        self._decisions = by_name(self._made)

    def people(self, names: Iterable[str]) -> dict[str, Person]:
        """Return whom each of `names` means, and each of the other names that mean one of them."""
        asked = set(names)
        if self._reads_all(asked):
            return self._grouped(asked)
        heads = {person.name for name, person in self._grouped(asked).items() if name in asked}
        return self._grouped(asked | heads)

    def asked_for(self, query: str) -> dict[str, Person]:
        """Return the names of the people that `query` asks for, with whom each means."""
        names = self._matching(query) if self._whole else asked_for(query, self._known(set()))
        joined = {each.person for each in self._made if each.person and folded(each.person) == folded(query)}
        people = self.people([*names, *joined])
        wanted = joined | {people[name].name for name in names if name in people}
        return {name: person for name, person in people.items() if person.name in wanted}

    def the_one(self, query: str) -> Named:
        """Return the one person that `query` means. Raises NotFoundError where that is nobody, or may be several."""
        people = self.asked_for(query)
        named = names_of(people)
        exact = [name for name in named if folded(name) == folded(query)] or sorted(
            {person.name for name, person in people.items() if folded(name) == folded(query)}
        )
        found = exact or sorted(named)
        if len(found) != 1:
            raise NotFoundError(_nobody(query, found))
        [name] = found
        asked = next((each for each in named[name] if folded(each) == folded(query)), name)
        return Named(name, asked, {each: people[each].reason for each in named[name]})

    def _grouped(self, names: set[str]) -> dict[str, Person]:
        return self.grouped(self._known(names))

    def grouped(self, known: Mapping[str, Known]) -> dict[str, Person]:
        """Return whom each of the names means of which all is `known`."""
        found = groups(known, self._decisions)
        shown = {folded(each.person): each.person for each in self._made if each.person}
        return {name: Person(shown.get(each.name, each.name), each.reason) for name, each in found.items()}

    def _reads_all(self, names: set[str]) -> bool:
        return not self._whole or len(names) > _FEW_NAMES

    def _known(self, names: set[str]) -> dict[str, Known]:
        """Return what is known of these names and of all that may have to do with them."""
        kin = None if self._reads_all(names) else [stored(name) for name in self._kin(names)]
        spoken = (_spoken(connection, scope, kin) for connection, scope in self._scoped)
        return _collected(chain.from_iterable(map(_apart, count(), spoken)))

    def _kin(self, names: set[str]) -> set[str]:
        """Return these names, those that the user joined with them, and all that share a word with one of them."""
        joined = self._joined(names)
        asked = {word for name in joined for word in _telling_words(name)}
        rows = self._rows("JOIN name_word ON name_word.name = name.id WHERE word", "SELECT text FROM name", asked)
        return joined | {restored(text) or "" for (text,) in rows}

    def _joined(self, names: set[str]) -> set[str]:
        found = {folded(name) for name in names}
        related = {
            name
            for each in self._made
            if each.person and found & {folded(each.name), folded(each.person)}
            for name in (each.name, each.person)
        }
        return names | related

    def _matching(self, query: str) -> list[str]:
        """Return the names with all the words of `query`, else those with all of them but for typos."""
        asked = words(query)
        if not asked:
            return []
        return self._with_all([self._starting(word) if len(word) == 1 else {word} for word in asked]) or self._with_all(
            [self._like(word) for word in asked]
        )

    def _with_all(self, choices: Sequence[set[str]]) -> list[str]:
        return sorted(set(chain.from_iterable(_with_all(each, choices) for each, _ in self._scoped)))

    def _starting(self, letter: str) -> set[str]:
        rows = self._library.execute(
            "SELECT DISTINCT word FROM name_word WHERE word >= ? AND word < ?", (letter, letter + "\U0010ffff")
        )
        return {word for (word,) in rows}

    def _like(self, word: str) -> set[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        known = [other for (other,) in self._library.execute("SELECT DISTINCT word FROM name_word")]
        allowed = typos_allowed(word)
        return {other for other, _, _ in process.extract_iter(word, known, scorer=OSA.distance, score_cutoff=allowed)}

    def _rows(self, condition: str, command: str, values: Iterable[Stored | int]) -> Iterator[Any]:
        return _rows(self._library, condition, command, values)


class Called:
    """What `speakers` calls those who say statements; names are looked up once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[str, str] = {}

    def of(self, statements: Sequence[Statement]) -> list[str | None]:
        """Return for each statement what its speaker is called; None where the text does not tell who it is."""
        names = [_resolved_name(each) for each in statements]
        if new := {name for name in names if name} - self._known.keys():
            people = self._directory.people(new)
            self._known |= {name: people[name].name if name in people else name for name in new}
        return [self._known[name] if name else None for name in names]


def _resolved_name(statement: Statement) -> str | None:
    speaker = statement.speaker
    return speaker.name if speaker and speaker.type != "unknown" else None


def voices(connection: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """Return the row ids of the voices with these names."""
    return [row for (row,) in _rows(connection, "WHERE name", "SELECT id FROM voice", map(stored, names))]


def _with_all(connection: sqlite3.Connection, choices: Iterable[set[str]]) -> Iterator[str]:
    """Yield the names that have a word of each of these sets."""
    found: set[int] | None = None
    for choice in choices:
        rows = {row for (row,) in _rows(connection, "WHERE word", "SELECT name FROM name_word", choice)}
        found = rows if found is None else found & rows
    for (text,) in _rows(connection, "WHERE id", "SELECT text FROM name", found or ()):
        yield restored(text) or ""


def _spoken(connection: sqlite3.Connection, scope: Part, names: list[Stored] | None) -> Iterable[_Spoken]:
    """Return who speaks where: under these names, or under any."""
    condition, values = scope
    if names is None:
        return connection.execute(f"{_VOICES} WHERE {condition}", values)
    return _rows(connection, f"WHERE {condition} AND name", _VOICES, names, values)


_Spoken = tuple[int, Stored, SpeakerType, Stored]
"""An article's row id, and the name, type and role of somebody who speaks in it."""


def _apart(number: int, rows: Iterable[_Spoken]) -> Iterator[_Spoken]:
    """Yield rows of one library, with other row ids of articles than those of the other libraries."""
    first = number << LIBRARY_SHIFT - ARTICLE_SHIFT
    return ((first | article, name, type, role) for article, name, type, role in rows)


def _rows(
    connection: Texts, condition: str, command: str, values: Iterable[Stored | int], scope: Sequence[Any] = ()
) -> Iterator[Any]:
    """Yield the rows of `command` for which the column that ends `condition` is one of any number of values; `scope`:
    those that stand in it before."""
    remaining = iter(values)
    while some := list(itertools.islice(remaining, _AT_ONCE)):
        yield from connection.execute(f"{command} {condition} IN ({', '.join('?' * len(some))})", [*scope, *some])


def _nobody(query: str, found: Sequence[str]) -> str:
    if not found:
        return f"no speaker is called {query!r}; 'quotecli speakers' lists them"
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return f"{query!r} may be several: {'; '.join(found[:_LISTED])}{more}"


_VOICES = f"SELECT DISTINCT s.id >> {ARTICLE_SHIFT}, name, type, role FROM statement s JOIN voice v ON v.id = s.voice"


def _collected(rows: Iterable[_Spoken]) -> dict[str, Known]:
    articles: dict[tuple[Stored, SpeakerType], set[int]] = defaultdict(set)
    roles: set[tuple[Stored, Stored]] = set()
    for article, name, kind, role in rows:
        articles[name, kind].add(article)
        if role and kind != "unknown":
            roles.add((name, role))
    found: dict[Stored, Known] = defaultdict(lambda: Known("unknown"))
    for name, kind in sorted(articles, key=lambda key: (key[1] == "unknown", -len(articles[key]), key[1])):
        if found[name].type == "unknown":
            found[name].type = kind
        if kind != "unknown":
            found[name].articles.update(articles[name, kind])
    for name, role in roles:
        found[name].roles.add(cast(str, restored(role)))
    return {cast(str, restored(name)): known for name, known in found.items()}


def _telling_words(name: str) -> Iterator[str]:
    """Yield the words of which another name must share one with `name` to mean the same: all but a first name, initials
    and small words; an acronym for the full name's initials, and the other way round."""
    parts = words(name)
    yield from [word for word in parts[1:] if len(word) > 1 and not is_small(word)] or parts
    if letters := acronym(name):
        yield f"={letters}"
    if letters := initials(name):
        yield letters


def names_of(people: Mapping[str, Person]) -> dict[str, list[str]]:
    """Return for each person the names that mean it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, person in people.items():
        found[person.name].append(name)
    return found
