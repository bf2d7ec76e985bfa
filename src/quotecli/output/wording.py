"""How verdicts are put into words, the same in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quotecli.output.safe import printable
from quotecli.output.statements import place
from quotecli.records import Speaker
from quotecli.results import Evidence, Verdict, VerdictKind

MEANINGS: dict[VerdictKind, str] = {
    "exact": "the source’s own words",
    "normalised": "the source’s words; only marks, spacing, case or house style differ",
    "altered": "words were changed",
    "wrong speaker": "the source has these words from somebody else",
    "joined": "stitched together from separate places, without an ellipsis",
    "claim only": "the source has these words, but not, or not all, in quotation marks",
    "not found": "no source has these words",
}


def number_of(number: int, what: str) -> str:
    """Return "1 article", "2 articles"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def summary(verdicts: Iterable[Verdict]) -> str:
    """Return how many quotations got which verdict, in a line: "3 quotations: 2 exact, 1 altered"."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    total = counts.total()
    listed = ", ".join(f"{counts[kind]} {kind}" for kind in MEANINGS if counts[kind])
    return number_of(total, "quotation") + (f": {listed}" if listed else "")


def labelled(verdict: Verdict) -> str:
    """Return all that is wrong with a quotation, in a few words: "altered, wrong speaker"."""
    return ", ".join([verdict.verdict, *verdict.also])


def meaning(verdict: Verdict) -> str:
    """Return what the verdict means, with all that it says."""
    return "; ".join(MEANINGS[kind] for kind in (verdict.verdict, *verdict.also))


def unsupported(verdict: Verdict) -> str | None:
    """Return what is to be said of the sources that the draft names for a quotation, and that do not have it."""
    if not verdict.missing_from:
        return None
    return f"not in the source that the draft links to: {', '.join(map(place, verdict.missing_from))}"


def named(speaker: Speaker | None) -> str:
    """Return a speaker's name and role; a dash where the text names nobody."""
    return printable(", ".join(filter(None, (speaker.name, speaker.role)))) if speaker else "–"


def origin(evidence: Evidence) -> str:
    """Return where a piece of evidence is from, with its place in that text."""
    return f"{place(evidence.article)}, characters {evidence.spans[0].start}–{evidence.spans[-1].end}"


def comment(verdict: Verdict, evidence: Evidence) -> str:
    """Return what else is to be said of a piece of evidence: who says it there, whether quoted, how like the draft."""
    parts = [f"said by {named(evidence.speaker)}" if evidence.speaker else "the source names no speaker"]
    if evidence.linked:
        parts.insert(0, "the draft links to it")
    if not evidence.quoted:
        parts.append("not in quotation marks")
    if verdict.verdict in {"altered", "not found"}:
        parts.append(f"similarity {evidence.similarity:.0f} %")
    return "; ".join(parts)
