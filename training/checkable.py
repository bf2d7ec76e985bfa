"""Learn the heads: what is worth checking, and what of it an article asserts itself.

    python training/checkable.py CHECKWORTHY FACTS BBC

CHECKWORTHY: a folder with the English sentences of CheckThat! 2024, task 1 (`train.jsonl.gz`, `test.jsonl.gz`).
FACTS: a folder with `gold.jsonl` (sentences labelled F2, F1, M, A, N) and their `texts`.
BBC: `bbc.jsonl.gz`, the articles (Greene and Cunningham 2006) of which `checkable.jsonl` labels some.

Two logistic regressions on the mean of the states of some words (`quotecli.model.heads`), written to heads.json.
`checkable`: is it worth checking? From sentences of debates, contents of attributions, and sentences of articles that
assert something (F2 against F1). `fact`: does the article assert something worth checking? From sentences of articles,
F2 against the rest. First it prints how well they judge pages that they were not fitted on.
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
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from quotecli.model.features import encode, windows
from quotecli.model.heads import Heads
from quotecli.model.network import STATE_SIZE, network
from quotecli.text import parse

HERE = Path(__file__).parent
NETWORK = HERE.parent / "src" / "quotecli" / "model" / "model.onnx"
SHIPPED = NETWORK.with_name("heads.json")
OURS = HERE.parent / "benchmarks" / "speakers"
FOLDS = 10
STRENGTH = {"checkable": 0.003, "fact": 0.02}
"""1 / the weight of the L2 penalty (states are scaled to unit variance), chosen on pages left out."""
COUNTS = {"debate": 1.0, "sentence": 1.0, "content": 25.0}
"""What a row of each sort counts in learning `checkable`, chosen on pages left out."""

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
    """A label of some words of an article. said: of what is attributed to somebody, judged by itself (F2 or N)."""

    article: str
    spans: list[tuple[int, int]]
    label: str
    unsure: bool = False
    said: bool = False


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
        np.array(["content" if label.said else "sentence" for label in sure]),
        np.array([label.label for label in sure]),
    )


def real_pages(folder: Path, cache: Path | None) -> Examples:
    """Return the labelled sentences of FACTS."""
    rows = (
        Label(f"facts/{row['file']}", [(row["start"], row["end"])], row["label"], row["unsure"])
        for row in _lines(folder / "gold.jsonl")
    )
    return articles(rows, lambda page: (folder / "texts" / page.split("/", 1)[1]).read_bytes().decode("utf-8"), cache)


def more_pages(bbc: Path, cache: Path | None) -> Examples:
    """Return the labelled sentences of our own articles and of the BBC's."""
    sys.path.insert(0, str(OURS.parent))
    from speakers import read

    theirs = {row["id"]: row["text"] for row in _lines(bbc)}

    def text_of(page: str) -> str:
        kind, name = page.split("/", 1)
        return read(OURS / f"{name}.txt").article.text if kind == "speakers" else str(theirs[name])

    return articles((msgspec.convert(row, Label) for row in _lines(HERE / "checkable.jsonl")), text_of, cache)


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
    """Return what a head learns from: of attributed sentences nobody labelled whether they can be checked."""
    if name == "fact":
        return examples.of(examples.sorts == "sentence")
    return examples.of((examples.sorts != "sentence") | np.isin(examples.labels, ["F1", "F2"]))


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
        for kind in ("facts/", "bbc/", "speakers/"):
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


def write(examples: Examples, path: Path) -> None:
    """Fit the heads on everything and write them."""
    fitted = {name: fit(name, training_rows(name, examples)) for name in STRENGTH}
    heads = Heads(
        weights={name: [float(f"{weight:.4g}") for weight in head.weights] for name, head in fitted.items()},
        biases={name: round(head.bias, 4) for name, head in fitted.items()},
    )
    path.write_bytes(msgspec.json.encode(heads) + b"\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkworthy", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("bbc", type=Path)
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep what the network makes of the texts there")
    arguments = parser.parse_args()
    cache = arguments.cache
    test = debates(arguments.checkworthy / "test.jsonl.gz", cache)
    pages = joined(real_pages(arguments.facts, cache), more_pages(arguments.bbc, cache))
    examples = joined(debates(arguments.checkworthy / "train.jsonl.gz", cache), pages)
    evaluate(examples, test)
    write(examples, SHIPPED)


if __name__ == "__main__":
    main()
