from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecli.library.people import Decisions, Known, asked_for, folded, groups

CASES = json.loads((Path(__file__).parent / "cases" / "people.json").read_text(encoding="utf-8"))


def known(case: dict[str, Any]) -> dict[str, Known]:
    """Return the names of a case; where nothing else is said, each stands in an article of its own."""
    names: dict[str, Any] = {name: {} for group in case["same"] for name in group}
    names |= case.get("names", {})
    return {
        name: Known(
            told.get("type", case.get("type", "person")),
            set(told.get("in", [-number])),
            set(told.get("roles", ())),
        )
        for number, (name, told) in enumerate(names.items(), 1)
    }


def parted(found: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(name for name in found if found[name] == head) for head in found.values()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_who_is_one(case: dict[str, Any]) -> None:
    names = known(case)
    for order in (names, dict(reversed(names.items()))):
        found = groups(order)
        assert parted({name: person.name for name, person in found.items()}) == {*map(frozenset, case["same"])}
        assert {name: found[name].reason for name in case.get("why", {})} == case.get("why", {})
        assert all(person.reason is None for name, person in found.items() if name == person.name)


def people(*names: str) -> dict[str, Known]:
    return known({"same": [names]})


def heads(names: dict[str, Known], decisions: Decisions) -> dict[str, str]:
    return {name: person.name for name, person in groups(names, decisions).items()}


def test_a_person_is_called_by_the_fullest_name_in_its_best_spelling() -> None:
    names = people("ANNA MARIA SMITH", "Anna Maria Smith", "A. M. Smith", "Smith")
    assert set(heads(names, Decisions()).values()) == {"Anna Maria Smith"}


def test_what_the_user_joined_is_one_and_brings_its_short_names() -> None:
    names = people("Jalil Abbas Jilani", "J. A. Jilani", "Abdul Jeelani", "Jeelani")
    joined = heads(names, Decisions(joined={"jalil abbas jilani": "abdul jeelani"}))
    assert set(joined.values()) == {"Abdul Jeelani"}
    assert groups(names, Decisions(joined={"jeelani": "j a jilani"}))["Jeelani"].reason == "joined by you"


def test_what_the_user_took_apart_stays_apart() -> None:
    names = people("Jalil Abbas Jilani", "J. A. Jilani", "Jilani", "JILANI")
    found = heads(names, Decisions(apart=frozenset(["jilani"])))
    assert found["Jilani"] == found["JILANI"] == "Jilani"
    assert found["J. A. Jilani"] == "Jalil Abbas Jilani"
    found = heads(names, Decisions(apart=frozenset(["jalil abbas jilani"])))
    assert found["Jalil Abbas Jilani"] not in {found["Jilani"], found["J. A. Jilani"]}


def test_decisions_on_names_that_are_not_there_and_in_a_circle_do_no_harm() -> None:
    names = people("Ann Lee", "Bo Ek")
    circle = Decisions(joined={"ann lee": "bo ek", "bo ek": "ann lee", "cy": "dunn"})
    assert heads(names, circle) == {"Ann Lee": "Ann Lee", "Bo Ek": "Ann Lee"}
    assert heads(names, Decisions(joined={"ann lee": "cy dunn"}))["Ann Lee"] == "cy dunn"


PARTS = st.sampled_from("Ann Anna Bo B. Lee Ek Ek-Lee van al-Ek Jr. JR Dr. ’ …".split())
NAMES = st.lists(PARTS, min_size=1, max_size=4)
KNOWN = st.builds(
    Known,
    st.sampled_from(["person", "person", "organisation", "unknown"]),
    st.frozensets(st.integers(1, 4), min_size=1).map(set),
    st.frozensets(st.sampled_from(["mayor", "chair of the board", "FM"]), max_size=2).map(set),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES.map(" ".join), KNOWN), st.randoms())
def test_each_name_has_one_head_which_is_its_own_in_any_order(names: dict[str, Known], chance: Any) -> None:
    found = groups(names)
    assert found.keys() == names.keys()
    assert all(found[person.name].name == person.name for person in found.values())
    shuffled = list(names)
    chance.shuffle(shuffled)
    assert groups({name: names[name] for name in shuffled}) == found


@given(NAMES.map(" ".join))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def test_a_surname_asks_for_the_person() -> None:
    assert asked_for("bugti", ["Sarfaraz Ahmed Bugti", "Zabihullah Mujahid"]) == ["Sarfaraz Ahmed Bugti"]


def test_accents_marks_and_order_do_not_matter() -> None:
    assert asked_for("obrien MARÍA", ["Maria O’Brien", "Maria Brown"]) == ["Maria O’Brien"]


def test_typos_count_only_when_nobody_has_the_very_name() -> None:
    assert asked_for("Smith", ["John Smith", "John Smyth"]) == ["John Smith"]
    assert asked_for("Smithe", ["John Smith", "John Brown"]) == ["John Smith"]
    assert asked_for("Mojahid", ["Zabihullah Mujahid"]) == ["Zabihullah Mujahid"]


def test_all_the_words_must_be_there() -> None:
    assert asked_for("Peter Bugti", ["Sarfaraz Ahmed Bugti"]) == []
    assert asked_for("", ["Sarfaraz Ahmed Bugti"]) == []
