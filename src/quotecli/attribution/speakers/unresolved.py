"""Sources that mean nobody whom the text names: they keep their own words."""

from __future__ import annotations

from quotecli.attribution.mentions.phrases import head_of, role_heads, role_words
from quotecli.attribution.speakers.discourse import Discourse
from quotecli.attribution.speakers.documents import full_phrase
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.named import Found
from quotecli.attribution.speakers.source_words import Source, own_words
from quotecli.naming.lexicon import PERSON_WORDS, is_plural, singular, title_gender
from quotecli.naming.names import name_words


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
        name = f"{owner.name}{_mark(text)}s {name.partition(' ')[2]}"
    entity = Entity(source.type, name, name_words(name), plural=source.type == "group", named=False)
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
    if someone and not discourse.places.headline(source.start):  # the article says it again, and better
        entity.extra, entity.extra_heads = role_words(name), role_heads(name)
        entity.feel(title_gender(head), "role")
        discourse.take_in(entity)
    return entity, None, "no name in the text: the source's own words"


def _mark(text: str) -> str:
    """Return the apostrophe that a text uses."""
    return "’" if "’" in text else "'"
