"""Aligning a changed quotation with a source word by word: semi-global, affine gap costs (O. Gotoh 1982)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from quotecli.verification.compared_words import head
from quotecli.verification.quotation import Quoted
from quotecli.verification.sources import Source

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FUNCTION_WORDS = frozenset(
    """a an the and or but of in on at to for from by with as that this these those it its is are was were be been am i
    you he she we they them him her us me my your his our their have has had do does did so if then than there here who
    which what when will would can could""".split()
)
_FUNCTION_WEIGHT = 0.4
_REPLACED = 0.55
_REPLACED_BY_KIN = 0.2
_INSERTED = 0.6
_GAP_OPENS = 0.8
_GAP_GROWS = 0.04


class Alignment(msgspec.Struct, frozen=True):
    """The best way to lay a quotation over a source.

    partners: for each word of the quotation the number of the source's word it stands against, or None.
    similarity: how much of the quotation is there, 0-1: matches less what was replaced, added or left out.
    """

    source: Source
    partners: tuple[int | None, ...]
    similarity: float

    def matched(self, quoted: Quoted) -> list[int]:
        """Return the numbers of the quotation's words that stand against the same word."""
        forms = self.source.words.forms
        return [
            number
            for number, partner in enumerate(self.partners)
            if partner is not None and forms[partner] == quoted.words.forms[number]
        ]


def weight(form: str) -> float:
    """Return how much a word counts: function words little, for they are everywhere."""
    return _FUNCTION_WEIGHT if form in FUNCTION_WORDS else 1.0


def align(quoted: Quoted, source: Source) -> Alignment:
    """Return the best alignment; time grows with the quotation's words times the source's, in vectors."""
    rows = _rows(quoted, source)
    partners = _trace(quoted, rows)
    total = sum(weight(form) for number, form in enumerate(quoted.words.forms) if number not in quoted.inserted)
    return Alignment(source, partners, max(0.0, float(rows[-1].best.max()) / total) if total else 0.0)


class _Row(msgspec.Struct):
    """The scores after one word of the quotation, by how many words of the source are used up.

    direct: without a gap behind this word; best: with one; steps: whether the word was aligned (True) or added.
    """

    direct: Any
    best: Any
    aligned: Any


def _rows(quoted: Quoted, source: Source) -> list[_Row]:
    import numpy as np

    forms = source.numbered_forms.of(quoted.words.forms)
    heads = source.numbered_heads.of([head(form) for form in quoted.words.forms])
    size = len(source.words)
    places = np.arange(size + 1)
    best = np.zeros(size + 1)
    rows = [_Row(best, best, None)]
    for number, form in enumerate(quoted.words.forms):
        free = number in quoted.inserted
        kin = np.where(source.numbered_heads.all == heads[number], -_REPLACED_BY_KIN, -_REPLACED)
        gain = np.where(source.numbered_forms.all == forms[number], weight(form), kin)
        diagonal = np.full(size + 1, -np.inf)
        diagonal[1:] = best[:-1] + (np.maximum(gain, 0.0) if free else gain)
        added = best - (0.0 if free else _INSERTED)
        direct = np.maximum(diagonal, added)
        marked = free or number + 1 in quoted.ellipses
        best = np.maximum(direct, _with_gap(direct, places, marked)) if number + 1 < len(quoted.words) else direct
        rows.append(_Row(direct, best, diagonal >= added))
    return rows


def _with_gap(direct: Floats, places: Any, marked: bool) -> Floats:
    """Return the best score with words of the source left out behind this one, by where the source goes on."""
    import numpy as np

    grows = _GAP_GROWS / 20 if marked else _GAP_GROWS
    gap = np.full(len(direct), -np.inf)
    gap[1:] = np.maximum.accumulate(direct + grows * places)[:-1] - grows * places[1:] - (0.0 if marked else _GAP_OPENS)
    return gap


def _trace(quoted: Quoted, rows: list[_Row]) -> tuple[int | None, ...]:
    partners: list[int | None] = []
    place = int(rows[-1].best.argmax())
    for number in range(len(quoted.words), 0, -1):
        row = rows[number]
        if row.best[place] > row.direct[place]:
            place = _gap_start(quoted, row, number, place)
        if row.aligned[place]:
            place -= 1
            partners.append(place)
        else:
            partners.append(None)
    return tuple(reversed(partners))


def _gap_start(quoted: Quoted, row: _Row, number: int, place: int) -> int:
    import numpy as np

    marked = number - 1 in quoted.inserted or number in quoted.ellipses
    grows = _GAP_GROWS / 20 if marked else _GAP_GROWS
    return int((row.direct[:place] + grows * np.arange(place)).argmax())
