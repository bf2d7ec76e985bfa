"""Quotations stitched together: words that are all somebody's, but from separate places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from quotecli.verification.alignment import FUNCTION_WORDS
from quotecli.verification.matches import Place, occurrences
from quotecli.verification.quotation import Quoted
from quotecli.verification.sources import Source

_MOST_PIECES = 4
SHORTEST_PIECE = 4
_WORDS_LOOKED_UP = 8


class Piece(NamedTuple):
    """The words `[first, last)` of a quotation, and where a source has them."""

    first: int
    last: int
    place: Place


def stitched(quoted: Quoted, draft: str, lookup: Callable[[str], Sequence[Source]]) -> list[Piece]:
    """Return the pieces that make up the quotation one after the other, each as long as can be; else nothing.

    Each piece is at least four words long and says something, so that no chance words pass for a piece; one
    function word may join two pieces. `lookup` gives the articles that may hold some words.
    """
    forms, first = quoted.words.forms, 0
    pieces: list[Piece] = []
    while first < len(forms):
        until = min(first + _WORDS_LOOKED_UP, len(forms)) - 1
        sources = lookup(draft[quoted.words.starts[first] : quoted.words.ends[until]])
        last, place = _longest(forms, first, sources)
        if place is None and pieces and pieces[-1].last == first and forms[first] in FUNCTION_WORDS:
            first += 1
            continue
        if place is None or len(pieces) == _MOST_PIECES:
            return []
        pieces.append(Piece(first, last, place))
        first = last
    return pieces if len(pieces) > 1 else []


def _longest(forms: list[str], first: int, sources: Sequence[Source]) -> tuple[int, Place | None]:
    """Return the longest piece that begins at the word `first` and is in a source; quoted places before others."""
    last, best = first, None
    for source in sources:
        found = _longest_in(forms, first, max(last, first + SHORTEST_PIECE), source)
        if found is not None and (found[0] > last or (best is not None and not best.quoted)):
            last, best = found
    return last, best


def _longest_in(forms: list[str], first: int, least: int, source: Source) -> tuple[int, Place] | None:
    """Return the longest piece in one source of at least `least - first` words, by halving."""
    if least > len(forms) or f" {' '.join(forms[first:least])} " not in source.running:
        return None
    low, high = least, len(forms)
    while low < high:
        middle = (low + high + 1) // 2
        if f" {' '.join(forms[first:middle])} " in source.running:
            low = middle
        else:
            high = middle - 1
    place = _first_place(forms[first:low], source) if _says_something(forms[first:low]) else None
    return (low, place) if place else None


def _first_place(forms: list[str], source: Source) -> Place | None:
    places = [Place(source, (found,)) for found in occurrences(forms, source)]
    return next((place for place in places if place.quoted), places[0] if places else None)


def _says_something(forms: list[str]) -> bool:
    return any(form not in FUNCTION_WORDS for form in forms)
