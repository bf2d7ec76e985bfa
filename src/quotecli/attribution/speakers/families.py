"""Families: first names that share the surname of someone named beside them.

"Thomas and Rachel Gallagher", said to be a family; "Glyn Pritchard … His wife Mair": news gives a relative's surname
only where it is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotecli.attribution.speakers.spotting import Named
from quotecli.naming.lexicon import Gender, first_name_gender, is_first_name, pronoun_gender
from quotecli.naming.names import NameWords

_AND = re.compile(r",? (?:and|&) ")
_KIN = re.compile(r"\b(?:siblings?|brothers?|sisters?|twins?|couple|married|husband|wife|spouses?|parents|family)\b")
_KIN_REACH = 120  # characters before and behind the names in which the article may say that they are a family
KINSFOLK: dict[str, Gender] = {
    **dict.fromkeys(("husband", "brother", "father", "dad", "son", "widower", "grandson", "grandfather"), "male"),
    **dict.fromkeys(("wife", "sister", "mother", "mum", "mom", "daughter", "widow"), "female"),
    **dict.fromkeys(("granddaughter", "grandmother"), "female"),
}
"""What relatives of one surname are called, and the gender that it shows."""

SPOUSES = frozenset(("husband", "wife", "widow", "widower"))

_RELATIVE = re.compile(
    rf"\b(?P<whose>[Hh]is|[Hh]er|[A-Z][\w-]+['’]s) (?:[a-z-]+ |\d+-year-old )?(?P<kin>{'|'.join(KINSFOLK)}),? \Z"
)
_WIDOW = re.compile(rf"\b(?P<kin>{'|'.join(KINSFOLK)}) of [^,.;\n]{{3,40}}, \Z")
_RELATIVE_REACH = 70
_GENERATION = re.compile(r"\b[Tt]he (?:(?P<sr>elder|older|senior)|(?P<jr>younger|junior)) \Z")


def share_surnames(text: str, named: Sequence[Named]) -> None:
    """Give lone first names of relatives the surname of the one they belong to, where nobody has that first name."""
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
            _take_surname(text, one, other)
    for one in named:
        generation = _GENERATION.search(text, max(0, one.titles - 12), one.titles)
        if generation and generation.lastgroup not in one.words:  # "the elder NAME"
            one.words = (*one.words, str(generation.lastgroup))
    taken = {word for one in named if one.kind == "person" and len(one.words) > 1 for word in one.words}
    for index, one in enumerate(named):
        if one.kind == "person" and len(one.words) == 1 and not one.honorific and one.words[0] not in taken:
            _share_with_relative(text, named, index)


def _take_surname(text: str, one: Named, other: Named) -> None:
    one.words = (*one.words, other.words[-1])
    one.shown = f"{text[one.start : one.end]} {text[other.start : other.end].rsplit(maxsplit=1)[-1]}"


def _share_with_relative(text: str, named: Sequence[Named], index: int) -> None:
    """Give one the surname of whose relative one is: "NAME … His wife Mair", "the widow of the victim, … Mrs NAME"."""
    one = named[index]
    begin = max(0, one.titles - _RELATIVE_REACH)
    relative, widow = _RELATIVE.search(text, begin, one.titles), _WIDOW.search(text, begin, one.titles)
    found = relative or widow
    if found is None:
        return
    kin, gender = found["kin"], KINSFOLK[found["kin"]]
    owner = next(_owners(named, index, relative) if relative else _only_titled(named, gender), None)
    if owner is None or owner.words[-1] == one.words[0]:
        return
    if kin in SPOUSES or _is_titled(named, owner.words[-1:], gender):
        one.gender = one.gender or gender
        _take_surname(text, one, owner)


def _is_titled(named: Sequence[Named], surname: NameWords, gender: Gender) -> bool:
    """Whether the article calls someone of a gender by title and surname: "Ms NAME"."""
    return any(one.honorific and one.words == surname and one.gender == gender for one in named)


def _owners(named: Sequence[Named], index: int, relative: re.Match[str]) -> Iterator[Named]:
    """Yield the people before a relative whose surname is known and whom "his", "her" or "NAME's" can mean."""
    gender = pronoun_gender(relative["whose"].lower())
    surnames = {one.words[-1] for one in named if one.kind == "person" and (len(one.words) > 1 or one.honorific)}
    for one in reversed(named[:index]):
        if one.kind != "person" or one.words[-1] not in surnames:
            continue
        known = _known_gender(one)
        if gender is not None and known in (None, gender):
            yield one
        if gender is None and one.possessive and one.start <= relative.start("whose") < one.end:
            yield one


def _only_titled(named: Sequence[Named], gender: Gender) -> Iterator[Named]:
    """Yield who is called by title and surname, if the article gives nobody of that surname and gender in full."""
    full = {one.words[-1] for one in named if len(one.words) > 1 and _known_gender(one) in (None, gender)}
    titled = [one for one in named if one.honorific and len(one.words) == 1 and one.gender == gender]
    if len({one.words for one in titled}) == 1 and titled[0].words[0] not in full:
        yield titled[0]


def _known_gender(one: Named) -> Gender | None:
    return one.gender or (first_name_gender(one.words[0]) if len(one.words) > 1 else None)


def _says_kin(text: str, one: Named, other: Named) -> bool:
    around = text[max(0, one.start - _KIN_REACH) : one.start] + text[other.end : other.end + _KIN_REACH]
    return _KIN.search(around) is not None


def _speaks_of(one: Named, other: Named, titled: set[tuple[NameWords, Gender | None]]) -> bool:
    """Whether "Mr Gallagher" cannot be the Rachel Gallagher who is named in full."""
    gender = first_name_gender(one.words[0])
    if gender is None or gender == first_name_gender(other.words[0]):
        return False
    return (other.words[-1:], gender) in titled
