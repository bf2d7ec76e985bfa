"""Verdicts as people and programs see them: made by hand, compared with files that a person has read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.output.differences import compared, described
from quotecli.output.looks import PIPE, Look
from quotecli.output.rows import Checked, VerdictRow
from quotecli.output.safe import printable
from quotecli.output.schemas import json_schema
from quotecli.output.verdicts import VerdictFormat, render_verdicts
from quotecli.output.wording import summary
from quotecli.records import Article, ArticleRef, Mention, Span, Speaker
from quotecli.results import Change, Evidence, Verdict, VerdictKind

Golden = Callable[[str, str], None]
LOOKS = {"pipe": PIPE, "80": Look(width=80), "45": Look(width=45), "colour": Look(width=80, styled=True, coloured=True)}
SOURCE = Article(
    id="ferries-1",
    title="Island ferries to stop",
    outlet="Harbour Post",
    published="2024-04-11",
    url="https://news.example/ferries?a=1&b=2",
    text="“We will not sell the 12 boats to Norway,” Ana Whitfield said. The board has no other plan.",
)
DRAFT = Article(
    id="draft",
    path="drafts/ferries.md",
    text="""Ferries
“We will not sell,” Ana Whitfield said. She added: “We will sell the 21 boats to Norway.”
Tomas Lund said: “We will not sell the 12 boats.” The board has “no other plan”, and “nobody asked the gulls”.""",
)
ANA = Speaker(name="Ana Whitfield", role="chair", type="person", resolved_by="name")
TOMAS = Speaker(name="Tomas Lund", type="person", resolved_by="name")


def mentioned(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def proof(words: str, *, quoted: bool = True, similarity: float = 100.0, linked: bool = False) -> Evidence:
    sentence = next(each for each in re.findall(r"[^.]*\.", SOURCE.text) if words in each)
    start = SOURCE.text.index(sentence)
    return Evidence(
        article=SOURCE.ref,
        spans=(mentioned(SOURCE.text, words),),
        text=words,
        context=Mention(sentence, start, start + len(sentence)),
        quoted=quoted,
        speaker=ANA if quoted else None,
        similarity=similarity,
        linked=linked,
    )


def change(kind: str, draft: str, source: str, start: int) -> Change:
    where = mentioned(SOURCE.text, source) if source else Span(9, 9)
    return msgspec.convert(
        {
            "kind": kind,
            "draft": draft,
            "source": source,
            "start": start,
            "end": start + len(draft),
            "source_start": where.start,
            "source_end": where.end,
        },
        Change,
    )


def verdict(
    kind: VerdictKind,
    words: str,
    speaker: Speaker | None,
    *evidence: Evidence,
    changes: tuple[Change, ...] = (),
    also: tuple[VerdictKind, ...] = (),
    missing_from: tuple[ArticleRef, ...] = (),
) -> Verdict:
    span = mentioned(DRAFT.text, words)
    return Verdict(
        verdict=kind,
        text=words,
        start=span.start,
        end=span.end,
        speaker=speaker,
        changes=changes,
        evidence=evidence,
        also=also,
        missing_from=missing_from,
    )


@pytest.fixture
def checked() -> Checked:
    """One verdict of nearly every kind."""
    altered = "“We will sell the 21 boats to Norway.”"
    changes = (
        change("negation", "", "not", DRAFT.text.index("sell the 21")),
        change("number", "21", "12", DRAFT.text.index("21")),
    )
    return Checked(
        DRAFT,
        (
            verdict("exact", "“We will not sell,”", ANA, proof("We will not sell")),
            verdict(
                "altered",
                altered,
                TOMAS,
                proof("We will not sell the 12 boats to Norway", similarity=81.2, linked=True),
                changes=changes,
                also=("wrong speaker",),
            ),
            verdict("wrong speaker", "“We will not sell the 12 boats.”", TOMAS, proof("We will not sell the 12 boats")),
            verdict("claim only", "“no other plan”", None, proof("no other plan", quoted=False)),
            verdict("not found", "“nobody asked the gulls”", None, missing_from=(SOURCE.ref,)),
        ),
    )


def printed(checked: Checked, format: VerdictFormat, look: Look = PIPE) -> str:
    return "".join(render_verdicts([checked], format, look))


@pytest.mark.parametrize("look", LOOKS)
def test_table(checked: Checked, look: str, same_as_golden: Golden) -> None:
    same_as_golden(printed(checked, VerdictFormat.TABLE, LOOKS[look]), f"verdicts-{look}.txt")


def test_page(checked: Checked, same_as_golden: Golden) -> None:
    same_as_golden(printed(checked, VerdictFormat.HTML), "verdicts.html")


@pytest.mark.parametrize("width", [45, 80, 120])
def test_no_line_is_wider_than_the_terminal(checked: Checked, width: int) -> None:
    assert max(map(len, printed(checked, VerdictFormat.TABLE, Look(width=width)).splitlines())) <= width


def test_a_pipe_gets_each_quotation_on_one_line(checked: Checked) -> None:
    lines = printed(checked, VerdictFormat.TABLE).splitlines()
    assert len(lines) == len(checked.verdicts) + 1
    assert all(line.startswith(each.verdict) for line, each in zip(lines[1:], checked.verdicts, strict=True))


def test_the_changes_are_readable_without_colours(checked: Checked) -> None:
    altered = checked.verdicts[1]
    shown = "".join(part.in_signs() for part in compared(altered))
    assert shown == "“We will [-not-] sell the [-12-]{+21+} boats to Norway.”"
    assert [described(each) for each in altered.changes] == ["NEGATION: “not” left out", "NUMBER: “12” became “21”"]


def test_a_change_at_the_very_end_stands_behind_the_last_word() -> None:
    text = "“We sell”"
    left_out = Change(kind="word", draft="", source="boats", start=8, end=8, source_start=0, source_end=5)
    shown = Verdict(verdict="altered", text=text, start=0, end=len(text), changes=(left_out,))
    assert "".join(part.in_signs() for part in compared(shown)) == "“We sell [-boats-]”"


@given(st.lists(st.tuples(st.text(), st.text(min_size=1))))
def test_a_comparison_never_loses_words_of_the_draft(pieces: list[tuple[str, str]]) -> None:
    text, changes = "", []
    for kept, put_in in pieces:
        text += kept
        changes.append(
            Change(
                kind="word",
                draft=put_in,
                source="x",
                start=len(text),
                end=len(text) + len(put_in),
                source_start=0,
                source_end=1,
            )
        )
        text += put_in
    shown = Verdict(verdict="altered", text=text, start=0, end=len(text), changes=tuple(changes))
    parts = list(compared(shown))
    assert "".join(part.text for part in parts if part.side != "source") == printable(text)
    assert sum(part.side == "source" for part in parts) == len(changes)


def test_json_lines_and_csv_hold_the_same_verdicts(checked: Checked) -> None:
    records = json.loads(printed(checked, VerdictFormat.JSON))
    jsonschema.validate(records, json_schema("verdicts"))
    assert msgspec.convert(records, list[VerdictRow]) == list(checked.rows)
    assert [json.loads(line) for line in printed(checked, VerdictFormat.JSONL).splitlines()] == records
    rows = list(csv.DictReader(printed(checked, VerdictFormat.CSV).splitlines()))
    assert [row["verdict"] for row in rows] == [record["verdict"] for record in records]
    assert rows[1]["changes"] == "NEGATION: “not” left out; NUMBER: “12” became “21”"
    assert (rows[4]["source"], rows[4]["article"]) == ("", "")


def test_summary(checked: Checked) -> None:
    assert summary(checked.verdicts) == ("5 quotations: 1 exact, 1 altered, 1 wrong speaker, 1 claim only, 1 not found")
    assert summary(checked.verdicts[:1]) == "1 quotation: 1 exact"
    assert summary([]) == "0 quotations"


class Page(HTMLParser):
    """What a browser makes of a page: its elements, ids, links and words; every element must be closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        known = dict(attributes)
        assert not [name for name in known if name.startswith("on")]
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if "href" in known else []
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += "" if self._open[-1:] == ["style"] else data


