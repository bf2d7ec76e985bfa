"""The model's labels: BIO tags of the three roles and of the three kinds of names."""

from __future__ import annotations

from typing import Final

from quotecli.model.tagging import NameType, Role

ROLES: Final[tuple[Role, ...]] = ("source", "cue", "content")
NAME_TYPES: Final[tuple[NameType, ...]] = ("person", "organisation", "place")

OUTSIDE: Final = 0
TAGS: Final = 1 + 2 * len(ROLES)
"""Tags of one layer: outside, then begin and inside of each kind, in the order of ROLES (or NAME_TYPES)."""


def begin(kind: int) -> int:
    """The tag of a span's first word; `kind` is an index into ROLES or NAME_TYPES."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """The tag of a span's other words."""
    return 2 + 2 * kind


def kind_of(tag: int) -> int:
    """The kind that a begin or inside tag belongs to."""
    return (tag - 1) // 2


def is_inside(tag: int) -> bool:
    """Whether `tag` continues a span."""
    return tag > OUTSIDE and tag % 2 == 0


def may_follow(before: int, tag: int) -> bool:
    """Whether BIO allows `tag` behind `before`: an inside tag needs a span of its own kind to continue."""
    return not is_inside(tag) or (before > OUTSIDE and kind_of(before) == kind_of(tag))
