"""A role right beside the name whose role it is, where the source was cut short of the name."""

from __future__ import annotations

import re

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.roles import Role
from quotecli.attribution.speakers.source_words import Source
from quotecli.naming.lexicon import ORGANISATION_HEADS
from quotecli.records import Resolution

_ASIDE = re.compile(r"(?:When )?[Aa]sked |(?:When|After|As|While|If|Although|In|With|During|Following|Despite) ")


def by_apposition(cast: Cast, source: Source) -> tuple[Entity, Resolution | None, str] | None:
    """A role right beside the name whose role it is: the source was cut short of the name."""
    for entity in cast.people:
        for role in entity.roles:
            if role.start < source.end and source.start < role.end and not _is_subject(cast, source, role):
                return entity, "description", f"“{source.text}” stands beside the name of {entity.name}"
    place = cast.places
    between = cast.text[source.end : source.end + 1] == ","
    institution = source.type == "organisation" or source.head in ORGANISATION_HEADS or between
    for one in cast.within(source.start - 3, source.start) if institution else ():  # "NAME, the startup"
        owner = cast.owner[one.start]
        closed = cast.text[source.end : source.end + 1] != " "  # not "obtained by NAME, the district said"
        opens = one.titles <= place.sentence_start(one.start) + len("The ")
        if (
            owner.type == "organisation"
            and (opens if between else closed)
            and cast.text[one.end : source.start] == ", "
        ):
            return owner, "description", f"“{source.text}” stands behind the name of {owner.name}"
    return None


def _is_subject(cast: Cast, source: Source, role: Role) -> bool:
    """Whether the words behind a name and a comma speak for themselves: "Asked about NAME, the aide | said"."""
    start = cast.places.sentence_start(source.start)
    behind = cast.text.endswith((", ", ", the "), start, role.start) and role.start - source.start in (0, 4)
    return behind and _ASIDE.match(cast.text, start) is not None and cast.text[source.end] == " "
