"""Who is who, asked of a library: by the names that share a word, and with the same answer as by all the names."""

from __future__ import annotations

import random

import pytest

from quotecli.library import Filters, Library
from quotecli.library.identities import Directory

SURNAMES = ["Smith", "Ek", "van Dijk", "Smith-Ek", "al-Ek", "Lee", "García Lee"]
FIRST = ["Anna", "Ann", "A.", "Peter", "P.", "Anna Maria", "A. M.", "Maria", ""]
ROLES = ["mayor", "foreign minister", "FM", None]
ORGANISATIONS = ["WHO", "World Health Organization", "Justice Department", "Department of Justice", "NAP", "Smith Inc."]


@pytest.fixture
def crowd(library: Library, build, said) -> Library:
    """Return a library in which many people share few names."""
    chance = random.Random(20241124)
    for number in range(120):
        speakers = [f"{chance.choice(FIRST)} {chance.choice(SURNAMES)}".strip() for _ in range(2)]
        statements = [said(f"“Word {number}”", name, chance.choice(ROLES)) for name in speakers]
        statements.append(said("“Thing”", chance.choice(ORGANISATIONS), type="organisation"))
        library.add(*build(statements, path=str(number)))
    return library


def test_a_few_names_tell_the_same_as_all(crowd: Library) -> None:
    directory = Directory(crowd._connection)
    known = {name for (name,) in crowd._connection.execute("SELECT text FROM name")}
    everybody = directory._grouped(known)
    assert len(known) > 40
    assert len({person.name for person in everybody.values()}) < len(known)
    for name in known:
        alone = directory.people([name])
        assert alone[name] == everybody[name]
        mine = {other for other, person in everybody.items() if person.name == everybody[name].name}
        assert {other for other, person in alone.items() if person.name == everybody[name].name} == mine


def test_the_filter_and_the_list_agree(crowd: Library) -> None:
    for speaker in crowd.speakers():
        found = [each for each in crowd.speakers(Filters(speaker=speaker.name)) if each.name == speaker.name]
        assert found == [speaker]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("bugti", ["Sarfaraz Ahmed Bugti"]),
        ("BUGTI sarfaraz", ["Sarfaraz Ahmed Bugti"]),
        ("s. bugti", ["Sarfaraz Ahmed Bugti"]),
        ("bugty", ["Sarfaraz Ahmed Bugti"]),
        ("mojahid", ["Zabihullah Mujahid"]),
        ("garcia", ["María García"]),
        ("maria", ["María García"]),
        ("who", ["World Health Organization"]),
        ("peter bugti", []),
        ("", []),
        ("?", []),
    ],
)
def test_whom_a_query_asks_for(library: Library, build, said, query: str, names: list[str]) -> None:
    for name in ("Sarfaraz Ahmed Bugti", "Zabihullah Mujahid", "María García"):
        library.add(*build([said(f"“{name}”", name)], path=name))
    for name in ("World Health Organization", "WHO"):
        library.add(*build([said(f"“{name}”", name, type="organisation")], path=name))
    assert sorted({person.name for person in Directory(library._connection).asked_for(query).values()}) == names


def test_the_articles_asked_alone_know_nothing_of_the_others(library: Library, build, said) -> None:
    short, statements = build([said("“Rain”", "Lee")], path="1")
    library.add(short, statements)
    library.add(*build([said("“Snow”", "Ann Lee")], path="2"))
    assert [each.name for each in library.speakers()] == ["Ann Lee"]
    assert [each.name for each in library.speakers(Filters(digests=(short.digest,)))] == ["Lee"]
    alone = Filters(digests=(short.digest,), speaker="lee")
    assert [each.text for each in library.statements(alone)] == ["“Rain”"]


def test_names_that_are_gone_mean_nobody_and_are_forgotten(library: Library, build, said) -> None:
    article, statements = build([said("“Rain”", "Ann Lee")], path="1")
    library.add(article, statements)
    library.add(*build([said("“Snow”", "Bo Ek")], path="2"))
    library.remove(article.id)
    assert [each.name for each in library.speakers()] == ["Bo Ek"]
    assert list(library.statements(Filters(speaker="lee"))) == []
    library.compact()
    assert library._connection.execute("SELECT text FROM name").fetchall() == [("Bo Ek",)]


def test_a_name_with_a_lone_surrogate_is_kept_and_found(library: Library, build, said) -> None:
    library.add(*build([said("“Rain”", "Ann Lee\udce4")], path="1"))
    assert [each.name for each in library.speakers(Filters(speaker="lee"))] == ["Ann Lee\udce4"]
