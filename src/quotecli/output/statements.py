"""Lists of statements: a table for people, and the columns of the CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import UNSET

from quotecli.output.differences import Part, bare, between
from quotecli.output.excerpts import Excerpt, excerpt
from quotecli.output.linking import address
from quotecli.output.looks import NARROW, PIPE, Format, Look
from quotecli.output.plain_formats import Columns, render
from quotecli.output.rows import Repeat, Row
from quotecli.output.safe import printable
from quotecli.records import ArticleRef, Statement

if TYPE_CHECKING:
    from rich.text import Text

_MOST_VARIANTS = 3
ID_WIDTH, KIND_WIDTH, WHO_WIDTH = 18, 5, 36


def render_statements(
    rows: Iterable[Row], format: Format, look: Look = PIPE, *, explain: bool = False
) -> Iterator[str]:
    """Yield `rows` in `format`. A table gives kind, speaker with role, words and place of each statement, and with
    `explain` how the speaker was found."""
    return render(rows, format, CSV_COLUMNS, partial(_table, look=look, explain=explain), pasted)


def pasted(rows: Iterable[Row]) -> Iterator[str]:
    """Yield statements as Markdown."""
    from quotecli.output.markdown import block_quotes

    return block_quotes(rows)


def who(row: Row) -> str:
    """Return the speaker's name; a dash for what the article itself asserts or where the text names nobody."""
    return printable(row.speaker.name) if row.speaker else "–"


def role(row: Row) -> str:
    """Return the speaker's role, or that the text does not say who it is; empty where there is nothing to say."""
    if row.speaker is None:
        return ""
    unresolved = row.speaker.type == "unknown" and row.speaker.resolved_by is None
    return printable(row.speaker.role or ("unresolved" if unresolved else ""))


def marks_of(row: Row) -> str:
    """Return how a statement is attributed if it is not plainly said: "thinks", "negated", "asks, hypothetical"."""
    manner = row.manner if row.manner != "said" else None
    reported = row.reported if row.reported != "affirmed" else None
    return ", ".join(filter(None, (manner, reported)))


def in_short(row: Row) -> str:
    """Return who says it, and in which manner, in one line: "Ana Whitfield, chair (thinks)"."""
    speaker = ", ".join(filter(None, (who(row), role(row))))
    return f"{speaker} ({marks_of(row)})" if marks_of(row) else speaker


def place(article: ArticleRef) -> str:
    """Return where an article is from: its title (else the name of its file, its URL or id), outlet and date."""
    return printable(", ".join(filter(None, (name_of(article), article.outlet, article.published))))


def name_of(article: ArticleRef) -> str:
    """Return an article's title, else the name of its file, its URL or id."""
    return article.title or (article.path and PurePath(article.path).name) or article.url or article.id


def places(row: Row) -> str:
    """Return where a row's article is from, and in how many articles the same quotation stands."""
    return "; ".join(filter(None, (place(row.article), spread(row))))


def spread(row: Row) -> str:
    """Return in how many articles a quotation stands, if in more than one."""
    ids = [row.id, *(each.id for each in (() if row.repeats is UNSET else row.repeats))]
    articles = {id.rpartition("-")[0] for id in ids}
    return f"in {len(articles)} articles" if len(articles) > 1 else ""


def variants(row: Row) -> list[tuple[list[Part], Repeat]]:
    """Return the other wordings of a quotation, each compared with the row's own, and the first place of each."""
    if row.repeats is UNSET:
        return []
    seen = {bare(row.text)}
    found = []
    for each in row.repeats:
        if bare(each.text) not in seen:
            seen.add(bare(each.text))
            found.append((list(between(row.text, each.text)), each))
    return found[:_MOST_VARIANTS]


def worth(row: Row) -> str:
    """Return how well a fact can be checked, and its figures; nothing for what somebody says."""
    if row.kind != "fact":
        return ""
    figures = ", ".join(printable(figure.text) for figure in row.figures)
    return "; ".join(filter(None, (f"checkable {row.checkable:.2f}", figures)))


def explanation(row: Row) -> str:
    """Return how the speaker was found, and how sure the statement is."""
    parts = [f"confidence {row.confidence:.2f}"]
    if row.speaker and row.speaker.mention:
        parts.append(f"“{printable(row.speaker.mention.text)}”")
    if row.speaker and row.speaker.resolved_by:
        parts.append(f"by {row.speaker.resolved_by}")
    if row.speaker and row.speaker.evidence:
        parts.append(printable(row.speaker.evidence))
    return "; ".join(parts)


def _table(rows: Iterable[Row], look: Look, explain: bool) -> Iterator[str]:
    return _piped(rows, explain) if look.width is None else _wrapped(rows, look, explain)


def _piped(rows: Iterable[Row], explain: bool) -> Iterator[str]:
    """Yield one line a statement; the last columns are as wide as their words. No statements, no header."""
    for number, row in enumerate(rows):
        if number == 0:
            yield f"{'ID':{ID_WIDTH}}  {'KIND':{KIND_WIDTH}}  {'WHO':{WHO_WIDTH}}  STATEMENT\n"
        words = [excerpt(row).bracketed(), *filter(None, [worth(row)]), f"({places(row)})"]
        words += (f"also: {''.join(part.in_signs() for part in parts)}" for parts, _ in variants(row))
        line = [f"{row.id:{ID_WIDTH}}", f"{row.kind:{KIND_WIDTH}}", f"{in_short(row):{WHO_WIDTH}}", *words]
        yield "  ".join([*line, explanation(row)] if explain else line) + "\n"


