"""What the model room gives the others: the labelled spans of a text."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["source", "cue", "content"]
NameType = Literal["person", "organisation", "place"]


class Part(msgspec.Struct, frozen=True):
    """A span that plays a role in an attribution (source, cue or content), with the model's probability."""

    role: Role
    start: int
    end: int
    confidence: float


class Name(msgspec.Struct, frozen=True):
    """A named person, organisation or place."""

    type: NameType
    start: int
    end: int


class Tagging(msgspec.Struct, frozen=True):
    """The labels of one text, each list in the order of the text; offsets into the text."""

    parts: tuple[Part, ...]
    names: tuple[Name, ...]
