"""How good an answer a statement is, whatever was asked: a whole sentence of somebody with a name, surely read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from quotecli.library.packing import Stored
from quotecli.records import Kind, SpeakerType

_LONG = 60
_SHORT = 8
_SHORT_SHARE = 0.06
_LENGTH_SHARE = 0.01
_FRAGMENT_SHARE = 0.02
_KIND_SHARE = 0.01
_NOBODY_SHARE = 0.02
_DOUBT_SHARE = 0.03
_BEGINNING = re.compile(r"[\s\"'“‘«(\[…-]*[A-Z0-9]")
_NAMED = frozenset({"person", "organisation", "document"})


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What of a statement counts for a search.

    type: the speaker's; None where nobody is named.
    around: the speaker's name and role, and the outlet, as they are stored.
    """

    text: str
    kind: Kind
    confidence: float
    type: SpeakerType | None
    around: Sequence[Stored]

    def lack(self, length: int) -> float:
        """Return what share of its score a statement of so many words loses.

        In hundredths: few words (up to 6), for they say little; a beginning within a sentence (2); no quotation marks
        (1); nobody with a name (2); a doubtful reading (up to 3); length (up to 1).
        """
        return (
            _SHORT_SHARE * max(0, _SHORT - length) / _SHORT
            + _LENGTH_SHARE * min(length / _LONG, 1.0)
            + _FRAGMENT_SHARE * (not _BEGINNING.match(self.text))
            + _KIND_SHARE * (self.kind != "quote")
            + _NOBODY_SHARE * (self.kind != "fact" and self.type not in _NAMED)
            + _DOUBT_SHARE * (1 - self.confidence)
        )
