"""Names that hold a possessive: "St Luke's Hospital" is one name, and so is "Sainsbury's" where that speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from quotecli.attribution.speakers.spotting import Named
from quotecli.naming.lexicon import OPENERS, fold, is_first_name
from quotecli.naming.names import name_words
from quotecli.records import Span

_OWN = re.compile(r"['’]s ")
_OWNER = re.compile(r"\b([A-Z][\w-]+)['’]s \Z")
_NAMED_AFTER = frozenset(
    "hospital hospice infirmary college school academy university church cathedral chapel bank bar pub inn tavern"
    " hotel restaurant cafe café diner bakery club theatre theater brewery bookshop".split()
)
"""Institutions that bear somebody's name."""

LONGEST_OWNER = 20
"""Characters in which the name stands that an institution bears."""


def join_possessives(text: str, named: Sequence[Named], sources: Sequence[Span]) -> list[Named]:
    """Return names with those joined that are one, in the order of the text. sources: spans that name who speaks."""
    found = list(_joined(text, named))
    _complete(text, found, {source.end for source in sources})
    return found


def _joined(text: str, named: Sequence[Named]) -> Iterator[Named]:
    taken = False
    for one, following in zip_longest(named, named[1:]):
        if taken:
            taken = False
            continue
        taken = following is not None and _bears_name(text, one, following)
        owner = _OWNER.search(text, max(0, one.titles - LONGEST_OWNER), one.titles) if _is_institution(one) else None
        if taken:
            yield _whole(text, one, one.start, following.end)
        elif owner is not None and fold(owner[1]) not in OPENERS:  # "Queen's College", of no queen who is named
            yield _whole(text, one, owner.start(1), one.end)
        else:
            yield one


def _whole(text: str, one: Named, start: int, end: int) -> Named:
    words = name_words(text[start:end])
    return Named(start, end, "organisation", words, start, speaking=one.speaking, headline=one.headline)


def _is_institution(one: Named) -> bool:
    return len(one.words) == 1 and one.words[0] in _NAMED_AFTER


def _bears_name(text: str, one: Named, following: Named) -> bool:
    """Whether an institution is called by the name before it: "St Luke's | Hospital"."""
    own = _OWN.fullmatch(text, one.end, following.titles) is not None and one.titles == one.start
    return own and _is_institution(following)


def _complete(text: str, named: Sequence[Named], ends: set[int]) -> None:
    """Take for an organisation what speaks with a possessive ending ("Sainsbury's said"), wherever it is named so."""

    def ends_so(one: Named) -> bool:
        return text.startswith(("'s", "’s"), one.end) and one.titles == one.start

    speaking = {one.words for one in named if ends_so(one) and one.end + 2 in ends}
    for one in named:
        if one.words in speaking and ends_so(one) and (one.end + 2 in ends or not is_first_name(one.words[0])):
            one.kind, one.end, one.possessive = "organisation", one.end + 2, False
            one.shown = text[one.start : one.end]
