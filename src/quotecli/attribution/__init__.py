"""From labelled spans to who said what, and how: linking sources, cues and contents, resolving sources to speakers."""

from __future__ import annotations

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.confidence import as_report, is_told, with_name
from quotecli.attribution.layout import with_labels
from quotecli.attribution.linking import link
from quotecli.attribution.manner import Telling, tellings
from quotecli.attribution.sourcing import anonymous, channel
from quotecli.attribution.speakers import resolve_surely

__all__ = [
    "Attribution",
    "Telling",
    "anonymous",
    "as_report",
    "channel",
    "is_told",
    "link",
    "resolve_surely",
    "tellings",
    "with_labels",
    "with_name",
]
