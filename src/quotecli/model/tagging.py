"""What the model room gives the others: the labelled spans of a text and the links between them."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["source", "cue", "content"]
NameType = Literal["person", "organisation", "place"]


class Part(msgspec.Struct, frozen=True):
    """A span that plays a role in an attribution; offsets into the text.

    confidence: the model's probability of just this span, both ends right, 0-1.
    """

    role: Role
    start: int
    end: int
    confidence: float


class Name(msgspec.Struct, frozen=True):
    """A named person, organisation or place."""

    type: NameType
    start: int
    end: int


class Link(msgspec.Struct, frozen=True):
    """Which source and which cue a content belongs to; indices into `Tagging.parts`, None for "has none".

    Each comes with the model's probability, 0-1.
    """

    content: int
    source: int | None
    source_confidence: float
    cue: int | None
    cue_confidence: float


class Tagging(msgspec.Struct, frozen=True):
    """The labels of one text, each list in the order of the text; one link for each part of role content."""

    parts: tuple[Part, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...] = ()
