from __future__ import annotations

from quotecli.library.people import asked_for, groups
from quotecli.records import SpeakerType

Types = dict[str, SpeakerType]


def people(*names: str) -> Types:
    return dict.fromkeys(names, "person")


def test_a_shorter_name_joins_the_one_it_is_short_for() -> None:
    names = people("Jilani", "Jalil Abbas Jilani", "Jalil Jilani", "J. A. Jilani", "JALIL ABBAS JILANI")
    assert set(groups(names).values()) == {"Jalil Abbas Jilani"}


def test_a_name_that_is_short_for_two_people_stays_alone() -> None:
    names = people("Smith", "Anna Smith", "Peter Smith")
    assert groups(names) == {name: name for name in names}


def test_two_people_with_one_surname_stay_two_and_keep_their_own_short_names() -> None:
    names = people("Anna Maria Smith", "Anna Smith", "Peter Smith", "P. Smith")
    same = groups(names)
    assert same["Anna Smith"] == same["Anna Maria Smith"]
    assert same["P. Smith"] == same["Peter Smith"]
    assert same["Anna Smith"] != same["Peter Smith"]


def test_a_first_name_is_no_short_name() -> None:
    assert groups(people("Jalil", "Jalil Abbas Jilani"))["Jalil"] == "Jalil"


def test_an_acronym_joins_the_one_organisation_with_its_initials() -> None:
    names: Types = dict.fromkeys(["WHO", "World Health Organization", "IMF", "Bank of England"], "organisation")
    same = groups(names)
    assert same["WHO"] == "World Health Organization"
    assert same["IMF"] == "IMF"


def test_an_organisation_is_not_shortened_like_a_person() -> None:
    names: Types = {"Times": "organisation", "Irish Times": "organisation"}
    assert groups(names)["Times"] == "Times"


def test_names_without_words_are_kept_apart() -> None:
    assert groups(people("…", "!!")) == {"…": "…", "!!": "!!"}


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