def test_the_page_leads_from_each_quotation_to_its_verdict_and_back(checked: Checked) -> None:
    page = Page(printed(checked, VerdictFormat.HTML))
    numbers = range(1, len(checked.verdicts) + 1)
    assert sorted(page.ids) == sorted([f"q{n}" for n in numbers] + [f"v{n}" for n in numbers])
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert SOURCE.url in page.links
    assert set(page.elements) <= ELEMENTS
    for paragraph in DRAFT.text.splitlines():
        assert paragraph.partition("“")[0] in page.words


ELEMENTS = set(
    """html head meta title style body main h1 p nav ul li a section mark sup aside details summary b blockquote span
    del ins strong figure figcaption""".split()
)
HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</style></main>",
            "&lt;b&gt;",
            "\u202egnp.exe",
            "\x1b[2J",
        ]
    ),
    st.text(min_size=1, max_size=40),
)


@settings(deadline=None)  # the first table imports rich
@given(HOSTILE, HOSTILE)
def test_hostile_words_stay_words(words: str, more: str) -> None:
    text = f"x “{words}” y"
    proof = Evidence(
        article=ArticleRef(id=more, title=more, url=f"javascript:{more}"),
        spans=(Span(0, len(more)),),
        text=more,
        context=Mention(more, 0, len(more)),
        quoted=True,
        speaker=Speaker(name=more, role=words),
    )
    put_in = Change(kind="word", draft=words, source=more, start=3, end=3 + len(words), source_start=0, source_end=1)
    found = Verdict(
        verdict="altered",
        text=text[2:-2],
        start=2,
        end=len(text) - 2,
        speaker=proof.speaker,
        changes=(put_in,),
        evidence=(proof,),
    )
    harmless = Checked(Article(id=words, text=text), (found,))
    page = printed(harmless, VerdictFormat.HTML)
    assert set(Page(page).elements) <= ELEMENTS
    assert not [link for link in Page(page).links if not link.startswith("#")]
    for shown in (page, printed(harmless, VerdictFormat.TABLE), printed(harmless, VerdictFormat.TABLE, Look(width=60))):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
