"""Verification: a draft's quotations looked up in the texts of the sources, with a verdict an editor can trust."""

from __future__ import annotations

from quotecli.verification.sources import Indexed, Shelf, Source, Sources
from quotecli.verification.verify import verify

__all__ = ["Indexed", "Shelf", "Source", "Sources", "verify"]
