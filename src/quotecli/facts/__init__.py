"""Figures, dates, and the article's own sentences that are worth checking."""

from __future__ import annotations

from quotecli.facts.checkable import facts
from quotecli.facts.figures import figures

__all__ = ["facts", "figures"]
