"""People whom the text shows without a name: whoever opens a sentence and says nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from quotecli.attribution.mentions.phrases import role_heads, role_words
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Reference
from quotecli.attribution.speakers.source_words import own_words
from quotecli.naming.lexicon import PERSON_WORDS, fold, title_gender
from quotecli.naming.names import name_words
from quotecli.records import Span, SpeakerType

_OPENS = re.compile(
    r"(?:(?:And|But|Then|Later,?) )?"
    r"(?P<who>[Ss]ome(?:one|body)(?: else)?\b|(?:[Aa]n?|[Oo]ne|[Aa]nother)(?: [a-z’'-]+){1,4})"
)


def shown_unnamed(cast: Cast, sources: Sequence[Span]) -> Iterator[Entity]:
    """Yield whom sentences open with that no source says: "Another farmer saw nothing", "Someone else asked"."""
    for sentence in cast.document.sentences:
        match = _OPENS.match(cast.text, sentence.start, sentence.end)
        if match is None or cast.document.is_quoted(match.start("who")):
            continue
        start, end = match.start("who"), _noun_end(match)
        if not end or cast.within(end, end + 3):  # "A farmer, NAME, saw it"
            continue
        if not any(source.start < end and start < source.end for source in sources):
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


def _noun_end(match: re.Match[str]) -> int:
    """Return where the first noun for a person ends, if no other follows: "a second woman | disagreed"; 0 for none."""
    words = list(re.finditer(r"\S+", match["who"]))
    if words[0][0].lower().startswith("some"):
        return match.end("who")
    for word, following in zip_longest(words[1:], words[2:]):
        if word[0] in PERSON_WORDS and (following is None or following[0] not in PERSON_WORDS):
            led = following is not None and following[0] in ("of", "for")  # "An attorney for Osei, NAME"
            return 0 if led else match.start("who") + int(word.end())
    return 0
