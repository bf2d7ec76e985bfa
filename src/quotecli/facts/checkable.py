"""Facts: the sentences that the article asserts by itself and that somebody could check."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from quotecli.deadline import check_time
from quotecli.facts.events import has_event
from quotecli.facts.figures import figures
from quotecli.model.tagging import Name
from quotecli.records import Span
from quotecli.text.document import Document

MOST_ATTRIBUTED = 0.2
"""How much of a sentence may be somebody's words before it stops being the article's own: a name or a quoted phrase."""
FEWEST_WORDS = 5

_ENDS = re.compile(r"[.!…][\"'”’»)\]“‘]*\s*$|[\"”“]\s*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]]*\s*$|^\W*(?:Q|A|Question|Answer)\s?[:.]")
_SPEECH_LABEL = re.compile(r"^[A-Z][A-Z .’'-]+:\s")
_IMPERATIVE = re.compile(
    r"""^\W*(?:Please\b|(?:Read|Sign|Subscribe|Click|Follow|Share|Watch|Listen|Download|See|Join|Get|Tap|Swipe|Scroll|Check
    |Visit|Email|Contact|Call|Support|Donate|Register|Log|Learn|Find|Don[’']t|Do|Let|Try|Enter|Send|Submit|Use|Keep|Stay
    |Help|Discover|Explore|View|Browse|Buy|Order|Save)\b(?!\ [A-Z][a-z]+\ (?:was|is|has|had)\b))""",
    re.VERBOSE,
)
_BOILERPLATE = re.compile(
    r"""© | \bcopyright\b | all\ rights\ reserved | newsletter | \bcookies?\b | privacy\ policy | our\ standards
    | terms\ (?:of|and)\ (?:use|service|conditions) | contributed\ to\ this\ (?:report|story|article)
    | ^\W*(?:additional\ )?(?:reporting|editing|writing|compiled|edited)\ by\b | ^\W*by\ (?-i:[A-Z])
    | getty\ images | \b(?:AP|AFP|EPA|PA|Reuters)\ (?:file\ )?photo | ^\W*FILE\b
    | \b(?:photo|image|picture|pictured|caption|credit|video|read\ more|related|advertisement|source|updated|published
      |last\ modified|tags|topics)\s*[:|(]
    | sign\ up | log\ in | subscrib | click\ here | follow\ (?:us|him|her|them)\ on | min(?:ute)?s?\ read\b
    | this\ (?:article|story|page)\ (?:was|has\ been|is) | originally\ published""",
    re.IGNORECASE | re.VERBOSE,
)
_PERSONAL = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|[Ww]e|[Ww]e[’'](?:re|ve|ll|d)|[Yy]ou|[Yy]our|[Mm]y|[Oo]ur|us|me)\b")
_OPINION = re.compile(
    r"\b(?:should|must|ought|perhaps|maybe|might|may|could|would|arguably|unfortunately|fortunately|hopefully|clearly|"
    r"seems?|appears?|likely|probably)\b",
    re.IGNORECASE,
)


def facts(document: Document, names: Sequence[Name], attributed: Sequence[Span]) -> list[tuple[Span, float]]:
    """Return the article's own checkable sentences, each with how checkable it is (0-1), in the order of the text.

    attributed: every content, cue and source of the article; a sentence of which they (or quotation marks) cover more
    than `MOST_ATTRIBUTED` is somebody's statement and no fact. A fact holds a figure, a date, or a named actor, and
    tells of an event; questions, appeals, captions, bylines and boilerplate are none. The figure says how much of
    that a sentence holds: it ranks, it is no probability.
    """
    taken = _merged([*attributed, *(Span(quotation.start, quotation.end) for quotation in document.quotations)])
    found = []
    for sentence in document.sentences:
        check_time()
        words = document.text[sentence.start : sentence.end]
        if _asserts(words) and _share_covered(sentence, taken) <= MOST_ATTRIBUTED:
            score = _checkable(document.text, sentence, names)
            if score:
                found.append((sentence, score))
    return found


def _asserts(sentence: str) -> bool:
    """Whether the sentence is declarative prose of the article."""
    return (
        len(sentence.split()) >= FEWEST_WORDS
        and _ENDS.search(sentence) is not None
        and not any(
            pattern.search(sentence) for pattern in (_QUESTION, _SPEECH_LABEL, _IMPERATIVE, _BOILERPLATE, _PERSONAL)
        )
    )


def _checkable(text: str, sentence: Span, names: Sequence[Name]) -> float:
    """Return 0 for what nobody could check, else 0.5-1: more for more of figure, named actor and plain wording."""
    words = text[sentence.start : sentence.end]
    inside = [name for name in names if sentence.start <= name.start < sentence.end]
    amounts = figures(text, sentence)
    firm = any(figure.value is not None for figure in amounts)
    if not has_event(words) or not (amounts or inside):
        return 0.0
    actor = any(name.type != "place" for name in inside)
    score = 0.5 + 0.2 * firm + 0.05 * (bool(amounts) and not firm) + 0.15 * bool(inside) + 0.1 * actor
    return round(min(1.0, score) * (0.6 if _OPINION.search(words) else 1.0), 2)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _share_covered(sentence: Span, taken: Sequence[Span]) -> float:
    """Return the share of the sentence under `taken`, which is in order and without overlaps: only its part counts."""
    low = bisect_right(taken, sentence.start, key=lambda span: span.end)
    high = bisect_left(taken, sentence.end, lo=low, key=lambda span: span.start)
    covered = sum(min(sentence.end, span.end) - max(sentence.start, span.start) for span in taken[low:high])
    return covered / max(1, sentence.end - sentence.start)
