"""The tagging model: which words of a text are sources, cues, contents and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecli.model.tagging import Link, Name, Part, Readings, Tagging

if TYPE_CHECKING:
    from quotecli.text import Document

__all__ = ["Link", "Name", "Part", "Readings", "Tagging", "tag"]


def tag(document: Document, *, alone: bool = False) -> Tagging:
    """Return the sources, cues, contents and names that the shipped model finds in `document`, with their links.

    alone: work on one processor, not on all. Raise ModelError if the model cannot be loaded.
    """
    from quotecli.model import tagger

    return tagger.tag(document, alone=alone)
