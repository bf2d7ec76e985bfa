"""The turns of transcripts, interviews and lists of voices: what stands behind, or below, a label of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.layout.labels import Label, labels, lettered
from quotecli.attribution.layout.lines import ITEM, Lines
from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

ASIDE = re.compile(r"[\"“]?[(\[][^)\]]+[)\]]\W*")  # "(CROSSTALK)", "[Laughter]"
TURNS_AT_LEAST = 2
"""A label that occurs once may be anything ("Result: …"); a speaker speaks again."""

BAR = re.compile(r" (?:[/|–—-]|--) ")

TRANSCRIPT_TURNS = 3
"""Labels that make a transcript, if they open at least half of the paragraphs from the first to the last."""

LONGEST_ANSWER = 6
"""Paragraphs: an unlabelled one behind an answer goes on with it, if another label follows soon."""

EDITED = re.compile(
    r"\W*(?:(?:this|the) (?:interview|conversation|transcript|discussion|q&a|exchange)\b.*"
    r"\b(?:edited|condensed|shortened)\b"
    r"|(?:edited|condensed) for (?:length|clarity)|ends?\W*$)",
    re.IGNORECASE,
)
"""How an interview's last line tells that it is over."""


def turns(document: Document, names: Sequence[Name], lines: Lines) -> list[Attribution]:
    """Return the labelled turns of `document`: the label is the source, the colon the cue, the rest the content."""
    answers = lettered(document)
    if answers:
        return _turns(document, answers, lines, LONGEST_ANSWER)
    labelled = _Labelled(document, names)
    voices = labelled.voices()
    if not labelled.is_transcript:
        return _turns(document, voices, lines, 1)
    shouting = sum(label is not None and label.shouts for label in voices.values()) * 2 > len(voices)
    return _turns(document, voices, lines, LONGEST_ANSWER, shouting=shouting)


class _Labelled:
    """The labels of a text: which of them name somebody who speaks."""

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        self._document = document
        self._labels = labels(document)
        self._often = Counter(label.surname for label in self._labels.values())
        people = (document.text[name.start : name.end].split() for name in names if name.type == "person")
        self._people = {words[-1].casefold() for words in people if words}
        self._person_starts = {name.start for name in names if name.type == "person"}
        self._initials = {
            "".join(word[0] for word in document.text[name.start : name.end].split())
            for name in names
            if name.type == "person"
        }
        self._described = any(label.described and self._is_person(label) for label in self._labels.values())
        repeated = [label for label in self._labels.values() if self._speaks(label)]
        self._own_lines = any(label.is_bare for label in repeated)
        self._capitals = any(label.shouts and label.colon for label in repeated)
        spoken = [label for label in self._labels.values() if self._is_known(label)]
        dense = 2 * len(self._labels) >= max(self._labels, default=0) - min(self._labels, default=0)
        most = len(spoken) >= TRANSCRIPT_TURNS and 2 * len(spoken) >= len(self._labels)
        self.is_transcript = (dense and most) or self._is_nothing_else()

    def voices(self) -> dict[int, Label | None]:
        """Return the labels by the paragraphs that they open; None for one that names no speaker, but ends a turn."""
        accepted = self._may_speak if self.is_transcript else self._speaks
        found = {
            place: label if accepted(label) or self._is_item(place) else None for place, label in self._labels.items()
        }
        return {place: label for place, label in found.items() if label or not self._labels[place].is_bare}

    def _is_nothing_else(self) -> bool:
        """Whether every paragraph opens with a full name, and one of them, a person's, comes again."""
        named = [label for label in self._labels.values() if label.colon and label.is_full_name]
        again = max(self._often.values(), default=0) >= TURNS_AT_LEAST
        everywhere = len(named) == len(self._document.paragraphs) >= TRANSCRIPT_TURNS
        return everywhere and again and any(map(self._is_person, named))

    def _is_known(self, label: Label) -> bool:
        """Whether a label surely names somebody: a person's name, a voice by its number, a name with a time; one set as
        those are that come again."""
        if label.is_bare:
            named = self._is_person(label) or label.shouts or label.described
            return self._speaks(label) or (self._own_lines and named and label.is_full_name)
        if (label.shouts and self._capitals) or (label.described and label.is_full_name and self._described):
            return True
        named = self._is_person(label) or label.is_handle or label.is_numbered_voice or label.timed
        named = named or (label.shouts and label.is_full_name)
        return named or self._is_initials(label) or self._speaks(label)

    def _is_person(self, label: Label) -> bool:
        """Whether the network takes its surname for a person's, or what begins with the label."""
        return label.surname in self._people or label.name.start in self._person_starts

    def _is_initials(self, label: Label) -> bool:
        """Whether a label is the initials of somebody whom the text names."""
        return len(label.text) > 1 and label.text.replace(".", "") in self._initials

    def _speaks(self, label: Label) -> bool:
        """Whether a label stands for a speaker in an article of any kind: it comes again."""
        if self._often[label.surname] < TURNS_AT_LEAST:
            return False
        named = self._is_person(label) or label.shouts or label.is_handle or label.is_numbered_voice
        return named or (label.timed and not label.is_bare)

    def _may_speak(self, label: Label) -> bool:
        """Whether a label stands for a speaker in a transcript, where a name need not come again."""
        if label.is_bare:
            return self._is_known(label)
        return self._is_known(label) or label.is_full_name or self._often[label.surname] >= TURNS_AT_LEAST

    def _is_item(self, place: int) -> bool:
        """Whether a label introduces a whole paragraph of quotation, once: "Jane Doe, farmer: “It leaks.”"; any label
        does beside others that mostly name people."""
        label = self._labels[place]
        return place in self._quoted and (self._lists_people or self._is_item_of_its_own(label))

    def _is_item_of_its_own(self, label: Label) -> bool:
        return label.is_handle or (self._is_person(label) and (label.is_full_name or label.item))

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """The paragraphs that are quoted as a whole behind their labels."""
        return frozenset(place for place, label in self._labels.items() if self._is_quoted(place, label))

    def _is_quoted(self, place: int, label: Label) -> bool:
        quoted = self._document.quotations_touching(label.end, label.end + 1)
        whole = bool(quoted) and quoted[0].start == label.end
        return label.colon is not None and whole and quoted[-1].end >= self._document.paragraphs[place].end - 1

    @cached_property
    def _lists_people(self) -> bool:
        people = [place for place in self._quoted if self._is_item_of_its_own(self._labels[place])]
        return len(people) >= TURNS_AT_LEAST and 2 * len(people) >= len(self._quoted)


