"""EPUB as pandoc (version 3), Calibre (version 2) and a news magazine's press write it."""

from __future__ import annotations

from shapes.story import BYLINE, DAY, LINES, OUTLET, SECOND_LINES, SECOND_TITLE, TITLE, Shape, Told, zipped

_CHAPTER = 'media-type="application/xhtml+xml"'
_XHTML = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'


def _container(opf: str) -> str:
    return (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        f'<rootfile full-path="{opf}" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )


def _opf(metadata: str, items: dict[str, tuple[str, str]], spine: list[str], version: str = "3.0") -> str:
    """items: by id, the address and other attributes."""
    manifest = "".join(f'<item id="{name}" href="{href}" {more or _CHAPTER}/>' for name, (href, more) in items.items())
    order = "".join(
        f"<itemref idref='{name}'/>" if name[0] != "-" else f"<itemref idref='{name[1:]}' linear='no'/>"
        for name in spine
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{order}</spine></package>"
    )


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p class='calibre2'>{line}</p>\n" for line in lines)


def _book(opf_path: str, opf: str, files: dict[str, str]) -> bytes:
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": _container(opf_path), opf_path: opf}
    return zipped(members | files, stored="mimetype")


def pandoc() -> bytes:
    meta = f"<dc:title id='t'>{TITLE}</dc:title><dc:creator id='c'>{BYLINE}</dc:creator><dc:date>{DAY}</dc:date><dc:language>en</dc:language>"
    items = {
        "nav": ("nav.xhtml", 'media-type="application/xhtml+xml" properties="nav"'),
        "style": ("styles/stylesheet1.css", 'media-type="text/css"'),
        "ch001": ("text/ch001.xhtml", ""),
    }
    chapter = f'<section id="x" class="level1"><h1>{TITLE}</h1>{_paragraphs(LINES)}</section>'
    files = {
        "EPUB/text/ch001.xhtml": _XHTML.format(title="ch001.xhtml", body=chapter),
        "EPUB/styles/stylesheet1.css": "p {}",
    }
    files["EPUB/nav.xhtml"] = _XHTML.format(
        title=TITLE, body="<nav epub:type='toc'><ol><li><a href='text/ch001.xhtml'>One</a></li></ol></nav>"
    )
    return _book("EPUB/content.opf", _opf(meta, items, ["nav", "ch001"]), files)


def calibre() -> bytes:
    """Version 2: no nav but an ncx, split files with percent signs, a cover page, the package at the top."""
    meta = f'<dc:title>{TITLE}</dc:title><dc:creator opf:role="aut" opf:file-as="Marsh, Jo">{BYLINE}</dc:creator><dc:date>0101-01-01T00:00:00+00:00</dc:date><meta name="calibre:timestamp" content="2024-03-05"/>'
    items = {
        "cover": ("titlepage.xhtml", ""),
        "ncx": ("toc.ncx", 'media-type="application/x-dtbncx+xml"'),
        "a": ("part%20one_split_000.html", ""),
        "b": ("part%20one_split_001.html", ""),
    }
    files = {
        "titlepage.xhtml": _XHTML.format(title="Cover", body='<svg><image href="cover.jpeg"/></svg>'),
        "toc.ncx": "<ncx/>",
        "part one_split_000.html": _XHTML.format(
            title=TITLE, body=f'<div class="calibre1">{_paragraphs(LINES[:2])}</div>'
        ),
        "part one_split_001.html": _XHTML.format(
            title=TITLE, body=f'<div class="calibre1">{_paragraphs(LINES[2:])}</div>'
        ),
    }
    return _book("content.opf", _opf(meta, items, ["cover", "a", "b"], "2.0"), files)


def magazine() -> bytes:
    """Two stories with headers and captions, a page beside the reading order, entities that only HTML knows."""
    meta = f"<dc:title>{OUTLET}, 4 March</dc:title><dc:publisher>{OUTLET}</dc:publisher><dc:date>2024-03-04T06:00:00Z</dc:date>"
    items = {"s1": ("s1.xhtml", ""), "s2": ("s2.xhtml", ""), "ad": ("ad.xhtml", "")}
    first = f"<article><header><h2>{TITLE}</h2></header>{_paragraphs(LINES)}</article>".replace("£", "&pound;").replace(
        "“", "&ldquo;"
    )
    second = f"<article><h2>{SECOND_TITLE}</h2>{_paragraphs(SECOND_LINES)}</article>"
    files = {
        f"OEBPS/{name}.xhtml": _XHTML.format(title=name, body=body)
        for name, body in {"s1": first, "s2": second, "ad": "<p>Buy now</p>"}.items()
    }
    return _book("OEBPS/package.opf", _opf(meta, items, ["s1", "-ad", "s2"]), files)


SHAPES = (
    Shape("pandoc.epub", "pandoc", pandoc, (Told((TITLE, *LINES), title=TITLE, byline=BYLINE, published=DAY),)),
    Shape("calibre.epub", "Calibre", calibre, (Told(title=TITLE, byline=BYLINE),)),
    Shape(
        "magazine.epub",
        "a magazine",
        magazine,
        (Told((TITLE, *LINES, SECOND_TITLE, *SECOND_LINES), title=f"{OUTLET}, 4 March", outlet=OUTLET, published=DAY),),
    ),
)
