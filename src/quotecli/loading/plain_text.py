"""Plain text: the characters as they are, and a title only where the first line plainly is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.loading.encodings import decode
from quotecli.loading.source import Source
from quotecli.records import Article

_TITLE_LENGTH = 140
_TITLE_WORDS = 3  # fewer are a label: "PRESS RELEASE"
# A first line with a blank line and more text behind it, which doesn't end as a sentence or a dateline does.
_TITLE = re.compile(r"\s*(?P<title>\S[^\n]*[^\s.,;:—–-])[^\S\n]*\n[^\S\n]*\n\s*\S")
_BYLINE = re.compile(r"by\s", re.IGNORECASE)


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of a text file; its text is the file's, only the line ends are "\\n"."""
    text = decode(source.read(), source.charset)
    yield source.given(text, title=first_line_title(text))


def first_line_title(text: str) -> str | None:
    """Return the first line if it is a headline: short, no final stop, apart from the text by a blank line."""
    match = _TITLE.match(text[: 4 * _TITLE_LENGTH])
    if match is None or len(match["title"]) > _TITLE_LENGTH or _BYLINE.match(match["title"]):
        return None
    return match["title"] if len(match["title"].split()) >= _TITLE_WORDS else None
