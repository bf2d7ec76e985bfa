"""Families: first names that share the surname of someone named beside them.

"Thomas and Rachel Gallagher", said to be a family; "Glyn Pritchard … His wife Mair": news gives a relative's surname
only where it is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotecli.attribution.mentions.spotting import Named
from quotecli.naming.lexicon import (
    KINSFOLK,
    Gender,
    first_name_gender,
    fold,
    is_first_name,
    pronoun_gender,
    title_gender,
)
from quotecli.naming.names import display

_AND = re.compile(r" (?:and|&) ")
_SPOUSES = frozenset(("husband", "wife", "widow", "widower"))
_RELATIVE = re.compile(  # but "who plays as his wife, NAME"
    rf"(?<!\bas )\b(?P<whose>[Hh]is|[Hh]er|[A-Z][\w-]+['’]s) (?:[a-z-]+ |\d+-year-old )?"
    rf"(?P<kin>{'|'.join(KINSFOLK)}),? \Z"
)
_RELATIVE_REACH = 70


def share_surnames(text: str, named: Sequence[Named]) -> None:
    """Give lone first names of relatives the surname of the one they belong to, where nobody has that first name."""
    people = [one for one in named if one.kind == "person"]
    titled = {(one.words[0], one.gender) for one in people if one.honorific and len(one.words) == 1}
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    for one in people[1:]:  # "Margaret Jean Pruitt was born in Billings", of Margaret Ashdown
        if len(one.words) > 1 and one.words[:1] == people[0].words[:1] and text.startswith(" was born ", one.end):
            one.words, one.shown = people[0].words, display(text, (people[0].start, people[0].end))
    for one, other in pairwise(named):
        if one.words[0] not in in_full and _is_first_of_two(text, one, other):
            _take_surname(text, one, other)
    for index, one in enumerate(people):
        if len(one.words) == 1 and not one.honorific and one.words[0] not in in_full:
            _share_with_relative(text, people[:index], one, titled)


def _is_first_of_two(text: str, one: Named, other: Named) -> bool:
    """Whether two are named with one surname: "Karl and Otto Weiss"; not "Cher, Madonna and Otto Weiss"."""
    names = one.kind == other.kind == "person" and len(one.words) == 1 < len(other.words)
    first = names and is_first_name(one.words[0]) and not text.endswith(", ", 0, one.titles)
    return first and _AND.fullmatch(text, one.end, other.start) is not None


def _take_surname(text: str, one: Named, other: Named) -> None:
    one.words = (*one.words, other.words[-1])
    one.shown = f"{text[one.start : one.end]} {text[other.start : other.end].rsplit(maxsplit=1)[-1]}"


def _share_with_relative(
    text: str, before: Sequence[Named], one: Named, titled: set[tuple[str, Gender | None]]
) -> None:
    """Give one the surname of whose relative one is: "NAME … His wife Mair"."""
    said = _RELATIVE.search(text, max(0, one.titles - _RELATIVE_REACH), one.titles)
    owner = next(_owners(before, said), None) if said else None
    if said is None or owner is None:
        return
    gender = title_gender(said["kin"])
    other = gender != first_name_gender(owner.words[0])  # "Mr Redmond" is the father, not the son
    if other and (said["kin"] in _SPOUSES or (owner.words[-1], gender) in titled):
        one.gender = gender
        _take_surname(text, one, owner)


def _owners(before: Sequence[Named], said: re.Match[str]) -> Iterator[Named]:
    """Yield those whom "his", "her" or "NAME's" before a relative can mean, the nearest first."""
    gender = pronoun_gender(fold(said["whose"]))
    for one in reversed(before):
        named = one.start <= said.start("whose") < one.end
        if named if gender is None else first_name_gender(one.words[0]) in (None, gender):
            yield one
