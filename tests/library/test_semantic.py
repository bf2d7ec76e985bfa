"""Searches for what statements mean: `Library.search(…, semantic=True)`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecli.library import Filters, Library, meanings, schema
from quotecli.library.filters import EVERYTHING
from quotecli.library.index_words import STOP_WORDS, stem, words
from quotecli.library.packing import checksum
from quotecli.library.semantic import LEAST
from quotecli.records import Hit

CASES = json.loads((Path(__file__).parent / "paraphrases.json").read_text(encoding="utf-8"))
STATEMENTS: list[tuple[str, str | None, str]] = CASES["statements"]
QUERIES: list[tuple[str, int]] = CASES["queries"]


def filled(library: Library, build, said) -> Library:
    """Fill a library with the statements of paraphrases.json, eight to an article."""
    for number in range(0, len(STATEMENTS), 8):
        drafts = [said(text, name) if name else text for text, name, _ in STATEMENTS[number : number + 8]]
        published = f"20{10 + number // 20}-01-01"
        library.add(*build(drafts, path=f"{number}.txt", outlet=STATEMENTS[number][2], published=published))
    return library


@pytest.fixture(scope="module")
def news(build, said) -> Iterator[Library]:
    with Library(":memory:") as library:
        yield filled(library, build, said)


def found(library: Library, query: str, filters: Filters = EVERYTHING, limit: int = 10) -> list[str]:
    return [hit.text for hit in library.search(query, filters, limit, semantic=True)]


def telling(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS}


def test_the_queries_have_no_word_in_common_with_what_they_mean() -> None:
    assert (len(STATEMENTS), len(QUERIES)) == (203, 101)
    assert [query for query, number in QUERIES if telling(query) & telling(STATEMENTS[number][0])] == []


def test_statements_are_found_by_what_they_mean(news: Library) -> None:
    ranks = []
    for query, number in QUERIES:
        texts = found(news, query)
        text = STATEMENTS[number][0]
        ranks.append(texts.index(text) + 1 if text in texts else None)
    hits = [rank for rank in ranks if rank]
    assert len(hits) / len(QUERIES) >= 0.55
    assert sum(1 / rank for rank in hits) / len(QUERIES) >= 0.4


def test_of_a_word_longer_than_any_no_misspellings_are_made(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(word: str) -> set[str]:
        asked.append(word)
        return set()

    monkeypatch.setattr("quotecli.library.semantic.one_typo", noted)
    found(news, "rainfal in the town")
    found(news, "x" * 16_000 + " in the town")
    assert asked == ["rainfal"]


def test_one_search_finds_them_behind_what_has_the_words(news: Library) -> None:
    ranks = []
    for query, number in QUERIES:
        hits = news.search(query, limit=10)
        place = next((place for place, hit in enumerate(hits) if hit.text == STATEMENTS[number][0]), None)
        if place is not None:
            assert hits[place].score <= 40  # what has a word of the query may have more
            ranks.append(place + 1)
    assert len(ranks) / len(QUERIES) >= 0.55
    assert sum(1 / rank for rank in ranks) / len(QUERIES) >= 0.33


def test_the_example_of_the_issue(news: Library) -> None:
    hits = news.search("expelled migrants", limit=2, semantic=True)
    (hit,) = [hit for hit in hits if hit.text.startswith("“We will evict every illegal immigrant")]
    text = news.article(hit.article.id).text
    assert [text[span.start : span.end] for span in hit.matches] == ["immigrant"]


@pytest.mark.parametrize("query", ["", "…", "-rain", "the", "xyzzyx", "\ud800", "asdf qwer zxcv", "yoga poses"])
def test_what_means_nothing_here_finds_nothing(news: Library, query: str) -> None:
    assert found(news, query) == []


def test_what_nobody_spoke_about_finds_mostly_nothing_and_nothing_that_is_very_like(news: Library) -> None:
    hits = [news.search(query, semantic=True) for query in CASES["nonsense"]]
    assert sum(not each for each in hits) / len(hits) > 0.6
    assert max(hit.score for each in hits for hit in each) < 40


def test_a_typo_in_the_query_is_forgiven(news: Library) -> None:
    for misspelt in ("expeled migrants", "expelled migarnts", "exspelled MIGRANTS"):
        assert found(news, misspelt) == found(news, "expelled migrants")


def test_the_likest_come_first_and_none_below_the_least(news: Library) -> None:
    hits = news.search("money for schools", limit=50, semantic=True)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 100 >= scores[0] > scores[-1] >= 100 * LEAST
    assert hits[:3] == news.search("money for schools", limit=3, semantic=True)
    assert news.search("money for schools", limit=0, semantic=True) == []


def test_phrases_must_stand_there_and_unwanted_words_must_not(news: Library) -> None:
    every = found(news, "money for schools", limit=50)
    assert any("reading rooms" in text for text in every)
    for query in ("money for schools -rooms", "money for schools -room", 'money for schools -"reading rooms"'):
        assert not any("reading rooms" in text for text in found(news, query, limit=50))
    assert len(found(news, 'money for schools -"rooms reading"', limit=50)) == len(every)
    assert [text[:16] for text in found(news, 'children at "our schools"')] == ["“The stadium cos"]
    assert found(news, 'children at "schools our"') == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(speaker="reyes"),
        Filters(kind=("fact",)),
        Filters(form="direct"),
        Filters(outlet="city desk"),
        Filters(since="2015"),
        Filters(until="2012", kind=("quote",)),
        Filters(manner=("denies",)),
        Filters(digests=()),
    ],
)
def test_filters_leave_what_they_ask_for(news: Library, filters: Filters) -> None:
    wanted = {each.id for each in news.statements(filters)}
    every = news.search("money for schools", limit=500, semantic=True)
    assert len(every) > 10
    expected = [hit for hit in every if hit.id in wanted]
    assert news.search("money for schools", filters, limit=500, semantic=True) == expected


def test_sort(news: Library) -> None:
    by_score = news.search("money for schools", semantic=True)
    by_date = news.search("money for schools", sort="date", semantic=True)
    assert sorted(by_date, key=lambda hit: hit.id) == sorted(by_score, key=lambda hit: hit.id)
    dates = [hit.article.published or "" for hit in by_date]
    assert dates == sorted(dates, reverse=True)


def test_few_candidates_at_a_time_find_the_same(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = news.search("a crime", Filters(kind=("fact",)), limit=5, semantic=True)
    assert wanted
    monkeypatch.setattr("quotecli.library.semantic._CANDIDATES", 20)
    assert news.search("a crime", Filters(kind=("fact",)), limit=5, semantic=True) == wanted


def test_meanings_are_kept_once_somebody_asks_for_them(library: Library, build) -> None:
    library.add(*build(["Rain fell.", "Bread is expensive."]))
    assert (library.stats().understood, library.not_understood()) == (0, 2)
    assert found(library, "wet weather") == ["Rain fell."]
    assert (library.stats().understood, library.not_understood()) == (2, 0)
    library.add(*build(["Snow fell."]))
    library.add(*build([]))
    assert library.not_understood() == 1
    assert set(found(library, "wet weather")) == {"Rain fell.", "Snow fell."}
    assert (library.stats().understood, library.check()) == (3, [])


def test_whether_many_are_waiting_is_told_without_reading_all(library: Library, build) -> None:
    for number in range(4):
        library.add(*build([f"Word {number}.", f"Deed {number}."]))
    connection = library._connection

    def lacking(articles: list[int] | None = None) -> list[bool]:
        return [meanings.lacks_more_than(connection, most, articles) for most in (0, 3, 7, 8)]

    assert lacking() == [True, True, True, False]
    assert lacking([1, 2]) == [True, True, False, False]
    list(library.understand())
    assert lacking() == lacking([1, 2]) == lacking([]) == [False] * 4
    library.add(*build(["Another word.", "Another deed."]))
    assert lacking() == [True, False, False, False]


def test_meanings_go_with_their_article(library: Library, build) -> None:
    article, statements = build(["Rain fell.", "Bread is expensive."], path="a.txt")
    library.add(article, statements)
    assert found(library, "wet weather") == ["Rain fell."]
    library.add(article, statements[1:])
    assert (found(library, "wet weather"), library.check()) == ([], [])
    library.remove(article.id)
    assert (library.stats().understood, library.check()) == (0, [])


def test_what_is_done_is_kept_when_it_is_interrupted(
    library: Library, build, said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanings, "_AT_ONCE", 50)
    filled(library, build, said)
    doing = library.understand()
    assert next(doing) == 56
    doing.close()
    with Library(library.path) as other:
        assert other.not_understood() == len(STATEMENTS) - 56
        assert sum(other.understand()) == len(STATEMENTS) - 56
        assert other.not_understood() == 0


def test_what_others_write_meanwhile_is_seen(library: Library, build, monkeypatch: pytest.MonkeyPatch) -> None:
    article, statements = build(["Rain fell.", "Bread is expensive."], path="a.txt")
    library.add(article, statements)
    make, calls = meanings._made, 0

    def made(connection: sqlite3.Connection, rows: list[int]):
        nonlocal calls
        calls += 1
        codes = make(connection, rows)
        if calls == 1:
            with Library(library.path) as other:
                other.add(article, statements[1:])
        return codes

    monkeypatch.setattr(meanings, "_made", made)
    assert list(library.understand()) == [2]
    assert (calls, library.check()) == (2, [])
    assert found(library, "wet weather") == []


def test_a_library_that_cannot_be_written_answers_all_the_same(
    tmp_path: Path, build, said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    path = tmp_path / "news.db"
    with Library(path) as library:
        filled(library, build, said)
    with Library(path) as library, Library(path) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        assert found(library, "expelled migrants")[0].startswith("“We will evict")
        assert library.not_understood() == len(STATEMENTS)
        other._connection.execute("ROLLBACK")
        assert found(library, "expelled migrants")[0].startswith("“We will evict")
        assert library.not_understood() == 0


def test_only_the_articles_asked_are_understood(library: Library, build) -> None:
    for line in ("Rain fell.", "Snow fell."):
        library.add(*build([line], path=line))
    rain, snow = [library.article(each.id) for each in library.articles()]
    assert found(library, "wet weather", Filters(digests=(rain.digest,))) == ["Rain fell."]
    assert library.not_understood() == library.not_understood([snow.digest]) == 1


def test_a_backup_and_a_merged_library_mean_the_same(library: Library, build, said, tmp_path: Path) -> None:
    hits: list[Hit] = filled(library, build, said).search("expelled migrants", semantic=True)
    library.backup(tmp_path / "copy.db")
    with Library(tmp_path / "copy.db") as copy, Library(":memory:") as merged:
        assert copy.not_understood() == 0
        assert copy.search("expelled migrants", semantic=True) == hits
        list(merged.merge(copy))
        assert merged.search("expelled migrants", semantic=True) == hits


def test_meanings_of_other_vectors_are_made_anew_and_forgotten(library: Library, build) -> None:
    library.add(*build(["Rain fell."]))
    library.add(*build(["Snow fell."]))
    list(library.understand())
    with library._connection:
        for row in (1, 2):
            old = (row, "0", b"\0")
            library._connection.execute("REPLACE INTO meaning VALUES (?, ?, ?, ?)", (*old, checksum(*old)))
    assert (library.stats().understood, library.not_understood(), library.check()) == (0, 2, [])
    list(library.understand([library.article(library.articles()[0].id).digest]))
    library.compact()
    assert library._connection.execute("SELECT count(*) FROM meaning").fetchone() == (1,)
    assert library.not_understood() == 1


def test_rows_that_do_not_fit_are_reported(library: Library, build) -> None:
    library.add(*build(["Rain fell.", "Bread is expensive."]))
    list(library.understand())
    library._connection.execute("UPDATE meaning SET codes = substr(codes, 1, 40)")
    assert library.check() == ["1 rows of meanings that are not those of an article's statements"]


def test_a_speaker_of_one_statement_is_found_among_many(news: Library) -> None:
    (hit,) = news.search("dinner for pets", Filters(speaker="June Hartley"), semantic=True)
    assert hit.text == "“They sleep under the bridge with their dogs,”"
