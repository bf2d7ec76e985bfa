"""RSS and Atom: each entry an article."""

from __future__ import annotations

import pytest

from quotecli.records import Article, Skipped

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Example &amp; Sons</title><link>https://example.org</link>
<item><title>Pier vote: &amp;#8216;No&amp;#8217;</title><link>https://example.org/1</link>
<dc:creator>Jo Marsh</dc:creator><pubDate>Mon, 04 Mar 2024 23:30:00 GMT</pubDate><description>A summary.</description>
<media:content url="a.jpg"/>
<content:encoded><![CDATA[<p>“We won’t pay,” said&nbsp;Ann.</p><p>She left.</p>]]></content:encoded></item>
<item><title>Short</title><description>&lt;p&gt;Only a &lt;b&gt;summary&lt;/b&gt;.&lt;/p&gt;</description>
<author>desk@example.org (Bo Lind)</author></item>
<item><title>Nothing</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><link href="https://example.org"/>
<entry><title type="html">Pier &lt;i&gt;vote&lt;/i&gt;</title><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/1"/><author><name>Jo Marsh</name></author><author><name>Bo Lind</name></author>
<published>2024-03-04T23:30:00Z</published><updated>2024-03-09T00:00:00Z</updated><summary>Not this.</summary>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>“We won’t pay,” said <b>Ann</b>.</p><p>She left.</p></div>
</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Example</title></channel>
<item><title>Pier vote</title><link>https://example.org/1</link><dc:date>2024-03-04</dc:date>
<description>“We won’t pay,” said Ann. &rsquo;Twas late &copy; all.</description></item></rdf:RDF>"""


def test_rss(load_bytes):
    first, second, third = load_bytes("a.rss", RSS.encode())
    assert first.text == "“We won’t pay,” said Ann.\nShe left."
    assert (first.title, first.byline, first.outlet) == ("Pier vote: ‘No’", "Jo Marsh", "The Example & Sons")
    assert (first.published, first.url) == ("2024-03-04", "https://example.org/1")
    assert (second.text, second.byline, second.published, second.url) == ("Only a summary.", "Bo Lind", None, None)
    assert isinstance(third, Skipped)
    assert third.path.endswith("a.rss:3")


def test_atom(article_of):
    article = article_of("a.atom", ATOM)
    assert article.text == "“We won’t pay,” said Ann.\nShe left."
    assert (article.title, article.byline, article.outlet) == ("Pier vote", "Jo Marsh, Bo Lind", "The Example")
    assert (article.published, article.url) == ("2024-03-04", "https://example.org/1")


def test_rdf_with_entities_that_only_html_knows(article_of):
    article = article_of("a.xml", RDF)
    assert article.text == "“We won’t pay,” said Ann. ’Twas late © all."
    assert (article.outlet, article.published) == ("The Example", "2024-03-04")


def test_a_feed_that_breaks_off_gives_what_came_before(load_bytes):
    loaded = load_bytes("a.xml", RSS.encode()[: RSS.index("<item><title>Short")])
    assert isinstance(loaded[0], Article)
    assert loaded[0].text.startswith("“We won’t pay,”")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"<rss><channel/></rss>", "without entries"), (b"<note>Hello</note>", "no RSS"), (b"plain words", "XML")],
)
def test_what_is_no_feed_is_skipped(reason_of, data, reason):
    assert reason in reason_of("a.xml", data)
