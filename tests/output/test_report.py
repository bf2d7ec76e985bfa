"""The page of a report: every word of the articles, escaped; each statement marked, listed and counted."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecli.library import Entry
from quotecli.output.report import report_page
from quotecli.output.rows import ArticleView
from quotecli.output.safe import printable
from quotecli.records import Article, Figure, Span, Speaker, Statement
from quotecli.results import SpeakerSummary
from quotecli.text import parse

from .browser import ask, needs_browser

SPEAKERS = [
    SpeakerSummary(
        name="Ana Whitfield", role="chair", type="person", quotes=1, articles=1, aliases=("she", "Whitfield")
    ),
    SpeakerSummary(name="harbour board", type="organisation", claims=1, articles=1),
]


class Page(HTMLParser):
    """The elements of a page, each with its attributes and all of its text; those without an end are none."""

    def __init__(self, pieces: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs), list[str]())
        self.elements.append(element)
        if tag not in {"meta", "input"}:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element[2].append(data)

    def all(self, tag: str, css: str | None = None) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attributes, "".join(text))
            for name, attributes, text in self.elements
            if name == tag and (css is None or css in (attributes.get("class") or "").split())
        ]


def entry(article: Article, *statements: Statement) -> Entry:
    return Entry(**msgspec.structs.asdict(article), model="1", statements=statements)


def page_of(*articles: Entry, speakers: list[SpeakerSummary] = SPEAKERS) -> Page:
    return Page("".join(report_page(articles, speakers)))


@pytest.fixture
def ferries(view: ArticleView) -> Entry:
    return entry(Article(**{name: getattr(view, name) for name in Article.__struct_fields__}), *view.statements)


def test_statements_are_marked_with_their_kind_and_the_colour_of_their_speaker(ferries: Entry) -> None:
    marked = [(attributes["class"], attributes["title"], text) for attributes, text in page_of(ferries).all("mark")]
    assert marked == [
        ("claim s1", "Claim: harbour board", "Ferries to the islands will stop on 3 May"),
        ("quote s0", "Quote: Ana Whitfield", "“We have no choice,”"),
        ("quote s0", "Quote: Ana Whitfield", "“and no money. The boats are forty years old.”"),
        ("fact", "Fact: the article", "About 1,200 people use the boats each week."),
    ]


def test_every_link_within_the_page_leads_to_one_place(ferries: Entry) -> None:
    page = page_of(ferries)
    places = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    links = {attributes["href"] for attributes, _ in page.all("a")}
    assert len(places) == len(set(places))
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(places)
    assert {f"s{each.id}" for each in ferries.statements} <= set(places)


def test_facts_come_best_first_with_their_figures(ferries: Entry, say: Callable[..., Statement]) -> None:
    (fact,) = (each for each in ferries.statements if each.kind == "fact")
    better = msgspec.structs.replace(
        say(ferries.article, "fact", "The boats are forty years old."), confidence=0.99, checkable=0.99
    )
    page = page_of(entry(ferries.article, msgspec.structs.replace(fact, confidence=0.5, checkable=0.5), better))
    facts = [text for _, text in page.all("li", "fact")]
    assert [re.sub(r"\s+", " ", text)[:20] for text in facts] == ["The boats are forty ", "About 1,200 people u"]
    assert [text for _, text in page.all("span", "figure")] == ["1,200 people"]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (("1,200", 1200, "people"), "1,200 people"),
        (("1.4 million", 1_400_000, "refugees"), "1.4 million = 1,400,000 refugees"),
        (("34 deaths", 34, "deaths"), "34 deaths"),
        (("7-day", 7, "day"), "7-day"),
        (("three weeks", 3, "week"), "three weeks = 3"),
        (("99-year-old", 99, "years old"), "99-year-old"),
        (("12%", 12, "percent"), "12%"),
        (("$3.5m", 3_500_000, "USD"), "$3.5m = 3,500,000 USD"),
        (("43 per 100,000 people", 43, "per 100000 people"), "43 per 100,000 people"),
        (("Thursday", None, "date"), "Thursday"),
        (("3 May", "--05-03", "date"), "3 May"),
        (("3 May 2021", "2021-05-03", "date"), "3 May 2021 = 2021-05-03"),
        (("5:30 a.m.", "05:30", "time"), "5:30 a.m."),
        (("dozens", None, None), "dozens"),
    ],
)
def test_figures_say_what_the_words_alone_do_not(
    ferries: Entry, figure: tuple[str, Any, str | None], shown: str
) -> None:
    text, value, unit = figure
    fact = msgspec.structs.replace(
        ferries.statements[-1], figures=(Figure(text=text, value=value, unit=unit, start=0, end=1),)
    )
    assert [each for _, each in page_of(entry(ferries.article, fact)).all("span", "figure")] == [shown]


@pytest.mark.parametrize(
    ("days", "bars"),
    [
        (["2024-04-11", "2024-04-13"], ["2024-04-11: 1", "2024-04-12: 0", "2024-04-13: 1"]),
        (["2023-12-30", "2024-02-01"], ["2023-12: 1", "2024-01: 0", "2024-02: 1"]),
        (["2021", "2023-04"], ["2021: 1", "2022: 0", "2023: 1"]),
        (["1999-01-01", "2010-12-31"], [f"{year}: {int(year in (1999, 2010))}" for year in range(1999, 2011)]),
        (["yesterday"], []),
    ],
)
def test_the_timeline_has_a_bar_for_each_day_month_or_year(ferries: Entry, days: list[str], bars: list[str]) -> None:
    dated = [entry(msgspec.structs.replace(ferries.article, published=day), ferries.statements[0]) for day in days]
    assert [text.split(" statement")[0] for _, text in page_of(*dated).all("title")[1:]] == bars


def test_another_name_means_a_speaker_only_if_one_has_it(ferries: Entry) -> None:
    other = SpeakerSummary(name="Bo Whitfield", type="person", quotes=1, articles=1, aliases=("Whitfield",))
    said = msgspec.structs.replace(ferries.statements[1], speaker=Speaker(name="Whitfield", type="person"))

    def told(*speakers: SpeakerSummary) -> list[str]:
        return [text for _, text in page_of(entry(ferries.article, said), speakers=list(speakers)).all("b")]

    assert told(*SPEAKERS) == ["Ana Whitfield"]
    assert told(*SPEAKERS, other) == ["Whitfield"]


def test_only_the_pages_own_script_may_run(ferries: Entry) -> None:
    page = page_of(ferries)
    ((_, script),) = page.all("script")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(attributes["content"] for attributes, _ in page.all("meta") if "http-equiv" in attributes)
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@given(
    st.text(min_size=1),
    st.text(min_size=1, max_size=20),
    st.lists(st.tuples(st.integers(0), st.integers(1)), max_size=4),
)
def test_whatever_the_words_they_all_stand_there_and_are_only_words(
    text: str, name: str, places: list[tuple[int, int]]
) -> None:
    article = Article(id=name, text=text, title=name, outlet=name, url=name, byline=name)
    spans = {min(start, len(text) - 1): length for start, length in places}
    statements = [
        Statement(
            id=f"x-{start}", kind="quote", text="", content=(Span(start, min(start + length, len(text))),),
            speaker=Speaker(name=name), confidence=0.5, article=article.ref,
        )
        for start, length in spans.items()
    ]  # fmt: skip
    page = page_of(entry(article, *statements), speakers=[SpeakerSummary(name=name, role=name, type="person")])
    assert not [tag for tag, _, _ in page.elements if tag in {"img", "iframe", "object", "style"}][1:]
    assert len(page.all("script")) == 1
    paragraphs = [printable(text[each.start : each.end]) for each in parse(text).paragraphs]
    shown = [each for attributes, each in page.all("p") if not attributes.get("class")]
    assert [each.replace("\r", "\n") for each in paragraphs] == shown[1 : 1 + len(paragraphs)]  # behind the totals


FILTER = """
  const form = page.getElementById("filters"), frame = document.querySelector("iframe").contentWindow;
  const rows = () => [...page.querySelectorAll("li")].filter(each => each.checkVisibility()).length;
  const told = {width: page.documentElement.scrollWidth, title: page.title, all: rows()};
  const set = (name, value) => {
    form[name].value = value;
    form.dispatchEvent(new frame.Event("input", {bubbles: true}));
  };
  const seen = (...ids) => ids.filter(id => page.getElementById(id).checkVisibility());
  told.parts = seen("speakers", "facts", "said", "articles");
  set("words", "CHOICE");
  told.words = rows();
  const links = page.querySelectorAll("nav a:not([data-hidden])");
  told.asked = [seen("speakers", "facts", "said", "articles"), links.length];
  told.count = page.querySelector("#said small").textContent;
  told.marks = page.querySelectorAll("mark:not(.off)").length;
  set("words", "Harbour Post");
  told.of_the_title = rows();
  set("words", "");
  const [last, table] = ["#speakers tbody td:last-child", "#speakers .wide"].map(each => page.querySelector(each));
  told.seen = last.getBoundingClientRect().right <= table.getBoundingClientRect().right;
  set("kind", "fact");
  told.facts = rows();
  form.figures.checked = true;
  set("kind", "quote");
  told.nothing = [rows(), page.querySelector("article").checkVisibility(), form.shown.value];
  form.figures.checked = false;
  set("kind", "");
  page.querySelector("#speakers a").click();
  told.speaker = [rows(), form.speaker.value];
  return told;
"""


@needs_browser
def test_a_reader_filters_the_page_in_a_browser(ferries: Entry, tmp_path: Path) -> None:
    told = ask(tmp_path, "".join(report_page([ferries], SPEAKERS)), FILTER)
    assert told["width"] <= 390
    assert (told["all"], told["words"], told["marks"], told["facts"]) == (3, 1, 2, 1)
    assert (told["count"], told["of_the_title"], told["seen"]) == ("1 of 2", 0, True)
    assert told["parts"] == ["speakers", "facts", "said", "articles"]
    assert told["asked"] == [["said", "articles"], 2]  # the answer, and no overview before it
    assert told["nothing"] == [0, False, "0 of 3 statements"]
    assert told["speaker"] == [1, "0"]
