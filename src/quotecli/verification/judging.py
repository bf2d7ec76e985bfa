"""From a quotation and the articles that may hold it to a verdict: the one place that knows the order of the questions.

1. All the words in a source, in order? Then they are exact or normalised, unless they stand outside quotation marks
   (claim only), were not spoken in one go (joined), or are another person's (wrong speaker).
2. Words left out of one utterance, or other words changed? Then altered.
3. Pieces from separate places? Then joined.
4. Else not found, with the passages that come nearest.

Where the draft links to a source, these questions are put to that source first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import msgspec

from quotecli.records import Mention, Span, Speaker, content_text
from quotecli.results import GRAVE_CHANGES, Change, Evidence, Verdict, VerdictKind
from quotecli.text.document import Quotation
from quotecli.verification.alignment import Alignment, align, weight
from quotecli.verification.changes import Comparison, Difference
from quotecli.verification.matches import Place, find_places
from quotecli.verification.quotation import Quoted
from quotecli.verification.same_speaker import same_speaker, speaker_at
from quotecli.verification.sources import Source
from quotecli.verification.stitching import SHORTEST_PIECE, Piece, stitched

Lookup = Callable[[str], Sequence[Source]]
"""Gives the articles that may hold some words, the likeliest first."""

ALTERED = 0.45
"""Below this similarity a passage is another sentence, not a changed one."""
CLOSE = 0.7
"""From this similarity on an utterance is the quotation's own, whatever else holds pieces of it."""
CLAIMED = 0.75
"""What a passage outside quotation marks must hold of the quotation to count as its claim."""
_DECIDED = frozenset({"exact", "normalised", "wrong speaker"})
_OWN_WORDS = frozenset({"negation", "number", "name", "word"})
"""Changes that are more than the seam between joined pieces."""
_FEWEST_WORDS = 3
_LEAST_WEIGHT = 1.8
_MOST_EVIDENCE = 5
_NEAREST = 3
_LONGEST_CONTEXT = 700


class Judgement(msgspec.Struct, frozen=True):
    """A verdict in the making: what was found, and where."""

    verdict: VerdictKind
    places: Sequence[tuple[Place, float]]
    changes: Sequence[Change] = ()
    also: tuple[VerdictKind, ...] = ()

    @property
    def similarity(self) -> float:
        return self.places[0][1] if self.places else 0.0


