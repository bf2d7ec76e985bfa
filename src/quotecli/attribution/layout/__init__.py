"""What the layout tells without a verb: labels, signatures and interviews say who speaks; some lines say nothing."""

from __future__ import annotations

from quotecli.attribution.layout.bylines import bylines
from quotecli.attribution.layout.echoes import resolve_echoes
from quotecli.attribution.layout.interviews import answers
from quotecli.attribution.layout.introduced import introduced, listed, quoted_items
from quotecli.attribution.layout.lines import Lines, announced, spoken_only
from quotecli.attribution.layout.listed_voices import headed
from quotecli.attribution.layout.posts import posts
from quotecli.attribution.layout.replies import replies, within_one_voice
from quotecli.attribution.layout.signatures import signed
from quotecli.attribution.layout.turns import turns, with_labels

__all__ = [
    "Lines",
    "announced",
    "answers",
    "bylines",
    "headed",
    "introduced",
    "listed",
    "posts",
    "quoted_items",
    "replies",
    "resolve_echoes",
    "signed",
    "spoken_only",
    "turns",
    "with_labels",
    "within_one_voice",
]
