"""Web pages as newspapers, blogs, agencies and old sites serve them."""

from __future__ import annotations

import base64
import gzip
import json
import quopri

from shapes.story import BYLINE, DAY, LINES, OUTLET, TITLE, URL, Shape, Told

_WHOLE = Told(LINES, TITLE, BYLINE, OUTLET, DAY, URL)


def _paragraphs(lines: tuple[str, ...] = LINES, tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{line}</{tag}>" for line in lines)


def _meta(*, site: str = OUTLET) -> str:
    return (
        f'<meta charset="utf-8"><title>{TITLE} | {site}</title><link rel="canonical" href="{URL}">'
        f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="{site}"><meta property="og:type" content="article">'
        f'<meta property="og:url" content="{URL}"><meta name="author" content="{BYLINE}"><meta property="article:published_time" content="{DAY}T18:30:00Z">'
    )


def newspaper() -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head>{_meta()}<script>window.x = "<p>no</p>";</script></head><body>'
        '<div id="cookie-banner" role="dialog"><p>We use cookies.</p><button>Accept all</button></div>'
        '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>'
        f'<main><article><h1>{TITLE}</h1><div class="byline">By <a rel="author" href="/jo">{BYLINE}</a></div><time datetime="{DAY}T18:30:00Z">4 March</time>'
        f'<figure><img src="a.jpg" alt="A pier"><figcaption>The pier in 1890.</figcaption></figure>{_paragraphs()}'
        '<aside class="newsletter"><h3>Get our newsletter</h3><form><input type="email"></form></aside></article></main>'
        '<section class="related"><h2>More on this story</h2><ul><li><a href="/1">One</a></li><li><a href="/2">Two</a></li></ul></section>'
        '<section id="comments"><div class="comment"><p>Reader says no.</p></div></section><footer><p>© The Harwick Example</p></footer></body></html>'
    ).encode()


def linked_data() -> bytes:
    """Metadata in JSON-LD alone, a graph of things."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "name": OUTLET},
            {"@type": "BreadcrumbList"},
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "datePublished": f"{DAY}T18:30:00Z",
                "author": [{"@type": "Person", "name": BYLINE}],
                "publisher": {"@type": "Organization", "name": OUTLET},
                "mainEntityOfPage": URL,
            },
        ],
    }
    return (
        f'<!doctype html><html lang="en"><head><meta charset=utf-8><title>{TITLE}</title><link rel=canonical href={URL}>'
        f'<script type="application/ld+json">{json.dumps(graph)}</script></head><body><div id=app><article>{_paragraphs()}</article></div></body></html>'
    ).encode()


def old_tables() -> bytes:
    """The nineties: tables for columns, font elements, paragraphs by breaks, capitals, Latin-1."""
    text = "<BR><BR>\r\n".join(LINES).replace("’", "&#146;").replace("“", "&#147;").replace("”", "&#148;")
    return (
        f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=600><TR><TD WIDTH=120><FONT SIZE=1><A HREF=index.htm>Home</A><BR><A HREF=n.htm>News</A></FONT></TD>"
        f"<TD><FONT FACE=Arial SIZE=2>{text}</FONT></TD></TR></TABLE></BODY></HTML>"
    ).encode("latin-1")


def amp() -> bytes:
    blocks = "".join(f"<p>{line}</p><amp-ad width=300 height=250 type=x></amp-ad>" for line in LINES)
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": DAY,
        "author": {"@type": "Person", "name": BYLINE},
        "publisher": {"@type": "Organization", "name": OUTLET},
    }
    return (
        f'<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script><title>{TITLE}</title><link rel="canonical" href="{URL}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script><style amp-boilerplate>body{{-webkit-animation:x}}</style></head><body>'
        f'<amp-sidebar id="menu"><ul><li><a href="/">Home</a></li></ul></amp-sidebar><amp-consent id="c"><div>We and our partners store data.</div></amp-consent>'
        f'<article><h1>{TITLE}</h1><amp-img src="a.jpg" alt="A pier" width=1 height=1></amp-img>{blocks}</article><amp-analytics></amp-analytics></body></html>'
    ).encode()


def paywall() -> bytes:
    """The first paragraphs, faded out, then an offer."""
    return (
        f'<!DOCTYPE html><html lang="en"><head>{_meta()}<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","isAccessibleForFree":false}}</script></head>'
        f'<body><article><h1>{TITLE}</h1><div class="article-body">{_paragraphs(LINES[:3])}</div><div class="paywall"><h2>Subscribe to read on</h2><p>£1 for six months.</p>'
        '<a href="/subscribe">Subscribe</a><p>Already a subscriber? <a href="/login">Log in</a></p></div></article></body></html>'
    ).encode()


def data_only() -> bytes:
    """The page shows a teaser; the whole text stands in its JSON-LD alone."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": "\n\n".join(LINES * 3),
        "datePublished": DAY,
        "author": {"@type": "Person", "name": BYLINE},
    }
    return (
        f'<!DOCTYPE html><html lang="en"><head>{_meta()}<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f'<body><main id="root"><h1>{TITLE}</h1><p>{LINES[0][:60]}…</p></main><script src="/app.js"></script></body></html>'
    ).encode()


