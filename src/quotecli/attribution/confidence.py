"""How probable it is that an attribution is right: a logistic regression on what the model says of its parts.

Calibration after Platt (1999): the model's own probabilities are too sure of themselves. The weights are fitted on
PolNeAR's dev split by `training/calibrate.py`; right means: the content's words overlap the annotator's by a Jaccard
of at least 0.8 and the source's words by an F1 of at least 0.5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from quotecli.model import Link, Part
from quotecli.records import Manner, Speaker, Statement

WEIGHTS = (-1.685, 0.45, 0.136, 0.027, 0.132, -0.915, -0.153, 0.417)
UNSURE = 1e-4
"""Probabilities are kept this far from 0 and 1, so that their log odds stay finite."""


UNEXPLAINED = 0.85
"""The confidence, at most, of a source that no name in the text explains: on 72 real pages, 34 of 50 quotations with
such a source had the right one, and most wrong names that stood above 0.9 were such."""

ACT = 0.45
"""The confidence, at most, of a claim that tells what somebody plans, refuses or opposes (see `as_report`)."""

LEAST = 0.2
"""A claim less likely than this is left out: on PolNeAR's dev split, one in five of such is right, and without them the
F1 of all is higher by 0.8. Words in quotation marks are shown however unlikely, since a reader sees the marks."""


def evidence(
    contents: Sequence[Part], source: Part | None, cue: Part | None, pointer: Link, quoted: float
) -> tuple[float, ...]:
    """Return the regression's inputs, in the order of WEIGHTS; `quoted` is the share of the content in marks."""
    return (
        1.0,
        _log_odds(min(content.confidence for content in contents)),
        _log_odds(source.confidence) if source else 0.0,
        _log_odds(cue.confidence) if cue else 0.0,
        _log_odds(pointer.source_confidence),
        0.0 if source else 1.0,
        0.0 if cue else 1.0,
        quoted,
    )


def confidence(inputs: Sequence[float]) -> float:
    """Return the probability, 0-1, that an attribution with this `evidence` is right."""
    score = sum(weight * value for weight, value in zip(WEIGHTS, inputs, strict=True))
    return 1.0 / (1.0 + math.exp(-score))


def with_name(own: float, speaker: Speaker | None, sure: float) -> float:
    """Return the confidence that words, source and name are right, each: no more than the least of them.

    own: that of words and source; sure: the probability that `speaker` is who is meant.
    """
    unexplained = speaker is not None and speaker.resolved_by is None
    return min(own, sure, UNEXPLAINED if unexplained else 1.0)


def as_report(own: float, manner: Manner, cue: str, *, quoted: bool) -> float:
    """Return the confidence that something is reported as said: a plan, a refusal or opposition in nobody's words is an
    act. Who denies, promises or proposes something says so."""
    act = manner in ("intends", "denies") and not quoted and _IN_WORDS.search(cue) is None
    return min(own, ACT if act else 1.0)


def is_told(statement: Statement) -> bool:
    """Whether a quote or claim is likely enough to be shown."""
    return statement.kind == "quote" or statement.confidence >= LEAST


_IN_WORDS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|vow|promis|pledg|swear|swor|threaten|propos|disput|refut|repudiat|reject)",
    re.IGNORECASE,
)


def _log_odds(probability: float) -> float:
    kept = min(max(probability, UNSURE), 1.0 - UNSURE)
    return math.log(kept / (1.0 - kept))
