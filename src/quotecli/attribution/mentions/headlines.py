"""Lines whose capital letters say nothing of names: headlines, and where an article was written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecli.model.tagging import Name
from quotecli.naming.lexicon import is_first_name
from quotecli.naming.names import name_words
from quotecli.records import Span
from quotecli.text.document import Document

DATELINE = re.compile(
    r"(?:[A-Z][A-Z .'/-]+[A-Z](?:, [A-Z][\w.]+(?: [A-Z]\w+)?(?: \d{1,2})?){0,2}(?: \([A-Za-z ]+\))?\s*(?:-{1,2}|—|–)"
    r"|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}, (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+){0,2} [—–])\s"
)
_ENDS_SENTENCE = ".!?”\"’'"
_LONGEST_HEADLINE = 200
_LONG_WORD = re.compile(r"(?<![\w’'])[^\W\d]{4,}")


def first_line(document: Document) -> Span | None:
    """Return the first paragraph, unless that is a sentence."""
    first = next(iter(document.paragraphs), None)
    return None if first is None or document.text[first.end - 1] in _ENDS_SENTENCE else first


def find_headlines(document: Document) -> list[Span]:
    """Return the paragraphs that are printed Like This: their capital letters say nothing about names."""
    found = []
    for paragraph in document.paragraphs:
        text = document.text[paragraph.start : paragraph.end]
        if len(text) > _LONGEST_HEADLINE:
            continue
        words = _LONG_WORD.findall(text)
        fewest, share = (5, 0.9) if text[-1] in _ENDS_SENTENCE else (3, 0.75)
        capitals = len(words) >= fewest and sum(word[0].isupper() for word in words) >= share * len(words)
        if capitals:
            found.append(paragraph)
    return found


def opens_with_no_name(document: Document, names: Sequence[Name]) -> bool:
    """Whether the headline opens with a word that the network takes for a first name, of a surname that has another in
    the text: "Classy Roe makes winning start", of Ann Roe."""
    first = first_line(document)
    if first is None or not names or names[0].start > first.start:
        return False
    opening, *others = [name_words(document.text[name.start : name.end]) for name in names]
    if names[0].type != "person" or len(opening) != 2 or opening in others or is_first_name(opening[0]):
        return False
    return any(words[1:][-1:] == opening[1:] for words in others)
