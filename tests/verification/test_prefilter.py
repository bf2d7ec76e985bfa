"""The articles that an index gives lead to the verdicts that reading every article would."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from generator import cases, draft_of, originals, statements_of_sources

from quotecli.library import Library, batches
from quotecli.loading import load
from quotecli.records import Article
from quotecli.verification import Corpus, Indexed, Source, Sources, verify
from quotecli.verification.prefilter import Candidates, Memory
from quotecli.verification.sources import StatementsOf

DATA = Path(__file__).parents[2] / "data"


class Everything:
    """Sources that give all the articles for every quotation."""

    def __init__(self, articles: Sequence[Article], statements_of: StatementsOf) -> None:
        self._sources = [Source(article, statements_of) for article in articles]

    def candidates(self, quotation: str, limit: int) -> Sequence[Source]:  # noqa: ARG002
        return self._sources

    def at(self, places: Collection[str]) -> Sequence[Source]:  # noqa: ARG002
        return []


def test_the_verdicts_are_those_of_reading_every_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "model_version", lambda: "1")
    articles = [each for each in load([str(DATA)]) if isinstance(each, Article)]
    speakers, found = statements_of_sources(articles), []
    with Library(tmp_path / "library.db") as library:
        for article in articles:
            library.add(article, [])
        all_of_them: list[Sources] = [
            Everything(articles, speakers),
            Corpus(articles, speakers),
            Indexed(library.passages(), speakers),
        ]
        draft, statements = draft_of(list(cases(originals(articles), originals(articles[:1]), 120, seed=11)))
        for sources in all_of_them:
            verdicts = verify(draft, sources, statements_of=lambda _: statements)
            found.append([(each.verdict, each.changes) for each in verdicts])
    assert len(found[0]) == 120
    assert found[0] == found[1] == found[2]


def ids(quotation: str, texts: Sequence[str]) -> list[str]:
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    return [articles[number].id for number in Candidates(Memory(articles)).numbers(quotation, 6)]


def test_a_quotation_of_common_words_is_found_by_their_order() -> None:
    common = ["It is what we do, and what they said was that it is so.", "We do what it is that they said."] * 200
    assert ids(
        "That is what we are, and it is what we will be.", [*common, "“That is what we are and it is what we will be.”"]
    )[0] == str(len(common))


def test_one_stop_word() -> None:
    assert ids("No", ["Yes, they said.", "“No,” he said.", "Not now."]) == ["1"]
    assert ids("", ["Yes."]) == []


def test_a_changed_rare_word_does_not_hide_the_article() -> None:
    others = [f"Report {number}: the harbour will be shut until June." for number in range(300)]
    held = "“The harbour will be shut until the gulls have left their nests.”"
    assert ids("The harbour will be closed until the gannets have left their nests.", [*others, held])[0] == "300"
