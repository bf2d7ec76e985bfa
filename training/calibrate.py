"""Fit the weights of quotecli's confidence on PolNeAR's dev split, and show how reliable they are.

    python training/calibrate.py CORPUS SCORER_FOLDER [--write]

SCORER_FOLDER holds the corpus's scorer, score.py. Prints the weights for src/quotecli/attribution/confidence.py, and a
table of confidence against the share that is right, each text judged by weights fitted without it (5 folds of texts);
`--write` puts the weights into that file and the table into docs/model-card.md. Takes half a minute on two idle cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from quotecli.attribution.linking import link
from quotecli.model import tag
from quotecli.text import parse

FOLDS = 5
PENALTY = 1.0
ROOT = Path(__file__).parents[1]
WEIGHTS = re.compile(r"^WEIGHTS = .*$", re.MULTILINE)
TABLE = re.compile(r"^\| confidence \|.*?\n\n", re.MULTILINE | re.DOTALL)
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def load_scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def observations(row: dict[str, Any], scorer: ModuleType) -> list[tuple[tuple[float, ...], bool]]:
    """Return (evidence, right) of each attribution that the model links in one text."""
    document = parse(row["text"])
    attributions = link(document, tag(document))
    text = scorer.Text(row["text"])
    gold = [scorer.Quote(text, attribution) for attribution in row["attributions"]]
    found = [scorer.Quote(text, _spans(attribution)) for attribution in attributions]
    good = {
        id(p)
        for g, p, overlap in scorer.pair_quotes(gold, found)
        if overlap >= 0.8 and scorer.word_f1(g.words["source"], p.words["source"]) >= scorer.ATTRIBUTION_F1
    }
    return [
        (attribution.evidence, id(quote) in good)
        for attribution, quote in zip(attributions, found, strict=True)
        if attribution.evidence
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


def held_out(by_text: list[Any], inputs: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the confidence of each observation by weights fitted on the other folds' texts."""
    fold = np.array([i % FOLDS for i, seen in enumerate(by_text) for _ in seen])
    judged = np.zeros(len(right))
    for k in range(FOLDS):
        judged[fold == k] = 1 / (1 + np.exp(-inputs[fold == k] @ fit(inputs[fold != k], right[fold != k])))
    return judged


def reliability(judged: np.ndarray, right: np.ndarray) -> str:
    """Return the model card's table: how many statements have which confidence, and how many of them are right."""
    lines = ["| confidence | statements | right |", "|---|---|---|"]
    for low, high in pairwise(BINS):
        inside = (judged >= low) & (judged < high)
        name = f"below {high:.2f}" if not low else f"above {low:.2f}" if high > 1 else f"{low:.2f}-{high:.2f}"
        lines.append(
            f"| {name} | {inside.sum()} | {f'{right[inside].mean():.0%}'[:-1] + ' %' if inside.any() else '–'} |"
        )
    return "\n".join(lines)


def write(line: str, table: str) -> None:
    """Put the weights into the code and the table into the model card."""
    _replace(ROOT / "src/quotecli/attribution/confidence.py", WEIGHTS, line)
    _replace(ROOT / "docs/model-card.md", TABLE, f"{table}\n\n")


def _replace(file: Path, pattern: re.Pattern[str], new: str) -> None:
    text, changed = pattern.subn(lambda _: new, file.read_text(encoding="utf-8"), count=1)
    assert changed, f"nothing to replace in {file}"
    file.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--write", action="store_true", help="change confidence.py and the model card")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.scorer)
    rows = [json.loads(line) for line in (arguments.corpus / "dev.jsonl").open(encoding="utf-8")]
    by_text = [observations(row, scorer) for row in rows]
    inputs = np.array([evidence for seen in by_text for evidence, _ in seen])
    right = np.array([good for seen in by_text for _, good in seen], dtype=float)
    judged = held_out(by_text, inputs, right)
    line = f"WEIGHTS = {tuple(round(float(weight), 3) for weight in fit(inputs, right))}"
    table = reliability(judged, right)
    sure = judged >= 0.9
    print(f"{line}\n{table}\nabove 0.9: {sure.sum()} statements, {right[sure].mean():.1%} right")
    if arguments.write:
        write(line, table)


if __name__ == "__main__":
    main()
