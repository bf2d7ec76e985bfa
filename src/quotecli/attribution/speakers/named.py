"""Sources that hold a name, initials or a label; and those that mean nobody whom the text names: their own words."""

from __future__ import annotations

import re

from quotecli.attribution.mentions.documents import full_phrase
from quotecli.attribution.mentions.phrases import head_of, role_heads, role_words
from quotecli.attribution.mentions.spotting import Named
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.source_words import Source, own_words
from quotecli.naming.lexicon import (
    ORGANISATION_HEADS,
    PERSON_WORDS,
    PREPOSITIONS,
    fold,
    is_plural,
    singular,
    title_gender,
)
from quotecli.naming.names import name_words
from quotecli.records import Resolution, Span

Found = tuple[Entity, Resolution | None, str]
"""Who it is, how that was found, and why in a few words."""

NAME_REACH = 90  # characters behind an unnamed source in which it may give a name

_GIVES_NAME = re.compile(
    r"[^.;“”\"\n]{3,90}?,? who (?:gives|gave|asked|wanted|wished|identified|introduced|would|preferred|goes|is known)\b"
    r"[^.;“”\"\n]{0,60}\b(?:as|by|name|called) [“\"‘]?"
)
_BODY = re.compile(  # "aid group Church in Distress", not "figures from the regulator Ofcom"
    r"(?:(?!by |for |from |of )[a-z’'-]+ ){0,3}(?P<kind>[a-z-]+|NGO) "
    r"(?P<name>[A-Z][\w’'&-]*\??(?: (?:[A-Z][\w’'&-]*|of|in|for|the|and|to))*)"
)
_ENDS_NAME = re.compile(r"(?:[,;:(—–-]|and |who |which |that )")


def self_named(cast: Cast, source: Source) -> Found | None:
    """Who gives a name for themselves: "a driver, who identified himself simply as NAME"."""
    for one in cast.within(source.start, source.end + NAME_REACH):
        if _GIVES_NAME.fullmatch(cast.text, source.start, one.titles):
            return cast.owner[one.start], "name", f"the name that “{source.text}” goes by"
    return None


def body_named(discourse: Discourse, source: Source) -> Found | None:
    """A body by a name that nothing shows to be one but what stands before it: "the aid group Church in Distress"."""
    body, cast = _BODY.fullmatch(own_words(discourse.cast.text, source.start, source.end)), discourse.cast
    if body is None or fold(body["kind"]) not in ORGANISATION_HEADS:
        return None
    entity = Entity("organisation", body["name"], name_words(body["name"]))
    if any(len(cast.owner[one.start].words) >= len(entity.words) for one in cast.within(source.start, source.end)):
        return None  # the text knows it
    discourse.take_in(entity)
    return entity, "name", "the name itself"


def by_initials(cast: Cast, source: Source) -> Found | None:
    """An office by its initials, which look like an organisation's name: "the DC" for the one deputy commissioner."""
    the, _, letters = source.text.partition(" ")
    known = any(len(cast.owner[one.start].words) > 1 for one in source.heads)
    if known or fold(the) != "the" or not letters.isupper():
        return None
    title = f"{letters} ", f"{letters}, ", f"({letters}) "  # "DC NAME", "her QC, NAME"
    in_office = {p.number for p in cast.people for role in p.roles if letters in _initials(role.text)}
    in_office |= {p.number for p in cast.people for r in p.references if cast.text.endswith(title, 0, r.start)}
    if len(in_office) != 1:
        return None
    holder = cast.entities[in_office.pop()]
    return holder, "description", f"“{source.text}”: {holder.name}, {cast.where(holder)}"


def _initials(role: str) -> str:
    """Return what the words of a role begin with, but for those all in capitals: a US Senator is not "the US"."""
    return "".join(word[0] for word in role.split() if not word.isupper())


def says_more(cast: Cast, source: Source, one: Named) -> bool:
    """Whether the source says more than the organisation's name: "the Taliban administration in Kabul"."""
    if " and " in cast.text[source.start : one.titles]:
        return True  # "both the army and the NAME"
    behind = cast.text[one.end : source.end].lstrip("”\"’'s. ")
    return bool(behind) and _ENDS_NAME.match(behind) is None


