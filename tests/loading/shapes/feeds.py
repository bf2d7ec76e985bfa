"""Feeds as WordPress, a broadcaster, an agency, Blogger and GitHub Pages write them."""

from __future__ import annotations

from html import escape

from shapes.story import BYLINE, DAY, LINES, OUTLET, SECOND_LINES, SECOND_TITLE, TITLE, URL, Shape, Told

_HTML = "".join(f"<p>{line}</p>\n" for line in LINES)
_SECOND_HTML = "".join(f"<p>{line}</p>\n" for line in SECOND_LINES)
_SECOND_URL = "https://harwick.example/ferries"


def wordpress() -> bytes:
    """The whole text in content:encoded, the summary in description, a picture and a share link before the text."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><comments>{url}#comments</comments><dc:creator><![CDATA[{BYLINE}]]></dc:creator>"
        f"<pubDate>Mon, 04 Mar 2024 18:30:00 +0000</pubDate><category><![CDATA[Harbour]]></category><guid isPermaLink='false'>{url}?p=1</guid>"
        f"<description><![CDATA[<p>{lines[0][:40]} [&#8230;]</p>]]></description>"
        f"<content:encoded><![CDATA[<figure class='wp-block-image'><img src='a.jpg' alt='A pier'/></figure>\n{html}]]></content:encoded>"
        "<slash:comments>3</slash:comments></item>"
        for title, url, lines, html in [
            (TITLE, URL, LINES, _HTML),
            (SECOND_TITLE, _SECOND_URL, SECOND_LINES, _SECOND_HTML),
        ]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f'<channel><title>{OUTLET}</title><atom:link href="https://harwick.example/feed" rel="self"/><link>https://harwick.example</link>'
        f"<lastBuildDate>Tue, 05 Mar 2024 00:00:00 +0000</lastBuildDate><image><title>Logo</title></image>{items}</channel></rss>"
    ).encode()


def broadcaster() -> bytes:
    """Summaries alone, media elements with titles of their own, an encoding that is not UTF-8."""
    return (
        f'<?xml version="1.0" encoding="windows-1252"?><?xml-stylesheet href="x.xsl"?><rss xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel>'
        f"<title><![CDATA[{OUTLET} - Home]]></title><item><title><![CDATA[{TITLE}]]></title><description><![CDATA[{WONT} ]]></description>"
        f'<link>{URL}?at_medium=RSS</link><guid isPermaLink="true">{URL}</guid><pubDate>Mon, 04 Mar 2024 18:30:00 GMT</pubDate>'
        '<media:thumbnail width="240" url="a.jpg"/><media:content><media:title>Picture</media:title></media:content></item></channel></rss>'
    ).encode("cp1252")


WONT = LINES[1]


def agency() -> bytes:
    """Escaped HTML in description, an author as an address with a name, a time zone by its letters."""
    return (
        f'<rss version="0.92"><channel><title>{OUTLET}</title><item><title>{TITLE}</title><link>\n  {URL}\n</link>'
        f"<author>jo@harwick.example ({BYLINE})</author><description>{escape(_HTML)}</description><pubDate>4 Mar 2024 18:30 EST</pubDate>"
        f"</item><item><title>Only a headline</title><link>{_SECOND_URL}</link></item></channel></rss>"
    ).encode()


def blogger() -> bytes:
    """Atom with escaped HTML, several links, an author with an address."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href=\"x\" type=\"text/css\"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        f"<id>tag:blogger.com,1999:blog-1</id><updated>2024-03-09T00:00:00.000-07:00</updated><title type='text'>{OUTLET}</title><author><name>Editor</name></author>"
        f"<entry><id>tag:x,1</id><published>{DAY}T18:30:00.001-07:00</published><updated>2024-03-09T00:00:00Z</updated><title type='text'>{TITLE}</title>"
        f"<content type='html'>{escape(_HTML)}</content><link rel='replies' type='application/atom+xml' href='https://x.example/c'/>"
        f"<link rel='alternate' type='text/html' href='{URL}' title='x'/><author><name>{BYLINE}</name><email>noreply@blogger.com</email></author></entry></feed>"
    ).encode()


def jekyll() -> bytes:
    """Atom with xml:base, HTML in CDATA beside a summary, the author only of the whole feed."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><generator uri="https://jekyllrb.com/">Jekyll</generator><title type="html">{OUTLET}</title>'
        f'<author><name>{BYLINE}</name></author><entry><title type="html">{TITLE}</title><link href="{URL}" rel="alternate" type="text/html" title="{TITLE}" />'
        f'<published>{DAY}T00:00:00+00:00</published><updated>2024-03-09T00:00:00+00:00</updated><content type="html" xml:base="{URL}"><![CDATA[{_HTML}]]></content>'
        f'<summary type="html"><![CDATA[{LINES[0][:40]}]]></summary></entry></feed>'
    ).encode()


def government() -> bytes:
    """Atom of summaries alone, in a namespace with a prefix, updated but never published."""
    return (
        f'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>{OUTLET}</atom:title><atom:entry><atom:title>{TITLE}</atom:title>'
        f'<atom:link href="{URL}"/><atom:updated>{DAY}T10:00:00Z</atom:updated><atom:summary>{LINES[0]}</atom:summary></atom:entry></atom:feed>'
    ).encode()


_WHOLE = Told(title=TITLE, byline=BYLINE, outlet=OUTLET, published=DAY, url=URL)

SHAPES = (
    Shape(
        "wordpress.rss",
        "WordPress",
        wordpress,
        (_WHOLE, Told(SECOND_LINES, SECOND_TITLE, BYLINE, OUTLET, DAY, _SECOND_URL)),
    ),
    Shape(
        "broadcaster.rss",
        "a broadcaster",
        broadcaster,
        (Told((WONT,), TITLE, None, f"{OUTLET} - Home", DAY, f"{URL}?at_medium=RSS"),),
    ),
    Shape("agency.xml", "an agency", agency, (_WHOLE,), ("holds no text",)),
    Shape("blogger.atom", "Blogger", blogger, (_WHOLE,)),
    Shape("jekyll.xml", "Jekyll", jekyll, (_WHOLE,)),
    Shape("government.atom", "a ministry", government, (Told(LINES[:1], TITLE, None, OUTLET, DAY, URL),)),
)
