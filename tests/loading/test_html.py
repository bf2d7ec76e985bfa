"""HTML: the article and its metadata, and nothing of what stands around it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from quotecli.loading import load
from quotecli.records import Article

PARAGRAPHS = [
    "HARWICK — The harbour board voted on Monday to close the two oldest piers, ending a year of argument in the town.",
    "“We won’t pay £3 million for piers that nobody uses,” said Ann Whitfield, the board’s chair, after the vote.",
    "'It is a disgrace,' said Tom O'Neill, who has sold tickets on the pier since 1998. \"They never asked us.\"",
    "The board said that the piers would be taken down before the winter, and that the stones would be sold.",
]
AROUND = [
    "Cookies",
    "Subscribe to our newsletter",
    "A caption nobody said",
    "First reader: I disagree!",
    "Ten more stories",
]

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Harwick closes its piers - The Harwick Example</title>
<meta property="og:title" content="Harwick closes its piers">
<meta property="og:site_name" content="The Harwick Example | News from the coast">
<meta property="og:url" content="https://harwick.example/piers">
<link rel="canonical" href="https://harwick.example/piers">
<meta name="author" content="Jo Marsh">
<meta property="article:published_time" content="2024-03-04T23:30:00-05:00">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/c">Cookies and terms</a></li></ul></nav>
<main><article><h1>Harwick closes its piers</h1>
<figure><img src="a.jpg"><figcaption>A caption nobody said</figcaption></figure>
{body}
<div class="newsletter-signup"><p>Subscribe to our newsletter</p></div>
</article></main>
<section id="comments" class="comments"><h2>Comments</h2>
<div class="comment"><p>First reader: I disagree!</p></div></section>
<aside class="related"><ul><li><a href="/1">Ten more stories</a></li></ul></aside>
<footer><p>Copyright The Harwick Example</p></footer></body></html>"""


def page(body: str | None = None) -> str:
    return PAGE.replace("{body}", body or "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS))


def test_paragraphs_are_lines_with_their_words_and_marks(article_of):
    assert article_of("a.html", page()).text.split("\n") == PARAGRAPHS


def test_what_stands_around_is_not_text(article_of):
    text = article_of("a.html", page()).text
    assert [words for words in AROUND if words in text] == []


def test_metadata_comes_from_the_page(article_of):
    article = article_of("a.html", page())
    assert (article.title, article.byline, article.outlet) == (
        "Harwick closes its piers",
        "Jo Marsh",
        "The Harwick Example",
    )
    assert (article.published, article.url) == ("2024-03-04", "https://harwick.example/piers")


def test_a_page_without_metadata_gets_none(article_of):
    bare = "<html><body><article>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article></body></html>"
    article = article_of("a.htm", bare)
    assert article.text.split("\n") == PARAGRAPHS
    assert (article.title, article.byline, article.outlet, article.published, article.url) == (None,) * 5


def test_line_breaks_inside_a_paragraph_are_spaces_and_br_is_a_line(article_of):
    first, second, third, fourth = PARAGRAPHS
    wrapped = first.replace(" ", "\n   ")
    article = article_of(
        "a.html", page(f"<p>{wrapped}</p><p>{second}<br>{third}</p><p>{fourth.replace('said', '<em>said</em>')}</p>")
    )
    assert article.text.split("\n") == PARAGRAPHS


def test_links_to_other_stories_between_paragraphs_go_and_links_in_sentences_stay(article_of):
    body = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body[1] = body[1].replace("Ann Whitfield", '<a href="/ann">Ann Whitfield</a>')
    body.insert(2, '<p><a href="/more">MORE: How the piers were built in 1890</a></p>')
    body.insert(
        3,
        '<ul><li><a href="/x">GUIDE: Where to swim this year</a></li><li>MAP: <a href="/y">All the piers</a></li></ul>',
    )
    assert article_of("a.html", page("".join(body))).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1"])
def test_the_declared_encoding(article_of, declared):
    data = page().replace('charset="utf-8"', f'charset="{declared}"').encode("cp1252")
    assert article_of("a.html", data).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>“No,” said Ann Smith.", "“No,” said Ann Smith."),
        ("<p>One <b>two</b>.<p>Three.<br>Four.", "One two.\nThree.\nFour."),
        ("Only words &amp; marks", "Only words & marks"),
        ("<script>var x = 'no';</script><style>p {}</style><nav>Home</nav><p>Yes.</p>", "Yes."),
        ("<html><title>The vote</title><body><h1>The vote</h1><p>Yes.</p>", "Yes."),
        ('<?xml version="1.0" encoding="utf-8"?><html><body><p>Yes.</p></body></html>', "Yes."),
    ],
)
def test_fragments_and_short_pages_keep_their_paragraphs(article_of, html, text):
    assert article_of("a.html", html).text == text


@pytest.mark.parametrize("html", [b"<html></html>", b"<!doctype html><script>1</script>", b"<p></p>", b"<!-- x -->"])
def test_pages_without_words_are_skipped(reason_of, html):
    assert "no text" in reason_of("a.html", html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "deep",
        "<p " * 10_000,
        "<a href='" * 5_000 + "x",
        "<table>" * 5_000 + "<td>x",
        "&#0;&#xD800; x",
    ],
)
def test_hostile_pages_cost_only_themselves(load_bytes, html):
    assert len(load_bytes("a.html", html.encode())) == 1


PAGES = Path(__file__).parents[3] / "shared" / "gold" / "worldnews"


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("’", "'").casefold()))


@pytest.mark.skipif(not PAGES.is_dir(), reason="the gold pages are not here")
def test_real_pages_hold_every_quotation_of_the_gold():
    for row in map(json.loads, (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()):
        (article,) = load(PAGES / "pages" / row["file"])
        assert isinstance(article, Article)
        text = folded(article.text)
        spans = [each for each in row["spans"] + row["indirect"] if each.get("note") != "boilerplate"]  # teasers
        missing = [span["head"] for span in spans if folded(span["head"]) not in text]
        missing += [span["tail"] for span in spans if folded(span["tail"]) not in text]
        assert (row["file"], missing) == (row["file"], [])
        assert article.title and article.published and article.url and article.outlet
