"""What the user decides on names: joined, taken off, taken back, and kept whatever happens to the articles."""

from __future__ import annotations

import pytest

from quotecli.errors import NotFoundError
from quotecli.library import Decision, Filters, Library

JILANI, GEELANI, LEE = "Jalil Abbas Jilani", "Abdul Geelani", "Ann Lee"


@pytest.fixture
def news(library: Library, build, said) -> Library:
    for name in (JILANI, "Jilani", GEELANI, LEE):
        library.add(*build([said(f"“{name}”", name)], path=name))
    return library


def names(library: Library) -> dict[str, tuple[str, ...]]:
    return {each.name: each.aliases for each in library.speakers()}


def test_joined_names_are_one_speaker_everywhere(news: Library) -> None:
    assert news.join_speakers([JILANI, "geelani"]) == JILANI
    assert names(news) == {JILANI: (GEELANI, "Jilani"), LEE: ()}
    assert len(list(news.statements(Filters(speaker="Geelani")))) == 3
    assert news.profile("geelani").name == JILANI
    assert {use.name: use.reason for use in news.profile(JILANI).names} == {
        JILANI: None,
        "Jilani": "nobody else has this surname",
        GEELANI: "joined by you",
    }


def test_a_decision_outlives_the_articles(news: Library, build, said) -> None:
    news.join_speakers([JILANI, GEELANI])
    for article in news.articles():
        news.remove(article.id)
    assert names(news) == {}
    news.add(*build([said("“Rain”", GEELANI)], path="new"))
    assert names(news) == {JILANI: (GEELANI,)}
    news.add(*build([said("“Snow”", "Jilani")], path="newer"))
    news.add(*build([said("“Hail”", JILANI)], path="newest"))
    assert names(news) == {JILANI: (GEELANI, "Jilani")}


def test_a_name_taken_off_stands_alone_until_it_is_taken_back(news: Library) -> None:
    assert news.part_speaker("jilani") == ["Jilani"]
    assert set(names(news)) == {JILANI, "Jilani", GEELANI, LEE}
    assert [each.text for each in news.statements(Filters(speaker="abbas jilani"))] == [f"“{JILANI}”"]
    assert news.take_back(["JILANI"], joined=False) == ["Jilani"]
    assert set(names(news)) == {JILANI, GEELANI, LEE}


def test_aliases_are_taken_off_a_person(news: Library) -> None:
    news.join_speakers([LEE, JILANI, GEELANI])
    assert news.part_speaker(LEE, ["Jilani", GEELANI]) == ["Jilani", GEELANI]
    assert names(news) == {LEE: (JILANI,), "Jilani": (), GEELANI: ()}


def test_what_was_joined_is_taken_back_by_either_name(news: Library) -> None:
    news.join_speakers([LEE, GEELANI])
    assert news.take_back([LEE], joined=True) == [GEELANI]
    news.join_speakers([LEE, GEELANI])
    assert news.take_back([GEELANI], joined=True) == [GEELANI]
    assert news.decisions() == []


def test_joining_the_other_way_round_changes_nothing(news: Library) -> None:
    news.join_speakers([LEE, GEELANI])
    assert news.join_speakers([GEELANI, LEE]) == LEE
    assert news.decisions() == [Decision(name=GEELANI, person=LEE)]


def test_a_later_decision_on_a_name_replaces_the_earlier(news: Library) -> None:
    news.join_speakers([LEE, GEELANI])
    news.part_speaker(GEELANI)
    assert news.decisions() == [Decision(name=GEELANI)]
    news.join_speakers([JILANI, GEELANI])
    assert news.decisions() == [Decision(name=GEELANI, person=JILANI)]


@pytest.mark.parametrize(
    ("name", "aliases"), [("nobody", []), (LEE, []), (JILANI, ["Geelani"]), (JILANI, ["FM Jilani"]), ("", [])]
)
def test_what_cannot_be_taken_off(news: Library, name: str, aliases: list[str]) -> None:
    with pytest.raises(NotFoundError):
        news.part_speaker(name, aliases)
    assert news.decisions() == []


def test_a_name_of_several_people_is_asked_back(library: Library, build, said) -> None:
    for name in ("Anna Smith", "Peter Smith", "Bo Ek"):
        library.add(*build([said(f"“{name}”", name)], path=name))
    with pytest.raises(NotFoundError, match="may be several: Anna Smith; Peter Smith"):
        library.join_speakers(["smith", "ek"])
    with pytest.raises(NotFoundError, match="not joined"):
        library.take_back(["ek"], joined=True)


def test_merged_libraries_keep_the_decisions_of_both(news: Library, tmp_path, build, said) -> None:
    news.join_speakers([LEE, GEELANI])
    with Library(tmp_path / "other.db") as other:
        for name in (JILANI, GEELANI, "Jilani"):
            other.add(*build([said(f"“{name}”", name)], path=name))
        other.join_speakers([JILANI, GEELANI])
        other.part_speaker("Jilani")
        list(news.merge(other))
    assert news.decisions() == [Decision(name=GEELANI, person=LEE), Decision(name="Jilani")]
