"""The seen text: what a reader sees of an article, with the way back to the characters that it is made of.

Names are cut by soft hyphens and hidden by zero-width characters, "é" may be one character or two, and a space may be
one of a dozen. All that reads a text reads what is seen of it; every offset goes back once, at the end.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from quotecli.records import Span
from quotecli.text.hyphens import WORDS, keeps_hyphen
from quotecli.text.paragraphs import find_paragraphs

_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = rf"(?<![{_PICTURES}])\u200d|\u200d(?![{_PICTURES}])"
"""A zero-width joiner makes one picture of two; elsewhere it shows nothing."""
_UNSEEN = r"\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
"""Letters that print joins to one, and some documents keep as one character."""
_SHOWN = _LETTERS | dict.fromkeys("‘`´′", "’")
_JOINED = "".join(_LETTERS)
_TURNED = r"(?<=[^\W\d_])[‘`´′](?=(?:[stdm]|re|ve|ll)\b)"
"""An apostrophe that is typed as another mark: "Fiji´s", "don‘t"."""
_ODD_SPACES = r"\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(
    rf"\u00ad *[\n\r]\s*(?=[^\W\d_A-Z])|[{_JOINED}]|{_TURNED}"
    rf"|[ {_ODD_SPACES}]*(?:[{_UNSEEN}{_ODD_SPACES}]|{_JOINER}|(?<= ) )(?:[ {_UNSEEN}{_ODD_SPACES}]|{_JOINER})*"
)
"""Characters that nobody sees, odd spaces, more than one space: with all the spaces around them; a soft hyphen with the
line end that it was for."""
_SPACE = re.compile(rf"[ {_ODD_SPACES}]")
_MAY_BE_ODD = re.compile(rf"[{_UNSEEN}\u200d{_ODD_SPACES}{_JOINED}]|  |{_TURNED}")
_MAY_COMPOSE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_LINE_BREAK = re.compile(r" ?[\n\r\u2028\u2029]\s*")
_FIRST_HALF = re.compile(r"([^\W\d_]+)[-\u2010]\Z")
_SECOND_HALF = re.compile(r"[^\W\d_]+")
_LONGEST_HALF = 40


class Change(msgspec.Struct, frozen=True):
    """Characters `[old_start, old_end)` of a text that became the characters `[start, end)` of the seen one."""

    start: int
    end: int
    old_start: int
    old_end: int


class Seen(msgspec.Struct, frozen=True):
    """What is seen of a text.

    changes: in their order, none touching another.
    before: what `text` was made of, where that was itself made of another text.
    """

    text: str
    changes: tuple[Change, ...] = ()
    before: Seen | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every character is seen as it stands: offsets are the same here and there."""
        return not self.changes and self.before is None

    def start(self, offset: int) -> int:
        """Return where in the article the character at `offset` begins."""
        place = bisect_right(self.changes, offset, key=lambda change: change.start) - 1
        if place >= 0:
            change = self.changes[place]
            offset = change.old_start if offset < change.end else change.old_end + offset - change.end
        return self.before.start(offset) if self.before else offset

    def end(self, offset: int) -> int:
        """Return where in the article the character in front of `offset` ends."""
        place = bisect_left(self.changes, offset, key=lambda change: change.start) - 1
        if place >= 0:
            change = self.changes[place]
            offset = change.old_end + max(0, offset - change.end)
        return self.before.end(offset) if self.before else offset

    def span(self, span: Span) -> Span:
        """Return the place in the article of what is seen at `span`; what is not seen at its edges stays outside."""
        return Span(self.start(span.start), self.end(span.end))


def see(text: str) -> Seen:
    """Return what is seen of `text`: no invisible character, composed letters, one space at a time, and paragraphs
    that are wrapped at a fixed width in one line each. Never raises; next to nothing is done for a clean text."""
    return with_edits(clean(text), _wraps)


def clean(text: str) -> Seen:
    """Return what is seen of the characters of `text`, its lines as they are."""
    spaced = with_edits(Seen(text), _oddities) if _MAY_BE_ODD.search(text) else Seen(text)
    if spaced.text.isascii() or unicodedata.is_normalized("NFC", spaced.text):
        return spaced
    return with_edits(spaced, _compositions)


def visible(text: str) -> str:
    """Return `text` as `clean` shows it."""
    return clean(text).text


def _oddities(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ODD.finditer(text):
        if new := _SHOWN.get(match[0]):
            yield match.start(), match.end(), new
            continue
        new = " " if _SPACE.search(match[0]) else ""
        if match[0] != new:
            yield match.start(), match.end(), new


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each letter with marks of its own that is one character in composed form (NFC)."""
    for chunk in _MAY_COMPOSE.finditer(text):
        if unicodedata.is_normalized("NFC", chunk[0]):
            continue
        start = chunk.start()
        for place in range(chunk.start() + 1, chunk.end() + 1):
            if place < chunk.end() and _goes_with(text[place]):
                continue
            composed = unicodedata.normalize("NFC", text[start:place])
            if composed != text[start:place]:
                yield start, place, composed
            start = place


def _goes_with(character: str) -> bool:
    """Whether a character belongs to the letter before it: an accent, or the end of a Korean syllable."""
    return unicodedata.combining(character) > 0 or "\u1160" <= character <= "\u11ff"


def _wraps(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line breaks inside paragraphs, with the hyphens that divide words there."""
    words: Counter[str] = Counter()
    for paragraph in find_paragraphs(text):
        for match in _LINE_BREAK.finditer(text, paragraph.start, paragraph.end):
            first = _FIRST_HALF.search(text[max(paragraph.start, match.start() - _LONGEST_HALF) : match.start()])
            second = _SECOND_HALF.match(text, match.end())
            if not (first and second and second[0].islower()):
                yield match.start(), match.end(), " "
                continue
            words = words or Counter(WORDS.findall(text.casefold()))
            kept = keeps_hyphen(first[1], second[0], words)
            yield match.start() - (not kept), match.end(), ""


def with_edits(seen: Seen, edits_of: Callable[[str], Iterable[tuple[int, int, str]]]) -> Seen:
    """Return a seen text with more done to it.

    edits_of: returns for a text each `(start, end, new)` that is replaced in it, in their order.
    """
    text = seen.text
    pieces: list[str] = []
    changes: list[Change] = []
    done = length = 0
    for start, end, new in edits_of(text):
        pieces += [text[done:start], new]
        length += start - done
        changes.append(Change(length, length + len(new), start, end))
        length += len(new)
        done = end
    if not changes:
        return seen
    return Seen("".join(pieces) + text[done:], tuple(changes), None if seen.is_whole else seen)
