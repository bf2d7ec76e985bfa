"""Learn the heads: what is worth checking, and what of it an article asserts itself.

    python training/checkable.py CHECKWORTHY FACTS BBC CORPUS

CHECKWORTHY: a folder with the English sentences of CheckThat! 2024, task 1 (`train.jsonl.gz`, `test.jsonl.gz`).
FACTS: a folder with `gold.jsonl` (sentences labelled F2, F1, M, A, N) and their `texts`.
BBC: `bbc.jsonl.gz`, the articles (Greene and Cunningham 2006) of which `checkable.jsonl` labels some sentences.
CORPUS: a folder with PolNeAR's `train.jsonl.gz`, of which it labels some as well.

Two logistic regressions on the mean of the states of some words (`quotecli.model.heads`), written to heads.json.
`checkable`: is it worth checking? From sentences of debates, contents of attributions, and sentences of articles that
assert something (F2 against F1). `fact`: does the article assert something worth checking? From sentences of articles,
F2 against the rest. First it prints how well they judge pages that they were not fitted on, and what `extract` finds in
each page of FACTS with a head and a threshold that know nothing of it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from quotecli.facts import checkable
from quotecli.loading import load
from quotecli.model.heads import Heads
from quotecli.model.inputs import encode, windows
from quotecli.model.network import STATE_SIZE, network
from quotecli.pipeline import extract
from quotecli.records import Article, Statement
from quotecli.text import parse

HERE = Path(__file__).parent
OURS = HERE.parent / "benchmarks" / "speakers"
sys.path.insert(0, str(OURS.parent))
from speakers import read  # noqa: E402

NETWORK = HERE.parent / "src" / "quotecli" / "model" / "model.onnx"
SHIPPED = NETWORK.with_name("heads.json")
INSERTS = HERE / "inserts.txt"
FOLDS = 10
STRENGTH = {"checkable": 0.003, "fact": 0.02}
"""1 / the weight of the L2 penalty (states are scaled to unit variance), chosen on pages left out."""
COUNTS = {"debate": 1.0, "sentence": 1.0, "content": 25.0}
"""What a row of each sort counts in learning `checkable`, chosen on pages left out."""

ASSERTED = 0.9
"""How much of what is returned the article shall assert itself, on pages left out: this makes the threshold."""
MOST = 0.6
"""How much of a labelled sentence a fact must hold to be it."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Examples(NamedTuple):
    """Labelled words, one a row: their mean states [rows, STATE_SIZE], page, sort (see COUNTS) and label."""

    states: Floats
    pages: NDArray[np.str_]
    sorts: NDArray[np.str_]
    labels: NDArray[np.str_]

    def of(self, rows: Flags) -> Examples:
        """Return some of the rows."""
        return Examples._make(column[rows] for column in self)


class Label(msgspec.Struct, frozen=True):
    """A label of some words of an article.

    said: of what is attributed to somebody, judged by itself (F2 or N).
    picked: labelled because an earlier head was unsure of it: such rows teach much, and measure nothing.
    """

    article: str
    spans: list[tuple[int, int]]
    label: str
    unsure: bool = False
    said: bool = False
    picked: bool = False


Place = tuple[str, list[tuple[int, int]]]
"""A text and spans of it."""


def all_states(places: list[Place], cache: Path | None) -> Floats:
    """Return the mean states of some places, one a row; `cache`: a folder that keeps those of each network."""
    network_digest = crc32(NETWORK.read_bytes())
    key = hashlib.sha256(json.dumps([network_digest, places]).encode()).hexdigest()[:16]
    kept = cache / f"{key}.npy" if cache else None
    if kept and kept.exists():
        return np.asarray(np.load(kept), dtype=np.float64)
    rows = [
        row
        for text, of_text in groupby(places, key=lambda place: place[0])
        for row in mean_states(text, [spans for _, spans in of_text])
    ]
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, np.array(rows, dtype=np.float32))
    return np.array(rows)


def mean_states(text: str, places: Iterable[list[tuple[int, int]]]) -> Iterator[Floats]:
    """Yield the mean of the states of the word pieces in the spans of each place of `text`."""
    model = network()
    pieces = encode(parse(text), model.tokenizer)
    outputs = model.run(pieces, list(windows(pieces)), heads=np.eye(STATE_SIZE, dtype=np.float32), alone=True)
    states = np.concatenate([output.heads for output in outputs if output.heads is not None])
    for spans in places:
        inside = np.zeros(len(states), dtype=bool)
        for start, end in spans:
            inside |= (pieces.end > start) & (pieces.start < end)
        yield states[inside].mean(axis=0, dtype=np.float64)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def debates(path: Path, cache: Path | None) -> Examples:
    """Return the sentences of a file of CheckThat!, labelled F2 where they are worth checking, else N."""
    rows = [row for row in _lines(path) if row["text"].strip()]
    texts = [" ".join(row["text"].split()) for row in rows]
    states = all_states([(text, [(0, len(text))]) for text in texts], cache)
    labels = ["F2" if row["checkworthy"] else "N" for row in rows]
    return Examples(states, np.full(len(rows), ""), np.full(len(rows), "debate"), np.array(labels))


