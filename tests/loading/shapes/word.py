"""DOCX as Word, LibreOffice, Google Docs and python-docx write it."""

from __future__ import annotations

import io

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from shapes.story import BYLINE, DISGRACE, LINES, REPORT, TITLE, VOTED, WONT_PAY, Shape, Told, zipped

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>Somebody Later</cp:lastModifiedBy>"
    "<dcterms:created>2024-03-04T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def _package(body: str, **more: str) -> bytes:
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return zipped(members | {name.replace("__", "/") + ".xml": content for name, content in more.items()})


def _run(text: str, properties: str = "") -> str:
    return f'<w:r w:rsidR="00A1"><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p w14:paraId="1"><w:pPr>{named}<w:spacing w:after="0"/></w:pPr>{"".join(runs)}</w:p>'


def microsoft_word() -> bytes:
    """Spelling marks, split runs, a bookmark, a tracked change, a comment, a footnote and a header."""
    first, _, last = WONT_PAY.partition(" £3 million")
    body = _paragraph(_run(TITLE), style="Title")
    body += _paragraph(
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/>', _run(VOTED[:30]), "<w:proofErr/>", _run(VOTED[30:])
    )
    body += _paragraph(
        '<w:commentRangeStart w:id="1"/>',
        _run(first + " "),
        '<w:del w:id="5" w:author="x"><w:r><w:delText>£4 million</w:delText></w:r></w:del>',
        '<w:ins w:id="6" w:author="x">' + _run("£3 million") + "</w:ins>",
        _run(last, "<w:i/>"),
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
    )
    body += _paragraph(_run(DISGRACE), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    body += _paragraph("<w:r><w:lastRenderedPageBreak/></w:r>", _run(REPORT))
    body += '<w:sectPr><w:headerReference r:id="rId9" w:type="default"/></w:sectPr>'
    aside = f"<w:ftr {_NAMESPACES}><w:p><w:r><w:t>Words of the edge.</w:t></w:r></w:p></w:ftr>"
    return _package(
        body,
        docProps__core=_CORE.format(title="", author=BYLINE),
        word__header1=aside,
        word__footnotes=aside,
        word__comments=aside,
    )


def text_box() -> bytes:
    """A text box, once for new and once for old programs, and fields for the page number."""
    box = _paragraph(_run("Pull quote of the box."))
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{box}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{box}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.example" </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("engineers")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    before, after = REPORT.split("engineers")
    body = _paragraph(_run(VOTED), both) + _paragraph(_run(WONT_PAY)) + _paragraph(_run(DISGRACE))
    return _package(body + _paragraph(_run(before), number, _run(after)))


def google_docs() -> bytes:
    """No properties at all; every run with its own; a table; non-breaking spaces; empty paragraphs."""
    plain = '<w:rtl w:val="0"/>'
    body = "".join(
        _paragraph(_run(line.replace("£3 million", "£3\u00a0million"), plain)) + _paragraph() for line in LINES[:3]
    )
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    body += f"<w:tbl><w:tblPr/><w:tr>{cell.format(_paragraph(_run('Pier')))}{cell.format(_paragraph(_run('1890')))}</w:tr></w:tbl>"
    return _package(body + _paragraph(_run(REPORT, plain)))


def libre_office() -> bytes:
    """Paragraphs of styles, soft hyphens, line breaks inside a paragraph, structured document tags."""
    tagged = f"<w:sdt><w:sdtPr/><w:sdtContent>{_paragraph(_run(VOTED), style='BodyText')}</w:sdtContent></w:sdt>"
    broken = _paragraph(_run(WONT_PAY), "<w:r><w:br/></w:r>", _run(DISGRACE), style="BodyText")
    body = _paragraph(_run(TITLE), style="Heading1") + tagged + broken + _paragraph(_run(REPORT), style="BodyText")
    return _package(body, docProps__core=_CORE.format(title=TITLE, author=BYLINE))


def python_docx() -> bytes:
    """The library's own template, a list, a run in bold, a moved paragraph, a style of the house."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.styles.add_style("House Body", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph(VOTED, style="House Body")
    document.add_paragraph(WONT_PAY, style="List Bullet")
    document.add_paragraph(DISGRACE).add_run("").bold = True
    moved = document.add_paragraph()
    moved._p.append(
        parse_xml(f'<w:moveFrom {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>Gone.</w:t></w:r></w:moveFrom>')
    )
    moved._p.append(
        parse_xml(f'<w:moveTo {nsdecls("w")} w:id="2" w:author="x"><w:r><w:t>{REPORT}</w:t></w:r></w:moveTo>')
    )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


SHAPES = (
    Shape("word.docx", "Word", microsoft_word, (Told((TITLE, *LINES), title=TITLE, byline=BYLINE),)),
    Shape("box.docx", "Word, with a text box", text_box, (Told((VOTED, "Pull quote of the box.", *LINES[1:])),)),
    Shape("google.docx", "Google Docs", google_docs, (Told((*LINES[:3], "Pier", "1890", REPORT)),)),
    Shape("libre.docx", "LibreOffice", libre_office, (Told((TITLE, *LINES), title=TITLE, byline=BYLINE),)),
    Shape("library.docx", "python-docx", python_docx, (Told(title=TITLE),)),
)
