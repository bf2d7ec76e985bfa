"""Who is meant: labelled cases of every kind, and properties that hold for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.speakers import resolve_surely
from quotecli.model.tagging import Name
from quotecli.records import Article, Span, Speaker
from quotecli.text import parse

CASES = Path(__file__).parent / "cases" / "speakers"
MARK = re.compile(r"(?P<open>[{\[<])(?P<number>\d) |(?P<close>[}\]>])")
KNOWN_FAILURE = "(known failure)"


class Case(NamedTuple):
    title: str
    text: str
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...]
    expected: dict[int, tuple[str, ...]]


def read_cases(path: Path) -> list[Case]:
    blocks = re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [read_case(block) for block in blocks]


def read_case(block: str) -> Case:
    title, *lines = block.strip().splitlines()
    marked = "\n".join(line for line in lines if not line.startswith(("~ ", "=> ")))
    text, parts = unmark(marked)
    names = [name for line in lines if line.startswith("~ ") for name in find_names(text, line[2:])]
    attributions = tuple(
        Attribution(content=(content,), source=parts.get((number, "{")), cue=parts.get((number, "<")))
        for (number, kind), content in sorted(parts.items())
        if kind == "["
    )
    wanted = [line[3:].split(": ", 1) for line in lines if line.startswith("=> ")]
    return Case(title, text, tuple(names), attributions, {int(n): tuple(v.split(" | ")) for n, v in wanted})


def unmark(marked: str) -> tuple[str, dict[tuple[int, str], Span]]:
    """Take the marks out of a case's text and return the spans that they marked, by number and kind."""
    text, parts, open_marks, at = "", {}, [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match["open"]:
            open_marks.append((int(match["number"]), match["open"], len(text)))
        else:
            number, kind, start = open_marks.pop()
            parts[number, kind] = Span(start, len(text))
    return text + marked[at:], parts


def find_names(text: str, line: str) -> list[Name]:
    kind, _, listed = line.partition(": ")
    return [
        Name(kind, match.start(), match.end())  # type: ignore[arg-type]  # the case says which kind
        for name in listed.split("; ")
        for match in re.finditer(re.escape(name), text)
    ]


def parametrised() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for case in read_cases(path):
            marks = [pytest.mark.xfail(strict=True)] if KNOWN_FAILURE in case.title else []
            found.append(pytest.param(case, id=f"{path.stem}: {case.title}", marks=marks))
    return found


def resolve_text(text: str, names: tuple[Name, ...], attributions: tuple[Attribution, ...]) -> list[Speaker | None]:
    article = Article(id="case", text=text)
    return [speaker for speaker, _ in resolve_surely(article, parse(text), names, attributions)]


@pytest.mark.parametrize("case", parametrised())
def test_the_case_is_resolved_as_a_reader_would(case: Case) -> None:
    speakers = dict(enumerate(resolve_text(case.text, case.names, case.attributions), start=1))
    assert case.expected
    for number, wanted in case.expected.items():
        speaker = speakers[number]
        if wanted == ("nobody",):
            assert speaker is None
            continue
        assert speaker is not None
        got = (speaker.name, speaker.role or "-", speaker.type, speaker.resolved_by or "-")
        assert got == wanted, speaker.evidence


def test_a_surname_that_is_a_person_s_mostly_is_theirs_where_the_network_slips() -> None:
    text = (
        "Rudi Hartmann spoke first. Hartmann sat. Hartmann rose. Imran Costa left. Hartmann has the town behind him. "
        "“It will hold,” he said."
    )
    starts = [0, text.index("Hartmann sat"), text.index("Hartmann rose"), text.index("Hartmann has")]
    other = text.index("Imran")
    names = tuple(
        Name(kind, start, text.index("Hartmann", start) + len("Hartmann"))  # type: ignore[arg-type]
        for kind, start in zip(("person", "person", "person", "organisation"), starts, strict=True)
    )
    content, source = text.index("“"), text.index("he said")
    said = Attribution(
        content=(Span(content, text.index("”") + 1),), cue=None, source=Span(source, source + 2), confidence=1.0
    )
    names = (*names[:-1], Name("person", other, other + len("Imran Costa")), names[-1])
    (speaker,) = resolve_text(text, names, (said,))
    assert speaker is not None and speaker.name == "Rudi Hartmann"


def test_what_an_editor_put_in_belongs_to_the_name() -> None:
    text = "“The threat is [opposition leader Bill] Marsden,” the minister said. Marsden said he would stay."
    names = tuple(find_names(text, "person: Bill; Marsden"))
    source = text.rindex("Marsden")
    said = Attribution(content=(Span(source + len("Marsden said "), len(text) - 1),), source=Span(source, source + 7))
    (speaker,) = resolve_text(text, names, (said,))
    assert speaker is not None and (speaker.name, speaker.role) == ("Bill Marsden", "opposition leader")


def test_every_speaker_says_why() -> None:
    for path in CASES.glob("*.txt"):
        for case in read_cases(path):
            for speaker in resolve_text(case.text, case.names, case.attributions):
                assert speaker is None or speaker.evidence


def test_a_name_is_sure_and_a_pronoun_as_sure_as_the_ranker() -> None:
    text = "Ana Cruz said the barn burned. Lena Holt saw it. She said the hay was dry."
    names = tuple(find_names(text, "person: Ana Cruz; Lena Holt"))
    attributions = (
        Attribution(content=(Span(14, 29),), source=Span(0, 8)),
        Attribution(content=(Span(58, 73),), source=Span(49, 52)),
    )
    named, meant = resolve_surely(Article(id="case", text=text), parse(text), names, attributions)
    assert named[1] == 1.0
    assert meant[0] is not None
    assert 0.0 < meant[1] < 1.0


WORDS = st.sampled_from(
    "Ada Osei Mr Mrs Dr minister the a said he she they who Q A : , . “ ” \" ' \n\n \n of for Bank Police officials "
    "Jr. "
    "O’Hara al-Din van der 34 34-year-old who, — U.S. ISO (PAHO) É İ ß 中 \u200b \u00a0 's ’s his her it I we".split(
        " "
    )
)


@st.composite
def article_and_attributions(draw: st.DrawFn) -> tuple[str, tuple[Name, ...], tuple[Attribution, ...]]:
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=60)))
    offsets = st.integers(0, len(text))

    def span() -> Span:
        start, end = sorted((draw(offsets), draw(offsets)))
        return Span(start, max(end, start + 1)) if start < len(text) else Span(max(0, start - 1), start)

    kinds: st.SearchStrategy[Any] = st.sampled_from(["person", "organisation", "place"])
    names = tuple(Name(draw(kinds), s.start, s.end) for s in (span() for _ in range(draw(st.integers(0, 4)))))
    attributions = tuple(
        Attribution(content=(span(),), source=span() if draw(st.booleans()) else None)
        for _ in range(draw(st.integers(0, 5)))
    )
    return text, names, attributions


@settings(max_examples=200, deadline=None)
@given(article_and_attributions())
def test_any_spans_of_any_text_give_one_answer_each(
    drawn: tuple[str, tuple[Name, ...], tuple[Attribution, ...]],
) -> None:
    text, names, attributions = drawn
    speakers = resolve_text(text, names, attributions)
    assert len(speakers) == len(attributions)
    for attribution, speaker in zip(attributions, speakers, strict=True):
        if speaker is None:
            continue
        assert speaker.name.strip()
        assert "\n" not in speaker.name
        assert speaker.mention is not None or speaker.resolved_by == "continued"  # a heading keeps its own words
        if speaker.mention is not None:
            assert attribution.source is not None
            assert text[speaker.mention.start : speaker.mention.end] == speaker.mention.text
            assert (
                attribution.source.start <= speaker.mention.start <= speaker.mention.end <= attribution.source.end + 1
            )
