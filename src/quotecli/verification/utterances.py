"""Which words of a source were spoken in one go, across "she said" and the paragraphs of one quotation."""

from __future__ import annotations

import re

from quotecli.text.document import Document, Quotation
from quotecli.verification.compared_words import Words

_SAYING = re.compile(
    r"\b(?:said|says?|saying|added|adds|told|tells|asked|asks|wrote|writes|continued|continues|explained|explains|replied|"
    r"recalled|recalls|insisted|insists|argued|argues|warned|warns|noted|notes|stated|states|tweeted|posted|declared|"
    r"remarked|answered|joked|admitted|claimed|concluded|announced|responded|stressed|complained|testified|went on|"
    r"goes on|put in|according)\b"
)
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|St|Jr|Sr|Gen|Lt|Col|Sgt|Capt|Prof|Rev|[A-Z])\.")
_ONE_ENDING = re.compile(r"[^.!?\n]*[.!?]?\s*")
_LONGEST_ATTRIBUTION = 150


def utterances(document: Document, words: Words) -> list[int]:
    """Return for each word the number of its utterance, -1 where it stands outside quotation marks.

    Two quotations are one utterance when only an attribution stands between them (“A,” she said, “B.”; “A,” she said.
    “B.”), or when the second goes on from the paragraph before.
    """
    numbers = [-1] * len(words)
    utterance, word = -1, 0
    before: Quotation | None = None
    for quotation in document.quotations:
        if before is None or not _goes_on(document.text, before, quotation):
            utterance += 1
        before = quotation
        while word < len(words) and words.ends[word] <= quotation.start:
            word += 1
        while word < len(words) and words.starts[word] < quotation.end:
            numbers[word] = utterance
            word += 1
    return numbers


def _goes_on(text: str, before: Quotation, quotation: Quotation) -> bool:
    if quotation.continues:
        return True
    between = text[before.end : quotation.start]
    if len(between) > _LONGEST_ATTRIBUTION or not _SAYING.search(between):
        return False
    return _ONE_ENDING.fullmatch(_ABBREVIATED.sub("", between)) is not None
