"""What is told of speakers and of quotations: records like those of `records`, made of statements.

Offsets are those of the articles' texts (see `records`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

from quotecli.records import ArticleRef, Mention, Record, Span, Speaker, SpeakerType

VerdictKind = Literal["exact", "normalised", "altered", "wrong speaker", "joined", "claim only", "not found"]
"""What became of a draft's quotation. `exact`: the source's own characters; `normalised`: only what the documented
rules allow differs; `altered`: words differ; `wrong speaker`: another person's words; `joined`: stitched from separate
places; `claim only`: the sources say it without quotation marks; `not found`: they do not say it."""

ChangeKind = Literal["negation", "number", "name", "word", "omission", "order"]
"""What a change touches, the gravest first; `omission`: source words left out without a mark; `order`: words moved."""

GRAVE_CHANGES: frozenset[ChangeKind] = frozenset({"negation", "number", "name"})
"""The changes that turn what was said into something else: they always stand out."""


class SpeakerSummary(Record, frozen=True, kw_only=True):
    """A speaker over all the articles asked: how often quoted, and under which other names."""

    name: str
    role: str | None = None
    type: SpeakerType = "unknown"
    quotes: int = 0
    claims: int = 0
    articles: int = 0
    aliases: tuple[str, ...] = ()


class SpeechAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose words a query asks for ("what did Obama say about guns"), and about what; `statements`: how many of theirs
    have all of that."""

    speaker: str
    about: str
    statements: int


class PassageHit(Record, frozen=True, kw_only=True):
    """An article that a search of the texts found, with its best paragraph.

    text: verbatim, `article.text[start:end]`; matches: where words of the query stand in it, in the order of the text.
    score: 0-100; six tenths are how much of the query the article has, four how much this paragraph.
    also: the other paragraphs that have as much of the query, in the order of the text.
    """

    article: ArticleRef
    text: str
    start: int
    end: int
    score: float
    matches: tuple[Span, ...] = ()
    also: tuple[Span, ...] = ()


class RoleUse(msgspec.Struct, frozen=True, kw_only=True):
    """A role that articles give a speaker: from when to when (the dates of the articles, as far as they are known), and
    in how many articles."""

    role: str
    first: str | None = None
    last: str | None = None
    articles: int


class NameUse(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a speaker, in how many articles, and why it is taken for the speaker's where that is a guess."""

    name: str
    articles: int
    reason: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation, as its first article has it.

    id: of that statement; articles: how many have it, in the same words or nearly; first, last: their dates.
    """

    id: str
    text: str
    articles: int
    first: str | None = None
    last: str | None = None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker said in a year (`2023`) or a month (`2023-10`)."""

    period: str
    quotes: int = 0
    claims: int = 0


class Namesake(msgspec.Struct, frozen=True, kw_only=True):
    """Another speaker whom the name that was asked for may mean."""

    name: str
    quotes: int = 0
    claims: int = 0


class Profile(SpeakerSummary, frozen=True, kw_only=True):
    """A speaker in full.

    first, last: the dates of the first and the last article with words of theirs.
    others: who else may be meant by the name that was asked for, the most quoted first.
    roles: the latest first; names: the commonest first; lines: what is quoted most, the commonest first.
    timeline: every month (every year, when they are many) from the first to the last.
    """

    first: str | None = None
    last: str | None = None
    others: tuple[Namesake, ...] = ()
    roles: tuple[RoleUse, ...] = ()
    names: tuple[NameUse, ...] = ()
    lines: tuple[Line, ...] = ()
    timeline: tuple[Period, ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """One difference between a draft's quotation and its source; the words on each side, verbatim, may be empty.

    start, end: the words' place in the draft; source_start, source_end: in the source's text.
    """

    kind: ChangeKind
    draft: str
    source: str
    start: int
    end: int
    source_start: int
    source_end: int


class Evidence(Record, frozen=True, kw_only=True):
    """Where in the sources a quotation stands, or which passage comes nearest to it.

    spans: the words' place in the source's text; text: the words, verbatim, parts joined by " … ".
    context: the sentences around them.
    quoted: whether the source has them in quotation marks.
    speaker: who says them there, as far as the source tells.
    similarity: how much of the quotation the passage holds, 0-100.
    linked: whether the draft links to this article where it has the quotation.
    """

    article: ArticleRef
    spans: tuple[Span, ...]
    text: str
    context: Mention
    quoted: bool
    speaker: Speaker | None = None
    similarity: float = 100.0
    linked: bool = False


class Verdict(Record, frozen=True, kw_only=True):
    """What the sources say about one quotation of a draft.

    text: the quotation with its marks, verbatim; start, end: its place in the draft.
    also: what else is wrong: an altered quotation may be another person's, too.
    speaker: whom the draft gives it to.
    changes: how the draft differs from the first evidence, in the order of the draft.
    evidence: the places found, those that decide the verdict first, the earliest published before the others.
    missing_from: articles among the sources that the draft links to at the quotation, and that do not have it so.
    """

    verdict: VerdictKind
    text: str
    start: int
    end: int
    also: tuple[VerdictKind, ...] = ()
    speaker: Speaker | None = None
    changes: tuple[Change, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing_from: tuple[ArticleRef, ...] = ()

    def passes(self, allowed: Collection[VerdictKind]) -> bool:
        """Say whether nothing is wrong but what is allowed; `exact` always is."""
        return all(kind == "exact" or kind in allowed for kind in (self.verdict, *self.also))
