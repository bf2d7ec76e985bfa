"""The words that tell how an attribution is made: its cue, and what stands around it outside the content."""

from __future__ import annotations

import re
from typing import NamedTuple

from quotecli.attribution.attribution import Attribution
from quotecli.records import Span
from quotecli.text import Document

_WORD = re.compile(r"'(?:s|re|ve|d|ll)\b|@?[^\W_]+(?:['-][^\W_]+)*")
_CONTRACTION = re.compile(r"(?<=\w)'(?=(?:s|re|ve|d|ll)$)")
_BREAK = re.compile(r"[,;:.!?()\n“”\"—–―]")
_END = re.compile(r"[.!?\n“”\"]")
_REACH = 60
"""How many characters around the cue, and before the source, are looked at: an auxiliary is no further away."""


class WordsAround(NamedTuple):
    """Lower-case words, apostrophes straight, contractions cut ("he'd" is "he", "'d").

    opening: from the beginning of the sentence to the source, or the cue if that comes first.
    condition: the last of these, back to a comma.
    source: those of the source, in their own letter case.
    lead: between source and cue; else before the cue, back to a comma.
    cue: those of the cue.
    after: from the cue to the content or the source, or as far as the sentence goes on.
    content: the first ones of the content, where it follows the cue.
    asked: whether the sentence ends with a question mark.
    """

    opening: list[str]
    condition: list[str]
    source: list[str]
    lead: list[str]
    cue: list[str]
    after: list[str]
    content: list[str]
    asked: bool


def words_of(document: Document, attribution: Attribution, cue: Span) -> WordsAround:
    """Return the words around `attribution`, whose cue is `cue`."""
    text, source = document.text, attribution.source
    floor = max((span.end for span in attribution.content if span.end <= cue.start), default=0)
    begin = min(source.start, cue.start) if source else cue.start
    leads = source is not None and source.end <= cue.start <= source.end + _REACH
    lead_from = source.end if source and leads else max(floor, cue.start - _REACH)
    following = next((span.start for span in attribution.content if span.start >= cue.end), None)
    end = _END.search(text, cue.end)
    others = [span.start for span in attribution.spans if span.start >= cue.end]
    return WordsAround(
        opening=_last(text, max(0, begin - 2 * _REACH), begin, _END),
        condition=_last(text, max(0, begin - _REACH), begin, _BREAK),
        source=split(text[source.start : source.end]) if source else [],
        lead=_last(text, lead_from, cue.start, _BREAK),
        cue=_lower(text[cue.start : cue.end]),
        after=_lower(text[cue.end : min(others, default=end.start() if end else len(text))][:_REACH]),
        content=_lower(text[following : following + _REACH])[:3] if following is not None else [],
        asked=end is not None and end.group() == "?",
    )


def _lower(text: str) -> list[str]:
    return split(text.lower())


def split(text: str) -> list[str]:
    """Return the words of `text`, in their own letter case."""
    words: list[str] = []
    for word in _WORD.findall(text.replace("’", "'")):
        words += _CONTRACTION.sub(" '", word).split() if "'" in word else [word]
    return words


def _last(text: str, start: int, end: int, stop: re.Pattern[str]) -> list[str]:
    """Return the words of `text[start:end]` behind the last match of `stop` that has words behind it."""
    for match in stop.finditer(text, start, end):
        start = match.end()
    return _lower(text[start:end])
