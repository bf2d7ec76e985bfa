"""Spaces at the end of what stands before a place: told without a copy of all the text before it."""

from __future__ import annotations


def end_before(text: str, offset: int, spaces: str | None = None) -> int:
    """Return where `text[:offset]` ends without its last spaces, or without other characters: `spaces`."""
    end = offset
    while end and (text[end - 1].isspace() if spaces is None else text[end - 1] in spaces):
        end -= 1
    return end