def next_js() -> bytes:
    """Next.js: an empty page, the article as blocks in the data of its scripts."""
    blocks = [{"type": "paragraph", "content": f"<p>{line}</p>"} for line in LINES] + [{"type": "ad", "slot": 1}]
    data = {
        "props": {"pageProps": {"layout": "story", "story": {"headline": TITLE, "blocks": blocks}}},
        "page": "/[slug]",
        "buildId": "x",
    }
    return (
        f'<!DOCTYPE html><html lang="en"><head>{_meta()}</head><body><div id="__next"></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script><script src="/_next/static/main.js"></script></body></html>'
    ).encode()


def empty_shell() -> bytes:
    return (
        b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harwick Example</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript>'
        b'<div id="root"></div><script src="/static/js/main.js"></script></body></html>'
    )


def meta_refresh() -> bytes:
    return f'<html><head><meta http-equiv="Refresh" content="0; URL=\'{URL}\'"></head><body></body></html>'.encode()


def frames() -> bytes:
    return b'<HTML><HEAD><TITLE>News</TITLE></HEAD><FRAMESET COLS="150,*"><FRAME SRC="menu.htm"><FRAME SRC="story.htm"><NOFRAMES><BODY>Your browser shows no frames.</BODY></NOFRAMES></FRAMESET></HTML>'


def live_blog() -> bytes:
    """Entries with times, the newest first, a summary box, share buttons between."""
    entries = "".join(
        f'<article class="post" id="p{n}"><header><time datetime="{DAY}T1{n}:00:00Z">1{n}:00</time></header><p>{line}</p><div class="share"><a href="#">Share</a></div></article>'
        for n, line in enumerate(LINES)
    )
    return f'<!DOCTYPE html><html lang="en"><head>{_meta()}</head><body><main><h1>{TITLE}</h1><div class="liveblog">{entries}</div></main></body></html>'.encode()


def mislabelled() -> bytes:
    """Windows' encoding under the name of UTF-8."""
    return newspaper().decode().replace("©", "(c)").encode("cp1252")


def packed() -> bytes:
    """Saved as the server sent it: compressed, without a word about it."""
    return gzip.compress(newspaper(), mtime=0)


def pictures_inside() -> bytes:
    """Megabytes of pictures in the page itself."""
    picture = "data:image/jpeg;base64," + "/9j/4AAQ" * 1_500_000
    return (
        newspaper()
        .replace(b'src="a.jpg"', f'src="{picture}"'.encode())
        .replace(b"</main>", f"<style>.x{{background:url({picture[:100_000]})}}</style></main>".encode())
    )


def stray_bytes() -> bytes:
    """A NUL and control characters among the words, an entity for one, a byte order mark in the middle."""
    return (
        newspaper()
        .replace(b"ending a year", b"\0ending a\x08 year")
        .replace(b"<main>", b"\xef\xbb\xbf<main>&#0;&#x1b;")
    )


