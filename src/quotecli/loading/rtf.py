"""RTF: the words of the document, and title and author from its info group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecli.errors import InputError
from quotecli.loading.source import Source
from quotecli.records import Article

_CELL_AND_BULLET_MARKS = " |•·\t"
_INFO = r"\{\\%s\s{1,9}((?:[^{}\\]|\\[^{}]){0,999})\}"


def read(source: Source) -> Iterator[Article]:
    """Yield the one article of an RTF file."""
    data = source.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise InputError("not an RTF file")
    content = data.decode("latin-1")
    lines = (" ".join(line.strip(_CELL_AND_BULLET_MARKS).split()) for line in _words(content).split("\n"))
    title, author = _info(content, "title"), _info(content, "author")
    yield source.article("\n".join(filter(None, lines)), title=title, byline=author)


def _words(content: str) -> str:
    from striprtf.striprtf import rtf_to_text

    content = content.replace("HYPERLINK", "LINK")  # or it would write addresses into the text
    try:
        return str(rtf_to_text(content, errors="replace"))  # type: ignore[no-untyped-call]  # it has no types
    except (ValueError, OverflowError, TypeError) as error:  # a number that is no character, a control without one
        raise InputError("damaged: not readable as RTF") from error


def _info(content: str, name: str) -> str | None:
    match = re.search(_INFO % name, content)
    return _words("{\\rtf1 " + match.group(1) + "}").strip() or None if match else None
