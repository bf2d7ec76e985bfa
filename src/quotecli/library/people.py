"""Names of people and organisations: which of them mean the same one, and which of them a user asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from quotecli.library.words import words
from quotecli.records import SpeakerType

_ACRONYM_LENGTHS = range(2, 8)
_SMALL_WORDS = frozenset(["and", "for", "in", "of", "on", "the", "to"])


def groups(names: Mapping[str, SpeakerType]) -> dict[str, str]:
    """Return for each name the fullest name of the same person or organisation.

    A shorter name of a person ("Jilani", "J. A. Jilani", "Jalil Jilani") joins a longer one ("Jalil Abbas Jilani")
    when it can be short for no other person's name; an acronym joins the one organisation with these initials.
    Names that differ only in case, accents or marks are the same.
    """
    fullest = _by_spelling(names)
    heads = {name: tuple(words(name)) for name in dict.fromkeys(fullest.values())}
    shorter = {**_short_names(heads, names), **_acronyms(heads, names)}
    return {name: shorter.get(head, head) for name, head in fullest.items()}


def _by_spelling(names: Iterable[str]) -> dict[str, str]:
    first: dict[tuple[str, ...], str] = {}
    return {name: first.setdefault(tuple(words(name)) or (name,), name) for name in names}


def _short_names(heads: Mapping[str, Sequence[str]], types: Mapping[str, SpeakerType]) -> dict[str, str]:
    """Return for each shorter name of a person the one full name that it can be short for."""
    people = sorted((name for name in heads if types[name] == "person"), key=lambda name: _fullness(heads[name]))
    full_names: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for name in people:
        if not heads[name]:
            continue
        namesakes = full_names[heads[name][-1]]
        longer = [other for other in namesakes if is_short_for(heads[name], heads[other])]
        if len(longer) == 1:
            found[name] = longer[0]
        else:
            namesakes.append(name)
    return found


def _fullness(parts: Sequence[str]) -> tuple[int, int, Sequence[str]]:
    """Sort full names before those with initials, and longer ones before shorter ones."""
    return (-sum(len(part) > 1 for part in parts), -len(parts), parts)


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether the words `short` are those of `full` with some left out or cut to initials, the surname kept."""
    if not short or short == full or short[-1] != full[-1]:
        return False
    rest = iter(full[:-1])
    return all(any(_same_or_initial(part, other) for other in rest) for part in short[:-1])


def _same_or_initial(part: str, other: str) -> bool:
    return part == other or (len(part) == 1 and other.startswith(part))


def _acronyms(heads: Mapping[str, Sequence[str]], types: Mapping[str, SpeakerType]) -> dict[str, str]:
    """Return for each acronym ("NAP", "UN") the one organisation whose initials it is."""
    by_initials: dict[str, list[str]] = defaultdict(list)
    for name, parts in heads.items():
        main = [part for part in parts if part not in _SMALL_WORDS]
        if types[name] == "organisation" and len(main) > 1:
            by_initials["".join(part[0] for part in main)].append(name)
    found = {}
    for name, parts in heads.items():
        if types[name] == "organisation" and len(parts) == 1 and name.replace(".", "").isupper():
            full_names = by_initials.get(parts[0], [])
            if len(parts[0]) in _ACRONYM_LENGTHS and len(full_names) == 1:
                found[name] = full_names[0]
    return found


def asked_for(query: str, names: Iterable[str]) -> list[str]:
    """Return the names that `query` asks for: those with all its words, else those with all of them but for typos."""
    asked = words(query)
    parts = {name: words(name) for name in names} if asked else {}
    exact = [name for name, present in parts.items() if all(_stands_in(word, present) for word in asked)]
    return exact or [name for name, present in parts.items() if all(_nearly_in(word, present) for word in asked)]


def _stands_in(word: str, present: Sequence[str]) -> bool:
    return any(_same_or_initial(word, other) for other in present) if len(word) == 1 else word in present


def _nearly_in(word: str, present: Sequence[str]) -> bool:
    allowed = typos_allowed(word)
    return any(OSA.distance(word, other, score_cutoff=allowed) <= allowed for other in present)


def typos_allowed(word: str) -> int:
    """Return how many letters of a word may be wrong: none in the shortest, two in long ones."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2
