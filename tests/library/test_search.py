from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quotecli.library import Filters, Library
from quotecli.library.index_words import stem, words
from quotecli.records import Hit, ListOrder

CASES = json.loads((Path(__file__).parent / "cases" / "search.json").read_text(encoding="utf-8"))
del CASES["about"]
RELEVANCE = json.loads((Path(__file__).parent / "relevance.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def news(build, said):
    """A library with the statements of relevance.json, eight to an article."""
    with Library(":memory:") as library:
        drafts = [said(text, name, role) for text, name, role in RELEVANCE["statements"]]
        for number in range(0, len(drafts), 8):
            library.add(*build(drafts[number : number + 8], path=f"{number}.txt", outlet=f"The {number} Gazette"))
        yield library


def reciprocal_rank(library: Library, query: str, text: str) -> float:
    found = [hit.text for hit in library.search(query, limit=10)]
    return 1 / (found.index(text) + 1) if text in found else 0.0


def test_the_statement_that_should_come_first_mostly_does(news: Library) -> None:
    texts = [text for text, _, _ in RELEVANCE["statements"]]
    ranks = {query: reciprocal_rank(news, query, texts[number]) for query, number in RELEVANCE["queries"]}
    assert len(ranks) == 60
    mean = sum(ranks.values()) / len(ranks)
    assert mean >= 0.9, f"{mean:.3f}; not first: {[query for query, rank in ranks.items() if rank < 1]}"


@pytest.mark.parametrize("what", CASES)
def test_what_a_query_finds(news: Library, what: str) -> None:
    numbers = {text: str(number) for number, (text, _, _) in enumerate(RELEVANCE["statements"])}
    for query, expected in CASES[what]:
        found = [numbers[hit.text] for hit in news.search(query)]
        wanted = expected.rstrip("*").split()
        assert (found[: len(wanted)] if expected.endswith("*") else found) == wanted, query


@pytest.mark.parametrize("misspelt", ["refuges", "refugeees", "refugese", "refugoes", "rfugees", "REFUGÉES"])
def test_a_typo_finds_what_the_word_finds(news: Library, misspelt: str) -> None:
    assert {hit.id for hit in news.search("refugees")} <= {hit.id for hit in news.search(misspelt)}


@pytest.mark.parametrize("query", ["", " ", "...", "-", '""', "-refugees", '-"a b"', "* (", "\0", "\ud800"])
def test_a_query_without_a_word_to_find_finds_nothing(news: Library, query: str) -> None:
    assert news.search(query) == []


def test_a_word_that_nobody_said_is_not_found_and_named(news: Library) -> None:
    assert news.search("xylophone") == []
    assert news.unknown_words("xylophone") == ["xylophone"]
    hits = news.search("refugees xylophone")
    assert {hit.id for hit in hits} == {hit.id for hit in news.search("refugees")}
    assert max(hit.score for hit in hits) < 50
    assert news.unknown_words("refugees xylophone in Septober, or refuges") == ["xylophone", "septober"]


def test_a_name_that_was_asked_for_is_never_left_out(news: Library) -> None:
    for query in ("O’Brien harbour mines", "strike O’Brien refugees", "the railway that O’Brien wants"):
        hits = news.search(query)
        assert hits and all(hit.speaker and hit.speaker.name == "Pat O’Brien" for hit in hits), query
    assert news.search("strike of the Xanadu nurses") == []


def test_a_phrase_must_stand_as_it_is(news: Library) -> None:
    assert [hit.speaker.name for hit in news.search('"signed every letter"') if hit.speaker] == ["Olga Brandt"]
    assert news.search('"every signed letter"') == []


def test_unwanted_words_keep_a_statement_out(news: Library) -> None:
    assert news.search("port -mines")[0].text == "“Wheat prices have doubled since the port was closed,”"
    assert not any("mines" in hit.text for hit in news.search("port -mines"))
    assert not any("port" in hit.text for hit in news.search('port -"the port"'))


def test_speakers_roles_and_outlets_are_found(news: Library) -> None:
    assert {hit.speaker.name for hit in news.search("sorensen") if hit.speaker} == {"Ingrid Sørensen"}
    assert {hit.speaker.name for hit in news.search("transport minster") if hit.speaker} == {"Helen Marsh"}
    assert {hit.article.path for hit in news.search("16 gazette")} == {"16.txt"}


def test_the_best_come_first_and_equals_in_the_order_of_adding(build) -> None:
    with Library(":memory:") as library:
        for number in range(30):
            library.add(*build([f"Rain {'fell' if number != 20 else 'and snow fell'} in place {number}."]))
        for query, first in (("rain snow", "snow"), ("rain fell", "fell")):
            hits = library.search(query, limit=30)
            assert len(hits) == 30 and first in hits[0].text
            scores = [hit.score for hit in hits]
            assert scores == sorted(scores, reverse=True)
            equal = [hit.text for hit in hits if hit.score == hits[1].score]
            assert equal == sorted(equal, key=lambda text: int(text.split()[-1].strip(".")))


def test_limit(news: Library) -> None:
    every = news.search("the", limit=100)
    assert len(every) > 5
    assert news.search("the", limit=5) == every[:5]
    assert news.search("the", limit=0) == []


def test_filters_narrow_the_search(news: Library) -> None:
    assert {hit.text for hit in news.search("letter", Filters(speaker="lang"))} == {
        "“I did not sign the letter, and I did not read it,”"
    }
    assert news.search("letter", Filters(kind=("fact",))) == []


NEWEST = {"2024-02-01": "Zoe Ash", "2024": "Émile Brun", "2023-11-30": None, None: "adam cole"}
"""Dates of articles, from the newest, with who speaks there."""


@pytest.mark.parametrize(
    ("sort", "dates"), [("date", list(NEWEST)), ("speaker", [None, "2024", "2024-02-01", "2023-11-30"])]
)
def test_sort(build, said, sort: ListOrder, dates: list[str | None]) -> None:
    with Library(":memory:") as library:
        for date, name in sorted(NEWEST.items(), key=str):
            twice = [said("Snow fell, and then it was rain", name), said("Rain and snow fell", name)]
            library.add(*build(twice, published=date, path=f"{date}.txt"))
        listed = [(each.article.published, each.text[0]) for each in library.statements(sort=sort)]
        assert listed == [(date, first) for date in dates for first in "SR"]
        found = [(hit.article.published, hit.text[0]) for hit in library.search("rain and snow", sort=sort)]
        assert found == [(date, first) for date in dates for first in "RS"]


@pytest.mark.parametrize(("published", "found"), [(None, True), ("2016-01-12", True), ("2015-11-03", False)])
def test_a_date_asked_for_is_no_word_that_has_to_be_there(build, said, published: str | None, found: bool) -> None:
    with Library(":memory:") as library:
        library.add(*build([said("The pastors of Iowa stood by him", "Zoe Ash")], published=published))
        assert bool(library.search("Iowa January 2016")) == found


@pytest.mark.parametrize("speaker", ["Ann Lee", "lee", "Lea", "!"])
def test_a_search_within_what_one_speaker_said_finds_what_the_search_and_the_filter_find(
    build, said, speaker: str
) -> None:
    names = ["Ann Lee", "Lee", "Bob Leigh", "Zoe Ash", "!", None]
    with Library(":memory:") as library:
        for number in range(36):
            name = names[number % 6]
            library.add(
                *build([said(f"Rain fell {number} times", name)], path=str(number), outlet=f"The Ann {number % 4}")
            )
        for filters in (Filters(speaker=speaker), Filters(speaker=speaker, outlet="ann 2"), Filters(outlet="ann")):
            listed = {each.id for each in library.statements(filters)}
            assert {hit.id for hit in library.search("rain", filters, limit=50)} == listed


def matched(library: Library, hit: Hit) -> list[str]:
    text = library.article(hit.article.id).text
    return [text[span.start : span.end] for span in hit.matches]


def test_the_matched_words_are_marked_where_they_stand(news: Library) -> None:
    assert matched(news, news.search("flood bariers")[0]) == ["flood", "barrier"]
    assert matched(news, news.search("river of six years")[0]) == ["river", "six", "years"]


def test_words_of_every_part_of_a_split_statement_are_marked(library: Library, build, said) -> None:
    library.add(*build([said("“Rain,”|“will fall,”|“and snow too”", "Ann Lee")]))
    (hit,) = library.search("snow rain fall")
    assert matched(library, hit) == ["Rain", "fall", "snow"]


KINDS = json.loads((Path(__file__).parent / "cases" / "kinds.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kinds(build, said):
    """A library with the statements of kinds.json, one an article."""
    with Library(":memory:") as library:
        for number, (text, name, role, type_, kind, published, outlet) in enumerate(KINDS["statements"]):
            draft = said(text, name, role, type=type_ or "person", kind=kind)
            library.add(*build([draft], path=f"{number}.txt", outlet=outlet, published=published))
        yield library


@pytest.mark.parametrize("case", KINDS["queries"], ids=lambda case: case["kind"])
def test_kinds_of_queries(kinds: Library, case: dict[str, Any]) -> None:
    numbers = {text: number for number, (text, *_) in enumerate(KINDS["statements"])}
    found = [numbers[hit.text] for hit in kinds.search(case["query"])]
    assert set(found[: len(case["first"])]) == set(case["first"])
    assert not set(found) & set(case["not"])
    assert bool(found) == (not case.get("empty", False))
    assert kinds.unknown_words(case["query"]) == case.get("unknown", [])


def test_every_kind_is_another_one() -> None:
    assert len({case["kind"] for case in KINDS["queries"]}) == len(KINDS["queries"]) >= 33


TYPOS = 2
MEANT = 0.75
"""What lacks a word of the query may be found by what it means: half of the score is for that."""
WORDS = st.sampled_from("rain snow fell falls O’Brien's Zürich 1.4 — … “fog” the in a xyzzy".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_matches_are_words_of_the_query_inside_the_content(build, texts: list[str], query: str) -> None:
    with Library(":memory:") as library:
        library.add(*build(texts))
        asked = {stem(word) for word in words(query)}
        for hit in library.search(query):
            assert 0 < hit.score <= 100
            assert list(hit.matches) == sorted(hit.matches)
            for span, text in zip(hit.matches, matched(library, hit), strict=True):
                assert any(part.start <= span.start < span.end <= part.end for part in hit.content)
                if hit.score <= 100 * MEANT:  # it may only mean the same
                    continue
                for word in words(text):  # "falls" finds "fell" as it would find a typo
                    assert min(OSA.distance(stem(word), other) for other in asked) <= TYPOS


def test_what_a_statement_says_counts_more_than_the_name_beside_it(library: Library, build, said) -> None:
    library.add(*build([said("“It is closed for the winter,”", "Telescope Board")], outlet="Telescope Weekly"))
    library.add(*build([said("“The mirror of the telescope was cleaned over the whole of a long autumn,”", "Ann Lee")]))
    assert [hit.speaker and hit.speaker.name for hit in library.search("telescope")] == ["Ann Lee", "Telescope Board"]


def test_the_first_who_said_it_is_no_one_who_said_half_of_it(build, said) -> None:
    with Library(":memory:") as library:
        for day in range(28, 0, -1):
            words = f"“We will rebuild the old harbour bridge, {day} times,”"
            library.add(*build([said(words, f"Speaker {day}x")], path=f"{day}.txt", published=f"2024-03-{day:02}"))
        library.add(
            *build([said("“The harbour bridge is old, and so am I,”", "Ann Lee")], path="a.txt", published="1999-01-01")
        )
        found = library.search("rebuild harbour bridge", limit=3, sort="first")
        assert [hit.article.published for hit in found] == ["2024-03-01", "2024-03-02", "2024-03-03"]
        newest = library.search("rebuild harbour bridge", limit=40, sort="date")
        assert [newest[0].article.published, newest[-1].article.published] == ["2024-03-28", "1999-01-01"]


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("harbour", True),
        ("bridge harbours", True),
        ("the bridge ferry", False),
        ("“ferry”", True),
        ("bridge -ferry", True),
        ("zeppelin bridge", False),
        ("ferry not old", False),
        ("not for sale", True),
        ("not rusty", False),
        ("bridge gardeners", False),
        ("", True),
    ],
)
def test_whether_a_statement_has_all_of_a_query(library: Library, build, said, query: str, whole: bool) -> None:
    texts = {"Ann Lee": "“The harbour bridge is old,”", "Tom Roe": "“The ferry is new, and it is not for sale,”"}
    texts["Ida Moe"] = "“That is not how we do it. Rusty rails stay rusty.”"
    texts["Bo Lind"] = f"“We crossed the bridge, {'and then we walked on, ' * 6}and the gardeners were asleep,”"
    library.add(*build([said(text, name) for name, text in texts.items()]))
    assert library.stands_whole(query) is whole


@pytest.mark.parametrize(("query", "found"), [("racist", "ab"), ("racism", "ba"), ("racists", "ab"), ("tourist", "c")])
def test_a_view_and_those_who_hold_it_are_found_by_each_other(
    library: Library, build, said, query: str, found: str
) -> None:
    texts = {
        "a": "“It was a racist remark,”",
        "b": "“I am tired of racism in this town,”",
        "c": "“Tourism feeds us all,”",
    }
    library.add(*build([said(text, name) for name, text in texts.items()]))
    hits = library.search(query)
    assert "".join(name for hit in hits for name, text in texts.items() if hit.text == text) == found


ASKED = json.loads((Path(__file__).parent / "cases" / "asked.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("query", ASKED["queries"])
def test_whose_words_a_query_asks_for(library: Library, build, said, query: str) -> None:
    library.add(*build([said(text, name, role) for text, name, role in ASKED["statements"]]))
    found = library.said(query)
    assert (found and [found.speaker, found.about, found.statements]) == ASKED["queries"][query]


def test_what_somebody_says_comes_first_and_then_what_others_say_of_it(library: Library, build, said) -> None:
    statements = {text: number for number, (text, *_) in enumerate(ASKED["statements"])}
    library.add(*build([said(text, name, role) for text, name, role in ASKED["statements"]]))
    found = library.search("what did Marsh say about the tunnel?")
    assert [statements[hit.text] for hit in found[:3]] == [0, 1, 3]
    assert found[2].score < 60 < found[1].score
    assert {hit.speaker.name for hit in library.search("what did Marsh say") if hit.speaker} >= {"Helen Marsh"}
    assert not library.search("what did Xanthippe say about the tunnel?")
    within = library.search("what did Roe say about the tunnel", Filters(speaker="marsh"))
    assert all(hit.speaker and hit.speaker.name == "Helen Marsh" for hit in within)
