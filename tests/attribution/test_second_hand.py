"""Words that somebody passes on belong to whoever said them."""

from __future__ import annotations

import re

import pytest

from quotecli.attribution.second_hand import at_second_hand
from quotecli.model import Link, Name, Part, Tagging
from quotecli.text import parse

CASES = [
    # text, what the model takes for source, cue and content; the right source and content
    (
        "The Herald quoted him as saying, “The dam is sound.”",
        "The Herald",
        "quoted",
        "him as saying, “The dam is sound.”",
        "him",
        "“The dam is sound.”",
    ),
    (
        "The paper quoted Dorn as saying: “The dam is sound.”",
        "The paper",
        "quoted",
        "Dorn as saying: “The dam is sound.”",
        "Dorn",
        "“The dam is sound.”",
    ),
    (
        "KNA cited Omar Said as telling lawmakers that it was calm.",
        "KNA",
        "cited",
        "Omar Said as telling lawmakers that it was calm",
        "Omar Said",
        "it was calm",
    ),
    (
        "The Times reported Ann Lee as having said the dam was “sound”.",
        "The Times",
        "reported",
        "Ann Lee as having said the dam was “sound”",
        "Ann Lee",
        "the dam was “sound”",
    ),
    (
        "The Times quotes her as calling it “a joke”.",
        "The Times",
        "quotes",
        "her as calling it “a joke”",
        "her",
        "it “a joke”",
    ),
    (
        "Ann Lee was quoted by the Post as saying it was over.",
        "Ann Lee",
        "was quoted",
        "it was over",
        "Ann Lee",
        "it was over",
    ),
    (
        "The Times reported that rents rose as landlords were leaving.",
        "The Times",
        "reported",
        "that rents rose as landlords were leaving",
        "The Times",
        "that rents rose as landlords were leaving",
    ),
    (
        "“It will last,” she told dock workers, according to a letter.",
        "a letter",
        "according to",
        "“It will last,” she told dock workers",
        "she",
        "“It will last,”",
    ),
    (
        "“It will last,” Ray told them, according to a video.",
        "a video",
        "according to",
        "“It will last,” Ray told them",
        "Ray",
        "“It will last,”",
    ),
    (
        "“It will last” for years, according to a letter.",
        "a letter",
        "according to",
        "“It will last” for years",
        "a letter",
        "“It will last” for years",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "right", "said"), CASES, ids=[case[0] for case in CASES])
def test_who_says_what_somebody_passes_on(
    text: str, source: str, cue: str, content: str, right: str, said: str
) -> None:
    parts = tuple(part(text, *labelled) for labelled in (("source", source), ("cue", cue), ("content", content)))
    mended = at_second_hand(parse(text), Tagging(parts, (), (Link(2, 0, 0.9, 1, 0.9),)))
    assert words(text, mended.parts[mended.links[0].source or 0]) == right
    assert words(text, mended.parts[2]) == said


@pytest.mark.parametrize(
    ("text", "labelled", "right", "said"),
    [
        (
            "“We pay for the roof,” the Evening Post quoted treasurer Oskar Lind as saying.",
            ("the Evening Post", "quoted", "“We pay for the roof,”", "treasurer Oskar Lind as saying"),
            "treasurer Oskar Lind",
            "“We pay for the roof,”",
        ),
        (
            "The paper quoted one of the divers, Jonas Eik, as saying: “It moved.”",
            ("The paper", "as saying", "“It moved.”", "one of the divers, Jonas Eik,"),
            "one of the divers, Jonas Eik",
            "“It moved.”",
        ),
        (
            "Lady Marsh quotes her gardener, Tom Peel, as telling her: “Roses hate you.”",
            ("Lady Marsh", "telling her", "“Roses hate you.”", "her gardener, Tom Peel"),
            "her gardener, Tom Peel",
            "“Roses hate you.”",
        ),
        (
            "Chief Ivan Mott was quoted by the state agency as saying that two were held.",
            ("the state agency", "was quoted", "as saying that two were held", "Chief Ivan Mott"),
            "Chief Ivan Mott",
            "two were held",
        ),
    ],
)
def test_whoever_is_quoted_says_it_and_is_no_statement(
    text: str, labelled: tuple[str, str, str, str], right: str, said: str
) -> None:
    parts = tuple(
        part(text, role, words) for role, words in zip(("source", "cue", "content", "content"), labelled, strict=True)
    )
    links = Link(2, 0, 0.9, 1, 0.9), Link(3, 0, 0.9, 1, 0.9)
    mended = at_second_hand(parse(text), Tagging(parts, (), links))
    assert [words(text, mended.parts[link.content]) for link in mended.links] == [said]
    assert words(text, mended.parts[mended.links[0].source or 0]) == right


