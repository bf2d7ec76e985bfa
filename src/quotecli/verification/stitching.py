"""Quotations stitched together: words that are all somebody's, but from separate places."""

from __future__ import annotations

from collections.abc import Sequence

from quotecli.verification.alignment import FUNCTION_WORDS
from quotecli.verification.places import Place, occurrences
from quotecli.verification.quotation import Quoted
from quotecli.verification.sources import Source

_MOST_PIECES = 4
_SHORTEST_PIECE = 4


def stitched(quoted: Quoted, sources: Sequence[Source]) -> list[Place]:
    """Return the places whose words make up the quotation one after the other, each as long as can be; else nothing.

    Each piece is at least four words long and says something, so that no chance words pass for a piece.
    """
    forms, first = quoted.words.forms, 0
    pieces: list[Place] = []
    while first < len(forms):
        last, place = _longest(forms, first, sources)
        if place is None or len(pieces) == _MOST_PIECES:
            return []
        pieces.append(place)
        first = last
    return pieces if len(pieces) > 1 else []


def _longest(forms: list[str], first: int, sources: Sequence[Source]) -> tuple[int, Place | None]:
    """Return the longest piece that begins at the word `first` and is in a source; quoted places before others."""
    last, best = first, None
    for source in sources:
        found = _longest_in(forms, first, max(last, first + _SHORTEST_PIECE), source)
        if found is not None and (found[0] > last or (best is not None and not best.quoted)):
            last, best = found
    return last, best


def _longest_in(forms: list[str], first: int, least: int, source: Source) -> tuple[int, Place] | None:
    """Return the longest piece in one source of at least `least - first` words, by halving."""
    if least > len(forms) or not _says_something(forms[first:least]) or not _first_place(forms[first:least], source):
        return None
    low, high = least, len(forms)
    while low < high:
        middle = (low + high + 1) // 2
        if f" {' '.join(forms[first:middle])} " in source.running:
            low = middle
        else:
            high = middle - 1
    place = _first_place(forms[first:low], source)
    return (low, place) if place else None


def _first_place(forms: list[str], source: Source) -> Place | None:
    places = [Place(source, (found,)) for found in occurrences(forms, source)]
    return next((place for place in places if place.quoted), places[0] if places else None)


def _says_something(forms: list[str]) -> bool:
    return any(form not in FUNCTION_WORDS for form in forms)
