"""The records that quotecli returns: small, frozen, and the same in Python, in JSON and in the schema.

Every offset is a character index (Unicode code points, as Python counts them) into `Article.text`, the end
exclusive, so `article.text[span.start:span.end]` are the words themselves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import msgspec

from quotecli.errors import Setting

Kind = Literal["quote", "claim", "fact"]
"""`quote`: some of the content stands in quotation marks; `claim`: attributed without marks;
`fact`: asserted by the article itself."""

Form = Literal["direct", "mixed", "indirect"]
"""How much of an attributed content is quoted: all of it, part of it, none of it."""

Manner = Literal["said", "wrote", "thinks", "intends", "asks", "denies"]
"""How a content is attributed: spoken or stated in any way; written; believed, felt or known; planned, wanted or urged;
asked or requested; denied or rejected."""

Reported = Literal["affirmed", "negated", "hypothetical"]
"""Whether the article reports that it happened: it did; it did not ("did not say", "declined to say"); or it only may
("would say", "if he says", "is expected to say")."""

Channel = Literal["outlet", "other outlet", "statement", "report", "court", "post", "data"]
"""By which way words reached the article: told its outlet, or another; in a statement, release or letter; in a report
or a study; in court or its papers; in a post; from a poll or data."""

ListOrder = Literal["date", "first", "speaker", "checkable"]
"""An order of statements: by their articles' dates, the newest at the top or (`first`) the oldest; by their speakers'
names, from A to Z (those without one come last); what can best be checked first."""

Order = Literal["score", "date", "first", "speaker", "checkable"]
"""An order of what a search found: the best first, or as a list."""

SpeakerType = Literal["person", "organisation", "group", "document", "unknown"]
"""`group`: unnamed people ("officials"); `document`: a report, a lawsuit; `unknown`: the text does not say."""

Resolution = Literal["name", "alias", "pronoun", "description", "continued"]
"""How a source was resolved: it is the full name; it is a shorter or other name; a pronoun; a role or description;
or the words have no attribution of their own and the speaker goes on speaking."""

ID_LENGTH = 16
"""How many hex digits of a text's digest stand in the ids that people see: too few to decide which text is meant, for
two texts with the same ones can be made; enough for no two to have them by accident."""

JOINT = " … "
"""What stands in `Statement.text` between the parts of an interrupted content."""


class Record(msgspec.Struct, frozen=True):
    """What quotecli answers with."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `--json` prints it: dicts, lists, words and numbers."""
        plain: dict[str, Any] = _with_lists(msgspec.to_builtins(self))
        return plain


def _with_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_lists(inner) for name, inner in value.items()}
    return [_with_lists(inner) for inner in value] if isinstance(value, list | tuple) else value


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A stretch of `Article.text`, `[start, end)`; `[start, end]` in JSON."""

    start: int
    end: int


class ArticleRef(Record, frozen=True, kw_only=True):
    """Which article a statement is from; dates are ISO 8601 (`2023-10-05`), unknown fields are null."""

    id: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


class Article(ArticleRef, frozen=True, kw_only=True):
    """One text with its metadata. `text` is never rewritten after loading: paragraphs are separated by line ends.

    language: its code (`en`), as far as the text shows it or the document says it.
    """

    text: str
    byline: str | None = None
    language: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in hex digits: the identity of what was read, whatever its name."""
        return text_digest(self.text)

    @property
    def text_id(self) -> str:
        """What the ids of its statements begin with, and its own id where it has no other: see `short_id`."""
        return short_id(self.digest)

    @property
    def has_own_id(self) -> bool:
        """Whether its id was given with it, not made from its text."""
        return is_own_id(self.id, self.digest)

    @property
    def ref(self) -> ArticleRef:
        """The article's metadata without its text, as statements carry it."""
        return ArticleRef(
            id=self.id, path=self.path, url=self.url, title=self.title, outlet=self.outlet, published=self.published
        )


class Link(msgspec.Struct, frozen=True):
    """A link in a text: where it leads (an address or a path, as written), and the place behind its words."""

    target: str
    at: int


class Draft(Article, frozen=True, kw_only=True):
    """An article whose layout is known as far as `verify` needs it.

    links: in the order of the text: what quotations are checked against first.
    block_quotes: an offset in, or at the end of, each paragraph that is set as a block quote.
    """

    links: tuple[Link, ...] = ()
    block_quotes: tuple[int, ...] = ()


