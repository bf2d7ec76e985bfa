"""Whether two names mean the same speaker; in doubt the answer is that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quotecli.records import Span, Speaker, Statement
from quotecli.verification.words import form

_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady rev sen rep gov president minister judge justice jr
    sr""".split()
)


def same_speaker(one: Speaker | None, other: Speaker | None) -> bool | None:
    """Return whether both are the same person or organisation; None where it cannot be told.

    Two resolved people are different when their last names differ, or the first names (or their initials) do. An
    organisation and a person may be one (its spokesman), so that is never called different.
    """
    if one is None or other is None or "unknown" in {one.type, other.type}:
        return None
    names = [_words(one.name), _words(other.name)]
    if not all(names):
        return None
    if names[0] == names[1] or set(names[0]) <= set(names[1]) or set(names[1]) <= set(names[0]):
        return True
    if one.type != other.type:
        return None
    return _same_person(*names) if one.type == "person" else _same_body(*names)


def speaker_at(statements: Iterable[Statement], spans: Sequence[Span]) -> Speaker | None:
    """Return who says the words at `spans` by the statements of their text: the one with most of them."""
    best, most = None, 0
    for statement in statements:
        if statement.kind == "fact":
            continue
        shared = sum(
            max(0, min(part.end, span.end) - max(part.start, span.start))
            for part in statement.content
            for span in spans
        )
        if shared > most:
            best, most = statement, shared
    return best.speaker if best else None


def _words(name: str) -> list[str]:
    words = [form(word) for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)]
    return [word for word in words if word not in _TITLES] or words


def _same_person(one: list[str], other: list[str]) -> bool:
    if one[-1] != other[-1]:
        return False
    first, second = one[0], other[0]
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _same_body(one: list[str], other: list[str]) -> bool | None:
    """An acronym may stand for the name; bodies that share a word may be one."""
    initials = {"".join(word[0] for word in words) for words in (one, other)}
    if initials & {"".join(one), "".join(other)} or set(one) & set(other):
        return None
    return False
