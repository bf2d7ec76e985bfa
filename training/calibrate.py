"""Fit the weights of quotecli's confidence on PolNeAR's dev split, and show how reliable they are.

    python training/calibrate.py CORPUS SCORER_FOLDER

SCORER_FOLDER holds the corpus's scorer, score.py. Prints the weights for src/quotecli/attribution/confidence.py, and a
table of confidence against the share that is right, each text judged by weights fitted without it (5 folds of texts).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from quotecli.attribution import linking
from quotecli.model import tag
from quotecli.text import parse

FOLDS = 5
PENALTY = 1.0
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def load_scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def observations(row: dict[str, Any], scorer: ModuleType) -> list[tuple[tuple[float, ...], bool]]:
    """Return (evidence, right) of each attribution that the model links in one text."""
    seen: list[tuple[float, ...]] = []
    plain = linking.confidence
    linking.confidence = lambda inputs: len(seen.append(inputs) or seen)  # type: ignore[assignment]
    document = parse(row["text"])
    attributions = linking.link(document, tag(document))
    linking.confidence = plain
    text = scorer.Text(row["text"])
    gold = [scorer.Quote(text, attribution) for attribution in row["attributions"]]
    found = [scorer.Quote(text, _spans(attribution)) for attribution in attributions]
    good = {
        id(p)
        for g, p, overlap in scorer.pair_quotes(gold, found)
        if overlap >= 0.8 and scorer.word_f1(g.words["source"], p.words["source"]) >= scorer.ATTRIBUTION_F1
    }
    return [
        (seen[int(a.confidence) - 1], id(p) in good)
        for a, p in zip(attributions, found, strict=True)
        if a.confidence >= 1
    ]


def _spans(attribution: Any) -> dict[str, list[list[int]]]:
    parts = {"content": attribution.content, "source": [attribution.source], "cue": [attribution.cue]}
    return {role: [[s.start, s.end] for s in spans if s] for role, spans in parts.items()}


def fit(inputs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, with a light ridge."""
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-inputs @ weights))
        hessian = (inputs * (p * (1 - p))[:, None]).T @ inputs + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(hessian, inputs.T @ (right - p) - PENALTY * weights)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scorer", type=Path)
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.scorer)
    rows = [json.loads(line) for line in (arguments.corpus / "dev.jsonl").open(encoding="utf-8")]
    by_text = [observations(row, scorer) for row in rows]
    fold = np.array([i % FOLDS for i, seen in enumerate(by_text) for _ in seen])
    inputs = np.array([evidence for seen in by_text for evidence, _ in seen])
    right = np.array([good for seen in by_text for _, good in seen], dtype=float)
    held_out = np.zeros(len(right))
    for k in range(FOLDS):
        held_out[fold == k] = 1 / (1 + np.exp(-inputs[fold == k] @ fit(inputs[fold != k], right[fold != k])))
    print("WEIGHTS =", tuple(round(float(w), 3) for w in fit(inputs, right)))
    print("confidence   statements   right")
    for low, high in pairwise(BINS):
        inside = (held_out >= low) & (held_out < high)
        share = f"{right[inside].mean():.1%}" if inside.any() else "-"
        print(f"{low:.2f}-{min(high, 1):.2f}    {inside.sum():8}   {share:>6}")


if __name__ == "__main__":
    main()
