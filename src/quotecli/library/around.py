"""The words that stand beside a statement's text in the index: its speaker, the role, the outlet."""

from __future__ import annotations

from functools import lru_cache

from quotecli.library.index_words import words
from quotecli.library.packing import Stored, restored


@lru_cache(maxsize=65536)
def words_around(*around: Stored) -> tuple[str, ...]:
    """Return the words beside a statement's text (speaker, role, outlet): the same ones stand beside many."""
    return tuple(words(" ".join(restored(part) or "" for part in around if part)))
