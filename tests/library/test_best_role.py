from __future__ import annotations

import pytest

from quotecli.library.best_role import best_role, plain_role


@pytest.mark.parametrize(
    "role",
    [
        "Interior Minister",
        "Sen.",
        "U.S. District Judge",
        "founder of the Harbour Museum",
        "pioneer in direct-mail fundraising",
        "“Morning Hour” co-host",
        "securities analyst for the company Janney",
        "VFI Chief Executive",
    ],
)
def test_a_role_stays_as_it_is(role: str) -> None:
    assert plain_role(role) == role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("candidate aiming at moderate voters", "candidate"),
        ("mayor who was elected in May", "mayor"),
        ("day went", None),
        ("cites them as evidence", None),
        ("Remember", None),
        ("event in Las Vegas", None),
        ("of the State Department", None),
        ("supporters of the mayor", None),
        ("“has beaten and can beat” billionaire", None),
        ("prowess at appealing to voters", None),
        ("", None),
    ],
)
def test_a_piece_of_a_sentence_is_no_role(words: str, role: str | None) -> None:
    assert plain_role(words) == role


@pytest.mark.parametrize(
    ("roles", "best"),
    [
        ({}, None),
        ({"day went": {1, 2}}, None),
        ({"senator": {1}, "Senator": {2}, "rival": {1, 2, 3}}, "senator"),
        ({"friend of the mayor": {1, 2, 3}, "mayor": {4}}, "mayor"),
        ({"Sen.": {1, 2, 3}, "Texas Sen.": {4}}, "Texas Sen."),
        ({"Sen.": set(range(9)), "Texas Sen.": {9}}, "Sen."),
        ({"comedian": {1, 2, 3}, "mayor": {4}}, "mayor"),
        ({"former president": {1, 2}, "President": {3}, "secretary": {4, 5}}, "former president"),
        ({"President": {1, 2}, "former president": {3}}, "former president"),
        ({"New York Mayor": {1}, "former mayor of New York": {2}}, "former mayor of New York"),
        ({"President": set(range(9)), "former president": {9}}, "President"),
    ],
)
def test_what_most_articles_say_is_told_offices_first(roles: dict[str, set[int]], best: str | None) -> None:
    assert best_role(roles) == best
