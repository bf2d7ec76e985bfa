"""What is no change (odd spaces, line breaks, note marks, invisible characters), and what a cut edge hides."""

from __future__ import annotations

import pytest

from quotecli.records import Article
from quotecli.results import Verdict
from quotecli.verification import Corpus, verify


def checked(source: str, draft: str) -> Verdict:
    (verdict,) = verify(
        Article(id="draft", text=draft),
        Corpus([Article(id="source", text=source)], lambda _: []),
        statements_of=lambda _: [],
    )
    return verdict


NUMBERS = (
    "The herd was counted. “We lost nine{}hundred sheep and 40 per{}cent of the twenty{}five goats,” said Ann Orr."
)
SPACED = "“We lost nine hundred sheep and 40 per cent of the twenty five goats,” said Ann Orr."


@pytest.mark.parametrize(
    "space", ["\u00a0", "\u202f", "\u2009", "\n", "  ", " \n  ", "\u00a0\u200b", "\t", "\u2002 ", " \u00ad"], ids=ascii
)
def test_a_space_inside_a_number_is_a_space(space: str) -> None:
    assert checked(NUMBERS.format(space, space, space), SPACED).verdict == "normalised"
    assert checked(NUMBERS.format(" ", " ", " "), SPACED.replace("nine hundred", f"nine{space}hundred")).verdict in {
        "exact",
        "normalised",
    }


def test_another_number_is_another_number_whatever_the_space() -> None:
    verdict = checked(NUMBERS.format("\u00a0", "\u00a0", " "), SPACED.replace("nine", "eight"))
    assert (verdict.verdict, [change.kind for change in verdict.changes]) == ("altered", ["number"])


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        (
            "“The eels [12] were full of lead [13], and nobody looked.[14]”",
            "“The eels were full of lead, and nobody looked.”",
        ),
        ("“The eels were full of lead,² and nobody¹² looked.”", "“The eels were full of lead, and nobody looked.”"),
        ("“The eels were full of lead[note 3] and nobody looked.”", "“The eels were full of lead and nobody looked.”"),
        ("“The eels were full of lead and nobody looked.”", "“The eels were full of lead [4], and nobody looked.[5]”"),
        (
            "“The eels were full of lead[citation needed] and nobody looked.”",
            "“The eels were full of lead and nobody looked.”",
        ),
        ("“The eels were full of lead [3, 4]. Nobody looked.”", "“The eels were full of lead. Nobody looked.”"),
        ("“The eels were full of lead[7–9] and nobody looked.”", "“The eels were full of lead and nobody looked.”"),
        ("“The eels were full of lead and nobody looked.”", "“The eels were full of lead[^1] and nobody looked.^2”"),
        ("“The well\u2011fed eels were full of lead and died.”", "“The well-fed eels were full of lead and died.”"),
        ("“The eels were full of lead and nobody looked.”", "“The eels were full of lead³ and nobody looked.”"),
    ],
)
def test_the_mark_of_a_note_is_no_change(source: str, draft: str) -> None:
    assert checked(source, draft).verdict == "normalised"


def test_a_number_in_brackets_that_is_no_note_counts() -> None:
    verdict = checked("“We lost 40 sheep in May and 12 in June.”", "“We lost 50 sheep in May and 12 in June.”")
    assert verdict.verdict == "altered"


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("“We work in co-operation with the mill.”", "“We work in cooperation with the mill.”"),
        ("“Send an e-mail to every parent of the school.”", "“Send an email to every parent of the school.”"),
        ("“Our on-line shop is a plan for the winter.”", "“Our online shop is a plan for the winter.”"),
        ("“They lost the byelection in the old town.”", "“They lost the by\u2010election in the old town.”"),
        ("“We want the co-ordination of all mills.”", "“We want the coordination of all mills.”"),
        ("“His re-election was a pre-emptive blow.”", "“His reelection was a preemptive blow.”"),
        ("“Coworkers of the mill will stand up.”", "“Co-workers of the mill will stand up.”"),
        ("“He’s sure that the mill will stand.”", "“[H]e’s sure that the mill will stand.”"),
        ("“We’re told he's sure of the mill.”", "“[w]e’re told [h]e’s sure of the mill.”"),
        ("“I think they’ll close the mill in May.”", "“[T]hey’ll close the mill in May.”"),
    ],
)
def test_one_word_written_in_two_ways(source: str, draft: str) -> None:
    assert checked(source, draft).verdict == "normalised"


