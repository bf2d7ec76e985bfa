"""Several libraries answer as one library with all their articles does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest

from quotecli.errors import LibraryError, NotFoundError
from quotecli.library import Filters, Library
from quotecli.library.filters import EVERYTHING
from quotecli.records import Article, ListOrder, Statement

FOLDER = Path(__file__).parent
RELEVANCE = json.loads((FOLDER / "relevance.json").read_text(encoding="utf-8"))
CASES = json.loads((FOLDER / "cases" / "search.json").read_text(encoding="utf-8"))
del CASES["about"]
QUERIES = [
    *(query for query, _ in RELEVANCE["queries"]),
    *(query for query, _ in chain.from_iterable(CASES.values())),
    "March 2016",
    "boats in March 2016",
]
FILTERS = [
    EVERYTHING,
    Filters(speaker="jilani"),
    Filters(speaker="j"),
    Filters(outlet="gazete 21"),
    Filters(kind="quote", since="2016-03"),
    Filters(speaker="nobody"),
]

Made = tuple[Article, list[Statement]]


@pytest.fixture(scope="module")
def articles(build: Any, said: Any) -> list[Made]:
    drafts = [said(text, name, role) for text, name, role in RELEVANCE["statements"]]
    return [
        build(
            drafts[first : first + 3],
            path=f"{first}.txt",
            outlet=f"The {first} Gazette" if first % 9 else None,
            published=f"2016-{first % 12 + 1:02}-05" if first % 5 else None,
        )
        for first in range(0, len(drafts), 3)
    ]


def filled(path: Path, articles: list[Made]) -> Path:
    with Library(path) as library:
        for _ in library.add_all(articles):
            pass
    return path


@pytest.fixture(scope="module")
def alone(articles: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(filled(tmp_path_factory.mktemp("alone") / "all.db", articles)) as library:
        yield library


@pytest.fixture(scope="module")
def three(articles: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The same articles in three libraries, asked as one."""
    folder, third = tmp_path_factory.mktemp("three"), len(articles) // 3
    cut = (articles[:third], articles[third : 2 * third], articles[2 * third :])
    paths = [filled(folder / f"{number}.db", part) for number, part in enumerate(cut)]
    with Library(paths[0], also=paths[1:]) as library:
        yield library


@pytest.mark.parametrize("semantic", [False, True])
def test_search_ranks_them_as_one(alone: Library, three: Library, semantic: bool) -> None:
    for query in QUERIES:
        assert three.search(query, semantic=semantic) == alone.search(query, semantic=semantic), query
        assert three.unknown_words(query) == alone.unknown_words(query), query


@pytest.mark.parametrize("filters", FILTERS)
def test_filters_choose_in_each_as_in_one(alone: Library, three: Library, filters: Filters) -> None:
    assert three.speakers(filters) == alone.speakers(filters)
    assert list(three.entries(filters)) == list(alone.entries(filters))
    for query in ("refugees", "bridge boats"):
        assert three.search(query, filters, 3, "speaker") == alone.search(query, filters, 3, "speaker")
    for sort in (None, *get_args(ListOrder)):
        assert list(three.statements(filters, sort)) == list(alone.statements(filters, sort)), sort


def test_who_is_who_is_told_of_all_of_them(alone: Library, three: Library) -> None:
    said = list(alone.statements())
    assert list(three.persons(said)) == list(alone.persons(said))
    assert three.repeats(said) == alone.repeats(said)
    for speaker in alone.speakers():
        assert three.profile(speaker.name) == alone.profile(speaker.name)
    with pytest.raises(NotFoundError):
        three.profile("nobody at all")


def test_what_is_asked_for_by_an_id_is_found_in_whichever(alone: Library, three: Library) -> None:
    assert three.articles() == alone.articles()
    for statement in alone.statements():
        assert three.statement(statement.id) == statement
        assert three.article_of(statement) == alone.article_of(statement)
    for article in alone.articles():
        assert three.article(article.id) == alone.article(article.id)
    for library in (three, alone):
        with pytest.raises(NotFoundError, match="no article has the id 'nothing'"):
            library.article("nothing")
        with pytest.raises(NotFoundError, match="no statement has the id 'nothing-5'"):
            library.statement("nothing-5")


def test_passages_are_looked_up_in_all(alone: Library, three: Library) -> None:
    mine, theirs = three.passages(), alone.passages()
    terms = ["refugees", "the", "bridge", "nothinglikeit"]
    assert mine.frequencies(terms) == theirs.frequencies(terms)
    assert len(mine) == len(theirs)
    for term in terms:
        found = [mine.article(row) for row in mine.holding(term)]
        assert found == [theirs.article(row) for row in theirs.holding(term)]
    assert [mine.article(row).path for row in mine.at(["0.txt", "21.txt"])] == ["0.txt", "21.txt"]


def test_a_text_that_two_have_counts_once(alone: Library, articles: list[Made], tmp_path: Path) -> None:
    first, second = filled(tmp_path / "first.db", articles[:5]), filled(tmp_path / "second.db", articles[3:])
    with Library(first, also=[second, first]) as library:
        assert library.articles() == alone.articles()
        assert library.speakers() == alone.speakers()
        assert list(library.statements()) == list(alone.statements())
        assert library.repeats(list(library.statements())) == alone.repeats(list(alone.statements()))
        ids = [hit.id for hit in library.search("the", limit=1000)]
        assert len(ids) == len(set(ids))
        shared = articles[4][1][0]
        assert library.statement(shared.id).id == shared.id
        with Library(second) as other:  # what is written meanwhile counts, too
            other.add(*articles[0])
        assert library.articles() == alone.articles()


def test_another_text_with_the_same_id_is_doubtful(build: Any, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.db" for number in range(2)]
    for number, path in enumerate(paths):
        filled(path, [build([f"Word {number}."], id="mine")])
    with Library(paths[0], also=paths[1:]) as library, pytest.raises(NotFoundError, match="several of the libraries"):
        library.article("mine")


def test_decisions_of_the_first_count_first(build: Any, said: Any, tmp_path: Path) -> None:
    names = ["Ana Lund", "Anna Lunde", "A. Lundstrom"]
    paths = [tmp_path / f"{number}.db" for number in range(2)]
    for path, joined in zip(paths, (names[:2], [names[2], names[1]]), strict=True):
        filled(path, [build([said(f"“Word of {name} in {path.stem}”", name) for name in names])])
        with Library(path) as library:
            library.join_speakers(joined)
    for these, name in ((paths, names[0]), (paths[::-1], names[2])):
        with Library(these[0], also=these[1:]) as library:
            assert library.profile(names[1]).name == name


def test_only_the_first_is_written(build: Any, tmp_path: Path) -> None:
    paths = [filled(tmp_path / f"{number}.db", [build([f"Word {number}."])]) for number in range(2)]
    with Library(paths[0], also=paths[1:]) as library:
        assert library.stats().articles == 1
        library.add(*build(["Word 2."]))
        assert len(library.articles()) == 3
    with Library(paths[1]) as other:
        assert len(other.articles()) == 1


def test_one_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.db", tmp_path / "bad.db"
    Library(good).close()
    bad.write_bytes(b"no library" * 100)
    with pytest.raises(LibraryError, match=r"bad\.db"):
        Library(good, also=[bad])
