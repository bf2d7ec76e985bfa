"""ODT as LibreOffice, Google Docs and odfpy write it."""

from __future__ import annotations

import io

from odf import text as odf_text
from odf.dc import Title
from odf.opendocument import OpenDocumentText

from shapes.story import BYLINE, DISGRACE, LINES, REPORT, TITLE, VOTED, WONT_PAY, Shape, Told, zipped

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "meta": "meta",
    }.items()
)
_MIMETYPE = "application/vnd.oasis.opendocument.text"
_META = (
    f'<office:document-meta {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
    "<meta:generator>LibreOffice/7.6</meta:generator><dc:title>{title}</dc:title>"
    "<meta:initial-creator>{author}</meta:initial-creator><dc:creator>Somebody Later</dc:creator>"
    "<dc:date>2024-05-05T10:00:00</dc:date></office:meta></office:document-meta>"
)


def _package(body: str, meta: str | None = None) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES}><office:automatic-styles/>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    members = {"mimetype": _MIMETYPE, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"}
    return zipped(members | ({"meta.xml": meta} if meta else {}), stored="mimetype")


def libre_office() -> bytes:
    """Sequence declarations, tracked deletions, a note, soft page breaks, repeated spaces, spans of half a word."""
    note = '<text:note text:id="1"><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note>'
    body = '<text:sequence-decls><text:sequence-decl text:name="Table"/></text:sequence-decls>'
    body += "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    body += f'<text:h text:outline-level="1">{TITLE}</text:h>'
    body += (
        f'<text:p text:style-name="P1">{VOTED[:40]}<text:span text:style-name="T1">{VOTED[40:]}</text:span></text:p>'
    )
    body += f"<text:p>{WONT_PAY.replace(' £3', '<text:s/>£3')}{note}</text:p><text:p/>"
    body += f"<text:p>{DISGRACE[:50]}<text:soft-page-break/>{DISGRACE[50:]}</text:p>"
    body += f'<text:p><text:bookmark text:name="x"/>{REPORT}<office:annotation><text:p>Remark.</text:p></office:annotation></text:p>'
    return _package(body, _META.format(title=TITLE, author=BYLINE))


def sections_and_lists() -> bytes:
    """Columns as a section, a numbered list, a frame with a picture and its description, a table."""
    body = f'<text:section text:name="Columns"><text:p>{VOTED}</text:p><text:list><text:list-item><text:p>{WONT_PAY}</text:p>'
    body += f"</text:list-item><text:list-item><text:p>{DISGRACE}</text:p></text:list-item></text:list></text:section>"
    body += '<text:p><draw:frame><draw:image/><svg:desc xmlns:svg="x">A pier at night</svg:desc></draw:frame></text:p>'
    body += f"<table:table><table:table-row><table:table-cell><text:p>{REPORT}</text:p></table:table-cell></table:table-row></table:table>"
    return _package(body, _META.format(title="", author=""))


def google_docs() -> bytes:
    """A paragraph of nothing but spans, no metadata."""
    spans = (
        "".join(f'<text:span text:style-name="T{n}">{word} </text:span>' for n, word in enumerate(line.split()))
        for line in LINES
    )
    return _package("".join(f'<text:p text:style-name="P1">{spans_}</text:p><text:p/>' for spans_ in spans))


def odfpy() -> bytes:
    document = OpenDocumentText()
    document.meta.addElement(Title(text=TITLE))
    document.text.addElement(odf_text.H(outlinelevel=1, text=TITLE))
    for line in LINES:
        document.text.addElement(odf_text.P(text=line))
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


SHAPES = (
    Shape("libre.odt", "LibreOffice", libre_office, (Told((TITLE, *LINES), title=TITLE, byline=BYLINE),)),
    Shape("sections.odt", "LibreOffice, with a section", sections_and_lists),
    Shape("google.odt", "Google Docs", google_docs),
    Shape("library.odt", "odfpy", odfpy, (Told((TITLE, *LINES), title=TITLE),)),
)
