"""How each attribution is made: said, wrote, thinks, intends, asks or denies; and whether it was made at all.

The first word of the cue that the lexicon has decides the manner; auxiliaries, negations and conjunctions around it
decide whether it is affirmed, negated or hypothetical. Only words are looked up: a text costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.linking import ENDS_LIKE_SPEECH
from quotecli.attribution.manner.choice import head_of
from quotecli.attribution.manner.cue_words import words_of
from quotecli.attribution.manner.reality import reported
from quotecli.records import Manner, Reported
from quotecli.text import Document


class Telling(NamedTuple):
    """How an attribution is made, and whether it is reported as made."""

    manner: Manner
    reported: Reported


PLAINLY_SAID = Telling("said", "affirmed")


def tellings(document: Document, attributions: Sequence[Attribution]) -> list[Telling]:
    """Return how each of `attributions`, in the order of the text, is made.

    A quotation without a cue goes on as the one before it, if that reads like speech and stands in the same paragraph
    or the one before.
    """
    found: list[Telling] = []
    for number, attribution in enumerate(attributions):
        if attribution.cue:
            words = words_of(document, attribution, attribution.cue)
            head = head_of(words)
            found.append(Telling(head.manner, reported(words, head)))
        elif number and _goes_on(document, attributions[number - 1], attribution):
            found.append(found[-1])
        else:
            found.append(PLAINLY_SAID)
    return found


def _goes_on(document: Document, before: Attribution, attribution: Attribution) -> bool:
    last = before.content[-1]
    paragraphs = document.text.count("\n", last.end, attribution.content[0].start)
    return paragraphs <= 1 and bool(ENDS_LIKE_SPEECH.search(document.text, last.start, last.end))
