"""PDF as a newspaper's press, Word, a browser and a press office make it."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

from shapes.story import BYLINE, LINES, OUTLET, SECOND_LINES, TITLE, Shape, Told

_WIDTH, _HEIGHT = A4
_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, firstLineIndent=10, alignment=4)
_HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=22, leading=26)


def newspaper() -> bytes:
    """Two justified columns on two pages below a headline, running heads, page numbers."""

    def edges(page: canvas.Canvas, document: BaseDocTemplate) -> None:
        page.setFont("Times-Italic", 9)
        page.drawString(50, _HEIGHT - 30, f"{OUTLET.upper()}  {'4 March' if document.page % 2 else 'NEWS'}")
        page.drawRightString(_WIDTH - 50, 25, str(document.page))

    def columns(height: float) -> list[Frame]:
        return [Frame(left, 50, (_WIDTH - 120) / 2, height) for left in (50, 70 + (_WIDTH - 120) / 2)]

    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title=TITLE, author="Nobody Here", invariant=1)
    first = [Frame(50, _HEIGHT - 120, _WIDTH - 100, 70), *columns(_HEIGHT - 180)]
    document.addPageTemplates(
        [PageTemplate("first", first, onPage=edges), PageTemplate("next", columns(_HEIGHT - 100), onPage=edges)]
    )
    document.build(
        [
            NextPageTemplate("next"),
            Paragraph(TITLE, _HEAD),
            FrameBreak(),
            *(Paragraph(text, _BODY) for text in LINES * 12),
        ]
    )
    return file.getvalue()


def _page(**options: object) -> tuple[io.BytesIO, canvas.Canvas]:
    file = io.BytesIO()
    return file, canvas.Canvas(file, pagesize=A4, invariant=1, **options)


def word() -> bytes:
    """One column, a gap between paragraphs, ragged right; the title set in Word's dialog, the byline on the page."""
    file, page = _page(pageCompression=0)
    page.setTitle("Microsoft Word - Document1")
    page.setAuthor(BYLINE)
    page.setFont("Helvetica-Bold", 18)
    page.drawString(72, 760, TITLE)
    page.setFont("Helvetica", 11)
    page.drawString(72, 735, f"By {BYLINE}")
    bottom = 705
    for line in LINES:
        for row in simpleSplit(line, "Helvetica", 11, 450):
            page.drawString(72, bottom, row)
            bottom -= 14
        bottom -= 10
    page.save()
    return file.getvalue()


def browser() -> bytes:
    """Printed from a browser: the address and the time on every edge, each word set for itself."""
    file, page = _page()
    for number, lines in enumerate((LINES[:2], LINES[2:]), start=1):
        page.setFont("Helvetica", 8)
        page.drawString(30, 815, "04/03/2024, 18:30")
        page.drawString(300, 815, TITLE)
        page.drawString(30, 20, "https://harwick.example/piers")
        page.drawRightString(565, 20, f"{number}/2")
        page.setFont("Helvetica", 12)
        bottom = 760
        for line in lines:
            for row in simpleSplit(line, "Helvetica", 12, 480):
                left = 50.0
                for word in row.split():
                    page.drawString(left, bottom, word)
                    left += page.stringWidth(word + " ", "Helvetica", 12)
                bottom -= 17
            bottom -= 17
        page.showPage()
    page.save()
    return file.getvalue()


def divided() -> bytes:
    """Narrow columns side by side, printed row by row, with words divided by hyphens."""
    file, page = _page(pageCompression=0)
    page.setFont("Times-Roman", 10)
    left = [
        "“Nobody uses the two old-",
        "est piers,” the har-",
        "bour board’s well-",
        "known chair, Ann Whit-",
        "field, said on Monday.",
    ]
    right = [
        "Ferries to the islands",
        "will run every hour, the",
        "company an-",
        "nounced, at once co-",
        "operating with the town.",
    ]
    for row, words in enumerate(zip(left, right, strict=True)):
        for column, text in enumerate(words):
            page.drawString(60 + 150 * column, 700 - 12 * row, text)
    page.save()
    return file.getvalue()


_DIVIDED = (
    "“Nobody uses the two oldest piers,” the harbour board’s well-known chair, Ann Whitfield, said on Monday.",
    "Ferries to the islands will run every hour, the company announced, at once cooperating with the town.",
)


def three_columns() -> bytes:
    """A headline over three columns, each a story's part; encrypted for printing, without a password to read."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    file, page = _page(encrypt=StandardEncryption("", "owner", canModify=0))
    page.setFont("Times-Bold", 20)
    page.drawString(40, 780, TITLE)
    page.setFont("Times-Roman", 10)
    rows = [row for line in (*LINES, *SECOND_LINES) for row in simpleSplit(line, "Times-Roman", 10, 150)]
    height = -(-len(rows) // 3)
    for number, row in enumerate(rows):
        page.drawString(40 + 175 * (number // height), 750 - 13 * (number % height), row)
    page.save()
    return file.getvalue()


SHAPES = (
    Shape("newspaper.pdf", "a newspaper's press", newspaper, (Told((TITLE, *LINES * 12), title=TITLE),)),
    Shape("word.pdf", "Word", word, (Told((TITLE, f"By {BYLINE}", *LINES), title=TITLE, byline=BYLINE),)),
    Shape("browser.pdf", "a browser", browser),
    Shape("divided.pdf", "a bulletin", divided, (Told(_DIVIDED),)),
    Shape("columns.pdf", "a magazine, encrypted", three_columns, (Told((TITLE, *LINES, *SECOND_LINES), title=TITLE),)),
)
