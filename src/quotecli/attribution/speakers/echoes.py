"""Quotations that repeat others: what a headline or a pull quote says, someone says in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.naming.lexicon import fold
from quotecli.naming.names import WORD
from quotecli.records import Span, Speaker
from quotecli.text.document import Document

_LONGEST = 30
"""Words that a headline or a pull quote has at most."""

_LONGEST_HEADING = 200
_GAPS = 0.5
"""Words that a heading may leave out, as a share of those it has."""

_SHORTEST_WORD = 5  # letters: of a single word, a shorter one may stand anywhere by chance


def resolve_echoes(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Speaker | None]
) -> list[Speaker | None]:
    """Return `speakers` with those of quotations in headings set right by whom the article's text gives the words to.

    A quotation in a line that is no prose, whose source is not a named person, is said by the speaker of another
    quotation that has its words in the same order.
    """
    echoes = {i for i, attribution in enumerate(attributions) if _may_echo(document, attribution, speakers[i])}
    if not echoes:
        return list(speakers)
    said = [_words(document.text, attribution.content) for attribution in attributions]
    saying = _postings(said)
    found = list(speakers)
    for i in echoes:
        echo = _words(document.text, _quoted(document, attributions[i]))
        rarest = min((saying.get(word, []) for word in echo), key=len, default=[])
        longer = (j for j in rarest if len(said[j]) > len(said[i]))
        origins = [j for j in longer if _is_person(speakers[j]) and _holds(said[j], echo)]
        if origins:
            best = min(origins, key=lambda j: (len(said[j]), j))
            found[i] = _same(document, speakers[best], attributions[best], speakers[i])
    return found


def _postings(said: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return in which of the contents each word stands: a long article's echoes are not held against all of them."""
    found: dict[str, list[int]] = {}
    for index, words in enumerate(said):
        for word in set(words):
            found.setdefault(word, []).append(index)
    return found


def _may_echo(document: Document, attribution: Attribution, speaker: Speaker | None) -> bool:
    """Whether an attribution is a quotation in a heading that no named person is given for there."""
    if not document.quoted_share(attribution.content):
        return False
    place = _paragraph(document, attribution.content[0]) - 1
    heading = document.paragraphs[place]
    if not _is_heading(document, heading):
        return False
    return not (_is_person(speaker) and speaker is not None and speaker.mention is not None)


def _paragraph(document: Document, span: Span) -> int:
    """Return the number of the paragraph in which a span begins, the first being 1."""
    return bisect_right(document.paragraphs, span.start, key=lambda paragraph: paragraph.start)


def _is_heading(document: Document, paragraph: Span) -> bool:
    """Whether a paragraph is a line of its own: no sentence, or nothing but a quotation."""
    if paragraph.end - paragraph.start > _LONGEST_HEADING:
        return False
    around = document.quotations_touching(paragraph.start, paragraph.end)
    alone = any(q.start <= paragraph.start + 1 and q.end >= paragraph.end - 1 for q in around)
    return alone or document.text[paragraph.end - 1] not in '.!?:,”"'


def _quoted(document: Document, attribution: Attribution) -> list[Span]:
    """Return what of a content stands in quotation marks."""
    return [
        Span(max(span.start, quotation.start), min(span.end, quotation.end))
        for span in attribution.content
        for quotation in document.quotations_touching(span.start, span.end)
    ]


def _words(text: str, content: Sequence[Span]) -> list[str]:
    return [fold(match[0]) for span in content for match in WORD.finditer(text, span.start, span.end)]


def _is_person(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.type == "person"


def _holds(said: Sequence[str], echo: Sequence[str]) -> bool:
    """Whether the words of `echo` stand in `said` in order, with few between them."""
    if not echo or (len(echo) == 1 and len(echo[0]) < _SHORTEST_WORD):
        return False
    spread = len(echo) + int(_GAPS * len(echo))
    return any(_runs_through(said[i : i + spread], echo) for i, word in enumerate(said) if word == echo[0])


def _runs_through(said: Sequence[str], echo: Sequence[str]) -> bool:
    rest = iter(said)
    return all(word in rest for word in echo)


def _same(document: Document, speaker: Speaker | None, origin: Attribution, given: Speaker | None) -> Speaker | None:
    """Return the speaker of the words' origin, with the source that the heading gives."""
    if speaker is None:
        return None
    why = f"the words of {speaker.name} in paragraph {_paragraph(document, origin.content[0])}"
    mention = given.mention if given else None
    return msgspec.structs.replace(speaker, mention=mention, resolved_by="continued", evidence=why)
