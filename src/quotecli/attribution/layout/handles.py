"""Handles: names of accounts beside a cue, which no model of prose takes for a source: “Roof’s off,” tweeted @mholt."""

from __future__ import annotations

import re

import msgspec

from quotecli.attribution.attribution import Attribution
from quotecli.records import Span
from quotecli.text import Document

_BEHIND = re.compile(r"(?: by| user| account)*:? (?P<handle>@\w+)")
_BEFORE = re.compile(r"(?P<handle>@\w+)(?: has| had| also| then| later)* ?\Z")
_REACH = 60
"""Characters; no site allows longer names."""


def with_handle(document: Document, item: Attribution) -> Attribution:
    """Return an attribution with the handle beside its cue as its source, where it has none and there is one."""
    cue = item.cue
    if item.source is not None or cue is None:
        return item
    before = _BEFORE.search(document.text[max(0, cue.start - _REACH) : cue.start])
    match = _BEHIND.match(document.text, cue.end) or before
    if match is None:
        return item
    shift = max(0, cue.start - _REACH) if match is before else 0
    start, end = match.span("handle")
    return msgspec.structs.replace(item, source=Span(start + shift, end + shift))