class Judge:
    """One quotation of a draft before its sources."""

    def __init__(
        self, draft: str, quotation: Quotation, quoted: Quoted, speaker: Speaker | None, lookup: Lookup
    ) -> None:
        self.draft = draft
        self.lookup = lookup
        self.quotation = quotation
        self.quoted = quoted
        self.speaker = speaker

    def verdict(self, own: Sequence[Source] = (), near: Sequence[Source] = ()) -> Verdict:
        """Return the verdict over the articles that may hold the quotation.

        own: the sources that the draft links to at the quotation; near: those that it may mean, too.
        """
        linked = [*own, *near]
        found = self._judged(linked)
        holding = [] if found.verdict == "not found" else [place.source for place, _ in found.places]
        return Verdict(
            verdict=found.verdict,
            also=found.also,
            text=self.draft[self.quotation.start : self.quotation.end],
            start=self.quotation.start,
            end=self.quotation.end,
            speaker=self.speaker,
            changes=tuple(found.changes),
            evidence=tuple(
                evidence(place, similarity, linked=place.source in linked)
                for place, similarity in found.places[:_MOST_EVIDENCE]
            ),
            missing_from=tuple(source.article.ref for source in own if source not in holding),
        )

    def _judged(self, linked: Sequence[Source]) -> Judgement:
        """Return what the linked sources say if they have the quotation; else what all say, if that is more."""
        there = self._judge(linked, lambda _: linked) if linked else None
        if there is not None and there.verdict in _DECIDED:
            return there
        found = self.lookup(self.draft[self.quoted.start : self.quoted.end])
        overall = self._judge([*linked, *(source for source in found if source not in linked)], self.lookup)
        if there is None or there.verdict == "not found" or there.similarity < CLOSE or overall.verdict in _DECIDED:
            return overall
        return there

    def _judge(self, sources: Sequence[Source], lookup: Lookup) -> Judgement:
        found = self._found(sources) or self._changed(sources, lookup)
        also = tuple(kind for kind in self._also(found) if kind != found.verdict)
        return msgspec.structs.replace(found, also=also)

    def _also(self, found: Judgement) -> Iterator[VerdictKind]:
        """Yield what is wrong beside the verdict: other words, another person."""
        if found.verdict in {"joined", "wrong speaker"} and any(change.kind in _OWN_WORDS for change in found.changes):
            yield "altered"
        places = found.places if found.verdict == "joined" else found.places[:1]
        if found.verdict in {"altered", "joined", "claim only"} and any(map(self._is_other_speaker, places)):
            yield "wrong speaker"

    def _found(self, sources: Sequence[Source]) -> Judgement | None:
        places = find_places(self.quoted, self.draft, sources)
        if not places:
            return None
        ranked = sorted(places, key=self._rank)
        best = ranked[0]
        compared = Comparison(self.quoted, self.draft, best.source)
        changes = [*([] if best.exact else compared.of_place(best)), *compared.cut_off(best)]
        return Judgement(self._verdict_of(best, changes), [(place, 1.0) for place in ranked], changes)

    def _rank(self, place: Place) -> tuple[bool, bool, bool, bool, bool, bool, str]:
        """Places that speak for the draft come first, of these the ones that name its speaker, then the earliest."""
        stitched_up = place.quoted and len(place.ranges) > 1 and not self._may_be_apart(place)
        published = place.source.article.published or "9999"
        same = self._is_same_speaker(place)
        speaker = speaker_of(place)
        guessed = speaker is not None and speaker.resolved_by == "continued"  # by a headline that repeats, say
        return (not place.quoted, stitched_up, same is False, not place.exact, same is None, guessed, published)

    def _verdict_of(self, place: Place, changes: Sequence[Change]) -> VerdictKind:
        if not place.quoted:
            return "claim only"
        if not self._may_be_apart(place):
            return "joined"
        if self._is_other_speaker((place, 1.0)):
            return "wrong speaker"
        if any(change.kind in GRAVE_CHANGES for change in changes):
            return "altered"
        return "exact" if place.exact else "normalised"

    def _may_be_apart(self, place: Place) -> bool:
        """Whether the words were spoken in one go, or the draft marks with an ellipsis that they were not."""
        return place.one_utterance or bool(self.quoted.ellipses)

    def _is_other_speaker(self, found: tuple[Place, float]) -> bool:
        return self._is_same_speaker(found[0]) is False

    def _is_same_speaker(self, place: Place) -> bool | None:
        """Return whether the draft's speaker is the source's; None where it cannot be told.

        Where the draft names nobody with the words, and another seems to speak on, this is too little for a difference.
        """
        same = same_speaker(self.speaker, speaker_of(place))
        guessed = self.speaker is not None and self.speaker.resolved_by == "continued"
        return None if guessed and same is False else same

    def _changed(self, sources: Sequence[Source], lookup: Lookup) -> Judgement:
        if len(self.quoted.words) < _FEWEST_WORDS:
            return Judgement("not found", [])
        alignments = sorted((align(self.quoted, source) for source in sources), key=self._likeness, reverse=True)
        best = alignments[0] if alignments else None
        if best is not None and (self._is_whole(best) or self._is_close(best)):
            return self._altered(best)
        pieces = stitched(self.quoted, self.draft, lookup)
        claimed = best is not None and best.similarity >= CLAIMED and not any(piece.place.quoted for piece in pieces)
        if pieces and not claimed:
            return self._of_pieces(pieces)
        if best is not None and best.similarity >= ALTERED and self._says_enough(best):
            return self._altered(best)
        near = [(_place(each), each.similarity) for each in alignments[:_NEAREST] if each.similarity > 0]
        return Judgement("not found", near)

    def _of_pieces(self, pieces: Sequence[Piece]) -> Judgement:
        """Pieces of one utterance are its words in another order; of several, they are joined."""
        source = pieces[0].place.source
        if not all(piece.place.source is source for piece in pieces):
            return Judgement("joined", [(piece.place, 1.0) for piece in pieces])
        whole = Place(source, tuple(found for piece in pieces for found in piece.place.ranges))
        if not whole.one_utterance:
            return Judgement("joined", [(piece.place, 1.0) for piece in pieces])
        compared = Comparison(self.quoted, self.draft, source)
        moved = [
            compared.change(Difference((after.first, after.last), after.place.ranges[0]))
            for before, after in pairwise(pieces)
            if after.place.ranges < before.place.ranges
        ]
        return Judgement("altered", [(whole, 1.0)], moved)

    def _likeness(self, alignment: Alignment) -> tuple[float, bool]:
        return (round(alignment.similarity, 2), _place(alignment).quoted)

    def _is_whole(self, alignment: Alignment) -> bool:
        """Whether every word is there, spoken in one go: something was only left out in between."""
        matched = alignment.matched(self.quoted)
        return len(matched) == len(self.quoted.words) and _place(alignment).one_utterance

    def _is_close(self, alignment: Alignment) -> bool:
        """Whether one utterance holds nearly all of it, and no stretch is left that may be from elsewhere."""
        matched = {-1, *alignment.matched(self.quoted), len(self.quoted.words)}
        longest = max(after - before - 1 for before, after in pairwise(sorted(matched)))
        return alignment.similarity >= CLOSE and longest < SHORTEST_PIECE and _place(alignment).one_utterance

    def _says_enough(self, alignment: Alignment) -> bool:
        return (
            sum(weight(self.quoted.words.forms[number]) for number in alignment.matched(self.quoted)) >= _LEAST_WEIGHT
        )

    def _altered(self, found: Alignment) -> Judgement:
        alignment = self._without_surroundings(found)
        place = _place(alignment)
        changes = Comparison(self.quoted, self.draft, alignment.source).of_alignment(alignment.partners)
        grave = any(change.kind in GRAVE_CHANGES for change in changes)
        verdict: VerdictKind = "altered" if changes else "normalised"
        if not place.quoted and not grave and alignment.similarity >= CLAIMED:
            verdict = "claim only"
        elif self._is_stitched(alignment):
            verdict = "joined"
        return Judgement(verdict, [(place, alignment.similarity)], changes)

    def _without_surroundings(self, alignment: Alignment) -> Alignment:
        """Return an alignment without words at its ends that are other words, and no part of what was spoken."""
        partners, matched = list(alignment.partners), alignment.matched(self.quoted)
        if not matched:
            return alignment
        spoken = alignment.source.utterances
        ends = [*((number, matched[0]) for number in range(matched[0]))]
        ends += [(number, matched[-1]) for number in range(matched[-1] + 1, len(partners))]
        for number, last in ends:
            partner, near = partners[number], partners[last]
            if partner is not None and near is not None and spoken[partner] != spoken[near]:
                partners[number] = None
        return msgspec.structs.replace(alignment, partners=tuple(partners))

    def _is_stitched(self, alignment: Alignment) -> bool:
        """Whether two good pieces come from separate utterances."""
        spoken = alignment.source.utterances
        matched = [(n, spoken[p]) for n in alignment.matched(self.quoted) if (p := alignment.partners[n]) is not None]
        counts: dict[int, float] = {}
        for number, utterance in matched:
            counts[utterance] = counts.get(utterance, 0.0) + weight(self.quoted.words.forms[number])
        counts.pop(-1, None)
        return sum(count >= _LEAST_WEIGHT for count in counts.values()) > 1 and not self.quoted.ellipses


