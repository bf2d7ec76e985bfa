"""Cutting an article's text up: paragraphs, sentences and quotations, as offsets into the text."""

from __future__ import annotations

import msgspec

from quotecli.text.capitals import lacks_capitals
from quotecli.text.document import Document, Quotation
from quotecli.text.seen import Seen, clean, see, visible, with_edits

__all__ = ["Document", "Quotation", "Seen", "clean", "lacks_capitals", "parse", "see", "visible", "with_edits"]


def parse(text: str) -> Document:
    """Return the paragraphs, sentences and quotations that a reader sees in `text` (see `see`), as offsets into it.

    Never raises, never changes a character.
    """
    seen = see(text)
    found = _cut_up(seen.text)
    if seen.is_whole:
        return found
    return Document(
        text=text,
        paragraphs=tuple(map(seen.span, found.paragraphs)),
        sentences=tuple(map(seen.span, found.sentences)),
        quotations=tuple(
            msgspec.structs.replace(quotation, start=seen.start(quotation.start), end=seen.end(quotation.end))
            for quotation in found.quotations
        ),
    )


def _cut_up(text: str) -> Document:
    # Search folds words by what a reader sees; it need not wait for the expressions that cut a text up.
    from quotecli.text.paragraphs import find_paragraphs
    from quotecli.text.quotations import find_quotations
    from quotecli.text.sentences import find_sentences

    paragraphs = find_paragraphs(text)
    return Document(
        text=text,
        paragraphs=paragraphs,
        sentences=find_sentences(text, paragraphs),
        quotations=find_quotations(text, paragraphs),
    )
