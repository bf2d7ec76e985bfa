"""What a writing assistant may ask: each tool is a record of its arguments, and answers from the articles at hand.

No tool changes anything. Their schemas are made of these records, as the schemas of the commands' JSON are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from quotecli.cli.corpus import Corpus
from quotecli.cli.show import article_view
from quotecli.cli.verify import sources_on
from quotecli.errors import NotFoundError
from quotecli.library import Filters
from quotecli.output.rows import ArticleView, Row
from quotecli.output.wording import summary
from quotecli.records import Kind
from quotecli.results import SpeakerSummary, Verdict, VerdictKind

Most = Annotated[int, Meta(ge=1, le=200, description="At most this many.")]
Name = Annotated[str | None, Meta(description="Only this speaker; part of a name will do, and so will a typo.")]
Day = (
    Annotated[str, Meta(pattern=r"^\d{4}(-\d\d){0,2}$", description="Of publication: 2023, 2023-10 or 2023-10-05.")]
    | None
)
_SOUND: tuple[VerdictKind, ...] = ("normalised",)


class Statements(msgspec.Struct, frozen=True):
    """Statements, the best first."""

    statements: tuple[Row, ...]


class Speakers(msgspec.Struct, frozen=True):
    """Speakers, the most quoted first."""

    speakers: tuple[SpeakerSummary, ...]


class Verdicts(msgspec.Struct, frozen=True):
    """What became of a draft's quotations; `passed`: all of them are exact, or normalised."""

    passed: bool
    summary: str
    verdicts: tuple[Verdict, ...]


class Shown(msgspec.Struct, frozen=True):
    """A statement, or an article with its statements."""

    statement: Row | None = None
    article: ArticleView | None = None


class Tool(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of one question."""

    def answer(self, corpus: Corpus) -> msgspec.Struct:
        """Return what these articles answer. Raises QuotecliError."""
        raise NotImplementedError


class Search(Tool, frozen=True, kw_only=True):
    """Find what was said, by its words: quotes, claims and facts from the articles, with speaker and exact place.

    Typos are forgiven, other endings of words are found; "words side by side" and -word work, too. Behind what has all
    the words come statements with some of them, and where those are few, such as mean something like it.
    """

    query: Annotated[str, Meta(description="The words to find.")]
    semantic: Annotated[bool, Meta(description="Find by meaning alone, in whatever words.")] = False
    speaker: Name = None
    kind: Annotated[Kind | None, Meta(description="quote: in quotation marks; claim: attributed; fact: asserted.")] = (
        None
    )
    since: Day = None
    until: Day = None
    limit: Most = 10

    def answer(self, corpus: Corpus) -> Statements:
        filters = Filters(speaker=self.speaker, kind=self.kind, since=self.since, until=self.until)
        found = corpus.search(self.query, filters, self.limit, semantic=self.semantic)
        return Statements(tuple(corpus.rows(found)))


class WhoSpeaks(Tool, frozen=True, kw_only=True):
    """List who speaks in the articles, with role, numbers of quotes and claims, and other names used."""

    speaker: Name = None
    limit: Most = 50

    def answer(self, corpus: Corpus) -> Speakers:
        return Speakers(tuple(corpus.speakers(Filters(speaker=self.speaker))[: self.limit]))


class Verify(Tool, frozen=True, kw_only=True):
    """Check every quotation of a draft against the articles before you show it to anybody.

    Each gets a verdict (exact, normalised, altered, wrong speaker, joined, claim only, not found) with what was changed
    and where the source has it. Correct or take out whatever is not exact or normalised.
    """

    draft: Annotated[str, Meta(description="The text, its quotations in quotation marks, with their speakers named.")]

    def answer(self, corpus: Corpus) -> Verdicts:
        from quotecli.verification import verify

        found = tuple(verify(self.draft, sources_on(corpus)))
        return Verdicts(all(each.passes(_SOUND) for each in found), summary(found), found)


class Show(Tool, frozen=True, kw_only=True):
    """Show a statement, or a whole article with its statements, by its id."""

    id: Annotated[str, Meta(description="Of a statement or an article, as the other tools give it.")]

    def answer(self, corpus: Corpus) -> Shown:
        try:
            (row,) = corpus.rows([corpus.statement(self.id)])
            return Shown(statement=row)
        except NotFoundError:
            return Shown(article=article_view(corpus, self.id))


TOOLS: Mapping[str, tuple[type[Tool], type[msgspec.Struct]]] = {
    "search": (Search, Statements),
    "speakers": (WhoSpeaks, Speakers),
    "verify": (Verify, Verdicts),
    "show": (Show, Shown),
}
"""The tools by their names, each with what it answers."""


def schema(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema of a record, an object at its root, as the protocol wants it."""
    (root,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    own = components.pop(root["$ref"].rpartition("/")[2])
    own.pop("description", None)
    return {**own, "$defs": components} if components else own