def _turns(
    document: Document, voices: Mapping[int, Label | None], lines: Lines, longest: int, *, shouting: bool = False
) -> list[Attribution]:
    """Return the turns of `voices`.

    shouting: the labels stand in capitals; one that does not is a headline's ("Pence: We will win") and ends with it.
    """
    return [
        turn
        for place, label in sorted(voices.items())
        if label is not None
        for turn in _turn(
            document, label, _extent(document, voices, lines, place, longest if label.shouts or not shouting else 1)
        )
    ]


def _extent(
    document: Document, voices: Mapping[int, Label | None], lines: Lines, place: int, longest: int
) -> Iterator[Span]:
    """Yield the paragraphs of the turn that the label of paragraph `place` opens."""
    label = voices[place]
    alone = label is not None and label.alone
    reach = min(place + 1 + max(longest, alone * LONGEST_ANSWER), len(document.paragraphs))
    behind = range(place + 1, reach)
    ends = next((later for later in range(place + 1, reach + 1) if later in voices), None)
    below = [i for i in behind if i < (reach if ends is None else ends) and not lines.is_furniture(i)]
    if below and below[-1] + 1 == ends and _is_asked(document, voices, place, below[-1]):
        below.pop()
    if label is not None and label.item:
        below = [i for i in below if not ITEM.match(document.text, document.paragraphs[i].start)]
    if ends is None:
        below = below[:alone]  # the last turn: what stands below may be the article's own words again
    for i in [place] * (not alone) + below:
        if not (i > place and EDITED.match(lines.words(i))):
            yield document.paragraphs[i]


def _is_asked(document: Document, voices: Mapping[int, Label | None], place: int, between: int) -> bool:
    """Whether a paragraph between two answers of one person, who alone is labelled, is what is asked."""
    answer, next_answer = voices[place], voices[between + 1]
    same = answer is not None and next_answer is not None and answer.surname == next_answer.surname
    return same and document.text[document.paragraphs[between].end - 1] == "?"


def with_labels(document: Document, names: Sequence[Name], attributions: Sequence[Attribution]) -> tuple[Name, ...]:
    """Return `names` with each source in capitals of which they hold but a part made one: capitals show no edges; and
    with what stands behind the bar of a label ("Jane Doe / Port Authority:") out of the name before it."""
    sources = {item.source for item in attributions if item.source is not None}
    whole = [
        Name("person", source.start, source.end)
        for source in sources
        if (document.text[source.start : source.end].isupper() and any(_cuts(name, source) for name in names))
        or (BAR.match(document.text, source.end) and any(_goes_beyond(name, source) for name in names))
    ]
    kept = (name for name in names if not any(_touch(name, one) for one in whole))
    return tuple(sorted([*whole, *kept], key=lambda name: name.start))


def _cuts(name: Name, source: Span) -> bool:
    return _touch(name, source) and (name.start > source.start or name.end < source.end)


def _goes_beyond(name: Name, source: Span) -> bool:
    return name.start == source.start and name.end > source.end


def _touch(a: Name | Span, b: Name | Span) -> bool:
    return a.start < b.end and b.start < a.end


def _turn(document: Document, label: Label, paragraphs: Iterable[Span]) -> Iterator[Attribution]:
    """Yield a turn, one attribution for each of its paragraphs."""
    for paragraph in paragraphs:
        if ASIDE.fullmatch(document.text, paragraph.start, paragraph.end):
            continue
        yield Attribution(
            content=(Span(max(label.end, paragraph.start), paragraph.end),),
            source=label.name,
            cue=label.colon,
            confidence=0.9,
        )