def _wrapped(rows: Iterable[Row], look: Look, explain: bool) -> Iterator[str]:
    """Yield a table of three columns, wrapped to the terminal, one statement after the other."""
    from rich.text import Text

    from quotecli.output.terminal import Grid

    assert look.width is not None
    grid = Grid(look, (KIND_WIDTH, 22 if look.width >= NARROW else 14, None))
    before: str | None = None
    for row in rows:
        if row.article.id != before:
            yield "\n" * (before is not None) + heading(row.article, look)
        before = row.article.id
        yield "\n"
        speaker = Text(who(row), style="bold").append(f"\n{role(row)}" if role(row) else "", style="not bold dim")
        speaker.append(f"\n({marks_of(row)})" if marks_of(row) else "", style="not bold yellow")
        words = shown(excerpt(row), look).append(f"\n{worth(row)}" if worth(row) else "", style="not bold magenta")
        words.append("\n").append_text(linked(row.id, address(row.article, first_words(row)), "not bold dim", look))
        words.append(f"  {spread(row)}" if spread(row) else "", style="not bold dim")
        for parts, other in variants(row):
            words.append("\nalso: ", style="not bold dim").append_text(_variant(parts, look))
            words.append(f"  {other.id}  {place(other.article)}", style="not bold dim")
        if explain:
            words.append(f"\n{explanation(row)}", style="not bold dim italic")
        yield grid.row(Text(row.kind, style=KIND_STYLES[row.kind]), speaker, words)


def heading(article: ArticleRef, look: Look) -> str:
    """Return the line above what is from an article: its title, outlet and date, linked to it."""
    from quotecli.output.terminal import draw

    return draw(linked(place(article), address(article), "bold", look), look)


def linked(words: str, address: str | None, style: str, look: Look) -> Text:
    """Return words for a terminal that open an address."""
    from rich.style import Style
    from rich.text import Text

    link = address if look.linked else None
    return Text(words, Style.parse(style) + Style(link=link) if look.styled else "")


def first_words(row: Row) -> str:
    """Return the words of a statement up to its first gap: they stand side by side in the article."""
    span = row.content[0]
    return row.text[: span.end - span.start]


def _variant(parts: Iterable[Part], look: Look) -> Text:
    from rich.text import Text

    if not look.coloured:
        return Text("".join(part.in_signs() for part in parts))
    styles = {"both": "dim", "source": "red strike", "draft": "green"}
    return Text.assemble(*((part.text, f"not bold {styles[part.side]}") for part in parts))


KIND_STYLES = {"quote": "green", "claim": "cyan", "fact": "magenta"}


def shown(words: Excerpt, look: Look) -> Text:
    """Return `words` for a terminal: what is around the statement dim, what a search found bold; without styles, the
    statement stands in brackets where there is more than it."""
    from rich.text import Text

    if not look.styled:
        return Text(words.bracketed())
    text = Text(words.text, style="dim" if words.content else "")
    for span in words.content:
        text.stylize("not dim", span.start, span.end)
    for span in words.matches:
        text.stylize("bold yellow", span.start, span.end)
    return text


_COLUMNS_OF_THEIR_OWN = frozenset("text content cue speaker anonymous figures checkable confidence article".split())
"""Fields that are no plain value, or stand further to the right."""
CSV_COLUMNS: Columns[Row] = {
    **{name: attrgetter(name) for name in Statement.__struct_fields__ if name not in _COLUMNS_OF_THEIR_OWN},
    "speaker": lambda row: row.speaker and row.speaker.name,
    "person": lambda row: row.person,
    "role": lambda row: row.speaker and row.speaker.role,
    "type": lambda row: row.speaker and row.speaker.type,
    "mention": lambda row: row.speaker and row.speaker.mention and row.speaker.mention.text,
    "resolved_by": lambda row: row.speaker and row.speaker.resolved_by,
    "cue": lambda row: row.cue and row.cue.text,
    "anonymous": lambda row: row.anonymous and row.anonymous.who.text,
    "reason": lambda row: row.anonymous and row.anonymous.reason and row.anonymous.reason.text,
    "text": lambda row: row.text,
    "figures": lambda row: "; ".join(figure.text for figure in row.figures),
    "checkable": lambda row: row.checkable,
    "confidence": lambda row: row.confidence,
    "score": lambda row: row.score,
    "context": lambda row: UNSET if row.context is UNSET else row.context.text,
    "repeats": lambda row: UNSET if row.repeats is UNSET else "; ".join(each.id for each in row.repeats),
    "start": lambda row: row.content[0].start,
    "end": lambda row: row.content[-1].end,
    "article": lambda row: row.article.id,
    "title": lambda row: row.article.title,
    "outlet": lambda row: row.article.outlet,
    "published": lambda row: row.article.published,
    "path": lambda row: row.article.path,
    "url": lambda row: row.article.url,
}
