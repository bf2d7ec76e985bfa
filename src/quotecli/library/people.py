"""Names of people and organisations: which of them mean the same one, and which of them a user asks for.

Two articles know nothing of each other, so a shorter name is joined to a longer one only where the library has one
person whom it can mean, and not where it is doubtful: see `groups`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from quotecli.library.index_words import typos_allowed, words
from quotecli.naming.organisations import acronym, initials, organisation_key
from quotecli.naming.person_names import Kinship, kinship, person_name, role_words, same_role
from quotecli.records import SpeakerType

_SELDOM = 10
"""Names that one article tells apart are two people's, unless they stand together in so small a part of the articles:
then it is a slip of the extraction."""
_OUTSTANDING = 10
"""A surname alone means the one of several who stands in so many times as many articles as all the others."""
_NEEDS_ROLE: frozenset[Kinship] = frozenset({"short first name", "part"})


class Known(msgspec.Struct):
    """What the library knows of a name: of which type it mostly is, in which articles it stands, with which roles."""

    type: SpeakerType
    articles: set[int] = msgspec.field(default_factory=set)
    roles: set[str] = msgspec.field(default_factory=set)

    def plays(self, other: Known) -> str | None:
        """Return a role that both have, in the words of this one."""
        theirs = [role_words(role) for role in other.roles]
        shared = (role for role in sorted(self.roles) if any(same_role(role_words(role), each) for each in theirs))
        return next(shared, None)


class Decisions(msgspec.Struct, frozen=True):
    """What the user has decided on names (all of them folded: see `folded`).

    joined: for each name the one that it is joined to; apart: names that join no other by themselves.
    """

    joined: Mapping[str, str] = {}
    apart: frozenset[str] = frozenset()


class Person(msgspec.Struct, frozen=True):
    """Whom a name means. name: the fullest name of that person or organisation; reason: why, where that is a guess."""

    name: str
    reason: str | None = None


UNDECIDED = Decisions()


def folded(name: str) -> str:
    """Return what the ways to write one name have in common: case, accents and marks do not matter."""
    return " ".join(words(name)) or name


def groups(names: Mapping[str, Known], decisions: Decisions = UNDECIDED) -> dict[str, Person]:
    """Return for each name whom it means, called as most articles call that person in full.

    Names that differ only in case, accents, marks, titles or a company's legal form are the same. A shorter name of a
    person joins a longer one that it may be short for (`kinship`) if no other person comes into question: by
    their roles, or, for a surname alone, because one of them is by far the best known. Names that stand in one article
    as two people stay two. An acronym joins the one organisation with these initials. What the user has decided
    comes first.
    """
    spelt = _by_spelling(names, decisions)
    heads = {head: _together(names, members) for head, members in _members(spelt).items()}
    people = _People(heads, _among(heads, decisions.apart))
    free = heads.keys() - people.apart - _among(heads, decisions.joined)
    found = {**people.shorter(free), **_acronyms(heads, free), **_decided(heads, decisions)}
    meant = {name: _followed(head, found) for name, head in spelt.items()}
    decided = {*decisions.joined.values(), *decisions.apart}
    shown = _commonest_names(names, {name: each.name for name, each in meant.items()}, decided)
    return {name: Person(shown.get(each.name, each.name), each.reason) for name, each in meant.items()}


def _commonest_names(names: Mapping[str, Known], meant: Mapping[str, str], decided: Collection[str]) -> dict[str, str]:
    """Return for each person with several full names the one that most articles have: "Donald Trump", where one has
    "Donald J. Trump". What the user has decided on is called as it was."""
    found: dict[str, str] = {}
    for person, members in _members(meant).items():
        full = [name for name in members if name in names and _is_full(name)]
        if len(full) > 1 and not _among(members, decided) and names[full[0]].type == "person":
            found[person] = min(
                full, key=lambda name: (name.isupper(), -len(names[name].articles), name != person, name)
            )
    return found


def _is_full(name: str) -> bool:
    """Say whether a person's name has a first name that is no initial."""
    parts = person_name(name)
    return parts is not None and any(len(given) > 1 for given in parts.given)


_SEVERAL = re.compile(r"\b(?:and|or|nor|both|neither)\b|&|['’]s?\s|['’]$", re.IGNORECASE)


def is_several(name: str) -> bool:
    """Say whether a name is that of several, or of what belongs to somebody ("Trump and Cruz", "Carson's campaign")."""
    return _SEVERAL.search(name) is not None


def _by_spelling(names: Mapping[str, Known], decisions: Decisions) -> dict[str, str]:
    """Return for each name the best spelling of it: the commonest that is not all in capitals."""
    best = sorted(names, key=lambda name: (name.isupper() or name.islower(), -len(names[name].articles), name))
    first: dict[tuple[str, ...], str] = {}
    same = {name: first.setdefault(tuple(words(name)) or (name,), name) for name in best}
    decided = _among(same.values(), {*decisions.apart, *decisions.joined})
    keys: dict[object, str] = {}
    return {
        name: head if head in decided else keys.setdefault(_key(head, names[head].type), head)
        for name, head in same.items()
    }


def _among(names: Iterable[str], decided: Collection[str]) -> set[str]:
    """Return those of the names, folded or not, on which something is decided."""
    return {name for name in names if folded(name) in decided} if decided else set()


def _key(name: str, type: SpeakerType) -> object:
    if type == "person":
        return person_name(name) or name
    return type, organisation_key(name) or name


