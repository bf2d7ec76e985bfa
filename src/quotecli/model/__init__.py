"""The tagging model: which words of a text are sources, cues, contents and names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quotecli.model.tagging import Link, Name, Part, Tagging

if TYPE_CHECKING:
    from quotecli.text import Document

__all__ = ["VERSION", "Link", "Name", "Part", "Tagging", "available_processors", "tag"]

VERSION = "1"
"""The version of the shipped model: changes whenever its labels may. The same stands in manifest.json."""


def tag(document: Document) -> Tagging:
    """Return the sources, cues, contents and names that the shipped model finds in `document`, with their links.

    Raise ModelError if the model cannot be loaded.
    """
    from quotecli.model import tagger

    return tagger.tag(document)


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
