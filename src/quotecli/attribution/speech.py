"""Which words in quotation marks were said: titles, names, terms and slogans stand in marks as well.

A logistic regression with the whole sentence for evidence: how long the words are, how they are written, where they
stand and between which words (`written`), and what the network makes of them (`Heard`). `training/speech.py` fits
its weights.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.model import Tagging
from quotecli.text import Document, Quotation

THRESHOLD = 0.4
WHOLE = 0.8
"""The share of a content's characters that a quotation has where it is all of it."""

WEIGHTS = Path(__file__).parent / "speech.json"
LENGTHS = (1, 2, 3, 5, 8, 14)
"""Words: a quotation's length counts as the first of these that it does not exceed, or as more."""

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_MARKS = "“”\"„«»‘’'`‚‹›＂ "
_SMALL = frozenset("a an and as at but by for from in into is it nor of off on or the to up vs with".split())
"""Words that titles of books, films and songs write small."""

_SPEAKING = re.compile(
    r"\b(?:I|we|my|our|us|me|you|your)\b|\b(?:I|we|you|they|he|she|it|that|there)[’']", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|should|may|might|must|cannot|need)\b"
    r"|n[’']t\b|\w[’'](?:re|ve|ll|m|d)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:([^\W_]+(?:[’'][^\W_]+)*)\s?)?([^\w\s]*)\s*\Z")
_AFTER = re.compile(r"([^\w\s]*)\s?([^\W\d_]+)?")
_NAMED_SO = re.compile(r"\b(?:(?:sub|en)?titled|headlined|captioned),? ?\Z|(?:^|\n)Re[.:] ?\Z")
"""Before the title of a text, or of one that a letter to the editor answers."""

_CALLED_SO = re.compile(
    r"\b(?:nicknamed|dubbed|known|mocked|teased|billed|perform\w*|record(?:s|ed|ing))\b[^.“”\"\n]{0,40}\Z"
)
"""Before the name that somebody goes by: “was known at school as “Mouse””."""

REACH = 40
"""Characters around a quotation in which the words beside it are looked for."""


class Heard(msgspec.Struct, frozen=True):
    """What the network makes of a quotation.

    content: the mean probability of its words to be content, 0-1; attribution: the one whose only content it is.
    """

    content: float
    attribution: Attribution | None = None


def said(document: Document, quotation: Quotation, heard: Heard) -> float:
    """Return how probable it is, 0-1, that the words of `quotation` were said or written by somebody."""
    if _is_title(document, quotation):
        return 0.0
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in evidence(document, quotation, heard))
    return 1.0 / (1.0 + math.exp(-score))


def _is_title(document: Document, quotation: Quotation) -> bool:
    """Whether the words in front call a quotation the title of a text."""
    return _NAMED_SO.search(document.text[max(0, quotation.start - REACH) : quotation.start]) is not None


def is_said(document: Document, tagging: Tagging, attribution: Attribution) -> bool:
    """Whether an attribution holds more than a quotation, or one that somebody said."""
    index = only_quotation(document, attribution)
    if _is_only_a_name(document, attribution):
        return False
    if index is None:
        return True
    return said(document, document.quotations[index], heard(tagging, index, attribution)) >= THRESHOLD


def _is_only_a_name(document: Document, attribution: Attribution) -> bool:
    """Whether nobody is said to speak, and what ends in marks is a title, or what somebody is called."""
    last = document.quotations_touching(attribution.content[-1].start, attribution.content[-1].end)
    if not last:
        return False
    start, before = last[0].start, document.text[max(0, last[0].start - 2 * REACH) : last[0].start]
    if len(document.text[attribution.content[-1].start : start].split()) > 1:
        return False
    words = _WORD.findall(document.text[start : last[0].end])
    if words[:1] == ["the"]:
        del words[0]
    if attribution.source is None and _is_title(document, last[0]):
        return True
    called = bool(words) and _case(words) == "title" and _CALLED_SO.search(before) is not None
    return called and (attribution.source is None or len(attribution.content) > 1)


