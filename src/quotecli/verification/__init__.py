"""Verification: a draft's quotations looked up in the texts of the sources, with a verdict an editor can trust."""

from __future__ import annotations

from quotecli.verification.sources import Corpus, Indexed, Source, Sources
from quotecli.verification.verify import verify

__all__ = ["Corpus", "Indexed", "Source", "Sources", "verify"]
