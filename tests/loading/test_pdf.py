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
    lines = []
    for row in range(max(map(len, columns))):
        lines += [(60 + 260 * n, 750 - 13 * row, column[row]) for n, column in enumerate(columns) if row < len(column)]
    return drawn(lines)


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