def articles(labels: Iterable[Label], text_of: Callable[[str], str], cache: Path | None) -> Examples:
    """Return what is labelled in articles and what its annotator was sure of."""
    sure = sorted((label for label in labels if not label.unsure), key=lambda label: label.article)
    texts = {label.article: text_of(label.article) for label in sure}
    return Examples(
        all_states([(texts[label.article], label.spans) for label in sure], cache),
        np.array([label.article for label in sure]),
        np.array(["content" if label.said else "picked" if label.picked else "sentence" for label in sure]),
        np.array([label.label for label in sure]),
    )


def real_pages(folder: Path, cache: Path | None) -> Examples:
    """Return the labelled sentences of FACTS."""
    rows = (
        Label(f"facts/{row['file']}", [(row["start"], row["end"])], row["label"], row["unsure"])
        for row in _lines(folder / "gold.jsonl")
    )
    return articles(rows, lambda page: (folder / "texts" / page.split("/", 1)[1]).read_bytes().decode("utf-8"), cache)


def more_pages(bbc: Path, corpus: Path, cache: Path | None) -> Examples:
    """Return the labelled sentences of our own articles, of the BBC's and of PolNeAR's train split."""
    theirs = {f"bbc/{row['id']}": row["text"] for row in _lines(bbc)}
    theirs |= {f"polnear/{row['id']}": row["text"] for row in _lines(corpus / "train.jsonl.gz")}

    def text_of(page: str) -> str:
        kind, name = page.split("/", 1)
        return read(OURS / f"{name}.txt").article.text if kind == "speakers" else str(theirs[page])

    return articles((msgspec.convert(row, Label) for row in _lines(HERE / "checkable.jsonl")), text_of, cache)


def inserted(cache: Path | None) -> Examples:
    """Return the short sentences of inserts.txt, each as a paragraph of its own in some of our articles."""
    paths, random = sorted(OURS.glob("*.txt")), Random(0)
    rows = [line.split("\t") for line in INSERTS.read_text(encoding="utf-8").splitlines()]
    places = []
    for _, sentence in rows:
        paragraphs = read(random.choice(paths)).article.text.split("\n\n")
        at = random.randrange(1, len(paragraphs) + 1)
        before = "\n\n".join([*paragraphs[max(0, at - 2) : at], ""])
        places.append(("\n\n".join([before + sentence, *paragraphs[at : at + 2]]), _words(sentence, len(before))))
    return Examples(
        all_states(places, cache),
        np.array([f"inserts/{number}" for number in range(len(rows))]),
        np.full(len(rows), "picked"),
        np.array([label for label, _ in rows]),
    )


def _words(sentence: str, start: int) -> list[tuple[int, int]]:
    """Return the place of a sentence that begins at `start`, without the mark of a list."""
    return [(start + len(sentence) - len(sentence.lstrip("•– ")), start + len(sentence))]


