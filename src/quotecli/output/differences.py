"""A draft's quotation with what was changed in it: the source's words and the draft's, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from quotecli.output.safe import printable
from quotecli.results import GRAVE_CHANGES, Change, Verdict

_LONG = 8
"""So many words are shown of a stretch that only one of two tellings has."""

Side = Literal["both", "source", "draft"]


class Part(msgspec.Struct, frozen=True):
    """Words of a comparison that both texts have, only the source, or only the draft.

    grave: they belong to a change that must stand out.
    """

    text: str
    side: Side = "both"
    grave: bool = False

    def in_signs(self) -> str:
        """Return the words as they are read without colours: `[-only the source-]`, `{+only the draft+}`."""
        match self.side:
            case "source":
                return f"[-{self.text}-]"
            case "draft":
                return f"{{+{self.text}+}}"
            case "both":
                return self.text


def compared(verdict: Verdict) -> Iterator[Part]:
    """Yield the draft's quotation from mark to mark, with the source's words in front of those that replace them."""
    text, place = verdict.text, 0
    for change in verdict.changes:
        start, end = change.start - verdict.start, change.end - verdict.start
        if place <= start <= end <= len(text):
            yield from _kept(text[place:start])
            yield from _changed(change, touches_word=text[start - 1 : start].isalnum())
            place = end
    yield from _kept(text[place:])


def _kept(text: str) -> Iterator[Part]:
    if text:
        yield Part(printable(text))


def _changed(change: Change, *, touches_word: bool) -> Iterator[Part]:
    """Yield both sides; words that the draft left out get a space of their own, for it has none there."""
    grave = change.kind in GRAVE_CHANGES
    if change.source:
        if not change.draft and touches_word:
            yield Part(" ")
        yield Part(printable(change.source), "source", grave)
        if not change.draft and not touches_word:
            yield Part(" ")
    if change.draft:
        yield Part(printable(change.draft), "draft", grave)


def between(one: str, other: str) -> Iterator[Part]:
    """Yield the words of `other`, and those of `one` that it has not; marks and case do not count as differences."""
    from difflib import SequenceMatcher

    ours, theirs = one.split(), other.split()
    matcher = SequenceMatcher(None, list(map(bare, ours)), list(map(bare, theirs)), autojunk=False)
    pieces: list[Part] = []
    for tag, start, end, their_start, their_end in matcher.get_opcodes():
        gone, come = " ".join(ours[start:end]), " ".join(theirs[their_start:their_end])
        if tag == "equal":
            pieces.append(Part(printable(come)))
        else:
            pieces += [Part(_shortened(gone), "source")] if gone else []
            pieces += [Part(_shortened(come), "draft")] if come else []
    for number, piece in enumerate(pieces):
        if number:
            yield Part(" ")
        yield piece


def bare(text: str) -> str:
    """Return a text by its letters and digits alone."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _shortened(text: str) -> str:
    """Return the beginning and the end of a long stretch."""
    found = text.split()
    if len(found) > _LONG:
        text = " ".join([*found[: _LONG - 2], "…", *found[-2:]])
    return printable(text)


def described(change: Change) -> str:
    """Return what a change did, in words; grave kinds in capitals."""
    kind = change.kind.upper() if change.kind in GRAVE_CHANGES else change.kind
    draft, source = printable(change.draft), printable(change.source)
    if not change.source:
        return f"{kind}: “{draft}” put in"
    return f"{kind}: “{source}” became “{draft}”" if change.draft else f"{kind}: “{source}” left out"
