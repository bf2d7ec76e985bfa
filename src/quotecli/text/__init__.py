"""Cutting an article's text up: paragraphs, sentences and quotations, as offsets into the text."""

from __future__ import annotations

from quotecli.text.document import Document, Quotation
from quotecli.text.paragraphs import find_paragraphs
from quotecli.text.quotations import find_quotations
from quotecli.text.sentences import find_sentences

__all__ = ["Document", "Quotation", "parse"]


def parse(text: str) -> Document:
    """Return the paragraphs, sentences and quotations of `text`; never raises, never changes a character."""
    paragraphs = find_paragraphs(text)
    return Document(
        text=text,
        paragraphs=paragraphs,
        sentences=find_sentences(text, paragraphs),
        quotations=find_quotations(text, paragraphs),
    )
