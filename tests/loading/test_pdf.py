"""PDF: columns one after another, divided words made whole, running heads left out."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

from quotecli.loading import Limits, load
from quotecli.loading.page_layout import Line, paragraphs, reading_order
from quotecli.records import Article

WIDTH, HEIGHT = A4
HEADLINE = "Harbour board votes to close the oldest piers"
STORY = [
    "The harbour board voted on Monday to close the two oldest piers in the town, ending an argument that has gone on "
    "for a year and has divided families, shops and the council itself.",
    "“We won’t pay £3 million for piers that nobody uses,” said Ann Whitfield, the chair of the board, after the vote. "
    "“It would be wrong, and everyone here knows it.”",
    "Tom O’Neill, who has sold tickets on the pier since 1998, called the decision “a disgrace” and said that he would "
    "ask a court to stop it before the end of the summer.",
    "According to a report by the town’s engineers, the wood below the water line could fail at any time, and a repair "
    "would take at least four years.",
]
OTHER = [
    "Ferries to the islands will run every hour from May, the company said, and the price of a ticket will not change "
    "before next year.",
    "“People asked us for more boats and now they will get them,” its manager, Rosa Lindt, told reporters at the quay.",
]


def newspaper(pages: int = 3) -> bytes:
    """A headline over two justified columns with indented paragraphs, a head and a page number on each page."""

    def edges(page, document):
        page.setFont("Times-Italic", 9)
        page.drawString(50, HEIGHT - 30, f"THE HARWICK EXAMPLE  {'Friday 3 May' if document.page % 2 else 'NEWS'}")
        page.drawRightString(WIDTH - 50, 25, f"Page {document.page}")

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, firstLineIndent=10, alignment=4)
    head = ParagraphStyle("head", fontName="Times-Bold", fontSize=22, leading=26)
    column = (WIDTH - 120) / 2

    def columns(height):
        return [Frame(left, 50, column, height) for left in (50, 70 + column)]

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=HEADLINE, author="Nobody Here")
    first = [Frame(50, HEIGHT - 120, WIDTH - 100, 70), *columns(HEIGHT - 180)]
    document.addPageTemplates(
        [PageTemplate("first", first, onPage=edges), PageTemplate("next", columns(HEIGHT - 100), onPage=edges)]
    )
    story = [Paragraph(text, body) for text in STORY * (7 * pages)]
    document.build([NextPageTemplate("next"), Paragraph(HEADLINE, head), FrameBreak(), *story])
    return file.getvalue()


def drawn(lines: list[tuple[float, float, str]], size: float = 10, **options) -> bytes:
    """A page with each text at its place, in the order given."""
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4, **options)
    page.setFont("Times-Roman", size)
    for left, bottom, text in lines:
        page.drawString(left, bottom, text)
    page.save()
    return file.getvalue()


def side_by_side() -> bytes:
    """Two stories in two columns, printed row by row across both."""
    columns = [[row for text in story for row in simpleSplit(text, "Times-Roman", 10, 220)] for story in (STORY, OTHER)]
    lines: list[tuple[float, float, str]] = []
    for row in range(max(map(len, columns))):
        lines += [(60 + 260 * n, 750 - 13 * row, column[row]) for n, column in enumerate(columns) if row < len(column)]
    return drawn(lines)


LIGATURES = {"ﬁ": "fi", "ﬀ": "ff", "ﬃ": "ffi"}


def with_ligatures(rows: list[str]) -> bytes:
    """A page whose font has one wide glyph for several letters, and says so (ToUnicode)."""
    codes = {letter: 128 + number for number, letter in enumerate(LIGATURES)}
    shown = ["".join(f"{codes.get(letter, ord(letter)):02x}" for letter in row) for row in rows]
    content = "BT /F 12 Tf 72 720 Td 14 TL " + " ".join(f"<{row}> Tj T*" for row in shown) + " ET"
    plain = "".join(f"<{code:02x}> <{code:04x}>\n" for code in range(32, 127))
    joined = "".join(
        f"<{codes[one]:02x}> <{''.join(f'{ord(c):04x}' for c in many)}>\n" for one, many in LIGATURES.items()
    )
    characters = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar {plain} endbfchar "
        f"{len(LIGATURES)} beginbfchar {joined} endbfchar endcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 6 0 R>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[128/M/W/M]>>/ToUnicode 5 0 R>>",
        f"<</Length {len(characters)}>>stream\n{characters}\nendstream",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(f"{len(file):010d} 00000 n \n")
        file += f"{number} 0 obj{each}endobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{''.join(places)}"
    return file + f"{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>startxref\n{len(file)}\n%%EOF".encode()


@pytest.mark.parametrize(
    "rows",
    [
        ["The ﬁfth oﬃce is diﬀerent, Griﬃth said."],
        ["The ﬁrst staﬀ of Griﬃth went", "oﬀ to ﬁght a ﬁre in Cardiﬀ,", "ﬁfty ﬁgures said."],
        ["ﬃ ﬁ ﬀ", "aﬃrm ﬁnd aﬀair"],
    ],
)
def test_the_letters_of_a_ligature_are_one_word_on_one_line(article_of, rows):
    wanted = " ".join(rows)
    for one, many in LIGATURES.items():
        wanted = wanted.replace(one, many)
    assert article_of("ligatures.pdf", with_ligatures(rows)).text == wanted


def paragraphs_of_two_lines(gap: float, indent: float = 0) -> bytes:
    """Paragraphs whose second line is a word or two, `gap` points apart."""
    rows, bottom = [], 760.0
    for text in STORY[:1] * 3 + STORY[1:]:
        for number, row in enumerate(simpleSplit(text[:110], "Times-Roman", 10, 400)):
            rows.append((72 + indent * (number == 0), bottom, row))
            bottom -= 12
        bottom -= gap
    return drawn(rows)


@pytest.mark.parametrize(("gap", "indent"), [(6, 0), (12, 0), (4, 20), (0, 20), (0, 35)])
def test_paragraphs_of_two_lines_stay_apart(article_of, gap, indent):
    lines = article_of("short.pdf", paragraphs_of_two_lines(gap, indent)).text.split("\n")
    assert lines == [text[:110].strip() for text in STORY[:1] * 3 + STORY[1:]]


def test_paragraphs_of_one_line_with_indents_stay_apart(article_of):
    texts = [
        STORY[0],
        "Nobody spoke.",
        "“We could not pay for them any more,” the chair of the board said.",
        *STORY[1:],
    ]
    rows = [
        (72 + 20 * (number == 0), row)
        for text in texts
        for number, row in enumerate(simpleSplit(text, "Times-Roman", 10, 400))
    ]
    file = drawn([(left, 760 - 12 * number, row) for number, (left, row) in enumerate(rows)])
    assert article_of("indents.pdf", file).text.split("\n") == texts


def test_a_drop_capital_stands_at_the_head_of_its_first_line(article_of):
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4)
    page.setFont("Times-Roman", 40)
    page.drawString(72, 690, "T")
    page.setFont("Times-Roman", 12)
    for row, (left, text) in enumerate(
        [(98, "he harbour board voted on Monday"), (98, "to close both piers of the"), (72, "town.")]
    ):
        page.drawString(left, 710 - 16 * row, text)
    page.save()
    assert article_of("drop.pdf", file.getvalue()).text == (
        "The harbour board voted on Monday to close both piers of the town."
    )


PRINTED = [
    (("04/03/2024, 18:30", TITLE := "Piers to close"), ("https://harwick.example/piers", "1/1")),
    (("11/28/26, 9:01 PM", TITLE), ("file:///home/ann/piers.html", "1/1")),
    ((TITLE, "https://harwick.example/piers?id=4"), ("1 of 1", "28.11.2026, 21:01")),
    (("28 Nov 2026 at 21:01", ""), ("", "Page 1 of 1")),
]


@pytest.mark.parametrize(("above", "below"), PRINTED)
def test_what_a_browser_prints_around_a_page_is_left_out(article_of, above, below):
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4)
    page.setFont("Helvetica", 8)
    for bottom, (left, right) in ((815, above), (20, below)):
        page.drawString(30, bottom, left)
        page.drawRightString(565, bottom, right)
    page.setFont("Helvetica", 12)
    for row, text in enumerate(["The harbour board voted on Monday to close the two", "oldest piers in the town."]):
        page.drawString(60, 790 - 16 * row, text)
    page.save()
    assert article_of("printed.pdf", file.getvalue()).text == (
        "The harbour board voted on Monday to close the two oldest piers in the town."
    )


def test_a_date_that_begins_the_text_stays(article_of):
    rows = ["28/11/2026, 21:01 The harbour board voted to close", "the two oldest piers in the town.", "Nobody spoke."]
    article = article_of("log.pdf", drawn([(72, 700 - 14 * row, text) for row, text in enumerate(rows)]))
    assert article.text.startswith("28/11/2026, 21:01 The harbour board")


def test_two_columns_over_several_pages(article_of):
    article = article_of("paper.pdf", newspaper())
    assert article.text.split("\n") == [HEADLINE, *STORY * 21]


def test_metadata_counts_only_when_the_page_shows_it(article_of):
    article = article_of("paper.pdf", newspaper(1))
    assert (article.title, article.byline, article.published) == (HEADLINE, None, None)


def test_columns_printed_row_by_row_are_read_one_after_the_other(article_of):
    text = " ".join(article_of("rows.pdf", side_by_side()).text.split())
    assert text == " ".join(STORY + OTHER)


def test_words_divided_at_the_end_of_a_line(article_of):
    rows = [
        "“The environ-",
        "ment is a long-",
        "term matter,” said the well-",
        "known Ann Smith of 1998-",
        "2004. It is",
    ]
    rows += ["a long-term plan, and a co-", "operative one."]
    article = article_of("divided.pdf", drawn([(72, 700 - 14 * row, text) for row, text in enumerate(rows)]))
    assert article.text == (
        "“The environment is a long-term matter,” said the well-known Ann Smith of 1998-2004. It is a long-term plan, "
        "and a cooperative one."
    )


def test_gaps_divide_paragraphs_and_the_largest_text_on_top_is_the_title(article_of):
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=A4)
    page.setFont("Times-Bold", 20)
    page.drawString(72, 780, "Pier vote is final")
    page.setFont("Times-Roman", 11)
    for row, text in enumerate(["The board voted on", "Monday.", "", "It will not", "vote again."]):
        page.drawString(72, 740 - 13 * row, text)
    page.save()
    article = article_of("gaps.pdf", file.getvalue())
    assert article.title == "Pier vote is final"
    assert article.text.split("\n") == ["Pier vote is final", "The board voted on Monday.", "It will not vote again."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn([]), "no text in this PDF"),
        (drawn([(72, 700, "Words.")], encrypt=StandardEncryption("secret", canPrint=0)), "password"),
        (b"%PDF-1.7\nbroken", "not a readable PDF"),
        (newspaper(1)[:900], "not a readable PDF"),
    ],
)
def test_what_cannot_be_read_says_why(reason_of, data, reason):
    assert reason in reason_of("a.pdf", data)


def test_a_heading_across_both_columns_divides_what_is_above_from_what_is_below():
    def line(text, left, right, top):
        return Line(text, left, right, top, top + 10)

    lines = [line("b", 120, 200, 10), line("a", 10, 100, 10), line("HEAD", 10, 200, 40)]
    lines += [line("d", 120, 200, 60), line("c", 10, 100, 60)]
    assert [line.text for line in reading_order(lines)] == ["a", "b", "HEAD", "c", "d"]


def test_no_lines_are_no_paragraphs():
    assert paragraphs([]) == []


def test_a_damaged_copy_never_raises(tmp_path):
    whole = side_by_side()
    for position in range(0, len(whole), len(whole) // 60):
        path = tmp_path / "damaged.pdf"
        path.write_bytes(whole[:position] + b"\xff\0>>" + whole[position + 4 :])
        assert len(list(load(path))) == 1


def test_the_time_limit_holds(tmp_path):
    path = tmp_path / "slow.pdf"
    path.write_bytes(newspaper())
    (skipped,) = load(path, limits=Limits(seconds=0))
    assert not isinstance(skipped, Article)
    assert "took longer than 0 s" in skipped.reason
