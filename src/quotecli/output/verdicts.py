"""What became of a draft's quotations: a view for people, and the columns of the CSV."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from quotecli.output.differences import compared, described
from quotecli.output.looks import PIPE, Format, Look
from quotecli.output.plain_formats import Columns, render
from quotecli.output.rows import Checked, VerdictRow
from quotecli.output.safe import printable
from quotecli.output.statements import place
from quotecli.output.wording import MEANINGS, comment, labelled, meaning, named, origin, unsupported
from quotecli.records import ArticleRef
from quotecli.results import GRAVE_CHANGES, Evidence, Verdict, VerdictKind

if TYPE_CHECKING:
    from rich.text import Text

VERDICT_WIDTH = max(map(len, MEANINGS))
DRAFT_WIDTH, WHO_WIDTH = 20, 24


class VerdictFormat(StrEnum):
    """The output formats of verdicts: those of all results, a page, and two for editors and continuous integration."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    SARIF = "sarif"
    GITHUB = "github"


def render_verdicts(
    checked: Iterable[Checked], format: VerdictFormat, look: Look = PIPE, *, allowed: Collection[VerdictKind] = ()
) -> Iterator[str]:
    """Yield the verdicts on some drafts in `format`.

    A table shows each quotation with what was changed, as `[-the source's words-]{+the draft's+}`, and where the
    sources have it. HTML is one page with the drafts in full. SARIF and GitHub's commands name the lines of the files;
    verdicts that are `allowed` are notes there, not errors.
    """
    match format:
        case VerdictFormat.HTML:
            from quotecli.output.page import verdict_page

            return verdict_page(checked)
        case VerdictFormat.SARIF:
            from quotecli.output.annotations import sarif

            return sarif(checked, allowed)
        case VerdictFormat.GITHUB:
            from quotecli.output.annotations import github

            return github(checked, allowed)
        case VerdictFormat.TABLE if look.width is None:
            return _piped(checked)
        case _:
            rows = (row for each in checked for row in each.rows)
            return render(rows, Format(format), CSV_COLUMNS, partial(_wrapped, look=look))


def _piped(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield one line a quotation, with the draft and its line there; the last columns are as wide as their words. No
    quotations, no header."""
    for number, (row, line_number) in enumerate(chain.from_iterable(map(_numbered, checked))):
        if number == 0:
            yield f"{'VERDICT':{VERDICT_WIDTH}}  {'DRAFT':{DRAFT_WIDTH}}  {'WHO':{WHO_WIDTH}}  QUOTATION\n"
        draft = printable(f"{row.draft.path or row.draft.id}:{line_number}")
        line = [f"{labelled(row):{VERDICT_WIDTH}}", f"{draft:{DRAFT_WIDTH}}", f"{named(row.speaker):{WHO_WIDTH}}"]
        line.append(_with_signs(row))
        line += [f"({'; '.join(map(described, row.changes))})"] if row.changes else []
        for evidence in row.evidence[:1]:
            line.append(f"({comment(row, evidence)}: {printable(evidence.text)}, {origin(evidence)})")
        line += [f"({missing})"] if (missing := unsupported(row)) else []
        yield "  ".join(line) + "\n"


def _numbered(checked: Checked) -> Iterator[tuple[VerdictRow, int]]:
    """Yield the verdicts on a draft, each with its line: in the file, as an editor shows it, else in the text."""
    from quotecli.output.annotations import located

    for row, (_, region) in zip(checked.rows, located(checked), strict=True):
        yield row, region.start_line if region else checked.draft.text.count("\n", 0, row.start) + 1


def _with_signs(verdict: Verdict) -> str:
    return "".join(part.in_signs() for part in compared(verdict))


VERDICT_STYLES: dict[VerdictKind, str] = {
    "exact": "green",
    "normalised": "green",
    "altered": "bold red",
    "wrong speaker": "bold red",
    "joined": "bold yellow",
    "claim only": "bold yellow",
    "not found": "bold red",
}


def _wrapped(rows: Iterable[VerdictRow], look: Look) -> Iterator[str]:
    """Yield the verdicts in two columns, wrapped to the terminal: verdict; quotation, speaker, changes and evidence."""
    from rich.text import Text

    from quotecli.output.terminal import Grid

    grid = Grid(look, (VERDICT_WIDTH, None))
    draft: ArticleRef | None = None
    for row in rows:
        yield "" if draft is None else "\n"
        if row.draft != draft:
            draft = row.draft
            yield grid.row(Text("DRAFT", style="bold dim"), Text(place(draft), style="bold"))
            yield "\n"
        yield grid.row(Text(labelled(row), style=VERDICT_STYLES[row.verdict]), _quotation(row))
        yield grid.row(Text(), _details(row))


def _quotation(row: VerdictRow) -> Text:
    from rich.text import Text

    styles = {"both": "", "source": "strike red", "draft": "bold green"}
    text = Text()
    for part in compared(row):
        text.append(part.in_signs(), style=f"{styles[part.side]}{' reverse' if part.grave else ''}")
    return text


def _details(row: VerdictRow) -> Text:
    from rich.text import Text

    lines = [Text(f"{named(row.speaker)}; {meaning(row)}", style="dim")]
    lines += [Text(described(each), style="bold red" if each.kind in GRAVE_CHANGES else "") for each in row.changes]
    if missing := unsupported(row):
        lines.append(Text(missing, style="bold yellow"))
    for evidence in row.evidence[: 1 if row.verdict in {"exact", "normalised"} else None]:
        lead = "nearest" if row.verdict == "not found" else "source"
        lines.append(Text(f"{lead}: {origin(evidence)}; {comment(row, evidence)}", style="dim"))
        if row.verdict != "exact":
            lines.append(Text(printable(evidence.context.text.strip()), style="italic"))
    return Text("\n").join(lines)


def _of_source(read: Callable[[Evidence], Any]) -> Callable[[VerdictRow], Any]:
    """Return how to read a column off the evidence that decided the verdict; empty where there is none."""
    return lambda row: read(row.evidence[0]) if row.evidence else None


CSV_COLUMNS: Columns[VerdictRow] = {
    "draft": lambda row: row.draft.path or row.draft.id,
    "verdict": lambda row: row.verdict,
    "also": lambda row: ", ".join(row.also),
    "text": lambda row: row.text,
    "start": lambda row: row.start,
    "end": lambda row: row.end,
    "speaker": lambda row: row.speaker and row.speaker.name,
    "changes": lambda row: "; ".join(map(described, row.changes)),
    "similarity": _of_source(lambda source: source.similarity),
    "source": _of_source(lambda source: source.text),
    "source_speaker": _of_source(lambda source: source.speaker and source.speaker.name),
    "source_quoted": _of_source(lambda source: source.quoted),
    "source_start": _of_source(lambda source: source.spans[0].start),
    "source_end": _of_source(lambda source: source.spans[-1].end),
    "source_context": _of_source(lambda source: source.context.text),
    "source_linked": _of_source(lambda source: source.linked),
    "missing_from": lambda row: "; ".join(place(each) for each in row.missing_from),
    "article": _of_source(lambda source: source.article.id),
    "title": _of_source(lambda source: source.article.title),
    "outlet": _of_source(lambda source: source.article.outlet),
    "published": _of_source(lambda source: source.article.published),
    "path": _of_source(lambda source: source.article.path),
    "url": _of_source(lambda source: source.article.url),
}
