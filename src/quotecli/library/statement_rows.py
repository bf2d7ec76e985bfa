"""A statement's row: the columns, what stands in them, and the way back to the record.

A field that no filter asks for is one of `Detail`: at its end, with a default, so that older rows are read as well; its
value is in `_packed` and `statement_of`. A column is a line in `tables.sql`, a field of `StatementRow`, its value in
`row_of` and its place in `statement_of`; it needs a new version of the library (`migrations.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

import msgspec

from quotecli.library.packing import Stored, UnreadableError, checksum, restored, stored
from quotecli.records import Anonymous, ArticleRef, Figure, Mention, Span, Speaker, Statement, short_id


class StatementRow(NamedTuple):
    """What stands in the columns of a statement, but for its number and its voice.

    detail: what search and filters do not need, packed: see `Detail`.
    """

    kind: str
    form: str | None
    manner: str | None
    reported: str | None
    channel: str | None
    checkable: float
    confidence: float
    own_id: Stored
    begins: int
    ends: int
    text: Stored
    figures: str | None
    detail: bytes


class Voice(NamedTuple):
    """What a speaker's statements in one article have in common, as the columns of the table `voice` have it."""

    name: str
    role: str | None
    type: str
    mention: str | None
    resolved_by: str | None
    evidence: str | None


SELECTED = ", ".join([*(f"s.{name}" for name in StatementRow._fields), *(f"v.{name}" for name in Voice._fields)])
"""The columns that `statement_of` takes, of `statement s` and `voice v`."""
INSERT = f"INSERT INTO statement (id, voice, checksum, {', '.join(StatementRow._fields)}) VALUES ({{}})".format(
    ", ".join("?" * (len(StatementRow._fields) + 3))
)
"""The command that stores a row; its number, that of its voice and its checksum come first."""


def checksum_of(digest: str, number: int, columns: Sequence[Any]) -> int:
    """Return the checksum of a statement: the one with this number in the article whose text has this digest.

    columns: as `SELECTED`, those of the voice as they are stored.
    """
    return checksum(digest, number, *columns)


class Detail(msgspec.Struct, frozen=True, array_like=True):
    """What a statement holds beside its kind, form and manner, its speaker and its text.

    mention: where the speaker's mention stands; its words are the voice's.
    anonymous: who an unnamed speaker is said to be, and the reason for it.
    """

    content: tuple[Span, ...]
    cue: tuple[str, int, int] | None = None
    mention: tuple[int, int] | None = None
    anonymous: tuple[tuple[str, int, int], tuple[str, int, int] | None] | None = None


FigureRow = tuple[str, int | float | str | None, str | None, int, int]
"""What stands in the column `figures` for each: text, value, unit, start and end."""

_NOBODY = (None,) * len(Voice._fields)
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Detail)
_figures_decoder = msgspec.json.Decoder(tuple[FigureRow, ...])


def row_of(statement: Statement, digest: str) -> StatementRow:
    """Return the row of a statement; `digest`: of its article's text."""
    return StatementRow(
        kind=statement.kind,
        form=statement.form,
        manner=statement.manner,
        reported=statement.reported,
        channel=statement.channel,
        checkable=statement.checkable,
        confidence=statement.confidence,
        own_id=stored(own_id(statement, digest)),
        begins=statement.content[0].start if statement.content else 0,
        ends=statement.content[-1].end if statement.content else 0,
        text=stored(statement.text),
        figures=packed_figures(
            tuple((each.text, each.value, each.unit, each.start, each.end) for each in statement.figures)
        ),
        detail=_packed(statement),
    )


def statement_of(columns: Sequence[Any], ref: ArticleRef, name: str) -> Statement:
    """Return the statement of a row (the columns `SELECTED`); `name`: what its id begins with."""
    kind, form, manner, reported, channel, checkable, confidence, own, _, _, text, figures, packed, *voice = columns
    detail = _unpacked(packed)
    return Statement(
        id=statement_id(name, detail.content) if own is None else cast(str, restored(own)),
        kind=kind,
        form=form,
        manner=manner,
        reported=reported,
        channel=channel,
        checkable=checkable,
        anonymous=_anonymous(detail),
        text=cast(str, restored(text)),
        content=detail.content,
        cue=Mention(*detail.cue) if detail.cue else None,
        speaker=_speaker(voice, detail) if voice[0] is not None else None,
        figures=_figures(figures) if figures else (),
        confidence=confidence,
        article=ref,
    )


