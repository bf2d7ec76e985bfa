"""Organisations that a short description means: "the ministry", "the company"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity
from quotecli.attribution.speakers.scoring import WEIGHTS
from quotecli.attribution.speakers.sources import Source
from quotecli.naming.lexicon import INSTITUTIONS, PLAIN_COMPANIES, PRIVATE_COMPANIES, PUBLIC_BODIES
from quotecli.naming.names import name_words


def companies_for(cast: Cast, source: Source, speaking: Entity | None) -> Iterator[tuple[Entity, float]]:
    """Yield the organisations that a description can mean, each with how well its name agrees.

    speaking: who has just spoken in the same paragraph.
    """
    kinds = {source.head, *INSTITUTIONS.get(source.head, ())}
    modifiers = set(name_words(source.text)) - {source.head}
    main = _opening(cast, source.start) or speaking or _most_named(cast, source.start)
    said = re.compile(rf", an? (?:[\w-]+ ){{0,4}}{re.escape(source.head)}\b")
    for entity in cast.entities:
        if entity.type != "organisation" or not (entity.named or _is_fuller(entity, source)):
            continue
        words = set(entity.words)
        if source.head in PRIVATE_COMPANIES and PUBLIC_BODIES & words:
            continue
        if entity.named and _is_called(cast, entity, source.head, said):
            yield entity, WEIGHTS["head word agrees"]
        elif not entity.named or kinds & words:
            if not modifiers or modifiers & words:  # "the appeals court" is no Supreme Court
                yield entity, WEIGHTS["head word agrees"]
        elif source.head in PLAIN_COMPANIES and _is_plain(source) and not entity.place:
            yield entity, WEIGHTS["most spoken of so far, for 'the company'"] * (entity is main)


_ASKED = re.compile(r"\b(?:reached out to|contacted|approached|emailed|asked) (?:the )?(?=[A-Z])")


def _is_called(cast: Cast, entity: Entity, head: str, said: re.Pattern[str]) -> bool:
    """Whether the text says just that of an organisation: "NAME, a Denver-based company" (`said`), "the union NAME"."""
    return any(
        said.match(cast.text, reference.end) or cast.text.endswith(f" {head} ", 0, reference.start)
        for reference in entity.references
    )


def _opening(cast: Cast, offset: int) -> Entity | None:
    """Return the organisation that opens the sentence or the one before: "Cobrex denied it. The company said …"."""
    here = cast.places.sentence_start(offset)
    asked = _ASKED.search(cast.text, cast.places.sentence_start(max(0, here - 2)), here)
    if asked is not None:
        owners = [cast.owner[one.start] for one in cast.within(asked.end(), asked.end() + 1)]
        if owners and owners[0].type == "organisation":
            return owners[0]
    for start in (here, cast.places.sentence_start(max(0, here - 2))):
        owners = [cast.owner[one.start] for one in cast.within(start, start + 1) if not one.possessive]
        found = next((e for e in owners if e.type == "organisation" and e.named and not e.place), None)
        if found is not None:
            return found
    return None


def _most_named(cast: Cast, offset: int) -> Entity | None:
    """Return the organisation that is named most often before `offset`, and more than once."""
    companies = (e for e in cast.entities if e.type == "organisation" and e.named and not e.place)
    counts = sorted(((_times_shown(e, offset), -e.number) for e in companies), reverse=True)[:2]
    if not counts or counts[0][0] < 2 or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return cast.entities[-counts[0][1]]


def _times_shown(entity: Entity, offset: int) -> int:
    """Return how often an organisation is named before `offset`, not counting to whom or of what something is said."""
    return sum(not reference.weak for reference in entity.references if reference.start < offset)


def _is_fuller(entity: Entity, source: Source) -> bool:
    """Whether an unnamed organisation is what the source says, and more: "Fiji's navy" for "the navy"."""
    said = set(name_words(source.text))
    return source.head in entity.extra_heads and said < set(entity.words)


def _is_plain(source: Source) -> bool:
    """Whether a description names no field or country of its own: "the company", "the Oslo-based company"."""
    own = [word for word in source.text.split()[1:] if word[:1].isupper() and not word.endswith("-based")]
    return source.kind == "description" and not own
