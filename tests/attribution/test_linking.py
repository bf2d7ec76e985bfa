"""Labelled spans to attributions: split quotations, edges, missed quotations, turns and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.attribution import Attribution, link
from quotecli.model import Link, Name, Part, Tagging
from quotecli.model.tagging import Role
from quotecli.records import Span
from quotecli.text import parse


def tagging(text: str, *triples: tuple[str | None, str | None, str], people: Sequence[str] = ()) -> Tagging:
    """Build what the model would say: (source, cue, content) triples, each by its words in `text`."""
    roles: tuple[Role, ...] = ("source", "cue", "content")
    spans = {
        (role, words) for triple in triples for role, words in zip(roles, triple, strict=True) if words is not None
    }
    parts = sorted(
        (Part(role, text.index(words), text.index(words) + len(words), 1.0) for role, words in spans),
        key=lambda part: part.start,
    )
    place: dict[tuple[str, str | None], int] = {
        (part.role, text[part.start : part.end]): i for i, part in enumerate(parts)
    }
    links = [
        Link(place["content", content], place.get(("source", source)), 1.0, place.get(("cue", cue)), 1.0)
        for source, cue, content in triples
    ]
    names = tuple(Name("person", text.index(name), text.index(name) + len(name)) for name in people)
    return Tagging(tuple(parts), names, tuple(sorted(links, key=lambda pointer: pointer.content)))


def words(text: str, attribution: Attribution) -> tuple[str | None, str | None, list[str]]:
    def of(span: Span | None) -> str | None:
        return text[span.start : span.end] if span else None

    return of(attribution.source), of(attribution.cue), [text[s.start : s.end] for s in attribution.content]


def linked(text: str, labels: Tagging) -> list[tuple[str | None, str | None, list[str]]]:
    return [words(text, attribution) for attribution in link(parse(text), labels)]


def test_a_quotation_cut_by_its_cue_is_one_attribution() -> None:
    text = "“Yes,” Ann Lee said, “and no.”"
    labels = tagging(text, ("Ann Lee", "said", "“Yes,”"), ("Ann Lee", "said", "“and no.”"))
    assert linked(text, labels) == [("Ann Lee", "said", ["“Yes,”", "“and no.”"])]


def test_a_quotation_goes_on_behind_another_statement_of_its_sentence() -> None:
    text = "“It is sad,” Ann Lee said, hinting at a delay. “We wait.”"
    labels = tagging(
        text,
        ("Ann Lee", "said", "“It is sad,”"),
        ("Ann Lee", "hinting at", "a delay"),
        ("Ann Lee", "said", "“We wait.”"),
    )
    assert linked(text, labels) == [
        ("Ann Lee", "said", ["“It is sad,”", "“We wait.”"]),
        ("Ann Lee", "hinting at", ["a delay"]),
    ]


def test_one_source_may_serve_two_cues() -> None:
    text = "Ann Lee said it rained and added that it snowed."
    labels = tagging(text, ("Ann Lee", "said", "it rained"), ("Ann Lee", "added", "that it snowed"))
    assert [found[0] for found in linked(text, labels)] == ["Ann Lee", "Ann Lee"]


def test_a_content_takes_the_marks_of_the_quotation_it_covers() -> None:
    text = "“We agree,” she said."
    assert linked(text, tagging(text, ("she", "said", "We agree"))) == [("she", "said", ["“We agree,”"])]


def test_a_stray_mark_belongs_to_no_content() -> None:
    text = "Ann Lee said that it rained in this context“."
    labels = tagging(text, ("Ann Lee", "said", "that it rained in this context“"))
    assert linked(text, labels) == [("Ann Lee", "said", ["that it rained in this context"])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We will never leave this place.”", ["“We will never leave this place.”"]),
        ("He saw “The Long Road Home Again,” twice.", []),
        ("He saw “Once More Into the Long Night” twice.", []),
        ("The “expert” left.", []),
    ],
    ids=["speech", "a title with a comma", "a title", "a scare quote"],
)
def test_a_quotation_without_labels_counts_where_it_reads_like_speech(text: str, found: list[str]) -> None:
    assert [content for _, _, contents in linked(text, Tagging((), ())) for content in contents] == found


def test_turns_of_a_transcript_belong_to_their_labels() -> None:
    text = "ROE: Who pays?\nLEE: We do.\nROE: Why?\nLEE: It is ours.\nResult: nobody paid."
    assert linked(text, Tagging((), ())) == [
        ("ROE", ":", ["Who pays?"]),
        ("LEE", ":", ["We do."]),
        ("ROE", ":", ["Why?"]),
        ("LEE", ":", ["It is ours."]),
    ]


def test_turns_of_an_interview_need_a_person_for_a_label() -> None:
    text = "Ann Lee: We pay.\nLee: All of it.\nPhoto: the bridge.\nPhoto: the road."
    assert [found[0] for found in linked(text, tagging(text, people=["Ann Lee"]))] == ["Ann Lee", "Lee"]


def test_a_signed_quotation_belongs_to_its_signature() -> None:
    text = "“He promised us a bridge.” ― Ana Cruz\n“He lied.” — Tom Lee, farmer"
    labels = tagging(text, (None, None, "“He promised us a bridge.”"), ("Ana Cruz", None, "“He lied.”"))
    assert [found[0] for found in linked(text, labels)] == ["Ana Cruz", "Tom Lee"]


def test_neither_the_dash_nor_the_full_stop_of_a_signature_is_content_or_name() -> None:
    text = "“He promised us a bridge.” ― Ana Cruz."
    labels = tagging(text, (None, None, "“He promised us a bridge.” ―"))
    assert linked(text, labels) == [("Ana Cruz", "―", ["“He promised us a bridge.”"])]


@given(st.text(alphabet="ab. “”:\nAB―", max_size=80), st.data())
@settings(max_examples=300)
def test_contents_never_overlap(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()]
    parts = tuple(Part("content", a, b, 1.0) for a, b in spans)
    labels = Tagging(parts, (), tuple(Link(i, None, 1.0, None, 1.0) for i in range(len(parts))))
    contents = sorted(span for attribution in link(parse(text), labels) for span in attribution.content)
    assert all(a.end <= b.start for a, b in pairwise(contents))


def test_each_line_of_a_dialogue_has_its_own_speaker() -> None:
    text = "“It is no answer,” Lessing said.\n\n“No, sir,” replied Dunmore."
    labels = tagging(text, ("Lessing", "said", "“No, sir,”"), ("Dunmore", "replied", "“It is no answer,”"))
    free = labels.parts.index(next(part for part in labels.parts if text[part.start : part.end] == "Lessing"))
    swapped = Tagging(labels.parts, (), tuple(pointer for pointer in labels.links if pointer.source != free))
    assert linked(text, swapped)[0] == ("Lessing", "said", ["“It is no answer,”"])


def test_a_quotation_that_another_paragraph_introduces_stays_with_it() -> None:
    text = "Ann Lee said:\n\n“It rained all day.”"
    labels = tagging(text, ("Ann Lee", "said", "“It rained all day.”"))
    assert linked(text, labels) == [("Ann Lee", "said", ["“It rained all day.”"])]


def test_an_interview_that_is_printed_with_letters() -> None:
    text = "Q. Why bees?\n\nA. They came with the house.\n\nI kept them.\n\nQ. And now?\n\nA. Now I sell honey."
    assert linked(text, Tagging((), ())) == [
        ("A", ".", ["They came with the house."]),
        ("A", ".", ["I kept them."]),
        ("A", ".", ["Now I sell honey."]),
    ]


def test_quoted_words_inside_a_sentence_belong_to_its_own_source() -> None:
    text = "Inspectors visited.\nThe Port Board apologised “unreservedly” and said it had hired."
    labels = tagging(text, ("Inspectors", None, "“unreservedly”"), ("The Port Board", "said", "it had hired"))
    assert [found[0] for found in linked(text, labels)] == ["The Port Board", "The Port Board"]


def test_who_stands_right_behind_a_quotation_says_it() -> None:
    text = "No one knows why, but “the more we hear, the more we learn”, he says."
    labels = tagging(text, ("No one", "knows", "why, but “the more we hear, the more we learn”"))
    he, says = text.index("he says"), text.index("says")
    free = (Part("source", he, he + 2, 1.0), Part("cue", says, says + 4, 1.0))
    assert linked(text, Tagging((*labels.parts, *free), (), labels.links))[0][:2] == ("he", "says")


def test_a_transcript_tells_who_its_host_is_and_goes_on_with_long_turns() -> None:
    text = (
        "ANN LEE, HOST:\nIt is hot.\nTOM FOX: It is.\nLEE: Why?\nFOX: The sun.\nAnd the wind.\n(LAUGHTER)\n"
        "LEE: Thanks.\nFOX: Sure.\nGood night."
    )
    found = [(source, *contents) for source, _, contents in linked(text, tagging(text, people=["LEE", "FOX"]))]
    assert found == [
        ("ANN LEE", "It is hot."),
        ("TOM FOX", "It is."),
        ("LEE", "Why?"),
        ("FOX", "The sun."),
        ("FOX", "And the wind."),
        ("LEE", "Thanks."),
        ("FOX", "Sure."),
    ]


def test_a_quotation_of_several_paragraphs_is_nobodys_who_comes_later() -> None:
    text = (
        "“We have a pump,” Ada told the council.\n“There is no shop.\n“The pub is shut.”\nPlanners agreed that it was."
    )
    labelled = tagging(
        text,
        ("Ada", "told", "“We have a pump,”"),
        ("Planners", "agreed", "“The pub is shut.”"),
        ("Planners", "agreed", "that it was"),
    )
    found = [words(text, attribution) for attribution in link(parse(text), labelled)]
    assert (None, None, ["“The pub is shut.”"]) in found
    assert ("Planners", "agreed", ["that it was"]) in found


def test_a_quotation_that_ends_a_sentence_is_nobodys_who_says_something_else_in_the_next() -> None:
    text = (
        "He asked why. “The men should be tried. It is not right.” Ruth Davis said it was grave. “I agree,” she said."
    )
    labelled = tagging(
        text,
        ("Ruth Davis", "said", "“The men should be tried. It is not right.”"),
        ("Ruth Davis", "said", "it was grave"),
    )
    assert (None, None, ["“The men should be tried. It is not right.”"]) in linked(text, labelled)


def test_a_source_that_runs_over_the_end_of_a_sentence_is_two() -> None:
    text = "“It is cheap,” said Mr Ross. Ian Fogg, an analyst, agreed that it would sell."
    source = "Mr Ross. Ian Fogg, an analyst,"
    labelled = tagging(text, (source, "said", "“It is cheap,”"), (source, "agreed", "that it would sell"))
    assert linked(text, labelled) == [
        ("Mr Ross.", "said", ["“It is cheap,”"]),
        ("Ian Fogg, an analyst,", "agreed", ["that it would sell"]),
    ]


def test_who_wrote_the_article_says_nothing() -> None:
    text = (
        "By Aaron Holm: The islands cannot ignore it, warns Carissa Tenne as she urged every one of the governments to "
        "remain vigilant and to close what she called gaps."
    )
    parts = tuple(
        Part(role, text.index(words), text.index(words) + len(words), 1.0)  # type: ignore[arg-type]
        for role, words in (
            ("source", "Aaron Holm"),
            ("cue", ":"),
            ("content", "The islands cannot ignore it"),
            ("cue", "warns"),
            ("source", "Carissa Tenne"),
        )
    )
    labelled = Tagging(parts, (), (Link(2, 0, 1.0, 1, 1.0),))
    assert linked(text, labelled) == [("Carissa Tenne", "warns", ["The islands cannot ignore it"])]


def test_who_does_what_a_sentence_goes_on_with_says_what_it_opens_with() -> None:
    text = "Claiming that the dam was safe, Nora Vance told members that it would stay."
    said = ("Nora Vance", "told", "that it would stay")
    labelled = tagging(text, (None, "Claiming", "that the dam was safe"), said)
    assert linked(text, labelled) == [
        ("Nora Vance", "Claiming", ["that the dam was safe"]),
        (*said[:2], ["that it would stay"]),
    ]


def test_a_source_right_before_a_cue_is_its_source() -> None:
    text = "The pier may stay, Ada Brome told the paper."
    labelled = tagging(text, (None, "told", "The pier may stay"))
    start = text.index("Ada")
    parts = (labelled.parts[0], Part("source", start, start + len("Ada Brome"), 1.0), labelled.parts[1])
    labelled = Tagging(parts, (), (Link(0, None, 0.0, 2, 1.0),))
    assert linked(text, labelled) == [("Ada Brome", "told", ["The pier may stay"])]


def test_what_stands_in_the_next_sentence_says_nothing_before_it() -> None:
    text = "As Brome puts it — “A pier for everybody.” Harbour Watch lets users see the tide."
    labelled = tagging(text, ("Brome", "puts it", "“A pier for everybody.”"), ("users", "see", "the tide"))
    loose = [("source", "Harbour Watch"), ("cue", "lets")]
    at = [Part(role, text.index(words), text.index(words) + len(words), 1.0) for role, words in loose]  # type: ignore[arg-type]
    kept = list(labelled.parts)
    parts = tuple(sorted([*kept, *at], key=lambda part: part.start))
    links = tuple(
        Link(
            parts.index(kept[one.content]),
            parts.index(kept[one.source]) if one.source is not None else None,
            1.0,
            parts.index(kept[one.cue]) if one.cue is not None else None,
            1.0,
        )
        for one in labelled.links
    )
    assert linked(text, Tagging(parts, (), links))[0] == ("Brome", "puts it", ["“A pier for everybody.”"])


def test_who_said_it_and_added_more_said_it() -> None:
    text = "“It leaks. It always has.” Brome said, adding that the pier would close."
    labelled = tagging(
        text, ("Brome", "said", "“It leaks. It always has.”"), ("Brome", "adding", "that the pier would close")
    )
    assert linked(text, labelled) == [
        ("Brome", "said", ["“It leaks. It always has.”"]),
        ("Brome", "adding", ["that the pier would close"]),
    ]


def test_what_somebody_calls_something_is_theirs_where_the_rest_is_in_doubt() -> None:
    text = "The firm announced tools for what chief Ida Brome calls “a pier for everybody.”"
    content = "tools for what chief Ida Brome calls “a pier for everybody.”"
    sure = tagging(text, ("The firm", "announced", content))
    assert linked(text, sure) == [("The firm", "announced", [content])]
    parts = tuple(Part(one.role, one.start, one.end, 0.3) for one in sure.parts)
    doubted = Tagging(parts, sure.names, sure.links)
    assert linked(text, doubted) == [("chief Ida Brome", "calls", ["“a pier for everybody.”"])]
