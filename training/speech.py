"""Fit the weights by which words in quotation marks are told to be said by somebody, or a title, a name, a term.

    python training/speech.py CORPUS [--pages FOLDER GOLD]... [--write]

In two steps. What is written (the words, their form and neighbours) is learned from PolNeAR's train split: quotations
inside and outside the annotated contents. What the network makes of them is learned on texts that it was not trained
on: PolNeAR's dev split, the articles of benchmarks/speakers and any pages with gold (as benchmarks/speakers.py reads
them), with the first step's score as one input. Pages are judged by weights that were fitted on the other pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotecli.attribution import linking, speech
from quotecli.attribution.layout import Lines
from quotecli.loading import load
from quotecli.model import Tagging, tag
from quotecli.records import Span
from quotecli.text import Document, parse

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "benchmarks" / "speakers"
PENALTY, PENALTY_HEARD = 3.0, 1.0
FEWEST = 8
"""Quotations of the train split that an input must occur with."""
FOLDS = 5
STRAIGHT = str.maketrans("’‘“”\xa0", "''\"\" ")
INSIDE = 0.5
"""The share of a quotation that annotated contents must hold for it to be said."""
MARKED = re.compile(r"\{(?P<who>[^|{}]*)\|(?P<words>[^{}]*)\}")


class Example(NamedTuple):
    """A quotation: its inputs, whether it was said, the text that it stands in, and whether the network links it."""

    inputs: dict[str, float]
    said: bool
    text: str
    linked: bool = False


def corpus_texts(path: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """Yield the name, the text and the contents of each text of a split."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["id"], row["text"], [Span(*span) for a in row["attributions"] for span in a["content"]]


def own_articles() -> Iterator[tuple[str, str, list[Span], list[Span]]]:
    """Yield the name, the text, the words said and those not judged of each article of benchmarks/speakers."""
    head = re.compile(r"(?:@ \S+ .+\n)*")
    for path in sorted(ARTICLES.glob("*.txt")):
        marked = path.read_text(encoding="utf-8")
        at = head.match(marked).end()  # type: ignore[union-attr]  # it matches nothing as well
        text = ""
        said, unjudged = list[Span](), list[Span]()
        for match in MARKED.finditer(marked, at):
            text += marked[at : match.start()]
            span = Span(len(text), len(text) + len(match["words"]))
            (unjudged if match["who"].startswith("-") else said).append(span)
            text, at = text + match["words"], match.end()
        yield path.stem, text + marked[at:], said, unjudged


def pages(folder: Path, gold: Path) -> Iterator[tuple[str, str, list[tuple[Span, str]]]]:
    """Yield the name and the text of each page, and its spans with their kinds (of unsure ones: unsure)."""
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        article = next(iter(load([str(folder / row["file"])])))
        text, at, spans = article.text.translate(STRAIGHT), 0, []  # type: ignore[union-attr]
        for span in sorted(row["spans"], key=lambda span: span["start"]):
            span |= {end: span[end].translate(STRAIGHT) for end in ("head", "tail")}
            place = text.find(span["head"], at)
            place = place if place >= 0 else text.find(span["head"])
            if place >= 0:
                end = text.find(span["tail"], max(place, place + span["end"] - span["start"] - len(span["tail"]) - 9))
                spans.append(
                    (Span(place, max(end, place) + len(span["tail"])), "unsure" if span.get("unsure") else span["kind"])
                )
                at = place + 1
        yield row["file"], article.text, spans  # type: ignore[union-attr]


def share_inside(quotation: Any, spans: Iterable[Span]) -> float:
    held = sum(max(0, min(span.end, quotation.end) - max(span.start, quotation.start)) for span in spans)
    return float(held / (quotation.end - quotation.start))


def heard_of(document: Document, tagging: Tagging) -> Iterator[tuple[int, speech.Heard]]:
    """Yield each quotation, by its index, that is the only content of what is linked, or in no content."""
    laid_out, linked = linking.candidates(document, tagging, Lines(document))
    own = {speech.only_quotation(document, item): item for item in linked}
    covered = [span for item in (*laid_out, *linked) for span in item.content]
    for index, quotation in enumerate(document.quotations):
        if index in own or not share_inside(quotation, covered):
            yield index, speech.heard(tagging, index, own.get(index))


def labelled(document: Document, spans: list[tuple[Span, str]]) -> Iterator[tuple[int, bool]]:
    """Yield the quotations that the gold of a page says something of."""
    for index, quotation in enumerate(document.quotations):
        share, kind = max(((share_inside(quotation, [span]), kind) for span, kind in spans), default=(0.0, ""))
        if share >= INSIDE and kind in ("direct", "mixed", "none"):
            yield index, kind != "none"


def written_examples(corpus: Path) -> list[Example]:
    """Return the quotations of PolNeAR's train split, without what the network makes of them."""
    examples = []
    for name, text, contents in corpus_texts(corpus / "train.jsonl.gz"):
        document = parse(text)
        for quotation in document.quotations:
            inside = share_inside(quotation, contents) >= INSIDE
            examples.append(Example(dict(speech.written(document, quotation)), inside, name))
    return examples


