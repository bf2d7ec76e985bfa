"""Quotations that repeat others: what a headline or a pull quote says, someone says in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from quotecli.attribution.attribution import Attribution
from quotecli.naming.lexicon import fold
from quotecli.naming.names import WORD
from quotecli.records import Span, Speaker
from quotecli.text import Document

_LONGEST = 200  # characters of a heading or a pull quote

_ALONE = 0.9  # of a line, in quotation marks


def resolve_echoes(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Speaker | None]
) -> list[Speaker | None]:
    """Return `speakers` with those of quotations in headings set right by whom the article's text gives the words to.

    A quotation in a line that is no prose, whose source is not a named person, is said by the speaker of another
    quotation that has its words in the same order.
    """
    found = list(speakers)
    people = {i: one for i, one in enumerate(speakers) if one is not None and one.type == "person"}
    named = {i for i, person in people.items() if person.mention is not None}
    echoes = [i for i, one in enumerate(attributions) if i not in named and _in_heading(document, one)]
    if not echoes:
        return found
    said = {i: _words(document, attributions[i].content) for i in people}
    saying: dict[str, set[int]] = defaultdict(set)  # a long article's echoes are not held against all of it
    for i, words in said.items():
        for word in words:
            saying[word].add(i)
    for i in echoes:
        echo = _words(document, _quoted(document, attributions[i]))
        having = set.intersection(*(saying[word] for word in echo))
        origins = [(len(said[j]), j) for j in having if len(said[j]) > len(echo) and _holds(said[j], echo)]
        if origins:
            _, j = min(origins)
            why = f"the words of {people[j].name} in paragraph {_paragraph(document, attributions[j]) + 1}"
            found[i] = replace(people[j], mention=None, resolved_by="continued", evidence=why)
    return found


def _in_heading(document: Document, attribution: Attribution) -> bool:
    """Whether an attribution is a quotation in a line of its own: a heading, or nothing but quoted words."""
    if not document.quotations:
        return False
    line = document.paragraphs[_paragraph(document, attribution)]
    if line.end - line.start > _LONGEST or not document.quoted_share(attribution.content):
        return False
    alone = document.quoted_share([line]) > _ALONE
    return alone or document.text[line.end - 1] not in '.!?:,”"'


def _paragraph(document: Document, attribution: Attribution) -> int:
    return document.paragraph(attribution.content[0].start)


def _quoted(document: Document, attribution: Attribution) -> list[Span]:
    """Return what of a content stands in quotation marks."""
    return [
        Span(max(span.start, quotation.start), min(span.end, quotation.end))
        for span in attribution.content
        for quotation in document.quotations_touching(span.start, span.end)
    ]


def _words(document: Document, content: Sequence[Span]) -> list[str]:
    return [fold(match[0]) for span in content for match in WORD.finditer(document.text, span.start, span.end)]


def _holds(said: Sequence[str], echo: Sequence[str]) -> bool:
    """Whether the words of `echo` stand in `said` in order: a heading leaves words out."""
    rest = iter(said)
    return all(word in rest for word in echo)
