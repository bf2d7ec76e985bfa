"""Word, OpenDocument, RTF and EPUB: the right words in the right order, and the document's own metadata."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from quotecli.loading import Limits, load
from quotecli.records import Skipped

STORY = ["The vote was close.", "“We won’t pay £3 million,” said Ann Whitfield.", "Tom O’Neill called it “a disgrace”."]


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(title="", author="", styled_title="") -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    if styled_title:
        document.add_paragraph(styled_title, style="Title")
    for text in STORY:
        document.add_paragraph(text)
    return saved(document)


def zipped(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return file.getvalue()


ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
)
ODT_TAIL = "</office:text></office:body></office:document-content>"
ODT_META = (
    '<?xml version="1.0"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">'
    "<office:meta><dc:title>The vote</dc:title><meta:initial-creator>Jo Marsh</meta:initial-creator>"
    "<dc:creator>Somebody Later</dc:creator></office:meta></office:document-meta>"
)


def odt(body: str, meta: str | None = None) -> bytes:
    return zipped({"content.xml": ODT_HEAD + body + ODT_TAIL} | ({"meta.xml": meta} if meta else {}))


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub(chapters: dict[str, str], spine: list[str], properties: dict[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml" '
        f'properties="{(properties or {}).get(name, "")}"/>'
        for name in chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine)
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>The vote</dc:title><dc:creator>Jo Marsh</dc:creator><dc:creator>Bo Lind</dc:creator>"
        "<dc:publisher>The Example</dc:publisher><dc:date>2024-03-04T00:00:00Z</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>"
    )
    pages = {
        f"OEBPS/{name}.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>'
        f"</head><body>{body}</body></html>"
        for name, body in chapters.items()
    }
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf} | pages
    )


def paragraphs(tag: str) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in STORY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", word()),
        ("a.odt", odt(paragraphs("text:p"))),
        ("a.epub", epub({"one": paragraphs("p")}, ["one"])),
    ],
)
def test_paragraphs_are_lines(article_of, name, data):
    assert article_of(name, data).text.split("\n") == STORY


def test_word_metadata(article_of):
    article = article_of("a.docx", word(title="The vote", author="Jo Marsh"))
    assert (article.title, article.byline, article.published) == ("The vote", "Jo Marsh", None)


def test_word_without_properties_has_its_title_paragraph_and_no_author(article_of):
    article = article_of("a.docx", word(styled_title="The vote", author="python-docx"))
    assert (article.title, article.byline) == ("The vote", None)


def test_word_runs_breaks_tables_links_and_tracked_changes(article_of):
    document = docx.Document()
    paragraph = document.add_paragraph("“We ")
    paragraph.add_run("won’t").bold = True
    paragraph.add_run("\tpay,” she said.")
    paragraph.add_run().add_break()
    paragraph.add_run("Second line.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "£3 million"
    changed = document.add_paragraph("It is ")
    for markup in (
        "<w:del {ns} w:id='1' w:author='x'><w:r><w:delText>wrong</w:delText></w:r></w:del>",
        "<w:ins {ns} w:id='2' w:author='x'><w:r><w:t>right</w:t></w:r></w:ins>",
        "<w:hyperlink {ns}><w:r><w:t xml:space='preserve'> for us</w:t></w:r></w:hyperlink>",
        "<w:r {ns}><w:instrText>PAGE</w:instrText></w:r>",
    ):
        changed._p.append(parse_xml(markup.replace("{ns}", nsdecls("w"))))
    assert article_of("a.docx", saved(document)).text.split("\n") == [
        "“We won’t pay,” she said.",
        "Second line.",
        "Cost",
        "£3 million",
        "It is right for us",
    ]


def test_opendocument_metadata_spaces_changes_and_notes(article_of):
    body = (
        "<text:tracked-changes><text:p>deleted words</text:p></text:tracked-changes>"
        "<text:h>The vote</text:h><text:p>“We<text:s text:c='2'/>won’t,”<text:tab/>she <text:span>said</text:span>."
        "<office:annotation><text:p>a remark</text:p></office:annotation><text:line-break/>Then left.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Cost</text:p></table:table-cell></table:table-row></table:table>"
    )
    article = article_of("a.odt", odt(body, ODT_META))
    assert article.text.split("\n") == ["The vote", "“We won’t,” she said.", "Then left.", "Cost"]
    assert (article.title, article.byline) == ("The vote", "Jo Marsh")


def test_epub_chapters_in_the_order_of_the_spine_without_the_table_of_contents(article_of):
    chapters = {
        "toc": "<nav><li>One</li></nav>",
        "two": "<h1>Two</h1><p>Second.</p>",
        "one": "<h1>One</h1><p>First.</p>",
    }
    article = article_of("a.epub", epub(chapters, ["toc", "one", "two", "missing"], {"toc": "nav"}))
    assert article.text.split("\n") == ["One", "First.", "Two", "Second."]
    assert (article.title, article.byline, article.outlet) == ("The vote", "Jo Marsh, Bo Lind", "The Example")
    assert article.published == "2024-03-04"


WORD_RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}{\colortbl;\red0\green0\blue0;}"
    r"{\info{\title The vote}{\author Jo Marsh}}\pard\plain The vote was close.\par "
    r"\ldblquote We won\rquote t pay \'a33 million,\rdblquote  said {\b Ann} Whitfield.\par "
    r"Tom O\rquote Neill called it {\field{\*\fldinst HYPERLINK x}{\fldrslt \ldblquote a disgrace\rdblquote}}.\par}"
)
OFFICE_RTF = (
    r"{\rtf1\ansi\deff3\adeflang1025{\*\generator LibreOffice;}{\pard\plain \ql{\ltrch\loch The vote was close.}\par}"
    r"{\pard\plain {\loch \u8220\'93We won\u8217\'92t pay \u163\'a33 million,\u8221\'94 said Ann Whitfield.}\par}"
    r"{\pard\plain Tom O\u8217\'92Neill called it \u8220\'93a disgrace\u8221\'94.\par}}"
)
MAC_RTF = (
    "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n\\f0\\fs24 \\cf0 The vote was close.\\\n"
    "\\'93We won\\'92t pay \\'a33 million,\\'94 said Ann Whitfield.\\\nTom O\\'92Neill called it \\'93a disgrace\\'94.}"
)


@pytest.mark.parametrize("data", [WORD_RTF, OFFICE_RTF, MAC_RTF])
def test_rtf_of_three_programs(article_of, data):
    assert article_of("a.rtf", data).text.split("\n") == STORY


def test_rtf_metadata(article_of):
    article = article_of("a.rtf", WORD_RTF)
    assert (article.title, article.byline) == ("The vote", "Jo Marsh")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04 not a zip", "damaged"),
        ("a.docx", zipped({"other.xml": "<a/>"}), "word/document.xml is missing"),
        ("a.docx", zipped({"word/document.xml": "<a><b></a>"}), "invalid XML"),
        ("a.docx", word()[:-200], "damaged"),
        ("a.odt", odt("<text:p> </text:p>"), "no text"),
        ("a.epub", zipped({"META-INF/container.xml": "<container/>"}), "names no package document"),
        ("a.epub", epub({}, []), "no text"),
        ("a.rtf", b"plain words", "not an RTF file"),
        ("a.rtf", b"{\\rtf1 }", "no text"),
    ],
)
def test_damaged_documents_say_what_is_wrong(reason_of, name, data, reason):
    assert reason in reason_of(name, data)


def test_an_entity_bomb_does_not_expand(reason_of):
    entities = '<!ENTITY a0 "boom">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f"<!DOCTYPE d [{entities}]><document><body><p><t>&a11;</t></p></body></document>"
    assert reason_of("a.docx", zipped({"word/document.xml": bomb}))


def test_external_entities_are_not_read(reason_of, tmp_path):
    (tmp_path / "secret").write_text("secret words")
    outside = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{tmp_path}/secret">]><document><body><p><t>&x;</t></p></body></document>'
    )
    assert "no text" in reason_of("a.docx", zipped({"word/document.xml": outside}))


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    path.write_bytes(zipped({"word/document.xml": "<document>" + " " * 3_000_000 + "</document>"}))
    (skipped,) = load(path, limits=Limits(document_bytes=1_000_000))
    assert isinstance(skipped, Skipped)
    assert "unpacks to more than" in skipped.reason


def in_word(*paragraphs: str) -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped({"word/document.xml": f"<w:document {names}><w:body>{''.join(paragraphs)}</w:body></w:document>"})


def runs(*texts: str, properties: str = "") -> str:
    inside = "".join(
        text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' * bool(properties)}{inside}</w:p>"


BOX = (
    "<w:r><w:pict><w:textbox><w:txbxContent><w:p><w:r><w:t>Pull it.</w:t></w:r></w:p></w:txbxContent></w:textbox>"
    "</w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("paragraphs", "lines"),
    [
        ([runs("T", properties='<w:framePr w:dropCap="drop"/>'), runs("hree walked out.")], ["Three walked out."]),
        ([runs("“W", properties='<w:framePr w:dropCap="margin"/>'), runs("e go,” she said.")], ["“We go,” she said."]),
        ([runs("A", properties='<w:framePr w:dropCap="drop"/>'), runs(" boat sank.")], ["A boat sank."]),
        ([runs("In a box", properties='<w:framePr w:wrap="around"/>'), runs("Text.")], ["In a box", "Text."]),
        ([runs("They went ", properties="<w:rPr><w:del/></w:rPr>"), runs("home.")], ["They went home."]),
        ([runs("They went ", BOX, "home.")], ["They went home.", "Pull it."]),
        ([runs("She left", "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>", ".")], ["She left."]),
        ([runs("She left", '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> now</w:t></w:r>', ".")], ["She left now."]),
        ([runs("6", '<w:r><w:sym w:font="Symbol" w:char="F0A2"/></w:r>', " long")], ["6′ long"]),
        ([runs("It", '<w:r><w:sym w:font="Arial" w:char="2019"/></w:r>', "s here")], ["It’s here"]),
        ([runs("So", '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', ".")], ["So."]),
    ],
    ids=[
        "a drop capital", "one with its mark", "one that is a word", "a frame", "a deleted paragraph end", "a text box",
        "hidden words", "words that are not hidden", "a symbol", "a symbol of Unicode", "a picture of a font",
    ],
)  # fmt: skip
def test_word_reads_as_it_shows(article_of, paragraphs, lines):
    assert article_of("a.docx", in_word(*paragraphs)).text.split("\n") == lines