def packed_figures(figures: Sequence[FigureRow]) -> str | None:
    """Return what stands in the column `figures`."""
    if not figures:
        return None
    try:
        return msgspec.json.encode([(text, _finite(value), *rest) for text, value, *rest in figures]).decode()
    except (UnicodeEncodeError, OverflowError):  # lone surrogates, and what no machine's number holds
        return json.dumps(figures)


def _finite(value: object) -> object:
    """Return a value as JSON has it: of what is infinite, a number that every reader takes for that."""
    if isinstance(value, float) and math.isinf(value):
        return msgspec.Raw(b"1e999" if value > 0 else b"-1e999")
    return value


def _figures(packed: str) -> tuple[Figure, ...]:
    try:
        rows = _figures_decoder.decode(packed)
    except msgspec.DecodeError:
        try:
            rows = msgspec.convert(json.loads(packed), tuple[FigureRow, ...])
        except (ValueError, RecursionError, msgspec.MsgspecError):
            raise UnreadableError from None
    return tuple(
        Figure(text=text, value=value, unit=unit, start=start, end=end) for text, value, unit, start, end in rows
    )


def voice_of(speaker: Speaker) -> Voice:
    """Return what a speaker's statements in one article have in common."""
    mention = speaker.mention.text if speaker.mention else None
    return Voice(speaker.name, speaker.role, speaker.type, mention, speaker.resolved_by, speaker.evidence)


def stored_voice(voice: Voice | None) -> tuple[Stored, ...]:
    """Return the columns of a voice, or of nobody's."""
    return _NOBODY if voice is None else tuple(map(stored, voice))


def _speaker(voice: Sequence[Any], detail: Detail) -> Speaker:
    name, role, kind, mention, resolved_by, evidence = voice
    return Speaker(
        name=cast(str, restored(name)),
        role=restored(role),
        type=kind,
        mention=Mention(cast(str, restored(mention)), *detail.mention) if detail.mention else None,
        resolved_by=resolved_by,
        evidence=restored(evidence),
    )


def _anonymous(detail: Detail) -> Anonymous | None:
    if detail.anonymous is None:
        return None
    who, reason = detail.anonymous
    return Anonymous(who=Mention(*who), reason=Mention(*reason) if reason else None)


def statement_id(name: str, content: Sequence[Span]) -> str:
    """Return the id that a statement has by the contract: what names the text, and the first content offset."""
    return f"{name}-{content[0].start if content else 0}"


def own_id(statement: Statement, digest: str) -> str | None:
    """Return a statement's id where it is one of its own; None where it is made from the text, with a digest that
    stands in it whole (as a library with a clash has it) or short."""
    made = (statement_id(name, statement.content) for name in _names(digest))
    return None if statement.id in made else statement.id


def _names(digest: str) -> Iterator[str]:
    yield short_id(digest)
    yield digest


def _packed(statement: Statement) -> bytes:
    """Return the detail of `statement` as bytes."""
    mention = statement.speaker.mention if statement.speaker else None
    cue, unnamed = statement.cue, statement.anonymous
    detail = Detail(
        statement.content,
        _place(cue) if cue else None,
        (mention.start, mention.end) if mention else None,
        (_place(unnamed.who), _place(unnamed.reason) if unnamed.reason else None) if unnamed else None,
    )
    return encoded(detail)


def encoded(detail: Detail) -> bytes:
    """Return a detail as bytes (MessagePack; JSON where a value does not fit that)."""
    try:
        return _encoder.encode(detail)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(msgspec.to_builtins(detail)).encode()


def _place(words: Mention) -> tuple[str, int, int]:
    return words.text, words.start, words.end


def _unpacked(packed: bytes) -> Detail:
    try:
        if packed.startswith(b"["):
            return msgspec.convert(json.loads(packed), Detail)
        return _decoder.decode(packed)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise UnreadableError from None
