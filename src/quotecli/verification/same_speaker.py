"""Whether two names mean the same speaker; in doubt the answer is that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotecli.naming.organisations import initials, organisation_key
from quotecli.naming.person_names import kinship, person_name
from quotecli.naming.words import flat_words
from quotecli.records import Span, Speaker, Statement


def same_speaker(one: Speaker | None, other: Speaker | None) -> bool | None:
    """Return whether both are the same person or organisation; None where it cannot be told.

    Two resolved people are different when their last names differ, or the first names (or their initials) do. An
    organisation and a person may be one (its spokesman), so that is never called different.
    """
    if one is None or other is None or "unknown" in {one.type, other.type}:
        return None
    if one.type != other.type:
        return True if _shares_all(flat_words(one.name), flat_words(other.name)) else None
    return _same_person(one.name, other.name) if one.type == "person" else _same_body(one.name, other.name)


def speaker_at(statements: Iterable[Statement], spans: Sequence[Span]) -> Speaker | None:
    """Return who says the words at `spans` by the statements of their text: the one with most of them."""
    best, most = None, 0
    start, end = min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)
    for statement in statements:
        if statement.kind == "fact" or statement.content[-1].end <= start or statement.content[0].start >= end:
            continue
        shared = sum(
            max(0, min(part.end, span.end) - max(part.start, span.start))
            for part in statement.content
            for span in spans
        )
        if shared > most:
            best, most = statement, shared
    return best.speaker if best else None


def _same_person(one: str, other: str) -> bool | None:
    a, b = person_name(one), person_name(other)
    if a is None or b is None:
        return None
    return a == b or kinship(a, b) is not None or kinship(b, a) is not None or _shares_all([*a.words], [*b.words])


def _same_body(one: str, other: str) -> bool | None:
    """An acronym may stand for the name; bodies that share a word may be one."""
    a, b = organisation_key(one), organisation_key(other)
    if not a or not b:
        return None
    if a == b or _shares_all(a, b):
        return True
    letters = {initials(one), initials(other)} - {None}
    return None if letters & {"".join(a), "".join(b)} or set(a) & set(b) else False


def _shares_all(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all the words of one of the two stand in the other."""
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))
