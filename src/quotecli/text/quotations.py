"""Quotations: which words stand in quotation marks, in the styles that real news uses and misuses.

Each paragraph is read by itself, so a missing or stray mark costs at most its own paragraph; only a quotation left open
where the next paragraph re-opens or closes it goes on. Double marks (curly, straight, low, guillemets, two singles) are
read first. Single marks count as speech where they open and close like quotation marks; apostrophes are none.
Only outermost quotations are returned: a quotation inside another belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from quotecli.records import Span
from quotecli.text.document import Quotation
from quotecli.text.spaces import end_before

DOUBLE_MARK = re.compile(r"``|''|(?<!\S),,(?=\w)|‘‘|’’|′′|[\"“”„‟«»＂″「」〝〞〟]")
INCHES = re.compile(r"(?<=\d['’′]\d)[\"″]|(?<=\d['’′]\d\d)[\"″]|(?<=\d)″")

SINGLE_OPENING = re.compile(r"(?<![\w'’‘`´′.,!?])[‘‛'`´′](?=[\w“\"\[$£€…])|(?:^|(?<=[:,] ))' (?=[A-Z])", re.MULTILINE)
APOSTROPHE_OPENING = re.compile(r"(?<!\S)’(?=[A-Z][^‘’]*[.,!?…]’(?!\w))")
PAIRED_OPENING = re.compile(r"(?<![\w‹›])[‚‹›『](?=\s?[\w“\"„«\[$£€…])")
PAIRED = {"‚": re.compile("[‘’](?!\\w)"), "‹": re.compile("›"), "›": re.compile("‹"), "『": re.compile("』")}
"""Single marks that open nothing but quotations, and what closes each."""
MAY_OPEN_SINGLE = re.compile(r"[‘‛'`´′‚‹›『]|(?<!\S)’[A-Z]")
"""A right single mark typed for a left one: it needs a firm end, and no other single mark in between."""
ELISION = re.compile(r"[‘'](?:\d\ds?\b|(?:em|tis|twas|til|cause|bout|round|n|cos|im)\b)", re.IGNORECASE)
SINGLE_CLOSING = re.compile(
    r"(?<=\S)(?<![‘('\[])['’](?![\w'’])|(?<=[,.!?…])['’](?=[^\W\d_])(?!(?:s|ll|re|ve|d|t|m)\b)"
    r"|(?<=[,.!?…] )'(?!\S)|(?<=[,.!?…\w])[`´′](?!\w)"
)
"""A right single mark that no word character follows: it closes, or is the apostrophe of a plural ("workers’ pay").
Behind the comma or stop of speech it closes even if the next word is glued to it, or a space stands before it."""

OPENINGS = (SINGLE_OPENING, APOSTROPHE_OPENING, PAIRED_OPENING)
CLOSED_BY = {"‘": "’", "‛": "’", "’": "’", "`": "'’`´", "´": "'’´", "′": "′"}

LONGEST_SINGLE = 10_000
"""Characters: no quotation in single marks is longer, and no search for its end goes on longer."""

FIRMLY_CLOSED = re.compile(r"[.,!?;:…—–\-)\]”\"] ?['’`´′]|['’`´′](?=\s*(?:[.,!?;:)\]—–]|$))")
BEFORE_OPENING = frozenset("([{-–—/‘'“\"«…,:\\")
AFTER_CLOSING = frozenset(".,;:!?)]}-–—/’'”\"»…")
OPENING_MARKS = frozenset("“„«‟「〝") | {"``", "‘‘", ",,"}
CLOSING_MARKS = frozenset("”»」〞〟") | {"’’"}
_ENDS_SENTENCE = re.compile(r"[.!?…]")
_FIRM_SINGLE = re.compile(r"(?<=[,.!?…])['’](?=\s)")
STRAIGHT_MARKS = frozenset('"＂″')
ENDS_SPEECH = frozenset(",.!?…")
BEFORE_SPEECH = frozenset(",:;.!?—–-)")
QUOTE_OPENERS = "“\"„«‟〝`‘‛'＂”″′´「‚‹›『,"


class _Mark(NamedTuple):
    """A mark, by what stands around it.

    spaced: it has a space on both sides; ends_speech: it is glued to the comma or stop of what may end there.
    """

    start: int
    end: int
    text: str
    may_open: bool
    may_close: bool
    spaced: bool
    ends_speech: bool


def find_quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of `text` in order, marks included; none crosses a paragraph's end."""
    found: list[Quotation] = []
    left_open = False  # does a quotation of the paragraph before go on here?
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        doubles = list(_read_doubles(text, paragraph, left_open, following))
        quotations = _with_singles(text, paragraph, doubles, left_open, following)
        found.extend(quotations)
        left_open = bool(quotations) and not quotations[-1].closed
    return tuple(found)


