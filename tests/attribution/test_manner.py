"""How statements are attributed: labelled sentences of every kind, and properties that hold for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.attribution import Attribution, tellings
from quotecli.attribution.manner.lexicon import DONE, MANNERS, base
from quotecli.records import Span
from quotecli.text import parse

CASES = Path(__file__).parent / "cases" / "manner.txt"
MARKED = re.compile(r"\{(?P<source>[^}]*)\}|\[(?P<cue>[^\]]*)\]|<(?P<content>[^>]*)>")
KNOWN_FAILURE = "(known failure)"


class Case(NamedTuple):
    text: str
    attribution: Attribution
    manner: str
    reported: str


def read_case(line: str) -> Case:
    labels, _, marked = line.removesuffix(KNOWN_FAILURE).partition(": ")
    manner, _, reported = labels.partition(" ")
    spans: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    text, end = "", 0
    for match in MARKED.finditer(marked):
        text += marked[end : match.start()]
        role = str(match.lastgroup)
        spans[role].append(Span(len(text), len(text) + len(match[role])))
        text += match[role]
        end = match.end()
    cue = Span(spans["cue"][0].start, spans["cue"][0].end)
    source = spans["source"][0] if spans["source"] else None
    attribution = Attribution(content=tuple(spans["content"]), cue=cue, source=source)
    return Case(text + marked[end:], attribution, manner, reported or "affirmed")


def cases() -> list[object]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    failing = pytest.mark.xfail(strict=True)
    return [
        pytest.param(read_case(line), id=line, marks=[failing] if line.endswith(KNOWN_FAILURE) else [])
        for line in lines
    ]


@pytest.mark.parametrize("case", cases())
def test_labelled_sentences(case: Case) -> None:
    assert tellings(parse(case.text), [case.attribution]) == [(case.manner, case.reported)]


def telling_of(text: str, *spans: tuple[str | None, str]) -> list[tuple[str, str]]:
    """Return the tellings of (cue, content) pairs, each by its words in `text`."""

    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    attributions = [Attribution(content=(place(content),), cue=place(cue) if cue else None) for cue, content in spans]
    return [(telling.manner, telling.reported) for telling in tellings(parse(text), attributions)]


def test_a_quotation_without_a_cue_goes_on_as_the_one_before_it() -> None:
    text = "“Who paid?” she asked.\n“And who knew?”\nThe hall was still.\n\n“The boat left.”"
    told = telling_of(text, ("asked", "“Who paid?”"), (None, "“And who knew?”"), (None, "“The boat left.”"))
    assert told == [("asks", "affirmed"), ("asks", "affirmed"), ("said", "affirmed")]


def test_a_quotation_does_not_go_on_from_a_fragment() -> None:
    text = "The governor called for “calm at this time”.\n“There will be news tomorrow.”"
    told = telling_of(text, ("called for", "“calm at this time”"), (None, "“There will be news tomorrow.”"))
    assert told == [("asks", "affirmed"), ("said", "affirmed")]


def test_words_far_from_the_cue_or_behind_a_comma_do_not_change_it() -> None:
    text = "Whatever the board may not want, and nobody asked it, Lund said that the dam is safe."
    assert telling_of(text, ("said", "that the dam is safe")) == [("said", "affirmed")]


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("denies", "deny"),
        ("denied", "deny"),
        ("denying", "deny"),
        ("planned", "plan"),
        ("admitting", "admit"),
        ("promising", "promise"),
        ("refuses", "refuse"),
        ("told", "tell"),
        ("surveys", "survey"),
        ("unheard", "unheard"),
    ],
)
def test_forms_have_one_base(form: str, known: str) -> None:
    assert base(form) == known


def test_no_word_has_two_manners() -> None:
    from quotecli.attribution.manner import lexicon

    sections = ("said", "wrote", "thinks", "intends", "asks", "denies", "done")
    lists = [lexicon._list(section) for section in sections]
    assert sum(map(len, lists)) == len(MANNERS.keys() | DONE)


PLACE = st.integers(0, 80)
SPAN = st.tuples(PLACE, PLACE).map(lambda ends: Span(min(ends), max(ends)))
ATTRIBUTION = st.builds(
    Attribution,
    content=st.lists(SPAN, min_size=1, max_size=3).map(tuple),
    cue=st.none() | SPAN,
    source=st.none() | SPAN,
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.lists(ATTRIBUTION, max_size=3))
def test_any_spans_of_any_text_have_a_manner(text: str, attributions: list[Attribution]) -> None:
    text = text.ljust(80)  # so that all spans are inside
    assert len(tellings(parse(text), attributions)) == len(attributions)