class ArticleSummary(ArticleRef, frozen=True, kw_only=True):
    """An article as the library lists it.

    places: where else it was met, with the same text or one that adds nothing.
    """

    byline: str | None = None
    language: str | None = None
    places: tuple[ArticleRef, ...] = ()
    words: int
    statements: int


class Skipped(Record, frozen=True):
    """An input that gave no article, and why, in one line.

    setting: which limit it met, or what else would make it be read; null where nothing does.
    """

    path: str
    reason: str
    setting: Setting | None = None


class Mention(Record, frozen=True):
    """Words of the article at their place: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


class Speaker(Record, frozen=True, kw_only=True):
    """Who said it.

    name: the fullest form that the article gives, without title, role or leading article; for an unresolved source
        (`type` is `unknown`) the mention's own words.
    role: from a title, an apposition ("Interior Minister") or a description that means them, if the article gives one.
    mention: the source's words; null when the statement has no attribution of its own.
    resolved_by: null when the source was not resolved; `continued`: who goes on speaking, or is quoted in a heading.
    evidence: why this speaker, in a few words, for `--explain`.
    """

    name: str
    role: str | None = None
    type: SpeakerType = "unknown"
    mention: Mention | None = None
    resolved_by: Resolution | None = None
    evidence: str | None = None


class Anonymous(msgspec.Struct, frozen=True, kw_only=True):
    """People whom the article does not name.

    who: the words that say who they are ("a senior official"); reason: why they are not named, if the article says so
        ("because he was not authorised to speak").
    """

    who: Mention
    reason: Mention | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A number, amount, share, duration or date in a statement.

    value: the number meant (`1400000`), a range (`10..15`), a score (`3-1`), an ISO 8601 date (`2023-11-01`, `--11-01`
        without a year, `2019/2021`) or time (`18:30`); null if unclear ("dozens", "Thursday").
    unit: what is counted ("Afghan refugees"), a currency code ("GBP"), "%", a measure in the singular ("week"), either
        of them per something ("USD per hour"), "times" (a factor), "years old", "ordinal", "score", "date", "time" or
        "decade"; null if the text does not say.
    """

    text: str
    value: int | float | str | None = None
    unit: str | None = None
    start: int
    end: int


class Statement(Record, frozen=True, kw_only=True):
    """One row of output: a quote, a claim or a fact, with its exact place.

    id: the beginning of the text's digest, a dash, the first content offset.
    text: verbatim: the content spans' characters, joined by " … ".
    manner: said, wrote, thinks, intends, asks or denies; null for facts.
    reported: whether the article reports the saying (thinking, asking …) as done, as not done, or as possible only;
        null for facts.
    anonymous: of unnamed people: who they are said to be; null for all others.
    channel: by which way the words came; null where the article does not say, and for facts.
    checkable: the probability that what is stated can be checked and is worth it, 0-1.
    confidence: the probability that content, source and speaker are right, 0-1; for facts, that the article asserts
        something worth checking, the same as `checkable`.
    """

    id: str
    kind: Kind
    form: Form | None = None
    manner: Manner | None = None
    reported: Reported | None = None
    text: str
    content: tuple[Span, ...]
    cue: Mention | None = None
    speaker: Speaker | None = None
    anonymous: Anonymous | None = None
    channel: Channel | None = None
    figures: tuple[Figure, ...] = ()
    checkable: float = 0.0
    confidence: float
    article: ArticleRef


class Hit(Statement, frozen=True, kw_only=True):
    """A statement that a search found: its score (0-100) and the spans that match the query, best match first
    in reading order, as offsets into `Article.text`."""

    score: float
    matches: tuple[Span, ...] = ()


@lru_cache(maxsize=4)  # each step of storing an article asks for it
def text_digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8 (lone surrogates kept as they are) in hex digits: it decides which text is
    meant."""
    import hashlib  # what was stored has its digest

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def short_id(digest: str) -> str:
    """Return as much of a text's digest as the ids that people see have of it."""
    return digest[:ID_LENGTH]


def text_id(text: str) -> str:
    """Return the id that an article with this text has where none was given with it."""
    return short_id(text_digest(text))


def is_own_id(id: str, digest: str) -> bool:
    """Say whether an article's id is one of its own, not made from its text, whose digest this is."""
    return id not in (short_id(digest), digest)


def content_text(text: str, content: tuple[Span, ...]) -> str:
    """Return a statement's `text`: the characters of each span, verbatim, joined by " … "."""
    return JOINT.join(text[span.start : span.end] for span in content)
