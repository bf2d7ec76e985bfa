"""The command that checks the quotations of a draft: verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, cast, get_args

import msgspec
import typer

from quotecli.cli.console import look, note, present
from quotecli.cli.corpus import Corpus, opened
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.inputs import Reading
from quotecli.cli.options import Json, SafeCsv, Where
from quotecli.cli.outputs import files_of, identity_of
from quotecli.errors import UsageError
from quotecli.library import Filters
from quotecli.output.plain_formats import without_formulas
from quotecli.output.rows import Checked
from quotecli.output.verdicts import VerdictFormat, render_verdicts
from quotecli.output.wording import summary
from quotecli.records import Article, Statement
from quotecli.results import Verdict, VerdictKind

if TYPE_CHECKING:
    from quotecli.verification import Sources


def _verdicts(value: str) -> str:
    """Return a list of verdicts as it is, once it is sure that there are such verdicts."""
    unknown = sorted(_kinds(value) - set(get_args(VerdictKind)))
    if unknown:
        known = ", ".join(get_args(VerdictKind))
        raise typer.BadParameter(f"{unknown[0]!r} is no verdict; there are: {known}")
    return value


def _kinds(value: str) -> set[VerdictKind]:
    named = (" ".join(word.replace("-", " ").split()) for word in value.split(",") if word.strip())
    return {cast(VerdictKind, word) for word in named}


Drafts = Annotated[
    list[str], typer.Argument(metavar="DRAFT...", help="The drafts: files of any format, or - (standard input).")
]
Allow = Annotated[
    str,
    typer.Option(
        "--allow",
        metavar="VERDICTS",
        callback=_verdicts,
        help="Verdicts that are no failure beside exact, with commas: normalised,claim-only.",
    ),
]
SkipSources = Annotated[
    bool, typer.Option("--skip-sources", help="Leave out drafts that are sources themselves: for hooks.")
]
VerdictFormatName = Annotated[VerdictFormat, typer.Option("--format", help="How to print the verdicts.")]


class HowVerdicts(msgspec.Struct, frozen=True):
    """How verdicts are printed."""

    format: VerdictFormatName = VerdictFormat.TABLE
    json: Json = False
    safe_csv: SafeCsv = False

    @property
    def chosen(self) -> VerdictFormat:
        """Return the format asked for; raise UsageError when two are."""
        if self.json and self.format not in (VerdictFormat.TABLE, VerdictFormat.JSON):
            raise UsageError(f"--json and --format {self.format} exclude each other")
        return VerdictFormat.JSON if self.json else self.format

    def printed(self, pieces: Iterable[str]) -> Iterable[str]:
        """Return what is printed of verdicts that were made in the format asked for."""
        return without_formulas(pieces) if self.safe_csv and self.chosen is VerdictFormat.CSV else pieces


_WITH_LINES = (VerdictFormat.SARIF, VerdictFormat.GITHUB, VerdictFormat.TABLE)
"""The formats that tell lines of a draft's file; of a table, in a pipe."""


@grouped
def verify(
    drafts: Drafts, *, allow: Allow = "", skip_sources: SkipSources = False, where: Where, how: HowVerdicts
) -> Exit:
    """Check the quotations of a draft against its sources.

    Each is looked up in the texts of the articles and gets a verdict: exact,
    normalised (only marks, spacing, case or house style differ), altered, wrong
    speaker, joined, claim only (not in quotation marks there) or not found.
    Any but exact is a failure, and the exit code 1, unless --allow says otherwise.

    \b
    Examples:
      quotecli verify draft.md
      quotecli verify draft.docx --from interviews/ --allow normalised
      quotecli verify draft.html --from "news/**/*.html" --format html > page.html
    """
    if "-" in drafts and "-" in (where.sources or ()):
        raise UsageError("standard input can be the draft or a source, not both")
    format = how.chosen
    if skip_sources:
        drafts = list(_without_sources(drafts, where.sources or ()))
    any_language = msgspec.structs.replace(where.inputs, any_language=True)  # a draft is no source: all are checked
    reading = Reading(drafts, progress=not where.quiet, inputs=any_language, links=True)
    found: list[Verdict] = []
    passing = _kinds(allow)
    with opened(where) as corpus, reading:
        read = list(reading)  # to the end: its progress is not shown among the results
        checked = _checked(read, corpus, found, lines=format in _WITH_LINES)
        present(how.printed(render_verdicts(checked, format, look(), allowed=passing)))
    note(summary(found) + ".", quiet=where.quiet)
    if reading.skipped or corpus.skipped:
        return Exit.INPUT
    return Exit.DONE if all(verdict.passes(passing) for verdict in found) else Exit.NOT_FOUND


def _without_sources(drafts: Sequence[str], sources: Sequence[str]) -> Iterator[str]:
    """Yield the drafts that are no sources themselves: a hook is given every file that changed."""
    known = {identity_of(path) for path in files_of(sources)} - {None}
    for draft in drafts:
        if identity_of(draft) not in known:
            yield draft


def sources_on(corpus: Corpus) -> Sources:
    """Return the articles of a corpus, with the statements that it keeps of them, to look quotations up in."""
    from quotecli.verification import Indexed

    def kept(article: Article) -> Sequence[Statement]:
        return list(corpus.statements(Filters(digests=(article.digest,))))

    return Indexed(corpus.passages(), kept)


def _checked(drafts: Iterable[Article], corpus: Corpus, found: list[Verdict], *, lines: bool) -> Iterator[Checked]:
    """Yield each draft with its verdicts, which are collected in `found`; with its file if `lines` are wanted."""
    from quotecli.loading.original import original_text
    from quotecli.verification import verify as verdicts_on

    sources = sources_on(corpus)
    for draft in drafts:
        verdicts = verdicts_on(draft, sources)
        found.extend(verdicts)
        yield Checked(draft, tuple(verdicts), original_text(draft.path) if lines and draft.path else None)
