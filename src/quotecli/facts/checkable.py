"""Facts: the sentences that the article asserts by itself and that somebody could check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.deadline import check_time
from quotecli.model.tagging import Readings
from quotecli.records import Span
from quotecli.text.document import Document
from quotecli.text.sentences import without_note

LEAST = 0.3
"""A sentence is a fact from this probability on: the lowest at which the article asserts 90 % of them itself, on pages
that the head was not fitted on (training/checkable.py works it out; docs/facts.md)."""
MOST_QUOTED = 0.5
"""How much of a sentence may stand in quotation marks: what somebody says is theirs, even where nobody is named."""

_LEADING = re.compile(r"[\s•●▪■◦‣⁃*–—-]+")
"""The mark of an item in a list."""
_ENDS = re.compile(r"[.!…][\"'”’»)\]“‘]*\s*$|[\"”“]\s*$")
"""What closes a sentence; headings and captions have none."""
_OF_THE_PAGE = re.compile(
    r"""^\W*(?:(?:additional\ )?(?:reporting|editing|writing|compiled|edited)\ by\b | ©
    | (?:\d+\ of\ \d+|file|photo|image|picture|pictured|caption|video)\s*[:|–—-]\s)
    | contributed\ to\ this\ (?:report|story|article) | \((?:file|stock|handout)\ (?:photo|image|picture)\)
    | ^\W*(?:sign\ up\ (?:for|to)|subscribe\ (?:to|now|today|for)|click\ (?:here|on)|(?:buy|order|book|shop|donate)\ now
    | read\ more|follow\ us|download\ (?:the|our))\b
    | \bthis\ (?:article|story|post|piece|interview|report)\ (?:was|is|has\ been|is\ being)\ (?:first\ |originally\ )?
      (?:re|co-)?published\b
    | \bavailable\ (?:up)?on\ request\b | \bcan\ be\ (?:downloaded|found|obtained)\ (?:from|at|on)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a page says of itself or asks of its reader: credits, captions, appeals. They hold names and dates as facts do,
and are too rare in what the head was fitted on."""
_ASIDE = re.compile(
    r"""\W*(?i:notes?\ (?:to|for)\ editors?\b)
    | .{0,400}(?:\b(?i:photograph|photo|picture|image|credit)s?(?:\ (?:courtesy(?:\ of)?|credit))?\ ?(?::|\ by)\ ?[A-Z(]
      | [A-Z][\w.]+/(?:AP|PA|AFP|EPA|Reuters|Getty|Shutterstock)\b).{0,60}$""",
    re.DOTALL | re.VERBOSE,
)
"""A paragraph beside the article: a caption with its credit, a press release's notes to editors."""
_NOTES = re.compile(r"^[^\w\n]*notes?\ (?:to|for)\ editors?[^\w\n]*$", re.IGNORECASE | re.MULTILINE)
"""The heading behind which a press release tells of itself."""


def facts(document: Document, readings: Readings) -> list[tuple[Span, float]]:
    """Return the sentences in which the article itself asserts something worth checking, in the order of the text.

    Each comes with the probability of that, 0-1, as the head `fact` reads it: it knows what is attributed, what is
    judged or foretold, and what nobody would check. Never raises.
    """
    found = []
    notes = _NOTES.search(document.text)
    for sentence in _sentences(document):
        check_time()
        if notes and sentence.start >= notes.start():
            break
        probability = readings.probability("fact", (sentence,))
        if probability >= LEAST and _is_prose(document, sentence):
            found.append((sentence, probability))
    return found


def _sentences(document: Document) -> Iterator[Span]:
    """Yield the sentences without the marks of lists before them and the numbers of footnotes behind."""
    for sentence in document.sentences:
        words = without_note(document.text, sentence)
        leading = _LEADING.match(document.text, words.start, words.end)
        first = leading.end() if leading else words.start
        if first < words.end:
            yield Span(first, words.end)


def _is_prose(document: Document, sentence: Span) -> bool:
    words = document.text[sentence.start : sentence.end]
    paragraph = document.paragraph_at(sentence.start)
    return (
        _ENDS.search(words) is not None
        and _OF_THE_PAGE.search(words) is None
        and document.quoted_share((sentence,)) <= MOST_QUOTED
        and _ASIDE.match(document.text, paragraph.start, paragraph.end) is None
    )
