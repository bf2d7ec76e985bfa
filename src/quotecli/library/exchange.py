"""Articles with their statements, out of a library and into another one without extracting them again."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import msgspec

from quotecli.errors import DamagedError, InputError
from quotecli.files import Filed
from quotecli.library import places
from quotecli.library.filters import Filters, Part, one_of
from quotecli.library.prepared import Prepared, prepared
from quotecli.library.reading import JOINS, Reader
from quotecli.library.schema import ARTICLE_SHIFT
from quotecli.library.statement_rows import own_id
from quotecli.library.together import Source
from quotecli.library.writer import Writer
from quotecli.records import Article, Figure, Mention, Span, Statement, content_text

Outcome = Literal["added", "replaced", "unchanged", "duplicate"]
"""What became of an article that was to be stored; a `duplicate` is stored already, from another place."""


class Entry(Article, frozen=True, kw_only=True):
    """An article whole: with its statements, in the order of the text, and who extracted them.

    model: the version of the model and the rules; a higher one knows better.
    places: where else the article was met, each with the digest of the text that stands there.
    """

    model: str
    places: tuple[Filed, ...] = ()
    statements: tuple[Statement, ...]

    @property
    def article(self) -> Article:
        """The article alone."""
        return Article(**{name: getattr(self, name) for name in Article.__struct_fields__})


_decoder = msgspec.json.Decoder(Entry)


def entries(source: Source, filters: Filters) -> Iterator[Entry]:
    """Yield the articles with a statement that is asked for, whole; where `filters` ask for no statements, all
    articles, or those with the digests asked for."""
    reader, connection = source.reader, source.connection
    for (row,) in connection.execute(*_rows(filters, source.condition)):  # meanwhile, all is read in one state
        if row in reader.without:
            continue
        article = reader.article(row)
        statements = tuple(reader.of_article(row))
        further = places.of(connection, row)
        yield Entry(**_fields(article), model=reader.model(row), places=further, statements=statements)


def _rows(filters: Filters, condition: Part) -> Part:
    if filters.choose_statements:
        where, values = condition
        return f"SELECT DISTINCT s.id >> {ARTICLE_SHIFT} FROM statement s {JOINS} WHERE {where} ORDER BY 1", values
    where, values = ("1", ()) if filters.digests is None else one_of("digest", filters.digests)
    return f"SELECT id FROM article WHERE {where} ORDER BY id", values


def _fields(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__struct_fields__}


def take(connection: sqlite3.Connection, writer: Writer, entry: Entry, made: Prepared | None = None) -> Outcome:
    """Store an article with its statements as they are (`made`: if they are prepared); return what became of it.

    Of a text that is there already, the statements of the higher model stand; of equal ones those of `entry`. What
    `entry` knows of the article is taken over, what it does not know stays; where the article was met here is kept as
    a further place. Another text from the same place is no reason to take anything out.
    """
    known = connection.execute("SELECT id, model FROM article WHERE digest = ?", (entry.digest,)).fetchone()
    if known is None:
        row = writer.insert(made or prepared(entry.article, entry.statements), entry.model)
        places.add(connection, row, entry.article, entry.places)
        return "added"
    row, model = known
    reader = Reader(connection, clashes=frozenset())  # ids as they are given
    mine = reader.article(row)
    described = _completed(entry.article, mine)
    places.add(connection, row, described, [Filed(entry.digest, mine.ref), *entry.places])
    if _rank(model) > _rank(entry.model) or _same(model, tuple(reader.of_article(row)), entry):
        if described != mine:
            writer.describe(row, described)
        return "unchanged"
    writer.delete(row)
    writer.insert(prepared(described, entry.statements), entry.model, row)
    return "replaced"


def _same(model: str, statements: tuple[Statement, ...], entry: Entry) -> bool:
    """Say whether these are the statements of `entry`; which article they name is no part of them."""
    if model != entry.model or len(statements) != len(entry.statements):
        return False
    pairs = zip(statements, entry.statements, strict=True)
    return all(_alike(mine, theirs, entry.digest) for mine, theirs in pairs)


def _alike(mine: Statement, theirs: Statement, digest: str) -> bool:
    same_id = own_id(mine, digest) == own_id(theirs, digest)
    return same_id and mine == msgspec.structs.replace(theirs, article=mine.article, id=mine.id)


def _completed(article: Article, mine: Article) -> Article:
    """Return `article` with what it does not tell taken from `mine`, which has the same text."""
    missing = {name: value for name, value in _fields(mine).items() if getattr(article, name) is None}
    if not article.has_own_id:
        missing["id"] = mine.id
    return msgspec.structs.replace(article, **missing)


def _rank(model: str) -> tuple[int, ...]:
    """Return the numbers of a version, so that 1.10 is higher than 1.9."""
    return tuple(map(int, re.findall(r"\d+", model)))


def parsed(line: bytes) -> Entry:
    """Return the article with its statements that a line of JSON holds.

    Raises InputError when it is none, or when a statement does not stand in the text as it says.
    """
    try:
        entry = _decoded(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        words = " ".join(str(error).split())
        raise InputError(f"not an article with its statements, as 'quotecli export' writes it: {words}") from error
    check(entry)
    return entry


def sound(entries: Iterable[Entry], path: Path | str) -> Iterator[Entry]:
    """Yield the articles of the library at `path`, which may be anybody's; raise DamagedError at one with a statement
    that does not stand in the text as it says."""
    for entry in entries:
        try:
            check(entry)
        except InputError as error:
            raise DamagedError(f"the library holds what no article says ({error}): {path}") from error
        yield entry


def check(entry: Entry) -> None:
    """Raise InputError when a statement does not stand in the article's text as it says."""
    for statement in entry.statements:
        if reason := _flaw(statement, entry):
            raise InputError(f"statement {statement.id!r}: {reason}")


def _decoded(line: bytes) -> Entry:
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:  # it does not take lone surrogates, which texts and file names may hold
        return msgspec.convert(json.loads(line), Entry)


def _flaw(statement: Statement, entry: Entry) -> str | None:
    """Say what of a statement is not as the records promise; None when all is."""
    spans, text = statement.content, entry.text
    in_order = all(one.end <= other.start for one, other in pairwise(spans))
    if not spans or not in_order or not all(_is_within(span, text) for span in spans):
        return "its content is no part of the text"
    if statement.text != content_text(text, spans):
        return "its words are not those of the text at its place"
    if own_id(statement, entry.digest) is not None:
        return "its id is not that of the text and the place"
    if not 0 <= statement.confidence <= 1:
        return "its confidence is not between 0 and 1"
    mention = statement.speaker.mention if statement.speaker else None
    for words in (statement.cue, mention, *statement.figures):
        if words and not (_is_within(words, text) and text[words.start : words.end] == words.text):
            return f"{words.text!r} does not stand at its place in the text"
    return None


def _is_within(place: Span | Mention | Figure, text: str) -> bool:
    return 0 <= place.start <= place.end <= len(text)
