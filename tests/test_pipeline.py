"""The whole way from an article to its statements: verbatim whatever the text, and right on the owner's article."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.loading import load, samples
from quotecli.pipeline import extract, extract_all
from quotecli.records import Article, Statement, text_id
from quotecli.text import visible

SHARED = Path(__file__).parents[1].parent / "shared"
EXPECTED = json.loads((Path(__file__).parent / "sample_article.json").read_text(encoding="utf-8"))

PIECES = (
    "“We will not go,” |said Ann Lee.|The minister |told reporters that |it rained| on Monday|, she added, |"
    "'Not now,' |according to |\n|\n\n|Tom Roe: |― Ana Cruz|“|”|\"|’s |…|\u200b|\u00a0|É|中|1.4 million |🙂|\x00|. "
).split("|")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=200)


def article_of(text: str) -> Article:
    return Article(id=text_id(text), text=text)


def check_verbatim(article: Article, statements: list[Statement]) -> None:
    """Every statement is the article's own characters, at ordered places of its own, with an id of its own."""
    text = article.text
    assert len({statement.id for statement in statements}) == len(statements)
    assert [s.content for s in statements] == sorted(s.content for s in statements)
    for statement in statements:
        assert statement.text == " … ".join(text[span.start : span.end] for span in statement.content)
        assert all(0 <= span.start < span.end <= len(text) for span in statement.content)
        assert list(statement.content) == sorted(statement.content)
        assert 0 <= statement.confidence <= 1
        assert (statement.form is None) == (statement.kind == "fact")
        mention = statement.speaker.mention if statement.speaker else None
        for part in (*statement.figures, *(words for words in (statement.cue, mention) if words)):
            assert part.text == text[part.start : part.end] != ""


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_statements_of_any_text_are_verbatim(text: str) -> None:
    article = article_of(text)
    check_verbatim(article, extract(article))


def shared_articles() -> Iterator[Article]:
    paths = [SHARED / "gold" / "worldnews" / "pages", SHARED / "polnear" / "dev.jsonl"]
    yield from (item for item in load(path for path in paths if path.exists()) if isinstance(item, Article))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not here")
def test_statements_of_real_articles_are_verbatim() -> None:
    articles = 0
    for article, statements in extract_all(shared_articles()):
        assert isinstance(article, Article)
        check_verbatim(article, statements)
        articles += bool(statements)
    assert articles > 90


def test_side_by_side_gives_the_same_in_the_same_order() -> None:
    articles = [item for item in load(samples()) if isinstance(item, Article)]
    assert [(a.id, s) for a, s in extract_all(articles)] == [(article.id, extract(article)) for article in articles]


@pytest.fixture(scope="module")
def owners_statements() -> list[Statement]:
    (path,) = [path for path in samples() if path.name == EXPECTED["article"]]
    (article,) = load([path])
    assert isinstance(article, Article)
    return extract(article)


@pytest.mark.parametrize("expected", EXPECTED["statements"], ids=lambda expected: expected["begins"])
def test_the_owners_article(expected: dict[str, str | None], owners_statements: list[Statement]) -> None:
    (found,) = [s for s in owners_statements if s.text.startswith(str(expected["begins"]))]
    assert found.text.endswith(str(expected["ends"]))
    assert (found.kind, found.form) == (expected["kind"], expected["form"])
    speaker = found.speaker
    assert (speaker and speaker.name, speaker and speaker.role) == (expected["speaker"], expected["role"])
    assert [figure.text for figure in found.figures] == expected.get(
        "figures", [figure.text for figure in found.figures]
    )


SPRINKLED = (
    "Alan Marwick, the mayor of Orléans, said: “We will not pay 1.4 million euros for a bridge.” José Ángel Ruiz, a "
    "spokesman for the company, told reporters that the work would go on.\nThe council met 12 times in 2023.\n“Not "
    "now,” Ruiz added. “We are not ready.” His staff found the first offer difficult, he said. According to the "
    "National Audit Office, 40 per cent of the houses are empty."
)
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2064\u2066\u2069"
    "\u206f\ufeff"
)
SPACES = (
    *("  ", "\u00a0", "\u1680", "\u2002", "\u2009", "\u202f", "\u205f", "\u3000", "\t"),
    *(" \u200b", "\u00a0 ", "\u200b\u00a0\u00ad"),
)


@st.composite
def sprinkled(draw: st.DrawFn) -> str:
    """Return the same words with invisible characters, decomposed letters and odd spaces in them."""
    pieces = []
    joined = draw(st.booleans())
    for character in SPRINKLED.replace("fi", "ﬁ").replace("ff", "ﬀ") if joined else SPRINKLED:
        roll = draw(st.integers(0, 19))
        if roll == 0:
            pieces.append(draw(st.sampled_from(INVISIBLE)))
        if character == " " and roll < 6:
            pieces.append(draw(st.sampled_from(SPACES)))
        else:
            pieces.append(unicodedata.normalize("NFD", character) if roll < 10 else character)
    return "".join(pieces)


@given(sprinkled())
@settings(max_examples=15, deadline=None)
def test_what_nobody_sees_changes_no_statement(text: str) -> None:
    article = article_of(text)
    found, wanted = extract(article), extract(article_of(SPRINKLED))
    check_verbatim(article, found)
    assert [as_seen(statement) for statement in found] == [as_seen(statement) for statement in wanted]
    assert {"Alan Marwick", "José Ángel Ruiz", "National Audit Office"} <= {s.speaker.name for s in found if s.speaker}


def as_seen(statement: Statement) -> tuple[object, ...]:
    """Return a statement without its places."""
    speaker, cue = statement.speaker, statement.cue
    who = speaker and (speaker.name, speaker.role, speaker.type, speaker.resolved_by, speaker.evidence)
    figures = [(visible(figure.text), figure.value, figure.unit) for figure in statement.figures]
    words = visible(statement.text), visible(cue.text) if cue else None
    return statement.kind, statement.form, statement.manner, statement.confidence, who, figures, words
