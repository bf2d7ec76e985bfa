"""What a page shows beyond its words, written into them before its article is looked for: the marks of `<q>`, posts and
their owners, who said a block quote, the questions of an interview.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotecli.loading.social_posts import show_posts, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPEN, _CLOSE = "“‘", "”’"
_QUESTIONS_AT_LEAST = 2
_MARKS = "\"'“”‘’«»„"
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dt figcaption figure h1 h2 h3 h4 h5 h6 li p section td".split()
)


def show(tree: _Element) -> None:
    """Write into the tree of a page what its readers see beyond its words."""
    _sign_block_quotes(tree)
    _set_questions_apart(tree)
    show_posts(tree)
    _write_marks(tree)


def _sign_block_quotes(tree: _Element) -> None:
    """Put who said a block quote, where its `footer` or `cite` tells, behind its last paragraph."""
    for quote in tree.iter("blockquote"):
        signature = next(quote.iter("footer", "cite", "figcaption"), None)
        figure = quote.getparent()
        if (
            signature is None
            and figure is not None
            and figure.tag == "figure"
            and "pull" not in (figure.get("class") or "")
        ):
            signature = next(figure.iter("figcaption"), None)
            figure.tag = "div" if signature is not None else "figure"  # no picture: its words belong to the article
        paragraphs = [p for p in quote.iter("p") if signature is None or signature not in p.iter()]
        if signature is None or not paragraphs:
            continue
        name = text_of(signature).lstrip("—–―- ")
        if not name or len(name) > 120:
            continue
        signature.drop_tree()  # type: ignore[attr-defined]
        _append(paragraphs[-1], f" — {name}")


def _set_questions_apart(tree: _Element) -> None:
    """Give the questions of an interview that stand in bold at the heads of their answers lines of their own."""
    found = [p for p in tree.iter("p") if len(p) and not (p.text or "").strip() and _asks(p[0])]
    for paragraph in found if len(found) >= _QUESTIONS_AT_LEAST else ():
        question = paragraph[0]
        above = paragraph.makeelement("p", {})
        paragraph.addprevious(above)
        paragraph.text, question.tail = question.tail, None
        above.append(question)


def _asks(element: _Element) -> bool:
    """Whether an element holds a question in bold, and more than a word follows it."""
    bold = element.tag in ("b", "em", "i", "strong") and " " in (element.tail or "").strip()
    return bold and text_of(element).endswith("?")


def _append(element: _Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + words
    else:
        element.text = (element.text or "").rstrip() + words


def _write_marks(tree: _Element) -> None:
    """Write the marks of each `<q>`, single ones inside double ones, as browsers do."""
    if next(tree.iter("q"), None) is None:
        return
    found = list(_quoted(tree))
    for element, depth in found:
        words = text_of(element)
        if words and words[0] not in _MARKS:
            element.text = _OPEN[depth % 2] + (element.text or "").lstrip()
            _append(element, _CLOSE[depth % 2])
    for element, _ in found:
        element.drop_tag()  # type: ignore[attr-defined]


def _quoted(tree: _Element) -> Iterator[tuple[_Element, int]]:
    """Yield each `<q>`, and in how many other quotations it stands: elements, or marks of its own paragraph."""
    from lxml.etree import iterwalk

    depth = opened = 0
    straight = False
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            opened, straight = (0, False) if element.tag in _BLOCKS else (opened, straight)
            if element.tag == "q":
                yield element, depth + (opened > 0 or straight)
                depth += 1
        elif event == "end" and element.tag == "q":
            depth -= 1
        words = (element.text if event == "start" else element.tail) or ""
        opened = max(0, opened + words.count("“") - words.count("”"))
        straight ^= words.count('"') % 2 == 1