def joined(*parts: Examples) -> Examples:
    """Return the rows of all parts."""
    return Examples(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


class Fitted(NamedTuple):
    """A head: weights for the states as they are, and a bias."""

    weights: Floats
    bias: float

    def log_odds(self, examples: Examples) -> Floats:
        """Return what the head says of each row."""
        result: Floats = examples.states @ self.weights + self.bias
        return result


def fit(name: str, examples: Examples) -> Fitted:
    """Fit a head on states scaled to unit variance, and put the scaling into its weights."""
    mean, deviation = examples.states.mean(axis=0), examples.states.std(axis=0) + 1e-6
    weights = [COUNTS[sort] if name == "checkable" else 1.0 for sort in examples.sorts]
    model = LogisticRegression(C=STRENGTH[name], max_iter=500)
    model.fit((examples.states - mean) / deviation, examples.labels == "F2", sample_weight=weights)
    scaled = model.coef_[0] / deviation
    return Fitted(scaled, float(model.intercept_[0] - scaled @ mean))


def training_rows(name: str, examples: Examples) -> Examples:
    """Return what a head learns from: `checkable` nothing that was picked for the other, and no attributed sentences,
    of which nobody labelled whether they can be checked."""
    if name == "fact":
        return examples.of(np.isin(examples.sorts, ["sentence", "picked"]))
    said = np.isin(examples.sorts, ["debate", "content"])
    return examples.of(said | ((examples.sorts == "sentence") & np.isin(examples.labels, ["F1", "F2"])))


def left_out(name: str, examples: Examples) -> Floats:
    """Return the log odds of each row by a head that was fitted without its page; debates are always fitted on."""
    pages = np.unique(examples.pages[examples.pages != ""])
    order = np.random.default_rng(0).permutation(len(pages))
    odds = np.full(len(examples.labels), np.nan)
    for fold in range(FOLDS):
        held = np.isin(examples.pages, pages[order[fold::FOLDS]])
        odds[held] = fit(name, training_rows(name, examples.of(~held))).log_odds(examples.of(held))
    return odds


def evaluate(examples: Examples, test: Examples) -> None:
    """Print how well the heads rank and how well they are calibrated."""
    print(f"debates: {_ap(fit('checkable', training_rows('checkable', examples)).log_odds(test), test)}")
    for name, sort in (("checkable", "content"), ("fact", "sentence")):
        odds = left_out(name, examples)
        for kind in ("facts/", "bbc/", "polnear/", "speakers/"):
            rows = (examples.sorts == sort) & np.char.startswith(examples.pages, kind)
            if rows.any():
                print(f"{name}, pages left out, {kind}: {_ap(odds[rows], examples.of(rows))}")
        _print_calibration(odds[examples.sorts == sort], examples.of(examples.sorts == sort))


def _ap(odds: Floats, examples: Examples) -> str:
    return f"average precision {100 * average_precision_score(examples.labels == 'F2', odds):.1f} of {len(odds)}"


def _print_calibration(odds: Floats, examples: Examples) -> None:
    probability = 1 / (1 + np.exp(-odds))
    for low, high in zip((0, 0.1, 0.3, 0.5, 0.7, 0.9), (0.1, 0.3, 0.5, 0.7, 0.9, 1.01), strict=True):
        rows = (probability >= low) & (probability < high)
        if rows.any():
            right = (examples.labels[rows] == "F2").mean()
            print(f"  {low:.1f}-{min(high, 1):.1f}: {rows.sum()} sentences, {right:.0%} worth checking")


def least(examples: Examples) -> float:
    """Return the lowest probability (in steps of 0.01) from which on the article asserts ASSERTED of the sentences."""
    rows = examples.sorts == "sentence"
    probability = 1 / (1 + np.exp(-left_out("fact", examples)[rows]))
    own = np.isin(examples.labels[rows], ["F1", "F2", "M"])
    return min(step for step in np.arange(0.01, 1, 0.01) if own[probability >= step].mean() >= ASSERTED)


def find_left_out(examples: Examples, folder: Path) -> None:
    """Print what `extract` finds in the pages of FACTS, each read with a head and a threshold made without it."""
    found, rows, thresholds = [], [], []
    for page in np.unique(examples.pages[np.char.startswith(examples.pages, "facts/")]):
        rest = examples.of(examples.pages != page)
        network().heads = as_heads({name: fit(name, training_rows(name, rest)) for name in STRENGTH})
        checkable.LEAST = least(rest)
        thresholds.append(checkable.LEAST)
        read = [each for each in load(folder / "texts" / page.split("/", 1)[1]) if isinstance(each, Article)]
        facts = [each for article in read for each in extract(article, alone=True) if each.kind == "fact"]
        for row in _lines(folder / "gold.jsonl"):
            if f"facts/{row['file']}" == page and not row["unsure"]:
                found.append(max((each.confidence for each in facts if _covers(each, row)), default=0.0))
                rows.append(row["label"])
    odds, labels = np.array(found), np.array(rows)
    precision = np.isin(labels[odds > 0], ["F1", "F2", "M"]).mean()
    recall = (odds[labels == "F2"] > 0).mean()
    ranked = average_precision_score(labels == "F2", odds)
    print(
        f"facts of pages left out: precision {precision:.1%}, recall of F2 {recall:.1%}, average precision {ranked:.1%}"
    )
    print(f"  thresholds {min(thresholds):.2f} to {max(thresholds):.2f}; on all pages {least(examples):.2f}")


def _covers(fact: Statement, row: dict[str, Any]) -> bool:
    """Whether a fact holds most of a labelled sentence."""
    shared = sum(max(0, min(part.end, row["end"]) - max(part.start, row["start"])) for part in fact.content)
    return bool(shared >= MOST * (row["end"] - row["start"]))


def as_heads(fitted: dict[str, Fitted]) -> Heads:
    """Return fitted heads as they ship."""
    return Heads(
        weights={name: [float(f"{weight:.4g}") for weight in head.weights] for name, head in fitted.items()},
        biases={name: round(head.bias, 4) for name, head in fitted.items()},
    )


def write(examples: Examples, path: Path) -> None:
    """Fit the heads on everything and write them."""
    heads = as_heads({name: fit(name, training_rows(name, examples)) for name in STRENGTH})
    path.write_bytes(msgspec.json.encode(heads) + b"\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkworthy", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("bbc", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep what the network makes of the texts there")
    arguments = parser.parse_args()
    cache = arguments.cache
    test = debates(arguments.checkworthy / "test.jsonl.gz", cache)
    pages = joined(
        real_pages(arguments.facts, cache), more_pages(arguments.bbc, arguments.corpus, cache), inserted(cache)
    )
    examples = joined(debates(arguments.checkworthy / "train.jsonl.gz", cache), pages)
    evaluate(examples, test)
    find_left_out(pages, arguments.facts)
    write(examples, SHIPPED)


if __name__ == "__main__":
    main()