def _members(spelt: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, head in spelt.items():
        found[head].append(name)
    return found


def _together(names: Mapping[str, Known], members: Sequence[str]) -> Known:
    first = names[members[0]]
    if len(members) == 1:
        return first
    known = [names[member] for member in members]
    articles = set(chain.from_iterable(each.articles for each in known))
    return Known(first.type, articles, set(chain.from_iterable(each.roles for each in known)))


def _followed(name: str, found: Mapping[str, Person]) -> Person:
    """Return the person that a chain of joined names ends at; the first reason on the way counts."""
    person, seen = Person(name), [name]
    while step := found.get(person.name):
        if step.name in seen:  # a circle: what the user joined, and joins of its own that lead back
            return Person(min(seen[seen.index(step.name) :]), person.reason)
        person = Person(step.name, person.reason or step.reason)
        seen.append(step.name)
    return person


def _decided(heads: Mapping[str, Known], decisions: Decisions) -> dict[str, Person]:
    if not decisions.joined:
        return {}
    by_fold = {folded(head): head for head in heads}
    return {
        by_fold.get(name, name): Person(by_fold.get(other, other), "joined by you")
        for name, other in decisions.joined.items()
    }


class _People:
    """The people among the names, looked up by the words that their names may share."""

    def __init__(self, heads: Mapping[str, Known], apart: set[str]) -> None:
        self._known = dict(heads)
        self._names = {
            head: name
            for head, known in heads.items()
            if known.type == "person" and not is_several(head) and (name := person_name(head))
        }
        self.apart = apart
        self._by_word: dict[str, list[str]] = defaultdict(list)

    def shorter(self, free: set[str]) -> dict[str, Person]:
        """Return for each shorter name among those that are `free` to join the full name that it means."""
        found: dict[str, Person] = {}
        for head in sorted(self._names, key=lambda each: self._names[each].fullness):
            person = self._meant(head) if head in free else None
            if person and person.name in self.apart:
                continue
            if person:
                found[head] = person
                self._learn(person.name, self._known[head])
            else:
                self._register(head)
        return found

    def _register(self, head: str) -> None:
        for word in {*self._names[head].words[1:], self._names[head].words[-1]}:
            self._by_word[word].append(head)

    def _learn(self, head: str, more: Known) -> None:
        known = self._known[head]
        self._known[head] = Known(known.type, known.articles | more.articles, known.roles | more.roles)

    def _meant(self, head: str) -> Person | None:
        name, known = self._names[head], self._known[head]
        kin = {
            other: kind
            for other in self._by_word.get(name.words[-1], ())
            if (kind := kinship(name, self._names[other]))
        }
        strangers = {other for other in kin if _told_apart(known, self._known[other])}
        if strangers and not name.given:
            return None  # the article itself cannot tell which of them it is
        return self._chosen(head, {other: kind for other, kind in kin.items() if other not in strangers})

    def _chosen(self, head: str, kin: Mapping[str, Kinship]) -> Person | None:
        known = self._known[head]
        same = {other: role for other in kin if (role := known.plays(self._known[other]))}
        if len(same) == 1:
            [(other, role)] = same.items()
            return Person(other, None if kin[other] == "middle names" else f"the same role: {role}")
        if len(kin) == 1:
            return self._only(head, *next(iter(kin.items())))
        return self._outstanding(known, kin)

    def _only(self, head: str, other: str, kind: Kinship) -> Person | None:
        known, theirs = self._known[head], self._known[other]
        if kind in _NEEDS_ROLE or (kind == "surname" and known.roles and theirs.roles and not theirs.plays(known)):
            return None
        if kind == "middle names":
            return Person(other)
        return Person(other, "nobody else has this surname" if kind == "surname" else "nobody else has these initials")

    def _outstanding(self, known: Known, kin: Mapping[str, Kinship]) -> Person | None:
        """Return the one of several who is by far the best known, where the surname stands alone."""
        if not kin or set(kin.values()) != {"surname"}:
            return None
        counts = {other: len(self._known[other].articles) for other in kin}
        best = max(counts, key=lambda other: (counts[other], other))
        others = sum(counts.values()) - counts[best]
        if counts[best] < _OUTSTANDING * others or (known.roles and not known.plays(self._known[best])):
            return None
        return Person(best, f"by far the best known of this surname ({counts[best]} articles, all others {others})")


def _told_apart(one: Known, other: Known) -> bool:
    together = len(one.articles & other.articles)
    return together * _SELDOM > min(len(one.articles), len(other.articles))


def _acronyms(heads: Mapping[str, Known], free: set[str]) -> dict[str, Person]:
    """Return for each acronym ("NAP", "UN") the one organisation whose initials it is."""
    organisations = [head for head, known in heads.items() if known.type == "organisation"]
    by_initials: dict[str, list[str]] = defaultdict(list)
    for head in organisations:
        if letters := initials(head):
            by_initials[letters].append(head)
    found = {}
    for head in organisations:
        full_names = by_initials.get(acronym(head) or "", ())
        if len(full_names) == 1 and head in free and not _told_apart(heads[head], heads[full_names[0]]):
            found[head] = Person(full_names[0], "its initials")
    return found


def asked_for(query: str, names: Iterable[str]) -> list[str]:
    """Return the names that `query` asks for: those with all its words, else those with all of them but for typos."""
    asked = words(query)
    parts = {name: words(name) for name in names} if asked else {}
    exact = [name for name, present in parts.items() if all(_stands_in(word, present) for word in asked)]
    return exact or [name for name, present in parts.items() if all(_nearly_in(word, present) for word in asked)]


def _stands_in(word: str, present: Sequence[str]) -> bool:
    return any(other.startswith(word) for other in present) if len(word) == 1 else word in present


def _nearly_in(word: str, present: Sequence[str]) -> bool:
    from rapidfuzz.distance import OSA  # where no name has all the words as they are

    allowed = typos_allowed(word)
    return any(OSA.distance(word, other, score_cutoff=allowed) <= allowed for other in present)