@pytest.mark.parametrize(
    "text",
    [
        "Police reported him as missing on Monday.",
        "The firm quoted rents as being too high.",
        "The firm cited the strike as a reason.",
    ],
)
def test_what_is_no_report_of_words_has_no_other_source(text: str) -> None:
    source, cue, content = re.split(r" (reported|quoted|cited) ", text)
    labelled = (("source", source), ("cue", cue), ("content", content))
    parts = tuple(part(text, role, said) for role, said in labelled)
    mended = at_second_hand(parse(text), Tagging(parts, (), (Link(2, 0, 0.9, 1, 0.9),)))
    assert (mended.parts, mended.links) == (parts, (Link(2, 0, 0.9, 1, 0.9),))


@pytest.mark.parametrize(
    ("content", "right", "said"),
    [
        ("Ann Lee went home and called it “a shame,”", "Ann Lee", "“a shame,”"),
        ("Ann Lee, who lost, described her visit to the docks as “long”", "Ann Lee", "“long”"),
        ("Ann Lee lost the “safe” seat", "the Dock Times", "Ann Lee lost the “safe” seat"),
        ("The hall was called “a shame”", "the Dock Times", "The hall was called “a shame”"),
    ],
)
def test_who_is_said_to_have_called_something_so(content: str, right: str, said: str) -> None:
    text = f"{content} according to the Dock Times."
    labelled = (("source", "the Dock Times"), ("cue", "according to"), ("content", content))
    parts = tuple(part(text, *each) for each in labelled)
    names = (Name("person", 0, 7),) if text.startswith("Ann Lee") else ()
    mended = at_second_hand(parse(text), Tagging(parts, names, (Link(2, 0, 0.9, 1, 0.9),)))
    assert words(text, mended.parts[mended.links[0].source or 0]) == right
    assert words(text, mended.parts[2]) == said


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry is telling Labour MPs not to back the bill.",
        "The Ministry warned Labour MPs not to back the bill.",
        "The Ministry has urged Labour MPs not to back the bill.",
    ],
)
def test_those_who_are_told_do_not_speak(text: str) -> None:
    cue = text.removeprefix("The Ministry ").partition(" Labour")[0]
    labelled = (("source", "The Ministry"), ("cue", cue), ("source", "Labour MPs"), ("content", "not to back the bill"))
    parts = tuple(part(text, role, said) for role, said in labelled)
    mended = at_second_hand(parse(text), Tagging(parts, (), (Link(3, 2, 0.9, 1, 0.9),)))
    assert mended.links[0].source == 0


def part(text: str, role: str, said: str) -> Part:
    start = text.rindex(said) if role == "source" and text.count(said) > 1 else text.index(said)
    return Part(role, start, start + len(said), 0.9)  # type: ignore[arg-type]


def words(text: str, found: Part) -> str:
    return text[found.start : found.end]


def test_what_a_paper_reports_somebody_to_have_said_is_theirs() -> None:
    text = "Chief Ida Brome said in a memo that the dam was sound, the Herald reported."
    said = "Chief Ida Brome said in a memo that the dam was sound"
    parts = part(text, "source", "the Herald"), part(text, "cue", "reported"), part(text, "content", said)
    name = Name("person", text.index("Ida"), text.index(" said"))
    mended = at_second_hand(parse(text), Tagging(parts, (name,), (Link(2, 0, 0.9, 1, 0.9),)))
    assert words(text, mended.parts[mended.links[0].source or 0]) == "Chief Ida Brome"
    assert words(text, mended.parts[2]) == "the dam was sound"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "hears"),
    [
        ("The Abernathys were told that their site would be sold.", "The Abernathys", "told", "their site", True),
        ("Lomu, who is 29, had also been asked whether he would play.", "Lomu", "asked", "whether he would play", True),
        ("Parents are warned that fines will follow.", "Parents", "are warned", "that fines will follow", True),
        ("Ann Lee told parents that fines would follow.", "Ann Lee", "told", "that fines would follow", False),
        ("Lee was sorry and told them so.", "Lee", "told", "so", False),
    ],
)
def test_who_is_told_says_nothing(text: str, source: str, cue: str, content: str, *, hears: bool) -> None:
    parts = tuple(part(text, *labelled) for labelled in (("source", source), ("cue", cue), ("content", content)))
    mended = at_second_hand(parse(text), Tagging(parts, (), (Link(2, 0, 0.9, 1, 0.9),)))
    assert (mended.links[0].source is None) == hears
