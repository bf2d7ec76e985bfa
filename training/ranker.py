"""Learn the weights by which quotecli tells whom a pronoun, a description or a surname means.

    python training/ranker.py [--pages FOLDER --gold FILE…] [--cache FOLDER] [--write]

Learns from the two thirds of benchmarks/speakers that are not held out, from the labelled cases of the tests and from
the real pages, if there are any. Prints verdicts on the pages, each judged by weights learned without it (folds of
pages), and on the held-out third. `--write` puts weights learned from all of these but the held-out third into
src/quotecli/attribution/speakers/weights.json. It wants pages: without them a new sign can be tried, but the weights
know our own articles only.
Each question is a choice among the candidates and nobody: a conditional logit (McFadden 1974) with a ridge. Kinds of
questions share weights, and have some of their own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from cached import tagged_once  # noqa: E402  # stands in benchmarks/
from quotecli.attribution import resolve_surely  # noqa: E402
from quotecli.attribution.speakers import ranker, resolver  # noqa: E402
from quotecli.attribution.speakers.descriptions import Features  # noqa: E402
from quotecli.attribution.speakers.questions import Question  # noqa: E402
from speakers import ARTICLES, Prepared, is_right, prepared, read, read_pages, report, verdicts  # noqa: E402

FOLDS = 8
ROUNDS = 300
RATE = 0.15
SHARED_PENALTY, OWN_PENALTY = 0.5, 4.0
PAGE_WEIGHT = 3.0
"""How much more a question of a real page counts than one of our articles."""

CASE_WEIGHT = 4.0
"""The same, of a labelled case of the tests: there, rare kinds of questions are frequent."""

Weights = dict[str, Features]


class Decision(NamedTuple):
    """A question, the signs of each option (the last is nobody), and which option is right."""

    page: str
    kind: str
    options: list[Features]
    right: int
    weight: float


def decisions(samples: list[Prepared]) -> list[Decision]:
    """Return the questions that the samples ask; earlier ones in an article are answered as the gold has it."""
    found: list[Decision] = []
    by_article: dict[str, list[Prepared]] = {}
    for sample in samples:
        by_article.setdefault(sample.sample.article.id, []).append(sample)
    for page, parts in by_article.items():
        names: dict[tuple[int, int], tuple[str, ...]] = {}
        attributions = parts[0].asked[3]
        for part in parts:
            for said, hits in zip(part.sample.said, part.hits, strict=True):
                for hit in hits:
                    content = attributions[hit].content
                    names[content[0].start, content[-1].end] = said.names
        with _answered(names, found, page, PAGE_WEIGHT if "page" in parts[0].sample.part else 1.0):
            resolve_surely(*parts[0].asked)
    return found


def case_decisions() -> list[Decision]:
    """Return the questions that the labelled cases of tests/attribution ask."""
    module = _load(ROOT / "tests" / "attribution" / "test_speakers.py")
    found: list[Decision] = []
    for path in sorted(module.CASES.glob("*.txt")):
        for number, case in enumerate(module.read_cases(path)):
            names = {}
            for index, wanted in case.expected.items():
                content = case.attributions[index - 1].content
                names[content[0].start, content[-1].end] = () if wanted == ("nobody",) else wanted[:1]
            with _answered(names, found, f"{path.stem} {number}", CASE_WEIGHT):
                module.resolve_text(case.text, case.names, case.attributions)
    return found


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def _answered(
    names: dict[tuple[int, int], tuple[str, ...]], found: list[Decision], page: str, weight: float
) -> Iterator[None]:
    """Let `choose` answer as the gold does, and keep what it was asked."""
    plain = resolver.choose  # type: ignore[attr-defined]

    def choose(question: Question, discourse: Any) -> ranker.Choice:
        choice = plain(question, discourse)
        wanted = names.get(question.content)
        if wanted is None:
            return choice
        options = ranker.options(question, discourse)
        fitting = [i for i, (entity, _) in enumerate(options) if entity and is_right(entity.name, wanted)]
        right = fitting[0] if fitting else len(options) - 1
        found.append(Decision(page, question.kind, [signs for _, signs in options], right, weight))
        return ranker.Choice(options[right][0], 1.0, None, 0.0, {}, ({}, {}))

    resolver.choose = choose  # type: ignore[attr-defined]
    try:
        yield
    finally:
        resolver.choose = plain  # type: ignore[attr-defined]


class Table(NamedTuple):
    """Decisions as arrays: the signs of all options, which decision each belongs to, and which options are right."""

    signs: np.ndarray
    decision: np.ndarray
    kind: np.ndarray
    right: np.ndarray
    weight: np.ndarray


def table(found: list[Decision], columns: dict[str, int], kinds: list[str]) -> Table:
    signs = np.zeros((sum(len(d.options) for d in found), len(columns)))
    decision, kind, right, row = [], [], [], 0
    for number, one in enumerate(found):
        for i, option in enumerate(one.options):
            for sign, value in option.items():
                if sign in columns:
                    signs[row, columns[sign]] = value
            decision.append(number)
            kind.append(kinds.index(one.kind))
            if i == one.right:
                right.append(row)
            row += 1
    weight = np.array([one.weight for one in found])
    return Table(signs, np.array(decision), np.array(kind), np.array(right), weight)


def fit(found: list[Decision]) -> Weights:
    """Return the weights of each kind of question."""
    columns = {sign: i for i, sign in enumerate(sorted({s for d in found for o in d.options for s in o}))}
    kinds = sorted({one.kind for one in found})
    data = table(found, columns, kinds)
    own = np.zeros((len(kinds) + 1, len(columns)))  # the last row: what all kinds share
    squares = np.full_like(own, 1e-8)
    masks = [data.kind == k for k in range(len(kinds))]
    for _ in range(ROUNDS):
        scores = np.empty(len(data.signs))
        for k, mask in enumerate(masks):
            scores[mask] = data.signs[mask] @ (own[k] + own[-1])
        highest = np.full(len(found), -np.inf)
        np.maximum.at(highest, data.decision, scores)
        shares = np.exp(scores - highest[data.decision])
        shares /= np.bincount(data.decision, shares)[data.decision]
        shares[data.right] -= 1.0
        shares *= data.weight[data.decision]
        gradient = np.stack([data.signs[mask].T @ shares[mask] for mask in masks])
        gradient = np.vstack([gradient + OWN_PENALTY * own[:-1], gradient.sum(0) + SHARED_PENALTY * own[-1]])
        squares += gradient**2
        own -= RATE * gradient / np.sqrt(squares) * 3
    return {
        kind: {sign: round(float(own[k, i] + own[-1, i]), 3) for sign, i in columns.items()}
        for k, kind in enumerate(kinds)
    }


def accuracy(found: list[Decision], weighed: Weights) -> dict[str, tuple[int, int]]:
    """Return how many decisions of each kind the weights get right, and how many there are."""
    tally: dict[str, tuple[int, int]] = {}
    for one in found:
        scores = [ranker.score(weighed[one.kind], option) for option in one.options]
        right, all_ = tally.get(one.kind, (0, 0))
        tally[one.kind] = right + (max(range(len(scores)), key=scores.__getitem__) == one.right), all_ + 1
    return tally


@contextmanager
def using(weighed: Weights) -> Iterator[None]:
    plain = ranker.weights
    ranker.weights = lambda: weighed  # type: ignore[assignment]
    try:
        yield
    finally:
        ranker.weights = plain


def held_out(samples: list[Prepared], found: list[Decision]) -> None:
    """Print the verdicts on the pages by folds, and on the held-out articles."""
    pages = sorted({s.sample.article.id for s in samples if "page" in s.sample.part})
    judged: dict[tuple[str, str, int], str] = {}
    right: dict[str, tuple[int, int]] = {}
    for fold in range(FOLDS if pages else 0):
        out = set(pages[fold::FOLDS])
        weighed = fit([d for d in found if d.page not in out])
        with using(weighed):
            judged.update(verdicts([s for s in samples if s.sample.article.id in out]))
        for kind, (good, all_) in accuracy([d for d in found if d.page in out], weighed).items():
            before = right.get(kind, (0, 0))
            right[kind] = before[0] + good, before[1] + all_
    with using(fit(found)):
        judged.update(verdicts([s for s in samples if "page" not in s.sample.part]))
    report(judged)
    print("questions of the pages, held out:", right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, action="append", default=[], help="a folder of real pages")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="who says what on them; one a folder")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.write and not arguments.pages:
        parser.error("--write needs --pages and --gold")
    with tagged_once(arguments.cache) if arguments.cache else nullcontext():
        articles = [read(path) for path in sorted(ARTICLES.glob("*.txt"))]
        pages = [page for at in zip(arguments.pages, arguments.gold, strict=True) for page in read_pages(*at)]
        samples = prepared([*pages, *articles])
    found = decisions([sample for sample in samples if "held out" not in sample.sample.part]) + case_decisions()
    held_out(samples, found)
    weighed = fit(found)
    print("questions, learned from:", accuracy(found, weighed))
    if arguments.write:
        path = ROOT / "src" / "quotecli" / "attribution" / "speakers" / "weights.json"
        path.write_text(json.dumps(weighed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
