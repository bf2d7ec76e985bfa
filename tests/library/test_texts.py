"""Search over the texts: what is in no statement is found, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotecli.library import Filters, Library
from quotecli.records import Article, Order
from quotecli.results import PassageHit

TEXTS = {
    "harbour": (
        "2021-05-01",
        "The Ferry Post",
        "The pier was closed.\nDivers found a wreck at the pier, and a telescope.\nFog.",
    ),
    "hill": (
        "2019-02-03",
        "Hill News",
        "The telescope on the hill was sold. It had cost $3,500.\nThe hill is for sale, too.",
    ),
    "council": (
        "2020-06-07",
        "Hill News",
        "Mayor Karin Aldous opened the pier. To be or not to be: that is the question.\nAldous left.",
    ),
    "school": (
        None,
        None,
        "The café doesn’t open. A school’s roof leaks, and the school is closed.\nThe pier is dark.",
    ),
}
CASES = [
    ("telescope", ["harbour", "hill"]),
    ("telescopes", ["harbour", "hill"]),
    ("telscope", ["harbour", "hill"]),
    ("telesc", ["harbour", "hill"]),
    ("pier telescope", ["harbour", "hill"]),
    ("closed pier", ["harbour", "school"]),
    ('"to be or not to be"', ["council"]),
    ('"the pier was closed"', ["harbour"]),
    ('"pier the"', []),
    ("pier -telescope", ["council", "school"]),
    ('pier -"opened the"', ["harbour", "school"]),
    ("cafe roof", ["school"]),
    ("3,500", ["hill"]),
    ("doesn't", ["school"]),
    ("opened by Aldous", ["council"]),
    ("telescope Zanzibar", []),  # never without a name
    ("telescope zeppelin", []),  # nor with less than half of what was asked for
    ("zeppelin", []),
    ("", []),
    ("...", []),
    ("-pier", []),
]


@pytest.fixture(scope="module")
def news() -> Iterator[Library]:
    with Library(":memory:") as library:
        for id, (published, outlet, text) in TEXTS.items():
            library.add(Article(id=id, text=text, published=published, outlet=outlet), [])
        yield library


@pytest.mark.parametrize(("query", "articles"), CASES)
def test_which_articles_a_query_finds(news: Library, query: str, articles: list[str]) -> None:
    found = news.search_texts(query)
    assert sorted(hit.article.id for hit in found) == sorted(articles)
    for hit in found:
        text = TEXTS[hit.article.id][2]
        assert text[hit.start : hit.end] == hit.text and "\n" not in hit.text
        assert hit.matches and all(hit.start <= match.start < match.end <= hit.end for match in hit.matches)


def test_the_best_paragraph_is_shown_with_the_words_and_the_places_of_the_others(news: Library) -> None:
    (hit,) = news.search_texts("school roof")
    assert hit.text.startswith("The café doesn’t open.")
    assert [hit_text(hit, span.start, span.end) for span in hit.matches] == ["school’s"[:6], "roof", "school"]
    (hit,) = news.search_texts("hill", Filters(outlet="hill news"), sort="first", limit=1)
    assert [hit_text(hit, span.start, span.end) for span in hit.also] == ["The hill is for sale, too."]


def hit_text(hit: PassageHit, start: int, end: int) -> str:
    return TEXTS[hit.article.id][2][start:end]


def test_more_of_the_query_comes_first(news: Library) -> None:
    assert [hit.article.id for hit in news.search_texts("divers found a telescope")][:1] == ["harbour"]
    scores = [hit.score for hit in news.search_texts("closed pier")]
    assert scores == sorted(scores, reverse=True) and scores[0] > 95 > scores[1]


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (Filters(outlet="hill news"), ["council"]),
        (Filters(since="2021"), ["harbour"]),
        (Filters(until="2020-06"), ["council"]),
        (Filters(digests=()), []),
    ],
)
def test_filters(news: Library, filters: Filters, articles: list[str]) -> None:
    assert [hit.article.id for hit in news.search_texts("pier", filters)] == articles


@pytest.mark.parametrize(
    ("sort", "articles"), [("first", ["council", "harbour", "school"]), ("date", ["harbour", "council", "school"])]
)
def test_sort(news: Library, sort: Order, articles: list[str]) -> None:
    assert [hit.article.id for hit in news.search_texts("pier", sort=sort)] == articles


def test_words_that_no_text_has(news: Library) -> None:
    assert news.words_in_no_text("pier zeppelin telscope") == ["zeppelin"]
    assert news.words_in_no_text("telescope", Filters(until="2018")) == ["telescope"]
