"""The same article once more is told from another one, on labelled cases; and what the library makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecli.library import Library, likeness
from quotecli.records import Article, text_id

DATA = json.loads((Path(__file__).parent / "cases" / "likeness.json").read_text(encoding="utf-8"))
STORY: list[str] = DATA["story"]
CASES: list[dict[str, Any]] = DATA["cases"]


def text_of(case: dict[str, Any]) -> str:
    lines = [STORY[line] if isinstance(line, int) else line for line in case["lines"]]
    text = ("  " if case.get("join") else "\n").join(lines)
    return text.upper().replace("“", '"').replace("”", '"').replace("’", "'") if case.get("plain") else text


def article_with(text: str, **metadata: object) -> Article:
    return Article(**{"id": text_id(text), "text": text, **metadata})  # type: ignore[arg-type]


STORED = article_with("\n".join(STORY), path="first.html", outlet="Harbour Post")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(library: Library, case: dict[str, Any]) -> None:
    library.add(STORED)
    outcome = library.add(article_with(text_of(case), path="second.html", title="Again"))
    assert outcome == ("duplicate" if case["same"] else "added")
    first, *others = library.articles()
    assert (first.path, first.outlet, len(others)) == ("first.html", "Harbour Post", 0 if case["same"] else 1)
    assert [(place.path, place.title) for place in first.places] == ([("second.html", "Again")] if case["same"] else [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_without_keys_the_texts_decide_alike(case: dict[str, Any]) -> None:
    assert likeness.adds_nothing(text_of(case), STORED.text) == case["same"]


def test_short_texts_are_the_same_only_word_for_word(library: Library) -> None:
    library.add(article_with("Rain fell on the town.", path="a.txt"))
    assert library.add(article_with("Rain fell on the town.\nBy Ann Lee", path="b.txt")) == "added"
    assert library.add(article_with("Rain fell on the town.", path="c.txt")) == "duplicate"


def test_what_is_met_again_is_noted_once(library: Library) -> None:
    again = article_with(text_of(CASES[0]), url="https://mirror.example/1")
    outcomes = [library.add(each) for each in (STORED, again, again, STORED, again)]
    assert outcomes == ["added", "duplicate", "unchanged", "unchanged", "unchanged"]
    assert [place.url for place in library.articles()[0].places] == ["https://mirror.example/1"]


def test_a_place_that_says_something_else_now_is_another_article(library: Library) -> None:
    for path in ("first.html", "second.html"):
        library.add(article_with(STORED.text, path=path))
    assert library.add(article_with("Snow fell.", path="second.html")) == "replaced"
    assert [(each.path, each.places) for each in library.articles()] == [("first.html", ()), ("second.html", ())]


def test_an_article_outlives_its_first_place(library: Library) -> None:
    library.add(STORED)
    library.add(article_with(text_of(CASES[0]), path="second.html", outlet="Mirror"))
    assert library.add(article_with("Snow fell.", path="first.html")) == "replaced"
    old, new = library.articles()
    assert (old.path, old.outlet, old.places, old.id) == ("second.html", "Mirror", (), STORED.id)
    assert (new.path, new.words) == ("first.html", 2)
    assert library.add(article_with("Rain fell.", path="second.html")) == "replaced"
    assert [each.words for each in library.articles()] == [2, 2]


def test_the_first_place_may_correct_its_text(library: Library) -> None:
    library.add(STORED)
    library.add(article_with(STORED.text, path="second.html"))
    corrected = article_with(text_of(CASES[1]), path="first.html")
    assert library.add(corrected) == "replaced"
    assert {each.path: each.words for each in library.articles()}["first.html"] == len(corrected.text.split())


def test_removing_an_article_forgets_its_places(library: Library) -> None:
    library.add(STORED)
    library.add(article_with(text_of(CASES[0]), path="second.html"))
    library.remove(STORED.id)
    assert library.articles() == []
    assert library.add(article_with(text_of(CASES[0]), path="second.html")) == "added"


def test_what_has_no_place_is_kept_by_its_text_alone(library: Library) -> None:
    library.add(STORED)
    assert library.add(article_with(text_of(CASES[0]))) == "added"
