"""Verdicts for editors and continuous integration: SARIF 2.1.0, and the workflow commands of GitHub Actions.

Both leave out what is exact. What is allowed is a note, everything else an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from quotecli.output.differences import described
from quotecli.output.rows import Checked
from quotecli.output.safe import printable
from quotecli.output.wording import MEANINGS, comment, labelled, meaning, named, origin, unsupported
from quotecli.results import Verdict, VerdictKind

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_BETWEEN_WORDS = r"[\s>]+"  # in Markdown a quoted paragraph has a ">" at the beginning of each line


class Region(msgspec.Struct, frozen=True, rename="camel"):
    """Where something stands in a file; lines and columns count from 1, the end column is behind the last character."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def located(checked: Checked) -> Iterator[tuple[Verdict, Region | None]]:
    """Yield each verdict with the place of its quotation in the draft's file; None where it is not found there."""
    place = 0
    for verdict in checked.verdicts:
        pattern = re.compile(_BETWEEN_WORDS.join(map(re.escape, verdict.text.split())))
        found = pattern.search(checked.original, place) if checked.original else None
        if found and checked.original:
            place = found.end()
            yield verdict, _region(checked.original, found.start(), found.end())
        else:
            yield verdict, None


def _region(text: str, start: int, end: int) -> Region:
    def line_and_column(offset: int) -> tuple[int, int]:
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    return Region(*line_and_column(start), *line_and_column(end))


def message(verdict: Verdict) -> str:
    """Return what is to be said of a quotation, in one paragraph."""
    parts = [f"{labelled(verdict)}: {printable(verdict.text)} ({named(verdict.speaker)}); {meaning(verdict)}"]
    parts += filter(None, (*map(described, verdict.changes), unsupported(verdict)))
    for evidence in verdict.evidence[:1]:
        lead = "nearest" if verdict.verdict == "not found" else "source"
        words = f"{origin(evidence)}; {comment(verdict, evidence)}: {printable(evidence.text)}"
        parts.append(f"{lead}: {words}")
    return ". ".join(parts)


def github(checked: Iterable[Checked], allowed: Collection[VerdictKind]) -> Iterator[str]:
    """Yield a workflow command for each quotation that is not exact."""
    for each in checked:
        for verdict, region in located(each):
            if _is_fine(verdict):
                continue
            fields = {"file": each.draft.path, "title": f"Quotation {labelled(verdict)}"}
            if region:
                fields |= {"line": str(region.start_line), "endLine": str(region.end_line)}
            listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in fields.items() if value)
            command = "notice" if verdict.passes(allowed) else "error"
            yield f"::{command} {listed}::{_escaped(message(verdict))}\n"


def _is_fine(verdict: Verdict) -> bool:
    return verdict.verdict == "exact" and not verdict.missing_from


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{more}" else each for each in text)


def sarif(checked: Iterable[Checked], allowed: Collection[VerdictKind]) -> Iterator[str]:
    """Yield one SARIF log with all the results."""
    from quotecli import __version__

    rules = [
        {"id": _rule(kind), "shortDescription": {"text": f"{words[0].upper()}{words[1:]}"}}
        for kind, words in MEANINGS.items()
    ]
    results = [
        _result(each, verdict, region, allowed)
        for each in checked
        for verdict, region in located(each)
        if not _is_fine(verdict)
    ]
    driver = {"name": "quotecli", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _result(
    checked: Checked, verdict: Verdict, region: Region | None, allowed: Collection[VerdictKind]
) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": file_uri(checked.draft.path or checked.draft.id)}}
    if region:
        place["region"] = msgspec.to_builtins(region)
    return {
        "ruleId": _rule(verdict.verdict),
        "level": "note" if verdict.passes(allowed) else "error",
        "message": {"text": message(verdict)},
        "locations": [{"physicalLocation": place}],
    }


def _rule(kind: VerdictKind) -> str:
    return kind.replace(" ", "-")


def file_uri(path: str) -> str:
    """Return the IRI of a file: whole for a path from the root, else relative to where one is."""
    file = PurePath(path)
    return file.as_uri() if file.is_absolute() else quote(file.as_posix(), errors="replace")
