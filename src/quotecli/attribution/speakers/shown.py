"""People whom the text shows without a name: whoever opens a sentence and says nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotecli.attribution.mentions.phrases import role_heads, role_words
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.source_words import own_words
from quotecli.naming.lexicon import PERSON_WORDS, fold, title_gender
from quotecli.naming.names import WORD, name_words
from quotecli.records import Span, SpeakerType

_OPENS = re.compile(
    r"(?:(?:And|But|Then|Later,?) )?"
    r"(?P<who>[Ss]ome(?:one|body)(?: else)?\b|(?:[Aa]n?|[Oo]ne|[Aa]nother)(?: [a-z’'-]+){1,4})"
)


def shown_unnamed(cast: Cast, sources: Sequence[Span]) -> Iterator[Entity]:
    """Yield whom sentences open with that no source says: "Another farmer saw nothing", "Someone else asked"."""
    for sentence in cast.document.sentences:
        match = _OPENS.match(cast.text, sentence.start, sentence.end)
        if match is None:
            continue
        start, end = match.span("who")
        if not match["who"].lower().startswith("some"):
            words = WORD.finditer(cast.text, cast.text.index(" ", start), end)
            end = next((word.end() for word in words if word[0] in PERSON_WORDS), 0)
        if end and not any(source.start < end and start < source.end for source in sources):
            yield unnamed(cast, Span(start, end), subject=True)


def unnamed(cast: Cast, span: Span, kind: SpeakerType = "unknown", *, subject: bool = False) -> Entity:
    """Return somebody known only by the words at a place."""
    name = own_words(cast.text, span.start, span.end)
    reference = Reference.at(cast.document, span.start, span.end, subject=subject)
    entity = Entity(kind, name, name_words(name), named=False, references=[reference])
    entity.extra, entity.extra_heads = role_words(name), role_heads(name)
    for word in name.split():
        entity.feel(title_gender(fold(word)), "role")
    return entity
