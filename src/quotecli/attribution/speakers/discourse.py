"""What has been read so far: who was named or meant where, and who has spoken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.entities import Entity, Reference


@dataclass(slots=True)
class Turn:
    """Someone has spoken: who, and where their words and source stand."""

    entity: Entity
    start: int
    end: int
    paragraph: int


class Discourse:
    """The references and turns up to the place that is being read. The cast itself stays as it is."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.places = cast.places
        self.turns: list[Turn] = []
        self.newcomers: list[Entity] = []  # whom only their own words name: "a spokesperson"
        self._called: set[tuple[int, str]] = set()  # which descriptions have meant whom
        self._references: dict[int, list[Reference]] = {}

    @property
    def entities(self) -> list[Entity]:
        return [*self.cast.entities, *self.newcomers]

    def references(self, entity: Entity) -> Sequence[Reference]:
        return self._references.get(id(entity), entity.references)

    def mention(self, entity: Entity, reference: Reference) -> None:
        """Take in one more reference, at its place in the order of the text, unless it is known."""
        known = self._references.setdefault(id(entity), list(entity.references))
        at = _count(known, reference.start)
        if not (at < len(known) and known[at].start == reference.start):
            known.insert(at, reference)

    def call(self, entity: Entity, description: str) -> None:
        """Remember that a description meant someone."""
        self._called.add((id(entity), description.lower()))

    def is_called(self, entity: Entity, description: str) -> bool:
        """Whether the same description has meant someone before."""
        return (id(entity), description.lower()) in self._called

    def count(self, entity: Entity, offset: int) -> int:
        """Return how many references begin before an offset."""
        return _count(self.references(entity), offset)

    def last(self, entity: Entity, offset: int) -> Reference | None:
        """Return the last reference before an offset."""
        at = self.count(entity, offset)
        return self.references(entity)[at - 1] if at else None

    def turns_before(self, offset: int) -> list[Turn]:
        """Return the turns that begin before an offset, the latest first."""
        return [turn for turn in reversed(self.turns) if turn.start < offset]


def _count(references: Sequence[Reference], offset: int) -> int:
    return bisect_right(references, offset - 1, key=lambda reference: reference.start)
