"""The index of the articles' texts follows every change of the library, and says what it holds."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.library import Library, tables, text_index
from quotecli.library.text_index import plain_words, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We’ll win,” he said.", "we ll win he said"),
        ("Müller’s café—it’s shut", "muller s cafe it s shut"),
        ("snake_case 1,400 U.S. №5", "snake case 1 400 u s 5"),
        ("full，width\u2003space", "full width space"),
        ("…!", ""),
    ],
)
def test_words_are_the_same_in_every_house_style(text: str, words: str) -> None:
    assert plain_words(text) == words.split()


LATIN = st.text(st.characters(codec="cp1252"), max_size=60)


@given(LATIN)
def test_texts_of_usual_characters_are_cut_the_same_in_fewer_steps(text: str) -> None:
    assert plain_words(text) == text_index._any_words(text)


def test_stop_words_count_in_pairs() -> None:
    assert terms("we will win and we will not".split()) == {"win", "we·will", "and·we", "will·not"}


@given(st.text(st.characters(codec=None), max_size=60))
def test_every_text_can_be_indexed_and_found_and_taken_out(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    tables.make_tables(connection)
    text_index.index(connection, 7, text_index.indexed(text_index.plain_words(text)))
    for term in terms(plain_words(text)):
        assert connection.execute("SELECT rowid FROM passage WHERE passage MATCH ?", (f'"{term}"',)).fetchall() == [
            (7,)
        ]


def holding(library: Library, *words: str) -> list[str]:
    texts = library.passages()
    return [texts.article(row).id for row in texts.holding(*words)]


def test_the_index_follows_the_articles(library: Library, build) -> None:
    library.add(*build(["The harbour is shut.", "We will win."], id="one"))
    library.add(*build(["The harbour is open."], id="two"))
    assert (holding(library, "harbour"), holding(library, "harbour", "shut")) == (["one", "two"], ["one"])
    assert holding(library, "we·will") == ["one"]
    assert library.passages().frequencies(["harbour", "shut", "gulls"]) == {"harbour": 2, "shut": 1}
    library.add(*build(["The quay is shut."], id="one"))
    assert (holding(library, "harbour"), holding(library, "quay")) == (["two"], ["one"])
    library.remove("two")
    assert (holding(library, "harbour"), len(library.passages())) == ([], 1)
    assert library.check() == []


def test_some_of_the_articles_with_metadata_of_their_own(library: Library, build) -> None:
    for number in range(3):
        library.add(*build([f"Harbour {number}."], id=str(number)))
    article = library.article("1")
    library.choose({article.digest: article.ref.__class__(id="b", path="b.txt"), "no such digest": article.ref})
    some = library.passages()
    assert [some.article(row).path for row in some.holding("harbour")] == ["b.txt"]
    assert len(some) == 1


def test_what_is_missing_is_reported(library: Library, build) -> None:
    library.add(*build(["The harbour is shut."]))
    connection = library._connection
    connection.execute("INSERT INTO passage (passage) VALUES ('delete-all')")
    assert library.check() == ["the index 'passage' is not that of the texts: 3 words"]
