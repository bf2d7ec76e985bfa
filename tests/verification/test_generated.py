"""Thousands of generated quotations: the right verdict nearly always, and never "exact" for an altered one."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import pytest
from generator import Case, cases, draft_of, originals, statements_of_sources

from quotecli.loading import load
from quotecli.pipeline import extract
from quotecli.records import Article, Statement
from quotecli.results import Verdict
from quotecli.verification import Corpus, verify
from quotecli.verification.sources import StatementsOf

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DRAFT = 50
SEEDS = [int(seed) for seed in os.environ.get("QUOTECLI_SEEDS", "").split(",") if seed]

Outcome = list[tuple[Case, Verdict]]


def own_articles() -> list[Article]:
    return [each for each in load([str(ROOT / "data")]) if isinstance(each, Article)]


def shared_articles() -> list[Article]:
    lines = (SHARED / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    pages = load([str(SHARED / "gold" / "worldnews" / "pages")])
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    return articles + [each for each in pages if isinstance(each, Article)]


def outcome(articles: Sequence[Article], count: int, seed: int, extractor: StatementsOf | None = None) -> Outcome:
    """Verify `count` generated quotations; every eighth article is kept from the sources, for inventions.

    extractor: decides who speaks, in the sources and in the drafts; without it the test says so.
    """
    distinct = list({article.text: article for article in articles}.values())
    held_back, sources = distinct[::8], [each for n, each in enumerate(distinct) if n % 8]
    known = " ".join(article.text for article in sources)
    invented = [each for each in originals(held_back) if len(each.words.split()) > 6 and each.words not in known]
    generated = list(cases(originals(sources, extractor), invented, count, seed))
    corpus = Corpus(sources, extractor or cache(statements_of_sources(sources)))
    found: Outcome = []
    for start in range(0, count, DRAFT):
        batch = generated[start : start + DRAFT]
        draft, statements = draft_of(batch)
        given = extractor or partial(_same, statements)
        verdicts = {each.start: each for each in verify(draft, corpus, statements_of=given)}
        found += [(case, verdicts[each.content[0].start]) for case, each in zip(batch, statements, strict=True)]
    return found


def _same(statements: list[Statement], _: Article) -> list[Statement]:
    return statements


def assert_good(found: Outcome) -> None:
    wrong = [(case, verdict) for case, verdict in found if verdict.verdict not in case.right]
    kinds = Counter(case.kind for case, _ in wrong)
    untouched = {"untouched", "house style"}
    assert not [case for case, verdict in wrong if verdict.verdict == "exact" and case.kind not in untouched]
    false_alarms = sum(case.kind in untouched for case, _ in wrong)
    assert false_alarms <= 0.01 * sum(case.kind in untouched for case, _ in found), kinds
    assert len(wrong) <= 0.02 * len(found), kinds


def test_our_own_articles() -> None:
    assert_good(outcome(own_articles(), 300, seed=6))


def test_who_speaks_is_extracted() -> None:
    assert_good(outcome(own_articles(), 100, seed=6, extractor=cache(extract)))


@pytest.mark.skipif(not (SHARED.exists() and SEEDS), reason="long: QUOTECLI_SEEDS=1,2,3 says which seeds")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("extractor", [None, cache(extract)], ids=["speakers given", "speakers extracted"])
def test_more_seeds(seed: int, extractor: StatementsOf | None) -> None:
    found = outcome(shared_articles() + own_articles(), 2000, seed, extractor)
    right = sum(verdict.verdict in case.right for case, verdict in found)
    missed = Counter((case.kind, verdict.verdict) for case, verdict in found if verdict.verdict not in case.right)
    print(f"seed {seed}: {right / len(found):.2%} right; {dict(missed)}")
    assert_good(found)


@pytest.fixture(scope="module")
def two_thousand() -> Outcome:
    return outcome(shared_articles() + own_articles(), 2000, seed=6)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not here")
def test_two_thousand_quotations_of_the_shared_texts(two_thousand: Outcome) -> None:
    assert_good(two_thousand)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not here")
def test_negations_numbers_and_names_stand_out(two_thousand: Outcome) -> None:
    for case, verdict in two_thousand:
        if case.kind in {"negation", "number", "name"} and verdict.verdict == "altered":
            assert case.kind in {change.kind for change in verdict.changes}, case.words
