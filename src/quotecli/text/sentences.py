"""Sentences: cut at final punctuation, but not behind abbreviations, initials and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.records import Span

BOUNDARY = re.compile(
    r"""(?<![.!?…])(?P<mark>[.!?…]+)   # final punctuation, all of it: a run of dots is tried once
        [\"'”’»)\]]*               # the quotation or bracket that it ends
        \s+
        (?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ$£€])   # and a beginning""",
    re.VERBOSE,
)

LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")

LONGEST_WORD = 40
"""No abbreviation is longer than so many characters."""

ABBREVIATIONS = frozenset(
    """mr mrs ms mx dr prof rev fr sr jr st sen sens rep reps gov govs gen col lt maj capt cmdr sgt cpl pvt adm hon pres
    supt insp det messrs mme mlle jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
    sat sun vs v etc no nos inc ltd co corp bros dept univ assn est approx ave blvd rd mt ft fig al eg ie ca cf rs
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa
    tenn tex va vt wash wis wyo""".split()
)
"""Words whose full stop does not end a sentence when a capital or a number follows (news style, lower case)."""

MAY_END = frozenset("inc ltd co corp etc jr sr al no sat sun mar miss mass wash ill ind".split())
"""Abbreviations or ordinary words that often do end one; a boundary if the next word begins like a sentence."""

SENTENCE_OPENERS = frozenset(
    "the a an it he she they we i you this that these those but and in on at for if when while there as his her "
    "their its what who how why".split()
)
NEXT_WORD = re.compile(r"\W*(\w+)")


def find_sentences(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the sentences of each paragraph in order; each holds its final punctuation and closing marks."""
    return tuple(sentence for paragraph in paragraphs for sentence in _split(text, paragraph))


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
    if len(last) == 1 or "." in last:  # an initial ("J."), "U.S.", "p.m."
        return last != "i" and _next_opens(text, boundary) and len(last) > 1
    if last in MAY_END:
        return _next_opens(text, boundary)
    return last not in ABBREVIATIONS


def _next_opens(text: str, boundary: re.Match[str]) -> bool:
    following = NEXT_WORD.match(text, boundary.end())
    return following is not None and following.group(1).casefold() in SENTENCE_OPENERS