def saved_by_browser() -> bytes:
    """Chrome's "single file": a message of the page and its pictures."""
    page = newspaper().decode()
    body = quopri.encodestring(page.encode()).decode()
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: {TITLE}\r\nDate: Tue, 5 Mar 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n------B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        f"Content-Location: {URL}\r\n\r\n{body}\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n------B--\r\n"
    ).encode()


def saved_by_explorer() -> bytes:
    """The page in windows-1252 and base64, addresses with file names, no snapshot header; lines end as on Windows."""
    page = newspaper().decode().replace('charset="utf-8"', 'charset="windows-1252"')
    body = base64.encodebytes(page.encode("cp1252", "xmlcharrefreplace")).decode().replace("\n", "\r\n")
    return (
        f'From: "Saved by Windows Internet Explorer 8"\r\nSubject: {TITLE}\r\nDate: Tue, 5 Mar 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n'
        'Content-Type: multipart/related; type="text/html"; boundary="----=_NextPart_000_0000"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n'
        '------=_NextPart_000_0000\r\nContent-Type: text/html; charset="windows-1252"\r\nContent-Transfer-Encoding: base64\r\n'
        f"Content-Location: {URL}\r\n\r\n{body}\r\n------=_NextPart_000_0000--\r\n"
    ).encode()


def saved_as_one_part() -> bytes:
    """A message that is the page and nothing else, its characters as they are."""
    head = f"Subject: {TITLE}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\nContent-Location: {URL}\n\n"
    return head.encode() + newspaper()


def microdata() -> bytes:
    """Metadata as attributes in the text, in capitals; the date in words."""
    return (
        f'<html lang=en><head><title>{TITLE} - {OUTLET}</title><meta property="og:site_name" content="{OUTLET}"></head><body><div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>'
        f'<span itemprop="author">{BYLINE}</span><meta itemprop="datePublished" content="{DAY}"><div itemprop="articleBody">{_paragraphs()}</div></div></body></html>'
    ).encode()


def cookie_wall() -> bytes:
    """All that was served is the question for consent."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{OUTLET}</title></head><body><div role="dialog" id="consent"><h1>Before you continue</h1>'
        "<p>We and our partners use cookies.</p><button>Accept</button><button>Reject</button></div></body></html>"
    ).encode()


SHAPES = (
    Shape("newspaper.html", "a newspaper", newspaper, (_WHOLE,)),
    Shape("graph.html", "a site of JSON-LD", linked_data, (_WHOLE,)),
    Shape("old.htm", "a site of the nineties", old_tables, (Told(title=TITLE),)),
    Shape("amp.html", "AMP", amp, (_WHOLE,)),
    Shape("paywall.html", "a paywall", paywall, (Told(LINES[:3], TITLE, BYLINE, OUTLET, DAY, URL),)),
    Shape("data.html", "a page of data", data_only, (Told(LINES * 3, TITLE, BYLINE, OUTLET, DAY, URL),)),
    Shape("next.html", "Next.js", next_js, (_WHOLE,)),
    Shape("shell.html", "an application", empty_shell, (), ("filled in by scripts",)),
    Shape("refresh.html", "a moved page", meta_refresh, (), (f"sends its reader to {URL}",)),
    Shape("frames.htm", "frames", frames, (), ("frames: menu.htm, story.htm",)),
    Shape(
        "live.html",
        "a live blog",
        live_blog,
        (_WHOLE,),
    ),
    Shape("mislabelled.html", "a wrong label", mislabelled, (_WHOLE,)),
    Shape("packed.html", "a mirror", packed, (_WHOLE,)),
    Shape("pictures.html", "a browser's extension", pictures_inside, (_WHOLE,)),
    Shape("stray.html", "an old content system", stray_bytes, (_WHOLE,)),
    Shape("saved.mhtml", "Chrome", saved_by_browser, (_WHOLE,)),
    Shape("saved.mht", "Internet Explorer", saved_by_explorer, (_WHOLE,)),
    Shape("one.mhtml", "a mail tool", saved_as_one_part, (_WHOLE,)),
    Shape("microdata.html", "microdata", microdata, (Told(LINES, TITLE, BYLINE, OUTLET, DAY),)),
    Shape("consent.html", "a cookie wall", cookie_wall, (), ("holds no text",)),
)
