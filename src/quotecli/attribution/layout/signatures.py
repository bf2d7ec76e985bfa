"""Quotations that are signed: “He scares me.” ― Ana Cruz."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.records import Span
from quotecli.text import Document

SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--)\s*(?P<name>@\w+|[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]*\w){1,4})(?=,| \(@|\.?\s*$)", re.MULTILINE
)


def signed(document: Document) -> Iterator[tuple[Span, Span, Span]]:
    """Yield (quotation, dash, name) of each quotation that is a paragraph's last word but for its signature."""
    for quotation in document.quotations:
        match = SIGNATURE.match(document.text, quotation.end)
        if match:
            yield Span(quotation.start, quotation.end), Span(*match.span("dash")), Span(*match.span("name"))
