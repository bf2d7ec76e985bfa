"""Hand-written cases: house style, marks, changes of every kind, speakers, joins, claims, inventions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecli.records import Article, Mention, Span, Speaker, Statement
from quotecli.results import Verdict
from quotecli.text import parse
from quotecli.verification import Corpus, verify

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
ARTICLES = [
    Article(id=name, text=source["text"], published=source["published"]) for name, source in DATA["sources"].items()
]


def statement(article: Article, content: Span, name: str) -> Statement:
    speaker = Speaker(name=name, type="person", mention=Mention(name, 0, 0), resolved_by="name")
    return Statement(
        id=f"{article.text_id}-{content.start}",
        kind="quote",
        form="direct",
        text=article.text[content.start : content.end],
        content=(content,),
        speaker=speaker,
        confidence=1.0,
        article=article.ref,
    )


def statements_of(article: Article) -> list[Statement]:
    """Give the sources' quotations the speakers that the data name."""
    found = []
    for quotation in parse(article.text).quotations:
        name = next(
            (who for words, who in DATA["speakers"].items() if article.text.startswith(words, quotation.start)), None
        )
        if name:
            found.append(statement(article, Span(quotation.start, quotation.end), name))
    return found


def checked(case: dict[str, str]) -> Verdict:
    draft = Article(id="draft", text=case["draft"])
    (quotation,) = parse(draft.text).quotations
    ours = [statement(draft, Span(quotation.start, quotation.end), case["by"])] if "by" in case else []
    (verdict,) = verify(
        draft, ARTICLES, statements_of=lambda article: ours if article is draft else statements_of(article)
    )
    return verdict


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: f"{case['verdict']}: {case['why']}")
def test_verdict(case: dict[str, Any]) -> None:
    verdict = checked(case)
    assert verdict.verdict == case["verdict"]
    if "changes" in case:
        assert [change.kind for change in verdict.changes] == case["changes"]
    assert verdict.also == tuple(case.get("also", ()))
    if "source" in case:
        assert verdict.evidence[0].article.id == case["source"]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: f"{case['verdict']}: {case['why']}")
def test_everything_shown_is_verbatim(case: dict[str, Any]) -> None:
    verdict, texts = checked(case), {article.id: article.text for article in ARTICLES}
    assert case["draft"][verdict.start : verdict.end] == verdict.text
    for change in verdict.changes:
        assert case["draft"][change.start : change.end] == change.draft
        assert (
            texts[verdict.evidence[0].article.id][change.source_start : change.source_end] == change.source
            or change.kind == "order"
        )
    for each in verdict.evidence:
        text = texts[each.article.id]
        assert " … ".join(text[span.start : span.end] for span in each.spans) == each.text
        assert text[each.context.start : each.context.end] == each.context.text


def test_articles_are_found_among_many_others() -> None:
    others = [
        Article(id=str(n), text=f"Report {n}. “It will rain in Bristol until June,” said number {n}.")
        for n in range(300)
    ]
    corpus = Corpus([*others, *ARTICLES], statements_of)
    (verdict,) = verify(
        "“It will go to Bristol until June, and it will come back.”", corpus, statements_of=lambda _: ()
    )
    assert (verdict.verdict, verdict.evidence[0].article.id) == ("exact", "harbour")


def test_no_sources_and_no_quotations() -> None:
    assert verify("No quotation here.", ARTICLES, statements_of=lambda _: ()) == []
    assert [each.verdict for each in verify("“Is anybody there?” he said.", [], statements_of=lambda _: ())] == [
        "not found"
    ]
    assert verify("He said “…” and left.", ARTICLES, statements_of=lambda _: ()) == []