def by_label(cast: Cast, source: Source) -> Found | None:
    """The label of a turn in an interview: initials, or "A" for the one who answers."""
    people, letters = cast.people, source.head.lower()
    matching = [entity for entity in people if "".join(word[0] for word in entity.words) == letters]
    if len(matching) == 1 and len(letters) > 1:
        return matching[0], "alias", f"initials of {matching[0].name}"
    if letters == "a" and people:
        most = max(people, key=lambda entity: (len(entity.references), -entity.references[0].start))
        return most, "description", f"the one who answers: {most.name}, {cast.where(most)}"
    return None


def holder_of(cast: Cast, phrase: Span) -> Entity | None:
    """The person whose role stands in `phrase`: "NAME, a lawyer who …"."""
    return next((p for p in cast.people for r in p.roles if r.start < phrase.end and phrase.start < r.end), None)


def by_apposition(cast: Cast, source: Source) -> Found | None:
    """A role right beside the name whose role it is: the source was cut short of the name."""
    holder = holder_of(cast, Span(source.start, source.end))
    if holder is None:
        return None
    for one in cast.within(source.start, source.end):
        role = max((r.start for r in holder.roles if r.start < one.start), default=one.titles)
        led = cast.text[source.start : min(role, one.titles)].split()
        if cast.owner[one.start] is holder and (one.end < source.end or not PREPOSITIONS.isdisjoint(map(fold, led))):
            return None  # "the pilot NAME's widow", "the widow of the pilot NAME"
    return holder, "description", f"“{source.text}” stands beside the name of {holder.name}"


def named_before(cast: Cast, phrase: Span) -> Entity | None:
    """Return the organisation behind whose name and a comma a phrase says what it is: "NAME, a union which"."""
    named = cast.within(phrase.start - 3, phrase.start)
    owner = cast.owner[named[-1].start] if named and cast.text[named[-1].end : phrase.start] == ", " else None
    return owner if owner is not None and owner.type == "organisation" and not owner.place else None


def by_author(source: Source, byline: str | None) -> Found | None:
    """Return who wrote the article, for an "I" that nobody in it says."""
    byline = " ".join((byline or "").split())
    if not byline or re.search(r",|;|\band\b|&", byline):
        return None
    author = Entity("person", byline, name_words(byline), author=True)
    return author, "pronoun", f"“{source.text}” outside quotation marks: the author"


def together(entities: list[Entity]) -> Found:
    """Several who speak together, with what they are together: "NAME and NAME, owners of the bakery"."""
    *others, last = (entity.name for entity in entities)
    name = f"{', '.join(others)} and {last}"
    shared = [role for entity in entities for role in entity.roles if is_plural(head_of(role.text))]
    return Entity("group", name, name_words(name), roles=shared), "name", "several, named together"


def unresolved(discourse: Discourse, source: Source, owner: Entity | None = None) -> Found:
    """A source that names no one: its own words; remembered, so that a later "he" or "the spokesman" finds it.

    owner: whom "her" means in "her campaign".
    """
    text = discourse.cast.text
    name = own_words(text, source.start, source.end)
    head = source.head or head_of(name)
    if source.type == "document":
        name = full_phrase(text, source.text, source.start) or name
    if owner is not None:
        mark = "’" if "’" in text else "'"
        name = f"{owner.name}{mark}s {name.partition(' ')[2]}"
    entity = Entity(source.type, name, name_words(name), named=False)
    people = [one for one in source.heads if discourse.cast.owner[one.start].type == "person"]
    if people:
        entity.name = text[people[0].start : people[0].end]  # in doubt: several have the surname
    elif source.heads and (head in PERSON_WORDS or singular(head) in PERSON_WORDS):
        entity.type = "group" if is_plural(head) else "unknown"
    elif source.heads:
        entity.type = "organisation"
    for known in discourse.newcomers:
        if known.words == entity.words and source.kind == "phrase":
            return known, None, "no name in the text: the source's own words"
    bare = singular(head.rpartition("-")[2])
    someone = source.type != "unknown" or bare in PERSON_WORDS  # "his decision" is no one, and no later "he"
    if someone and not discourse.document.is_headline(source.start):  # the article says it again, and better
        entity.extra, entity.extra_heads = role_words(name), role_heads(name)
        entity.feel(title_gender(head), "role")
        discourse.take_in(entity)
    return entity, None, "no name in the text: the source's own words"