def heard(tagging: Tagging, index: int, attribution: Attribution | None = None) -> Heard:
    """Return what the network makes of the quotation `index`; one without probabilities says nothing."""
    return Heard(tagging.quoted[index] if tagging.quoted else 0.5, attribution)


def only_quotation(document: Document, attribution: Attribution) -> int | None:
    """Return the index of the quotation that is all that an attribution has for content; None where there is more."""
    if len(attribution.content) > 1:
        return None
    (span,) = attribution.content
    around = document.quotations_touching(span.start, span.end)
    if len(around) != 1:
        return None
    shared = min(span.end, around[0].end) - max(span.start, around[0].start)
    return bisect_left(document.quotations, around[0]) if shared >= WHOLE * (span.end - span.start) else None


def evidence(document: Document, quotation: Quotation, heard: Heard) -> Iterator[tuple[str, float]]:
    """Yield the regression's inputs, each with its name."""
    yield from written(document, quotation)
    content, own = heard.content, heard.attribution
    yield "content", _log_odds(content)
    if own is None:
        yield "unlinked", 1.0
    else:
        yield "confidence", _log_odds(own.confidence)
        yield "no source", float(own.source is None)
        yield "no cue", float(own.cue is None)


def written(document: Document, quotation: Quotation) -> Iterator[tuple[str, float]]:
    """Yield what is seen of a quotation without the network: the words, their form and their neighbours."""
    text = document.text
    inner = text[quotation.start : quotation.end].strip(_MARKS)
    words = _WORD.findall(inner)
    size = next((limit for limit in LENGTHS if len(words) <= limit), 99)
    yield "bias", 1.0
    yield f"words {size}", 1.0
    case = _case(words)
    yield f"{case}, {'one word' if len(words) == 1 else 'words'}", 1.0
    yield f"ends {_kind_of(inner[-1:])}", 1.0
    yield "speaking", float(_SPEAKING.search(inner) is not None)
    yield "finite", float(_FINITE.search(inner) is not None)
    yield (
        "single",
        float(text[quotation.start] in "‘'" and text[quotation.start : quotation.start + 2] not in ("''", "‘‘")),
    )
    yield "goes on", float(quotation.continues or not quotation.closed)
    yield from _place(document, quotation, case)


def _place(document: Document, quotation: Quotation, case: str) -> Iterator[tuple[str, float]]:
    """Yield where in its paragraph a quotation stands, and between which words."""
    text = document.text
    paragraph = document.paragraph_at(quotation.start)
    sentence = document.sentence_at(quotation.start)
    yield "begins paragraph", float(quotation.start <= paragraph.start + 1)
    yield "begins sentence", float(quotation.start <= sentence.start + 1)
    yield f"{case}, paragraph", float(quotation.end - quotation.start >= WHOLE * (paragraph.end - paragraph.start))
    before = _BEFORE.search(text[max(paragraph.start, quotation.start - REACH) : quotation.start])
    after = _AFTER.match(text[quotation.end : min(paragraph.end, quotation.end + REACH)])
    if before is not None:
        yield f"behind {_kind_of(before[2][:1])}", 1.0
        if before[1] and not before[2]:
            yield f"behind {'Name' if before[1][0].isupper() else before[1].lower()}", 1.0
            yield "behind a word", 1.0
    if after is not None:
        yield f"before {_kind_of(after[1][:1])}", 1.0
        if after[2] and not after[1]:
            yield f"before {'Name' if after[2][0].isupper() else after[2].lower()}", 1.0
            yield "before a word", 1.0


def _case(words: list[str]) -> str:
    """How the words are written: as a title, as a sentence, or small."""
    if all(not word[0].islower() or word in _SMALL for word in words):
        return "title"
    return "sentence" if words and words[0][0].isupper() else "small"


def _kind_of(character: str) -> str:
    return (
        character if character and character in ",.:;?!()" else "dash" if character in "…—–-" and character else "none"
    )


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1.0 - kept))


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
