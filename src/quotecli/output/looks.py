"""How results may look: the formats, and what the place they are printed to can show."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Format(StrEnum):
    """The output formats, by the word that asks for them."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class Look(msgspec.Struct, frozen=True):
    """What the place that a table is printed to can show.

    width: columns to wrap at; None: do not wrap, one line a row (a pipe).
    styled: bold and dim are understood.
    coloured: colours are wanted, too.
    linked: links are understood (OSC 8), or passed over.
    """

    width: int | None = None
    styled: bool = False
    coloured: bool = False
    linked: bool = False


PIPE = Look()
"""A file or another program: nothing wrapped, nothing cut, no escape sequences."""

NARROW = 70
"""On terminals below this many columns, tables give up some of their columns' room."""
