"""From labelled spans to who said what: linking sources, cues and contents, and resolving sources to speakers."""

from __future__ import annotations

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.linking import link
from quotecli.attribution.speakers import resolve

__all__ = ["Attribution", "link", "resolve"]
