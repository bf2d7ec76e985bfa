"""Families: first names that share the surname of the name behind them, as in "Thomas and Rachel Gallagher"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quotecli.attribution.speakers.lexicon import Gender, first_name_gender, is_first_name
from quotecli.attribution.speakers.names import NameWords
from quotecli.attribution.speakers.spotting import Named

_AND = re.compile(r",? (?:and|&) ")
_KIN = re.compile(r"\b(?:siblings?|brothers?|sisters?|twins?|couple|married|husband|wife|spouses?|parents|family)\b")
_KIN_REACH = 120  # characters before and behind the names in which the article may say that they are a family


def share_surnames(text: str, named: Sequence[Named]) -> None:
    """Give a lone first name the surname of the full name that it is joined to, if the two are said to be a family:
    by such a word beside them, or because someone of that surname and the other gender is spoken of later."""
    in_full = {one.words[0] for one in named if one.kind == "person" and len(one.words) > 1}
    titled = {(one.words, one.gender) for one in named if one.honorific}
    for one, other in pairwise(named):
        if (
            one.kind == other.kind == "person"
            and len(one.words) == 1 < len(other.words)
            and one.words[0] not in in_full
            and is_first_name(one.words[0])
            and is_first_name(other.words[0])
            and _AND.fullmatch(text, one.end, other.titles)
            and (_says_kin(text, one, other) or _speaks_of(one, other, titled))
        ):
            one.words = (*one.words, other.words[-1])
            one.shown = f"{text[one.start : one.end]} {text[other.start : other.end].rsplit(maxsplit=1)[-1]}"


def _says_kin(text: str, one: Named, other: Named) -> bool:
    around = text[max(0, one.start - _KIN_REACH) : one.start] + text[other.end : other.end + _KIN_REACH]
    return _KIN.search(around) is not None


def _speaks_of(one: Named, other: Named, titled: set[tuple[NameWords, Gender | None]]) -> bool:
    """Whether "Mr Gallagher" cannot be the Rachel Gallagher who is named in full."""
    gender = first_name_gender(one.words[0])
    if gender is None or gender == first_name_gender(other.words[0]):
        return False
    return (other.words[-1:], gender) in titled
