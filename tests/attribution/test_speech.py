"""Words in quotation marks that somebody said, and those that are titles, names, terms and slogans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli import Article, extract
from quotecli.attribution.speech import Heard, evidence, said
from quotecli.text import parse

NOT_SAID = {
    "a film": "The studio will show “The Orchard Keepers” in Leeds on Friday before it opens elsewhere.",
    "a song": "She opened her set with the song “Salt on the Road” and closed it an hour later.",
    "a book": "His third novel, “A Winter in Dundalk,” won the county prize in 2019.",
    "a programme": "The minister appeared on the programme “Morning Harbour” two days earlier.",
    "a game that is played": "The band played “Low Tide” twice, and the crowd of 4,000 left at eleven.",
    "a ship": "The ferry “Northern Lady” left the port at six with 40 passengers.",
    "an article's title, a sentence": "The warning came in an article titled “The river is running out of patience”.",
    "a paper's title": "The figures come from a paper entitled “Ten summers: a forecast for the lower valley.”",
    "a talk's title": "Her talk, titled “We were never asked”, drew 300 people to the hall.",
    "what a letter answers": "Re. “Bus fares hit the poor,” Page A8, Jan. 13:\n\nThe buses are full.",
    "what a letter answers, with a colon": "Re: “Parking fees are fair,” March 3\n\nThe streets are full of cars.",
    "what somebody was known as": "Guitarist Nils Bakke was known at school as “Mouse”.",
    "what somebody is mocked as": "At home the skier is mocked as “the Postman” because he is never late.",
    "what somebody performs as": "The singer, a nurse by day, performs as “Little Ox” in the bars of the port.",
    "a nickname": "The street, nicknamed “the Gulley” since the 1950s, will close for repairs.",
}
SAID = {
    "before its cue": "“We were told nothing until the morning,” said Ana Ruiz, who runs the ferry office.",
    "behind its cue": "Ana Ruiz said: “Nobody came to see the boats.”",
    "a few words of a sentence": "Ana Ruiz called the plan “a complete waste of public money” on Monday.",
    "two words": "The council was “deeply sorry” for the delay, its leader, Tom Hale, said.",
    "without a cue": "Ana Ruiz shook her head. “I have lived on this street for thirty years and never seen it.”",
    "a title in what is said": "“I saw ‘The Orchard Keepers’ twice,” Tom Hale said.",
}


def quotes(text: str) -> list[str]:
    return [statement.text for statement in extract(Article(id="x", text=text)) if statement.kind == "quote"]


IN_A_CLAIM = {
    "a paper, titled": "The committee published a report titled “Bridges and Tunnels of the North” in March.",
    "a term": "The machines use a method known as “edge casting” to fill the moulds.",
    "a term, called": "Engineers attach a small plate, called a “shoe,” to each of the cables.",
}
"""The network takes more than the words in marks for content, so that they are not judged."""


@pytest.mark.parametrize("text", NOT_SAID.values(), ids=NOT_SAID.keys())
def test_titles_names_and_terms_are_no_quotes(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("text", IN_A_CLAIM.values(), ids=IN_A_CLAIM.keys())
def test_titles_and_terms_inside_a_claim_do_not_make_it_a_quote(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize("text", SAID.values(), ids=SAID.keys())
def test_what_somebody_said_is_a_quote(text: str) -> None:
    (words,) = quotes(text)
    assert "“" in words or words[0].islower()


def test_somebody_who_spoke_before_does_not_make_a_title_a_quote() -> None:
    spoken = "“We open on Friday,” said Ana Ruiz, the director."
    for title in ("a film", "a song", "a programme", "a ship"):
        assert quotes(f"{spoken}\n\n{NOT_SAID[title]}") == ["“We open on Friday,”"]


@given(st.text(alphabet="aB “”‘’'\",.\n", max_size=60), st.floats(0, 1))
def test_every_quotation_has_a_probability(text: str, content: float) -> None:
    document = parse(text)
    for quotation in document.quotations:
        assert 0 < said(document, quotation, Heard(content)) < 1
        assert len(dict(evidence(document, quotation, Heard(content)))) > 10
