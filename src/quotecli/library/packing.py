"""Records to rows of the library and back, without loss, in as few bytes as is simple."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from quotecli.records import ArticleRef, Figure, Mention, Span, Speaker, Statement

Stored = str | bytes | None

_COMPRESSION = 3  # of 1-9: more takes longer for a few hundredths

REF_COLUMNS = "key, path, url, title, outlet, published"
_REF_FIELDS = ("id", "path", "url", "title", "outlet", "published")


class Detail(msgspec.Struct, frozen=True, array_like=True):
    """What a statement holds beside its kind, form and manner, its speaker and its text.

    mention: where the speaker's mention stands; its words are the voice's.
    id: only where it is not made from the article's digest and the first offset.
    """

    content: tuple[Span, ...]
    confidence: float
    cue: tuple[str, int, int] | None = None
    mention: tuple[int, int] | None = None
    figures: tuple[tuple[str, int | float | str | None, str | None, int, int], ...] = ()
    id: str | None = None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Detail)


def stored(text: str | None) -> Stored:
    """Return `text` as SQLite takes it: as bytes when it holds lone surrogates (as odd file names do)."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(value: Stored) -> str | None:
    """Return the text that was stored."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def ref_values(ref: ArticleRef) -> list[Stored]:
    """Return a reference as the values of `REF_COLUMNS`."""
    return [stored(getattr(ref, field)) for field in _REF_FIELDS]


def ref_fields(values: Sequence[Stored]) -> dict[str, Any]:
    """Return the fields of a reference from the values of `REF_COLUMNS`."""
    return dict(zip(_REF_FIELDS, map(restored, values), strict=True))


def compressed(text: str) -> bytes:
    """Return an article's text as the library keeps it: less than half as many bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def decompressed(packed: bytes) -> str:
    """Return the text that was compressed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def pack(statement: Statement, digest: str) -> bytes:
    """Return the detail of `statement` as bytes (MessagePack; JSON where a value does not fit that)."""
    mention = statement.speaker.mention if statement.speaker else None
    cue, content, figures = statement.cue, statement.content, statement.figures
    detail = Detail(
        content,
        statement.confidence,
        (cue.text, cue.start, cue.end) if cue else None,
        (mention.start, mention.end) if mention else None,
        tuple([(each.text, each.value, each.unit, each.start, each.end) for each in figures]) if figures else (),
        None if statement.id == statement_id(digest, content) else statement.id,
    )
    try:
        return _encoder.encode(detail)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(msgspec.to_builtins(detail)).encode()


def unpack(packed: bytes) -> Detail:
    """Return what `pack` packed."""
    if packed.startswith(b"["):
        return msgspec.convert(json.loads(packed), Detail)
    return _decoder.decode(packed)


def statement_id(digest: str, content: Sequence[Span]) -> str:
    """Return the id that a statement has by the contract: the text's digest and the first content offset."""
    return f"{digest}-{content[0].start if content else 0}"


Voice = tuple[str, str | None, str, str | None, str | None, str | None]
"""name, role, type, the mention's words, resolved_by, evidence"""


def voice_of(speaker: Speaker) -> Voice:
    """Return what a speaker's statements in one article have in common."""
    mention = speaker.mention.text if speaker.mention else None
    return (speaker.name, speaker.role, speaker.type, mention, speaker.resolved_by, speaker.evidence)


def statement_from(row: Sequence[Any], ref: ArticleRef, digest: str) -> Statement:
    """Return the statement of a row.

    `(kind, form, manner, reported, text, detail, name, role, type, mention, resolved_by, evidence)`
    """
    kind, form, manner, reported, text, packed, *voice = row
    detail = unpack(packed)
    return Statement(
        id=statement_id(digest, detail.content) if detail.id is None else detail.id,
        kind=kind,
        form=form,
        manner=manner,
        reported=reported,
        text=cast(str, restored(text)),
        content=detail.content,
        cue=Mention(*detail.cue) if detail.cue else None,
        speaker=_speaker(voice, detail) if voice[0] is not None else None,
        figures=tuple(
            Figure(text=words, value=value, unit=unit, start=start, end=end)
            for words, value, unit, start, end in detail.figures
        ),
        confidence=detail.confidence,
        article=ref,
    )


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
