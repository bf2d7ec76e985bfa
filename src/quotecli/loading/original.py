"""A text file as an editor shows it, for line numbers: `Article.text` may be without its markup."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from quotecli.errors import InputError
from quotecli.loading.encodings import decode
from quotecli.loading.formats import HTML, MARKDOWN, TEXT, suffix_of


def original_text(path: str) -> str | None:
    """Return the characters of a text, Markdown or HTML file (its entities as the characters they mean, no line more or
    less); None for other formats, and for what is no file or cannot be read."""
    suffix = suffix_of(path)
    if suffix not in {*TEXT.suffixes, *MARKDOWN.suffixes, *HTML.suffixes}:
        return None
    try:
        text = decode(Path(path).read_bytes())
    except (OSError, InputError):
        return None
    return "\n".join(map(unescape, text.split("\n"))) if suffix in HTML.suffixes else text
