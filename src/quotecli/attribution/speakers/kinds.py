"""What a name is by the article's other names: companies taken for people by their short form, and the reverse."""

from __future__ import annotations

from collections.abc import Sequence

from quotecli.attribution.speakers.lexicon import ORGANISATION_WORDS, is_first_name
from quotecli.attribution.speakers.names import NameWords, organisation_fit
from quotecli.attribution.speakers.spotting import Named


def correct_kinds(named: Sequence[Named]) -> None:
    """Set right the kind of names that another place in the article decides."""
    people = [one for one in named if one.kind == "person"]
    in_full = {word for one in people if len(one.words) > 1 for word in one.words}
    titled = {one.words for one in people if one.titles < one.start}
    alone = {one.words for one in people if not in_full.issuperset(one.words[:1])} - titled
    alone = {words for words in alone if words[1:] == ()}
    _correct_people(named, alone)
    _correct_others(named, {words[0] for words in alone | titled if words[1:] == ()})


def _correct_people(named: Sequence[Named], alone: set[NameWords]) -> None:
    """Take a person for the organisation that the article names in full ("Lumen Electronics Co."), if doubtful or known
    by that one word alone; and for one that it says is an organisation ("Deepwell, a startup")."""
    institutions = {one.words for one in named if one.kind == "organisation"}
    firm = {one.words for one in named if one.institution and one.kind == "organisation"}
    surnames = {one.words[-1] for one in named if one.kind == "person" and len(one.words) > 1}
    for one in named:
        if one.kind != "person":
            continue
        short = one.doubtful and any(organisation_fit(one.words, full) for full in institutions)
        first = one.words in alone and any(len(full) > 1 and full[0] == one.words[0] for full in institutions)
        said = one.words in firm and one.titles == one.start and not surnames & set(one.words)
        if short or first or said:
            one.kind = "organisation"


def _correct_others(named: Sequence[Named], surnames: set[str]) -> None:
    """Take for a person what has a given name and the surname of someone who is named by it alone: "Sandro NAME"."""
    for one in named:
        if one.kind == "person" or len(one.words) != 2 or one.words[-1] not in surnames or one.institution:
            continue
        if is_first_name(one.words[0]) and not ORGANISATION_WORDS & set(one.words):
            one.kind = "person"
