"""An attribution: who is said to have said what, as spans, before the speaker is known by name."""

from __future__ import annotations

import msgspec

from quotecli.records import Span


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """A source-cue-content triple (the terms of PARC and PolNeAR); offsets into the text.

    content: one span, or several when the cue interrupts the quotation; in the order of the text.
    source, cue: None when the text has none (a quotation that goes on in the next paragraph).
    confidence: the model's probability that these spans belong together, 0-1.
    evidence: what it was computed from (see `confidence.evidence`); empty where the layout or the marks decide.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    confidence: float = 1.0
    evidence: tuple[float, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """All its words: the content's spans, then the source and the cue, if there are."""
        return [span for span in (*self.content, self.source, self.cue) if span]