def heard_examples(text: str, name: str, judge: Any) -> Iterator[Example]:
    """Yield the quotations of a text that `judge` (document -> index -> said, or None) says something of."""
    document = parse(text)
    tagging = tag(document)
    verdicts = judge(document)
    for index, what in heard_of(document, tagging):
        if index in verdicts:
            inputs = dict(speech.evidence(document, document.quotations[index], what))
            yield Example(inputs, verdicts[index], name, what.attribution is not None)


def contents_judge(contents: list[Span], unjudged: Iterable[Span] = ()) -> Any:
    def judge(document: Document) -> dict[int, bool]:
        return {
            index: share_inside(quotation, contents) >= INSIDE
            for index, quotation in enumerate(document.quotations)
            if not share_inside(quotation, unjudged)
        }

    return judge


def all_heard(corpus: Path, gold: list[list[Path]]) -> tuple[list[Example], list[Example]]:
    """Return the examples of dev and our articles, and those of the pages."""
    ours, real = list[Example](), list[Example]()
    for name, text, contents in corpus_texts(corpus / "dev.jsonl"):
        ours += heard_examples(text, name, contents_judge(contents))
    for name, text, said, unjudged in own_articles():
        ours += heard_examples(text, name, contents_judge(said, unjudged))
    for folder, file in gold:
        for name, text, spans in pages(folder, file):
            real += heard_examples(text, name, lambda document, spans=spans: dict(labelled(document, spans)))
    return ours, real


def fit(examples: list[Example], names: list[str], penalty: float, weight: list[float] | None = None) -> np.ndarray:
    """Logistic regression by Newton's method with a ridge."""
    x = np.array([[example.inputs.get(name, 0.0) for name in names] for example in examples])
    y = np.array([example.said for example in examples], dtype=float)
    w = np.ones(len(y)) if weight is None else np.array(weight)
    beta = np.zeros(len(names))
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(names))
        beta += np.linalg.solve(hessian, x.T @ (w * (y - p)) - penalty * beta)
    return beta


def first_step(examples: list[Example]) -> dict[str, float]:
    counts = Counter(name for example in examples for name, value in example.inputs.items() if value)
    names = sorted(name for name, count in counts.items() if count >= FEWEST and name not in ALONE)
    return dict(zip(names, fit(examples, names, PENALTY).tolist(), strict=True))


HEARD = ("content", "unlinked", "confidence", "no source", "no cue")
ALONE = ("sentence, paragraph", "small, paragraph", "title, paragraph", "begins paragraph", "single")
"""Written as well, but left to the second step: PolNeAR's lines that are all quotation are mostly headings."""
SECOND = (*HEARD, *ALONE)


def second_step(examples: list[Example], written: dict[str, float]) -> dict[str, float]:
    """Return the weights of all inputs: the first step's, scaled, and those of what is heard."""
    stacked = [stack(example, written) for example in examples]
    negatives = sum(not example.said for example in examples)
    share = negatives / (len(examples) - negatives)
    weight = [1.0 if example.said else min(5.0, 0.25 / share) for example in examples]
    names = ["bias", "written", *SECOND]
    beta = dict(zip(names, fit(stacked, names, PENALTY_HEARD, weight).tolist(), strict=True))
    scaled = {name: value * beta["written"] for name, value in written.items()}
    scaled["bias"] = scaled.get("bias", 0.0) + beta["bias"]
    return scaled | {name: beta[name] for name in SECOND}


def stack(example: Example, written: dict[str, float]) -> Example:
    score = sum(written.get(name, 0.0) * value for name, value in example.inputs.items())
    kept = {name: example.inputs.get(name, 0.0) for name in SECOND}
    return example._replace(inputs={"bias": 1.0, "written": score, **kept})


def probability(example: Example, weights: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in example.inputs.items())))


def fold_of(example: Example) -> int:
    return hashlib.sha256(example.text.encode()).digest()[0] % FOLDS


def report(name: str, judged: list[tuple[Example, float]]) -> None:
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6):
        lost = sum(e.said and p < threshold for e, p in judged)
        false = sum(not e.said and p >= threshold for e, p in judged)
        said = sum(e.said for e, _ in judged)
        print(f"{name} at {threshold}: of {said} said, {lost} lost; of {len(judged) - said} not said, {false} kept")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pages", nargs=2, type=Path, action="append", default=[], metavar=("FOLDER", "GOLD"))
    parser.add_argument("--write", action="store_true", help="change speech.json")
    arguments = parser.parse_args()
    written = first_step(written_examples(arguments.corpus))
    ours, real = all_heard(arguments.corpus, arguments.pages)
    judged = []
    for fold in range(FOLDS):
        rest = [e for e in (*ours, *real) if fold_of(e) != fold]
        weights = second_step(rest, written)
        judged += [(e, probability(e, weights)) for e in (*ours, *real) if fold_of(e) == fold]
    pages_named = {e.text for e in real}
    report("pages", [pair for pair in judged if pair[0].text in pages_named])
    report("others", [pair for pair in judged if pair[0].text not in pages_named])
    if arguments.write:
        weights = second_step([*ours, *real], written)
        kept = {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= 0.0005}
        speech.WEIGHTS.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
