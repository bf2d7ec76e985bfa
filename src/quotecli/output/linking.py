"""Links that a terminal opens: to an article, and to the words in it (OSC 8, with a text fragment)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from quotecli.records import ArticleRef
from quotecli.results import PassageHit

_MOST_WORDS = 8
"""Longer words are named by their first and last ones."""
_ENDS = 4
_PASSAGE_WORDS = 6
_SAFE = "!$'()*+./:;=?@_~"
"""What a text fragment may hold as it is; `-`, `,` and `&` mean something in it."""
_IN_ADDRESSES = "".join(map(chr, range(ord("!"), ord("~") + 1)))
"""Nothing else leaves a terminal's link: a control character would end it."""
_MARKS = "\"'“”‘’«»"
_SHOWN_BY_BROWSERS = (".html", ".htm", ".xhtml", ".txt", ".md", ".pdf")


def address(article: ArticleRef, words: str = "") -> str | None:
    """Return where an article can be opened, at `words` of it: its URL, else its file if that is there; else None."""
    file = None if _is_on_the_web(article) else _file(article.path)
    if file is None or not words or not file.endswith(_SHOWN_BY_BROWSERS):
        return file or web_address(article, words)
    return _at(file, words)


def web_address(article: ArticleRef, words: str = "") -> str | None:
    """Return the URL of an article, at `words` of it; None where it has none."""
    if not _is_on_the_web(article):
        return None
    found = quote(article.url or "", safe=_IN_ADDRESSES)
    return _at(found, words) if words else found


def linked_words(hit: PassageHit) -> str:
    """Return the words of a passage that a link to it names: some from the first match on."""
    begin = hit.matches[0].start - hit.start if hit.matches else 0
    return " ".join(hit.text[begin:].split()[:_PASSAGE_WORDS])


def _is_on_the_web(article: ArticleRef) -> bool:
    return article.url is not None and article.url.startswith(("http://", "https://"))


def _at(address: str, words: str) -> str:
    base, _, fragment = address.partition("#")
    return f"{base}#{fragment.partition(':~:')[0]}:~:text={_fragment(words)}"


def _file(path: str | None) -> str | None:
    try:
        file = Path(path).absolute() if path else None
        return file.as_uri() if file and file.is_file() else None
    except (OSError, ValueError):
        return None


def _fragment(words: str) -> str:
    """Return the text directive of a fragment (https://wicg.github.io/scroll-to-text-fragment/): all of some words, or
    the first and the last of many."""
    found = words.strip(_MARKS).split()
    ends = [found] if len(found) <= _MOST_WORDS else [found[:_ENDS], found[-_ENDS:]]
    return ",".join(quote(" ".join(end), safe=_SAFE).replace("-", "%2D") for end in ends)