def test_a_hyphen_that_makes_another_word_counts() -> None:
    assert (
        checked("“In May we will re-form the old club.”", "“In May we will reform the old club.”").verdict == "altered"
    )


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("“Under the lease I am not permitted to raise the rent.”", "“… permitted to raise the rent,” Vance said."),
        ("“Under the lease I am not permitted to raise the rent.”", "“Permitted to raise the rent,” Vance said."),
        ("“Under the lease I am not permitted to raise the rent.”", "“[I am] permitted to raise the rent,” she said."),
        ("“It is not that I don’t like the rent.”", "“I don’t like the rent,” Vance said."),
        ("“We are not going to raise the rent in May.”", "Vance will “raise the rent in May”."),
        ("“I never promised you a new lift at all.”", "She had “promised you a new lift”."),
        ("“It isn’t a safe lift by any means.”", "It is “a safe lift”, she said."),
        ("“I have no wish to raise the rent.”", "Vance has a “wish to raise the rent”."),
        ("“I don’t think the drill was hot at all.”", "“The drill was hot,” Vance said."),
        ("“Nobody said that we lost the money.”", "“We lost the money,” she said."),
        ("“I never claimed it was a safe lift.”", "“It was a safe lift,” Vance said."),
        ("“We drove home late and we could not find a way across the hill.”", "“We drove home … find a way across.”"),
        ("“It is late, it is dark, and I do not trust the lift any more.”", "“It is late … [I] trust the lift.”"),
        ("“The roof was new in May and nobody in the town paid for it.”", "“The roof was new … in the town paid.”"),
    ],
)
def test_a_negation_cut_off_in_front_is_a_change(source: str, draft: str) -> None:
    verdict = checked(source, draft)
    assert verdict.verdict == "altered"
    assert [change.kind for change in verdict.changes] == ["negation"]


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("“Under the lease I am not permitted to raise the rent.”", "Vance is not “permitted to raise the rent”."),
        (
            "“Under the lease I am not permitted to raise the rent.”",
            "Vance denied being “permitted to raise the rent”.",
        ),
        ("“I do not mind. Permitted or not, I raise the rent.”", "“Permitted or not, I raise the rent,” Vance said."),
        ("“It is not so, and I will raise the rent.”", "“I will raise the rent,” Vance said."),
        ("“I did not go home, and I think the drill was hot.”", "“The drill was hot,” Vance said."),
        ("“We do not mind, and we drove home late to find it.”", "“We … drove home late to find it,” Vance said."),
        ("“I am not asking because I want to raise the rent.”", "“I want to raise the rent,” Vance said."),
        ("“I am not permitted to raise the rent.”", "“I am not permitted to raise the rent,” Vance said."),
    ],
)
def test_a_negation_that_the_draft_has_or_that_belongs_elsewhere_is_none(source: str, draft: str) -> None:
    assert checked(source, draft).verdict in {"exact", "normalised"}


@pytest.mark.parametrize(
    "hidden",
    [
        "“The uni\u00adversity took the sam\u200bples in May.”",
        "“The\u2060 univer\u200csity took\ufeff the samples in\u200e May.”",
        "\u200b“\u200bThe university took the samples in May.\u200b”",
        "“The universite\u0301 took the samples in May.”",
    ],
)
def test_what_nobody_sees_is_no_change(hidden: str) -> None:
    plain = "“The university took the samples in May.”".replace(
        "university", "université" if "\u0301" in hidden else "university"
    )
    assert checked(hidden, plain).verdict in {"exact", "normalised"}
    assert checked(plain, hidden).verdict in {"exact", "normalised"}
