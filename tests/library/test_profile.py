"""A speaker in full."""

from __future__ import annotations

import pytest

from quotecli.errors import NotFoundError
from quotecli.library import Filters, Library
from quotecli.results import Line, Period, RoleUse

HOSTED = "“We have hosted the refugees for forty years and longer,”"


@pytest.fixture
def news(library: Library, build, said) -> Library:
    """Return a library in which one speaker says one thing in three articles, and other things once."""
    sayings = [
        ("2023-10-05", said(HOSTED, "Jalil Abbas Jilani", "foreign minister")),
        ("2023-10-07T09:30", said("“We have hosted refugees for forty years and longer”", "Jilani", "FM")),
        ("2023-12-01", said(HOSTED, "Jalil Abbas Jilani", "Foreign Minister")),
        ("2024-01", said("“I was not asked about the roads,”", "Jalil Abbas Jilani", "former foreign minister")),
        (None, said("the plan stands", "Jalil Abbas Jilani", kind="claim")),
        ("2024-02-01", said("“Rain”", "Ann Lee")),
    ]
    for number, (published, saying) in enumerate(sayings):
        library.add(*build([saying, f"Article {number}."], path=str(number), published=published))
    return library


def test_roles_come_with_their_dates_the_latest_first(news: Library) -> None:
    assert news.profile("jilani").roles == (
        RoleUse(role="former foreign minister", first="2024-01", last="2024-01", articles=1),
        RoleUse(role="foreign minister", first="2023-10-05", last="2023-12-01", articles=2),
        RoleUse(role="FM", first="2023-10-07", last="2023-10-07", articles=1),
    )


def test_the_counts_are_those_of_the_list(news: Library) -> None:
    listed = news.speakers()[0]
    profile = news.profile("jilani")
    assert {name: getattr(profile, name) for name in listed.__struct_fields__} == {
        name: getattr(listed, name) for name in listed.__struct_fields__
    }
    assert (profile.quotes, profile.claims, profile.articles) == (4, 1, 5)
    assert (profile.first, profile.last) == ("2023-10-05", "2024-01")


def test_the_lines_quoted_most_come_first_and_once(news: Library) -> None:
    first = next(news.statements())
    hosted = Line(id=first.id, text=HOSTED, articles=3, first="2023-10-05", last="2023-12-01")
    lines = news.profile("jilani").lines
    assert lines[0] == hosted
    assert [line.text for line in lines[1:]] == ["“I was not asked about the roads,”"]
    assert news.profile("jilani", lines=1).lines == (hosted,)


def test_the_timeline_has_every_month_between(news: Library) -> None:
    assert news.profile("jilani").timeline == (
        Period(period="2023-10", quotes=2),
        Period(period="2023-11"),
        Period(period="2023-12", quotes=1),
        Period(period="2024-01", quotes=1),
    )


def test_many_months_and_bare_years_become_years(library: Library, build, said) -> None:
    for published in ("2012-03-01", "2015", "2014-12-31", "soon", "20230405"):
        library.add(*build([said(f"“On {published}”", "Ann Lee")], path=published, published=published))
    assert library.profile("lee").timeline == (
        Period(period="2012", quotes=1),
        Period(period="2013"),
        Period(period="2014", quotes=1),
        Period(period="2015", quotes=1),
    )


def test_filters_narrow_what_is_told(news: Library) -> None:
    profile = news.profile("jilani", Filters(since="2024"))
    assert (profile.quotes, [use.role for use in profile.roles]) == (1, ["former foreign minister"])
    nothing = news.profile("jilani", Filters(since="2030"))
    assert (nothing.name, nothing.quotes, nothing.lines, nothing.timeline) == ("Jalil Abbas Jilani", 0, (), ())


def test_nobody_has_no_profile(news: Library) -> None:
    with pytest.raises(NotFoundError, match="no speaker is called 'nobody'"):
        news.profile("nobody")


def test_of_several_of_a_name_the_most_quoted_is_shown_and_the_others_are_named(library: Library, build, said) -> None:
    speakers = {
        "Ann Lee": 2,
        "Bob Lee": 1,
        "Lee Marsh": 4,
        "Ann Lee and Bob Lee": 5,
        "Lee’s campaign": 3,
    }
    for name, number in speakers.items():
        library.add(*build([said(f"“{name[::-1]} {each} {name}”", name) for each in range(number)], path=name))
    found = library.profile("lee")
    assert (found.name, found.quotes) == ("Ann Lee", 2)
    assert [(each.name, each.quotes) for each in found.others] == [
        ("Bob Lee", 1),
        ("Lee Marsh", 4),
        ("Ann Lee and Bob Lee", 5),
        ("Lee’s campaign", 3),
    ]
    assert library.profile("Bob Lee").name == "Bob Lee"


def test_a_person_has_the_name_of_most_articles_and_aliases_end_at_a_comma(library: Library, build, said) -> None:
    for number, name in enumerate(("Ann Lee", "Ann Lee", "Ann M. Lee")):
        mention = "Lee, who was elected in May," if number == 0 else name
        library.add(*build([said(f"“Rain fell {number} times,”", name, mention=mention)], path=str(number)))
    library.add(*build([said("“It rained,”", "They", type="group")], path="they"))
    (found,) = library.speakers()
    assert (found.name, found.articles, sorted(found.aliases)) == ("Ann Lee", 3, ["Ann M. Lee", "Lee"])


def test_each_statement_is_told_with_the_one_name_of_all_articles(library: Library, build, said) -> None:
    for number, name in enumerate(("Ann Lee", "Ann Lee", "A. Lee", "somebody")):
        type_ = "unknown" if name == "somebody" else "person"
        library.add(
            *build([said(f"“{number} {name} {number}”", name, type=type_), f"It is {number}."], path=str(number))
        )
    told = library.persons(library.statements())
    assert [person for _, person in told] == ["Ann Lee", None, "Ann Lee", None, "Ann Lee", None, None, None]
