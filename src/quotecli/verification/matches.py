"""Places where a source holds a quotation's words: all of them, in order, as the normalising rules read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from quotecli.records import Span
from quotecli.verification.quotation import Quoted
from quotecli.verification.sources import Source

_MOST_OCCURRENCES = 20
_LONGEST_REPLACED = 8
"""How many words of the source a bracketed insertion may stand for."""

Range = tuple[int, int]
"""Word numbers `[first, last)` of a source."""


class Place(msgspec.Struct, frozen=True):
    """A quotation's words in a source.

    ranges: where they stand; several when an ellipsis, a bracket or an attribution interrupts them.
    exact: every character is the same, marks and spacing too.
    """

    source: Source
    ranges: tuple[Range, ...]
    exact: bool = False

    @property
    def quoted(self) -> bool:
        """Whether all the words stand in quotation marks."""
        return all(self.source.utterances[word] >= 0 for first, last in self.ranges for word in range(first, last))

    @property
    def one_utterance(self) -> bool:
        """Whether all the words stand in quotation marks and were spoken in one go."""
        spoken = self.source.utterances
        return self.quoted and len({spoken[word] for first, last in self.ranges for word in range(first, last)}) == 1

    @property
    def spans(self) -> tuple[Span, ...]:
        words = self.source.words
        return tuple(Span(words.starts[first], words.ends[last - 1]) for first, last in self.ranges)


def find_places(quoted: Quoted, draft: str, sources: Sequence[Source]) -> list[Place]:
    """Return where the sources hold all the words: in a row; if nowhere, with the gaps that the quotation marks; if
    nowhere, spoken in a row with an attribution between them."""
    for ranges_in in (_in_a_row, _chains, _spoken):
        found = [(source, ranges) for source in sources for ranges in ranges_in(quoted, source)]
        if found:
            return [Place(source, ranges, _is_exact(quoted, draft, source, ranges)) for source, ranges in found]
    return []


def _in_a_row(quoted: Quoted, source: Source) -> Iterator[tuple[Range, ...]]:
    for found in occurrences(quoted.words.forms, source):
        yield (found,)


def occurrences(forms: list[str], source: Source, start: int = 0) -> Iterator[Range]:
    """Yield where the words `forms` stand in a row, from the word number `start` on."""
    phrase = f" {' '.join(forms)} "
    position, word, counted = 0, 0, 0
    for _ in range(_MOST_OCCURRENCES):
        position = source.running.find(phrase, position)
        if position < 0:
            return
        word += source.running.count(" ", counted, position)
        counted = position
        if word >= start:
            yield word, word + len(forms)
        position += 1


def _is_exact(quoted: Quoted, draft: str, source: Source, ranges: tuple[Range, ...]) -> bool:
    """Whether the words are the draft's character by character, with all that stands between the marks."""
    inner = draft[quoted.start : quoted.end]
    start = source.words.starts[ranges[0][0]] - (quoted.words.starts[0] - quoted.start)
    return len(ranges) == 1 and start >= 0 and source.text[start : start + len(inner)] == inner


def _chains(quoted: Quoted, source: Source) -> Iterator[tuple[Range, ...]]:
    """Yield places of the runs in their order: any distance across an ellipsis, few words for a bracket."""
    runs = quoted.runs
    if not runs or not (quoted.ellipses or quoted.inserted):
        return
    for first in occurrences(quoted.words.forms[slice(*runs[0])], source):
        ranges = [first]
        for run in runs[1:]:
            after = ranges[-1][1]
            found = next(occurrences(quoted.words.forms[slice(*run)], source, after), None)
            if found is None or (run[0] not in quoted.ellipses and found[0] - after > _LONGEST_REPLACED):
                break
            ranges.append(found)
        else:
            yield tuple(ranges)


def _spoken(quoted: Quoted, source: Source) -> Iterator[tuple[Range, ...]]:
    """Yield places where the words are spoken in a row, with only unquoted words between them."""
    spoken = [word for word, utterance in enumerate(source.utterances) if utterance >= 0]
    forms = source.words.forms
    running = f" {' '.join(forms[word] for word in spoken)} "
    position = running.find(f" {' '.join(quoted.words.forms)} ")
    if position >= 0:
        first = running.count(" ", 0, position)
        yield _ranges(spoken[first : first + len(quoted.words)])


def _ranges(words: list[int]) -> tuple[Range, ...]:
    """Return the stretches that rising word numbers make."""
    ranges: list[Range] = []
    for word in words:
        if ranges and ranges[-1][1] == word:
            ranges[-1] = (ranges[-1][0], word + 1)
        else:
            ranges.append((word, word + 1))
    return tuple(ranges)
