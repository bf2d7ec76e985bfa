"""Quotations that are signed: “He scares me.” ― Ana Cruz, or “He scares me.” (Ana Cruz, nurse)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotecli.model import Name
from quotecli.records import Span
from quotecli.text import Document

SIGNATURE = re.compile(
    r"\s*(?P<dash>―|—|–|--)\s*(?P<name>@\w+|[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]*\w){1,4})(?=,| \(@|\.?\s*$)"
    r"(?![^\n“”\"]{0,90}: ?[“\"‘'])",
    re.MULTILINE,
)
"""A name behind a dash that says nothing itself: in a list, “– NAME, mayor: “No.”” is the next item."""


IN_BRACKETS = re.compile(
    r"\s*(?P<dash>\()(?P<name>[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]*\w){1,4})(?:, [^()]{2,80})?\)\.?\s*$", re.MULTILINE
)


def signed(document: Document, names: Sequence[Name]) -> Iterator[tuple[Span, Span, Span]]:
    """Yield (quotation, dash, name) of each quotation that is a paragraph's last word but for its signature: any name
    behind a dash, a person's in brackets, where books and verses stand, too."""
    people = {name.start for name in names if name.type == "person"}
    for quotation in document.quotations:
        match = SIGNATURE.match(document.text, quotation.end) or IN_BRACKETS.match(document.text, quotation.end)
        if match and (match["dash"] != "(" or match.start("name") in people):
            yield Span(quotation.start, quotation.end), Span(*match.span("dash")), Span(*match.span("name"))