def _read_doubles(text: str, paragraph: Span, left_open: bool, following: Span | None) -> Iterator[Quotation]:
    marks = list(_double_marks(text, paragraph))
    opened, continues = _carried_on(marks, paragraph, left_open)
    for mark in _without_inner(marks, following is not None and _goes_on(text, following)):
        if opened is not None and _closes(mark, mark.start > opened):
            yield Quotation(opened, mark.end, continues=continues)
            opened, continues = None, False
        elif _opens(mark, opened is not None):
            runs_on = opened is not None and _runs_on(text, paragraph, opened, mark)
            if opened is not None and runs_on:
                yield Quotation(opened, end_before(text, mark.start), closed=False, continues=continues)
            continues = runs_on or (left_open and mark.start == paragraph.start)
            opened = mark.start  # else, an opening mark while one is open: the earlier one was a stray
    if opened is not None:
        begins = opened == paragraph.start
        goes_on = following is not None and (begins or _is_speech(text, opened)) and _goes_on(text, following)
        single = None if goes_on else _single_for_double(text, opened, paragraph.end)
        if goes_on or begins or single:
            yield Quotation(opened, single or paragraph.end, closed=not goes_on, continues=continues)


def _runs_on(text: str, paragraph: Span, opened: int, mark: _Mark) -> bool:
    """Whether a mark re-opens the quotation that is open: its paragraphs were run together ("A. "B. "C.")."""
    begins_sentence = (
        _ENDS_SENTENCE.match(text, end_before(text, mark.start) - 1) and text[mark.end : mark.end + 1].isupper()
    )
    return bool(begins_sentence) and (opened == paragraph.start or _is_speech(text, opened))


def _single_for_double(text: str, opened: int, limit: int) -> int | None:
    """Where a single mark behind a comma or stop closes what a double one opened: “So,’ he says. No single one did."""
    closing = _FIRM_SINGLE.search(text, opened, limit)
    inner = closing and SINGLE_OPENING.search(text, opened + 1, closing.start())
    return closing.end() if closing and not inner else None


def _without_inner(marks: list[_Mark], goes_on: bool) -> list[_Mark]:
    """Leave out the marks around words inside a quotation, where two right marks enclose them (“The time for ”big”
    steps …”) or the same marks as the quotation itself (“The time for “big” steps …”).

    goes_on: the paragraph's last quotation does; else a mark that closes the outer one must stand behind.
    """
    for i in range(1, len(marks) - 1):
        left, right = marks[i], marks[i + 1].text
        typed_for_left = left.text in CLOSING_MARKS and left.may_open and not left.may_close and right == left.text
        the_same = left.text in "“„" and left.text == marks[i - 1].text and left.may_open and right in CLOSING_MARKS
        inner = marks[i - 1].text in OPENING_MARKS and (typed_for_left or the_same)
        if inner and (marks[i + 2].text == right if i + 2 < len(marks) else goes_on):
            return [*marks[:i], *_without_inner(marks[i + 2 :], goes_on)]
    return marks


def _carried_on(marks: list[_Mark], paragraph: Span, left_open: bool) -> tuple[int | None, bool]:
    """A quotation left open that is not re-opened but closed here begins at the paragraph's start."""
    if left_open and marks and marks[0].start > paragraph.start and not marks[0].may_open and marks[0].may_close:
        return paragraph.start, True
    return None, False


def _is_speech(text: str, opened: int) -> bool:
    """Whether the words behind an opening mark begin a sentence, unlike “an odd term" inside one."""
    before, after = text[max(0, opened - 4) : opened].rstrip(), text[opened : opened + 4].lstrip(QUOTE_OPENERS + " ")
    return before[-1:] in BEFORE_SPEECH or after[:1].isupper()


def _goes_on(text: str, following: Span) -> bool:
    """Whether the paragraph `following` re-opens a quotation, or closes one that it never opened."""
    if text[following.start] in QUOTE_OPENERS:
        return True
    marks = list(_double_marks(text, following))
    return bool(marks) and marks[0].text in CLOSING_MARKS and not marks[0].may_open and len(marks) % 2 == 1


def _double_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for match in DOUBLE_MARK.finditer(text, paragraph.start, paragraph.end):
        if match.group() in '"″' and INCHES.match(text, match.start()):
            continue
        before = text[match.start() - 1] if match.start() > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        may_open = not after.isspace() and (before.isspace() or before in BEFORE_OPENING)
        may_close = not before.isspace() and (after.isspace() or after in AFTER_CLOSING)
        if match.group() == "«" and after.isspace():  # « so »
            may_open, may_close = True, False
        elif match.group() == "»" and before.isspace() and not after.isalnum():
            may_open, may_close = False, True
        spaced = before.isspace() and after.isspace()
        yield _Mark(match.start(), match.end(), match.group(), may_open, may_close, spaced, before in ENDS_SPEECH)


