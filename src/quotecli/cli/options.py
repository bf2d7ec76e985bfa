"""The options that commands share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import msgspec
import typer

from quotecli.cli import completion
from quotecli.deadline import SECONDS
from quotecli.errors import UsageError
from quotecli.output.looks import Format
from quotecli.output.plain_formats import without_formulas
from quotecli.records import Form, Kind, ListOrder, Manner, Order, Reported, Statement

if TYPE_CHECKING:
    from quotecli.library import Filters
    from quotecli.loading import Settings


def _a_date(value: str | None) -> str | None:
    """Return an ISO 8601 date as it is; a year or a month will do."""
    if value is not None:
        from quotecli.library.filters import is_date

        if not is_date(value):
            raise typer.BadParameter(f"{value!r} is not a date like 2023, 2023-10 or 2023-10-05")
    return value


def _one_of(literal: object) -> dict[str, Any]:
    """Return what makes an option take a Literal's values, and be repeatable (of Literals, typer makes no lists)."""
    choices = get_args(literal)

    def check(values: list[str] | None) -> list[str] | None:
        for value in values or ():
            if value not in choices:
                raise typer.BadParameter(f"{value!r} is not one of {', '.join(map(repr, choices))}.")
        return values

    return {"metavar": f"<{'|'.join(choices)}>", "callback": check, "autocompletion": lambda: list(choices)}


Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="PATH",
        help="Answer from this instead of the library: a file, folder, pattern, address or - (standard input). "
        "May be repeated.",
    ),
]
LibraryFile = Annotated[
    list[str] | None,
    typer.Option("--library", metavar="FILE", help="The library to use.  [default: $QUOTECLI_LIBRARY, else your own]"),
]
LibraryFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--library",
        metavar="FILE",
        help="The library to ask; several answer as one.  [default: $QUOTECLI_LIBRARY, else your own]",
    ),
]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Read articles that are not English, too.")]
TextColumn = Annotated[
    str | None,
    typer.Option(
        "--text-column", metavar="NAME", help="The column of a table that holds the text.  [default: guessed]"
    ),
]
MaxBytes = Annotated[
    int | None,
    typer.Option("--max-bytes", metavar="N", min=1, help="The size of one document.  [default: 64 MiB]"),
]
MaxSeconds = Annotated[
    float | None,
    typer.Option("--max-seconds", metavar="N", min=0, help="The time to read one document.  [default: 60]"),
]
MaxDepth = Annotated[
    int | None,
    typer.Option("--max-depth", metavar="N", min=0, help="How many archives inside one another.  [default: 4]"),
]
MaxCharacters = Annotated[
    int | None,
    typer.Option("--max-characters", metavar="N", min=1, help="The length of one article.  [default: 2000000]"),
]
MaxArticles = Annotated[
    int | None,
    typer.Option(
        "--max-articles",
        metavar="N",
        min=1,
        help="The articles of one file.  [default: 10000, and one for each 100 bytes of it]",
    ),
]
MaxExtraction = Annotated[
    float,
    typer.Option(
        "--max-extraction", metavar="N", min=0, help="The seconds to find one article's statements.", show_default=True
    ),
]
MaxMemory = Annotated[
    float,
    typer.Option(
        "--max-memory", metavar="GIB", min=0.1, help="The memory of a process that reads, in GiB.", show_default=True
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="How many processes read.  [default: one a processor]"),
]
Errors = Annotated[
    str | None,
    typer.Option("--errors", metavar="FILE", help="Write what was not read, and why, into this file as JSON Lines."),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Name each input that was not read, not three a reason.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress, only results and errors.")]
SpeakerName = Annotated[
    str | None,
    typer.Option(
        "--speaker",
        metavar="NAME",
        autocompletion=completion.speakers,
        help="Only this speaker; part of a name will do, and so will a typo.",
    ),
]
KindName = Annotated[Kind | None, typer.Option("--kind", help="Only statements of this kind.")]
StatementForm = Annotated[
    Form | None, typer.Option("--form", help="Only quotes and claims with all, part or none of their words in marks.")
]
Manners = Annotated[
    list[str] | None,
    typer.Option("--manner", **_one_of(Manner), help="Only what is attributed in this manner. May be repeated."),
]
ReportedAs = Annotated[
    list[str] | None,
    typer.Option(
        "--reported",
        **_one_of(Reported),
        help="Only what is reported as said (or thought, asked …), as not said, or as possible. May be repeated.",
    ),
]
MinCheckable = Annotated[
    float | None,
    typer.Option(
        "--min-checkable", metavar="P", min=0, max=1, help="Only what can be checked so probably, 0-1, or more."
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", metavar="P", min=0, max=1, help="Only what is so surely right, 0-1, or more."),
]
Outlet = Annotated[
    str | None,
    typer.Option("--outlet", metavar="NAME", autocompletion=completion.outlets, help="Only articles of this outlet."),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=_a_date, help="Published on this day or later.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=_a_date, help="Published on this day or earlier.")
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many results.")]
SortName = Annotated[
    Order,
    typer.Option(
        "--sort",
        help="The order of the best results: the newest or (first) the oldest at the top, or by the speakers' names.",
    ),
]
ListSortName = Annotated[
    ListOrder | None,
    typer.Option(
        "--sort",
        help="The newest or (first) the oldest at the top, by the speakers' names, or what can best be checked."
        "  [default: as in the texts]",
    ),
]
FactsSortName = Annotated[
    ListOrder, typer.Option("--sort", help="What can best be checked at the top, or the newest, or (first) the oldest.")
]
FormatName = Annotated[Format, typer.Option("--format", help="How to print the results.")]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Context = Annotated[int, typer.Option("--context", metavar="N", min=0, help="Show N sentences before and after, too.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say how each speaker was found, and how sure it is.")]


class Inputs(msgspec.Struct, frozen=True):
    """How inputs are read."""

    any_language: AnyLanguage = False
    text_column: TextColumn = None
    max_bytes: MaxBytes = None
    max_seconds: MaxSeconds = None
    max_depth: MaxDepth = None
    max_characters: MaxCharacters = None
    max_articles: MaxArticles = None
    max_extraction: MaxExtraction = SECONDS
    max_memory: MaxMemory = 2
    jobs: Jobs = None
    verbose: Verbose = False

    @property
    def settings(self) -> Settings:
        """Return these wishes as loading takes them; what one document may cost is as ever where it is not said."""
        from quotecli.loading import Limits, Settings

        said: dict[str, Any] = {
            "document_bytes": self.max_bytes,
            "seconds": self.max_seconds,
            "depth": self.max_depth,
            "characters": self.max_characters,
            "articles": self.max_articles,
        }
        limits = replace(Limits(), **{name: value for name, value in said.items() if value is not None})
        return Settings(limits, self.text_column, self.any_language)


class Where(msgspec.Struct, frozen=True):
    """Which articles answer."""

    sources: Sources = None
    library: LibraryFiles = None
    inputs: Inputs = Inputs()
    quiet: Quiet = False


class Sort(msgspec.Struct, frozen=True):
    """Of which sort statements are: what can be told by a statement alone."""

    form: StatementForm = None
    manner: Manners = None
    reported: ReportedAs = None

    def includes(self, statement: Statement) -> bool:
        """Say whether `statement` is of it."""
        return (
            self.form in (None, statement.form)
            and (not self.manner or statement.manner in self.manner)
            and (not self.reported or statement.reported in self.reported)
        )


class WhichFacts(msgspec.Struct, frozen=True):
    """Which facts are asked for: nobody says them."""

    min_checkable: MinCheckable = None
    min_confidence: MinConfidence = None
    outlet: Outlet = None
    since: Since = None
    until: Until = None

    def filters(self, kind: Kind | None) -> Filters:
        """Return these wishes as the library takes them."""
        from quotecli.library import Filters

        return Filters(
            kind=kind,
            min_checkable=self.min_checkable,
            min_confidence=self.min_confidence,
            outlet=self.outlet,
            since=self.since,
            until=self.until,
        )


class Which(msgspec.Struct, frozen=True):
    """Which statements are asked for."""

    speaker: SpeakerName = None
    sort: Sort = Sort()
    others: WhichFacts = WhichFacts()

    def filters(self, kind: Kind | None) -> Filters:
        """Return these wishes as the library takes them."""
        return msgspec.structs.replace(
            self.others.filters(kind),
            speaker=self.speaker,
            form=self.sort.form,
            manner=cast(tuple[Manner, ...], tuple(self.sort.manner or ())) or None,
            reported=cast(tuple[Reported, ...], tuple(self.sort.reported or ())) or None,
        )


SAFE_CSV = "In CSV, put ' before what a spreadsheet would run (=, +, -, @)."
SafeCsv = Annotated[bool, typer.Option("--safe-csv", help=SAFE_CSV)]


class How(msgspec.Struct, frozen=True):
    """How results are printed."""

    format: FormatName = Format.TABLE
    json: Json = False
    safe_csv: SafeCsv = False

    @property
    def chosen(self) -> Format:
        """Return the format asked for; raise UsageError when two are."""
        if self.json and self.format not in (Format.TABLE, Format.JSON):
            raise UsageError(f"--json and --format {self.format} exclude each other")
        return Format.JSON if self.json else self.format

    def printed(self, pieces: Iterable[str]) -> Iterable[str]:
        """Return what is printed of results that were made in the format asked for."""
        return without_formulas(pieces) if self.safe_csv and self.chosen is Format.CSV else pieces


Group = Annotated[
    bool | None,
    typer.Option(
        "--group/--no-group", help="One row for a quotation that several articles have.  [default: in tables]"
    ),
]


class Detail(msgspec.Struct, frozen=True):
    """How much is printed of each statement."""

    context: Context = 0
    explain: Explain = False


class DetailOfQuotes(Detail, frozen=True):
    """How much is printed of each quotation."""

    group: Group = None
