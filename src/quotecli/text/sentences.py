"""Sentences: cut at final punctuation, but not behind abbreviations, initials and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.records import Span

_NOTE = r"(?:\[\d{1,3}\]|[¹²³⁰-⁹]{1,3}|(?<=[^\W\d_].)\d{1,2}|(?<=[\"'”’»)])\d{1,2})"
"""The number of a footnote behind a stop and what closes with it; no digit is one behind another ("1.5")."""
_NOTE_AT_END = re.compile(rf"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]])){_NOTE}\s*$")
_LONGEST_NOTE = 12

BOUNDARY = re.compile(
    rf"""(?<![.!?…])(?P<mark>[.!?…]+)   # final punctuation, all of it: a run of dots is tried once
        [\"'”’»)\]]*               # the quotation or bracket that it ends
        {_NOTE}?
        \s+
        (?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ$£€])   # and a beginning""",
    re.VERBOSE,
)

LAST_WORD = re.compile(r"(?<![\w.])(?:[^\W\d_]+\.)*[^\W\d_]+$")

LONGEST_WORD = 40
"""No abbreviation is longer than so many characters."""

BEFORE_NAMES = frozenset(
    """mr mrs ms mx dr prof rev fr st sen sens rep reps gov govs gen col lt maj capt cmdr sgt cpl pvt adm hon pres supt
    insp det messrs mme mlle vs v nos fig eg ie ca cf rs mt ft approx""".split()
)
"""Abbreviations that stand before a name or a number: their full stop never ends a sentence."""

ABBREVIATIONS = frozenset(
    """jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun etc no inc ltd co
    corp jr sr bros dept univ assn est ave blvd rd al ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass
    mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo""".split()
)
"""Abbreviations, and ordinary words of the same letters, that may end one: a boundary if the next word begins like a
sentence (news style, lower case)."""

ORDINARY = frozenset("sun sat wed mar no miss mass wash ill ind del mo fig col sen".split())
"""Of these, the ones that are words of their own when they begin with a small letter."""

CLOCK = frozenset({"a.m", "p.m"})
BEHIND_CLOCK = re.compile(
    r"\W*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*|"
    r"[A-Z]{2,4}T|Eastern|Central|Mountain|Pacific|GMT|UTC|\d)\b"
)
"""What goes on behind "4 p.m.": the day, the month, the zone of time."""

SENTENCE_OPENERS = frozenset(
    "the a an it he she they we i you this that these those but and in on at for if when while there as his her "
    "their its what who how why".split()
)
NEXT_WORD = re.compile(r"\W*(\w+)")


def find_sentences(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the sentences of each paragraph in order; each holds its final punctuation and closing marks."""
    return tuple(sentence for paragraph in paragraphs for sentence in _split(text, paragraph))


def without_note(text: str, sentence: Span) -> Span:
    """Return a sentence without the number of a footnote behind its stop."""
    note = _NOTE_AT_END.search(text, max(sentence.start, sentence.end - _LONGEST_NOTE), sentence.end)
    return Span(sentence.start, note.start()) if note else sentence


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for boundary in BOUNDARY.finditer(text, paragraph.start, paragraph.end):
        if boundary["mark"] == "." and not _ends_sentence(text, start, boundary):
            continue
        end = boundary.end()
        while text[end - 1].isspace():
            end -= 1
        yield Span(start, end)
        start = boundary.end()
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends_sentence(text: str, start: int, boundary: re.Match[str]) -> bool:
    word = LAST_WORD.search(text, max(start, boundary.start() - LONGEST_WORD), boundary.start())
    if word is None:
        return True
    last = word.group().casefold()
    if last in CLOCK:
        return BEHIND_CLOCK.match(text, boundary.end()) is None
    if last in ORDINARY and word.group().islower():
        return not text[boundary.end()].isdigit()
    if len(last) == 1 or "." in last or last in ABBREVIATIONS:  # an initial ("J."), "U.S.", "Calif."
        return _next_opens(text, boundary, initial=len(last) == 1)
    return last not in BEFORE_NAMES


def _next_opens(text: str, boundary: re.Match[str], *, initial: bool) -> bool:
    """Whether the next word begins like a sentence; behind an initial, "A" and "I" are initials as well."""
    following = NEXT_WORD.match(text, boundary.end())
    if following is None or following.group(1).casefold() not in SENTENCE_OPENERS:
        return False
    return not initial or len(following.group(1)) > 1