def _closes(mark: _Mark, has_words: bool) -> bool:
    if not has_words:
        return False
    if mark.text in OPENING_MARKS:  # a left mark typed for a right one, as in “so“
        return mark.may_close and not mark.may_open
    return mark.may_close or not mark.may_open or mark.ends_speech  # "so,"said she


def _opens(mark: _Mark, is_open: bool) -> bool:
    if mark.text in CLOSING_MARKS:  # a right mark typed for a left one, as in ”so”
        return mark.may_open and not mark.may_close and not is_open
    if mark.text in OPENING_MARKS:
        return mark.may_open or not mark.may_close
    loose = mark.spaced or (mark.ends_speech and not mark.may_close)  # " so, " and she laughed."So,"
    return mark.may_open or (loose and mark.text in STRAIGHT_MARKS and not is_open)


def _with_singles(
    text: str, paragraph: Span, doubles: list[Quotation], left_open: bool, following: Span | None
) -> list[Quotation]:
    """Add the quotations in single marks that lie outside the double ones, or firmly enclose them."""
    if not MAY_OPEN_SINGLE.search(text, paragraph.start, paragraph.end):
        return doubles
    singles: list[Quotation] = []
    enclosed: set[Quotation] = set()
    for single in _read_singles(text, paragraph, doubles, left_open, following):
        low = bisect_right(doubles, single.start, key=lambda quotation: quotation.end)
        touching = doubles[low : bisect_left(doubles, single.end, lo=low, key=lambda quotation: quotation.start)]
        if all(single.start < q.start and q.end < single.end for q in touching):
            enclosed.update(touching)
            singles.append(single)
    return sorted([*singles, *(quotation for quotation in doubles if quotation not in enclosed)])


def _read_singles(
    text: str, paragraph: Span, doubles: list[Quotation], left_open: bool, following: Span | None
) -> Iterator[Quotation]:
    position = paragraph.start
    while opening := _next_opening(text, position, paragraph.end):
        position = opening.end()
        if ELISION.match(text, opening.start()):
            continue
        around = bisect_right(doubles, opening.start(), key=lambda quotation: quotation.end)
        if around < len(doubles) and doubles[around].start < opening.start():
            position = doubles[around].end
            continue
        continues = left_open and opening.start() == paragraph.start
        end = _single_end(text, opening, paragraph.end)
        if end is not None:
            yield Quotation(opening.start(), end, continues=continues)
            position = end
        elif _single_goes_on(text, opening, paragraph, following):
            yield Quotation(opening.start(), paragraph.end, closed=False, continues=continues)
            return


def _next_opening(text: str, position: int, limit: int) -> re.Match[str] | None:
    found = [match for pattern in OPENINGS if (match := pattern.search(text, position, limit))]
    return min(found, key=lambda match: match.start(), default=None)


def _single_goes_on(text: str, opening: re.Match[str], paragraph: Span, following: Span | None) -> bool:
    """Whether the paragraph behind re-opens a quotation in single marks that this one leaves open."""
    if following is None or not (opening.start() == paragraph.start or _is_speech(text, opening.start())):
        return False
    again = SINGLE_OPENING.match(text, following.start)
    return again is not None and again[0] == opening[0] and not ELISION.match(text, following.start)


def _single_end(text: str, opening: re.Match[str], limit: int) -> int | None:
    """Where the quotation that `opening` opens ends: the first mark that is no plural's apostrophe."""
    if opening.group() in PAIRED:
        paired = PAIRED[opening.group()].search(text, opening.end(), min(limit, opening.end() + LONGEST_SINGLE))
        return paired.end() if paired else None
    curly = opening.group() in "‘‛’`´"
    next_opening = SINGLE_OPENING.search(text, opening.end(), limit)
    while next_opening and ELISION.match(text, next_opening.start()):  # "‘em" is no quotation
        next_opening = SINGLE_OPENING.search(text, next_opening.end(), limit)
    horizon = next_opening.start() if next_opening and curly else min(limit, opening.end() + LONGEST_SINGLE)
    weak = None
    for closing in SINGLE_CLOSING.finditer(text, opening.end(), horizon):
        if closing.group() not in CLOSED_BY.get(opening.group(), "'’"):
            continue
        if FIRMLY_CLOSED.match(text, closing.start() - 1) or FIRMLY_CLOSED.match(text, closing.start()):
            return closing.end()
        if text[closing.start() - 1] != "s":
            return closing.end()
        weak = weak or closing.end()
    return weak
