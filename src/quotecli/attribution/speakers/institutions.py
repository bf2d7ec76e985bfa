"""Institutions that a source means without their name: "the ministry", "a spokesperson", "the statement"."""

from __future__ import annotations

import re

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers.cast import Cast
from quotecli.attribution.speakers.companies import companies_for
from quotecli.attribution.speakers.scoring import DESCRIPTION_FROM, Found, Scorer, Turn, clear_best, query_for
from quotecli.attribution.speakers.sources import Source
from quotecli.naming.lexicon import INSTITUTIONS, ORGANISATION_HEADS, fold
from quotecli.naming.names import name_words

_STATEMENTS = frozenset(("statement", "email", "letter", "post", "tweet", "message", "release", "memo"))
_SPOKESPERSON = re.compile(r"[Aa] spokes(?:person|man|woman)")


class Institutions:
    """Finds the institution that is meant, in a cast whose members have spoken so far as `turns` say."""

    def __init__(self, cast: Cast, turns: list[Turn]) -> None:
        self._cast = cast
        self._text = cast.text
        self._turns = turns
        self._scorer = Scorer(cast.places, turns)

    def by_organisation(self, source: Source, attribution: Attribution) -> Found | None:
        """A short description of an organisation that was named before: "the ministry", "police"."""
        if source.head not in ORGANISATION_HEADS | INSTITUTIONS.keys() or len(name_words(source.text)) > 3:
            return None
        query = query_for(self._cast.places, source, attribution)
        turn = self._turns[-1] if self._turns else None
        here = turn is not None and self._cast.places.paragraph(source.start) - turn.paragraph in (0, 1)
        speaking = turn.entity if turn is not None and here and turn.entity.type == "organisation" else None
        scores = []
        for entity, agreement in companies_for(self._cast, source, speaking):
            presence = self._scorer.presence(entity, query, ())
            if presence is not None:
                scores.append((presence + agreement, entity))
        best = clear_best(scores, DESCRIPTION_FROM)
        return (
            None if best is None else (best, "description", f"“{source.text}”: {best.name}, {self._cast.where(best)}")
        )

    def by_statement(self, source: Source) -> Found | None:
        """ "The statement said", of whoever has just spoken in a statement."""
        turn = self._turns[-1] if self._turns else None
        if turn is None or source.head not in _STATEMENTS or not turn.entity.named:
            return None
        if self._cast.places.paragraph(source.start) - turn.paragraph > 1 or not self._is_of(source, turn):
            return None
        return turn.entity, "description", f"“{source.text}”: of {turn.entity.name}, who spoke last"

    def _is_of(self, source: Source, turn: Turn) -> bool:
        """Whether a statement is that of who spoke: "In a statement, NAME said … The statement reads"."""
        said = fold(source.text)
        if said == "a statement":
            return turn.entity.type == "organisation"
        start = self._cast.places.sentence_start(turn.start)
        made = re.search(rf"\b{source.head}\b", self._text[start : turn.end + 60])
        return said == f"the {source.head}" and made is not None and turn.end < source.start

    def by_spokesperson(self, source: Source) -> Found | None:
        """ "A spokesperson", of the organisation that has just spoken in the same paragraph."""
        turn = self._turns[-1] if self._turns else None
        if turn is None or not _SPOKESPERSON.fullmatch(source.text) or turn.entity.type != "organisation":
            return None
        if not turn.entity.named or turn.paragraph != self._cast.places.paragraph(source.start):
            return None
        return turn.entity, "description", f"“{source.text}”: of {turn.entity.name}, who spoke last"