def speaker_of(place: Place) -> Speaker | None:
    """Return who says the words at `place`, as far as its source tells."""
    return speaker_at(place.source.statements, place.spans)


def evidence(place: Place, similarity: float, *, linked: bool = False) -> Evidence:
    """Return a place as a record, with the sentences around it."""
    spans = place.spans
    return Evidence(
        article=place.source.article.ref,
        spans=spans,
        text=content_text(place.source.text, spans),
        context=_context(place.source, spans),
        quoted=place.quoted,
        speaker=speaker_of(place),
        similarity=round(100 * similarity, 1),
        linked=linked,
    )


def _context(source: Source, spans: Sequence[Span]) -> Mention:
    """Return the sentences that hold the spans; the first span's alone where they stand far apart."""
    end = spans[-1].end if spans[-1].end - spans[0].start <= _LONGEST_CONTEXT else spans[0].end
    touched = [each for each in source.document.sentences if each.start < end and spans[0].start < each.end]
    first, last = (touched[0].start, touched[-1].end) if touched else (spans[0].start, end)
    return Mention(source.text[first:last], first, last)


def _place(alignment: Alignment) -> Place:
    """Return an alignment's words as a place: gaps of a few words belong to it."""
    ranges: list[tuple[int, int]] = []
    for partner in alignment.partners:
        if partner is None:
            continue
        if ranges and partner - ranges[-1][1] <= _FEWEST_WORDS:
            ranges[-1] = (ranges[-1][0], partner + 1)
        else:
            ranges.append((partner, partner + 1))
    return Place(alignment.source, tuple(ranges))
