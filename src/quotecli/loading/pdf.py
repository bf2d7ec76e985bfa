"""PDF: the lines of each page in reading order, columns one after another, joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING, Any

from quotecli.errors import InputError
from quotecli.loading.page_layout import (
    Line,
    joined_rows,
    paragraphs,
    reading_order,
    with_drop_capitals,
    without_running_heads,
)
from quotecli.loading.print_marks import without_print_marks
from quotecli.loading.source import Source
from quotecli.records import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END_HYPHEN = "\x02"  # what PDFium gives for a hyphen that divides a word at the end of a line
_TITLE_HEIGHT = 1.3  # of the text's height
_TITLE_WORDS = 30


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of a PDF. Title and byline from its metadata count only if its first page shows them."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(source.read())
    except pdfium.PdfiumError as error:
        protected = "password" in str(error).lower()
        raise InputError("protected by a password" if protected else "not a readable PDF") from error
    try:
        yield _article(source, document)
    except pdfium.PdfiumError as error:
        raise InputError("damaged: a page of this PDF cannot be read") from error
    finally:
        document.close()


def _article(source: Source, document: Any) -> Article:
    pages = without_running_heads([_page_lines(source, page) for page in document])
    pages = [reading_order(without_print_marks(lines)) for lines in pages]
    texts = paragraphs([line for lines in pages for line in lines])
    if not texts:
        raise InputError("no text in this PDF: scanned pages need text recognition (OCR) first")
    shown = _letters(" ".join(line.text for line in pages[0]))
    metadata = {key: value for key, value in document.get_metadata_dict().items() if _letters(value) in shown}
    title = metadata.get("Title") or _largest_text(pages[0])
    return source.article("\n".join(texts), title=title, byline=metadata.get("Author"))


def _page_lines(source: Source, page: Any) -> list[Line]:
    """Return the page's lines of characters that stand close together, from top to bottom."""
    source.check_time()
    textpage = page.get_textpage()
    try:
        return joined_rows(with_drop_capitals(_runs(textpage, page.get_height())))
    finally:
        textpage.close()
        page.close()


def _runs(textpage: Any, height: float) -> Iterator[Line]:
    """Yield the characters as PDFium orders them, in runs that go on to the right on one line."""
    from pypdfium2.raw import FPDFText_GetUnicode, FPDFText_IsGenerated

    run: Line | None = None
    glyph = None  # the box of the character before: one ligature's characters have one box
    for index in range(textpage.count_chars()):
        character = chr(FPDFText_GetUnicode(textpage.raw, index))
        if FPDFText_IsGenerated(textpage.raw, index) == 1 or character in "\r\n":
            if run is not None and character == " ":
                run.text += " "
            continue
        box = left, bottom, right, top = textpage.get_charbox(index, loose=True)
        if not isfinite(left + bottom + right + top):
            continue  # it stands nowhere
        if run is not None and box == glyph:
            run.text += character
            continue
        glyph = box
        character = "-" if character == _LINE_END_HYPHEN else character
        here = Line(character, left, right, height - top, height - bottom)
        if run is not None and run.is_followed_by(here) and not run.is_dropped_beside(here):
            run.take(here)
            continue
        if run is not None:
            yield run
        run = here
    if run is not None:
        yield run


def _largest_text(lines: Sequence[Line]) -> str | None:
    """Return the first lines if they are plainly larger than the text: a headline."""
    if not lines:
        return None
    usual = sorted(line.height for line in lines)[len(lines) // 2]
    headline: list[str] = []
    for line in lines:
        if line.height < _TITLE_HEIGHT * usual:
            break
        headline.append(line.text)
    words = " ".join(headline).split()
    return " ".join(words) if 0 < len(words) <= _TITLE_WORDS else None


def _letters(text: str) -> str:
    """Return the letters and digits alone; something that is in no page when there are none."""
    return "".join(re.findall(r"\w", text.casefold())) or "\0"
