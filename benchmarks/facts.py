"""Score facts sentence by sentence on labelled texts: precision, recall of what is worth checking, and the ranking.

    python benchmarks/facts.py GOLD TEXTS [--errors]

GOLD: one sentence a line: file, start, end (characters of the text TEXTS/file), label, unsure. Labels: F2 asserted and
worth checking, F1 asserted but trivial, M partly attributed, A attributed, N nothing to check. A sentence is returned
when a fact overlaps at least 60 % of it. Texts that the heads were fitted on judge nothing: for these,
training/checkable.py prints the scores of heads fitted without each page.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from quotecli.pipeline import extract
from quotecli.records import Article, Statement

SHARE = 0.6
ASSERTED = ("F1", "F2", "M")


class Judged(NamedTuple):
    """A labelled sentence, its words, and the confidence of the fact that covers it (0: not returned)."""

    label: str
    words: str
    confidence: float


def judge(gold: Path, texts: Path) -> list[Judged]:
    """Return every sentence that its annotator was sure of, with what came back for it."""
    rows = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row.get("unsure"):
            rows[row["file"]].append(row)
    judged = []
    for name, sentences in rows.items():
        text = (texts / name).read_bytes().decode("utf-8")
        facts = [each for each in extract(Article(id=name, text=text)) if each.kind == "fact"]
        for row in sentences:
            start, end = row["start"], row["end"]
            covering = (fact.confidence for fact in facts if _share(fact, start, end) >= SHARE)
            judged.append(Judged(row["label"], text[start:end], max(covering, default=0.0)))
    return judged


def _share(fact: Statement, start: int, end: int) -> float:
    held = min(end, fact.content[-1].end) - max(start, fact.content[0].start)
    return held / max(1, end - start)


def average_precision(judged: list[Judged]) -> float:
    """Return the mean, over the sentences worth checking, of the precision down to each; ties in the order given."""
    hits, total = 0, 0.0
    for place, each in enumerate(sorted(judged, key=lambda one: -one.confidence), start=1):
        if each.label == "F2":
            hits += 1
            total += hits / place
    return total / max(1, hits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--errors", action="store_true", help="list false facts and missed sentences")
    arguments = parser.parse_args()
    judged = judge(arguments.gold, arguments.texts)
    returned = [each for each in judged if each.confidence]
    worth = [each for each in judged if each.label == "F2"]
    right = sum(each.label in ASSERTED for each in returned)
    print(f"{len(judged)} sentences, {len(returned)} returned")
    print(f"precision {right / max(1, len(returned)):.1%}")
    print(f"recall of F2 {sum(bool(each.confidence) for each in worth) / max(1, len(worth)):.1%}")
    print(f"average precision of F2 {average_precision(judged):.1%}")
    if arguments.errors:
        for each in judged:
            if each.confidence and each.label not in ASSERTED:
                print(f"false {each.confidence:.2f} {each.label}: {each.words[:150]!r}")
            elif not each.confidence and each.label == "F2":
                print(f"missed: {each.words[:150]!r}")


if __name__ == "__main__":
    main()
