"""Verdicts as one page of HTML: each draft with its quotations marked, and beside every paragraph the evidence.

The page needs nothing else: no scripts, no fonts, no network (its own policy forbids them). All text from articles is
escaped, and what would act on a reader (changes of writing direction) is made visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import count
from textwrap import shorten

from quotecli.output.differences import compared, described
from quotecli.output.rows import Checked
from quotecli.output.safe import printable
from quotecli.output.statements import place
from quotecli.output.wording import comment, labelled, meaning, named, origin, summary, unsupported
from quotecli.records import Span
from quotecli.results import GRAVE_CHANGES, Evidence, Verdict

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SOUND = {"exact", "normalised"}
_TAGS = {"both": "span", "source": "del", "draft": "ins"}


def verdict_page(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield the page."""
    style = files("quotecli.output").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Quotations checked</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
    )
    numbers = count(1)
    for each in checked:
        yield from _draft(each, numbers)
    yield "</main>\n</body>\n</html>\n"


def _draft(checked: Checked, numbers: Iterator[int]) -> Iterator[str]:
    from quotecli.text import parse

    numbered = [(next(numbers), verdict) for verdict in checked.verdicts]
    yield f"<h1>{_text(place(checked.draft))}</h1>\n<p class=summary>{_text(summary(checked.verdicts))}</p>\n"
    yield from _failures(numbered)
    for paragraph in parse(checked.draft.text).paragraphs:
        inside = [(n, each) for n, each in numbered if each.start < paragraph.end and paragraph.start < each.end]
        yield f"<section>\n<p>{_marked(checked.draft.text, paragraph, inside)}</p>\n"
        begun = [(number, verdict) for number, verdict in inside if verdict.start >= paragraph.start]
        if begun:
            yield "<aside>\n"
            for number, verdict in begun:
                yield from _verdict(number, verdict)
            yield "</aside>\n"
        yield "</section>\n"


def _failures(numbered: Sequence[tuple[int, Verdict]]) -> Iterator[str]:
    failed = [(number, verdict) for number, verdict in numbered if not _is_sound(verdict)]
    if failed:
        yield '<nav aria-label="Quotations to look at">\n<ul>\n'
        for number, verdict in failed:
            words = _text(shorten(verdict.text, 60, placeholder=" …"))
            yield f'<li><a href="#v{number}">{number} {_label(verdict)}</a> {words}</li>\n'
        yield "</ul>\n</nav>\n"


def _marked(text: str, paragraph: Span, inside: Sequence[tuple[int, Verdict]]) -> str:
    """Return a paragraph with its quotations marked, each with a link to its verdict."""
    pieces, end = [], paragraph.start
    for number, verdict in inside:
        start, stop = max(verdict.start, end), min(verdict.end, paragraph.end)
        pieces.append(_text(text[end:start]))
        pieces.append(f'<mark class="{_class(verdict)}" id="q{number}">{_text(text[start:stop])}')
        pieces.append(f'<a href="#v{number}"><sup>{number} {_label(verdict)}</sup></a></mark>')
        end = max(stop, end)
    return "".join(pieces) + _text(text[end : paragraph.end])


def _verdict(number: int, verdict: Verdict) -> Iterator[str]:
    opened = "" if _is_sound(verdict) else " open"
    yield f'<details class="{_class(verdict)}" id="v{number}"{opened}>\n'
    yield f"<summary>{number} <b>{_label(verdict)}</b> {_text(named(verdict.speaker))}</summary>\n"
    yield f"<p>{_text(_sentence(meaning(verdict)))}</p>\n"
    if missing := unsupported(verdict):
        yield f"<p class=missing>{_text(_sentence(missing))}</p>\n"
    if verdict.changes:
        yield f"<blockquote>{_compared(verdict)}</blockquote>\n<ul>\n"
        for change in verdict.changes:
            grave = " class=grave" if change.kind in GRAVE_CHANGES else ""
            yield f"<li{grave}>{_text(described(change))}</li>\n"
        yield "</ul>\n"
    for evidence in verdict.evidence:
        yield from _evidence(verdict, evidence)
    yield f'<p><a href="#q{number}">Back to the quotation</a></p>\n</details>\n'


def _compared(verdict: Verdict) -> str:
    """Return the quotation with the source's words struck out and the draft's underlined."""
    return "".join(f"<{_TAGS[part.side]}>{escape(part.text)}</{_TAGS[part.side]}>" for part in compared(verdict))


def _evidence(verdict: Verdict, evidence: Evidence) -> Iterator[str]:
    start, end = evidence.context.start, evidence.context.end
    pieces, place_ = [], start
    for span in evidence.spans:
        first, last = max(span.start, place_), min(span.end, end)
        if first < last:
            pieces.append(_text(evidence.context.text[place_ - start : first - start]))
            pieces.append(f"<strong>{_text(evidence.context.text[first - start : last - start])}</strong>")
            place_ = last
    pieces.append(_text(evidence.context.text[place_ - start :]))
    url = evidence.article.url or ""
    where = _text(origin(evidence))
    if url.startswith(("https://", "http://")):
        where = f'<a href="{escape(url)}" rel="noreferrer noopener">{where}</a>'
    lead = "Nearest: " if verdict.verdict == "not found" else ""
    yield f"<figure>\n<blockquote>{''.join(pieces)}</blockquote>\n"
    yield f"<figcaption>{lead}{where}; {_text(comment(verdict, evidence))}</figcaption>\n</figure>\n"


def _is_sound(verdict: Verdict) -> bool:
    return verdict.verdict in _SOUND and not verdict.missing_from


def _label(verdict: Verdict) -> str:
    return escape(labelled(verdict))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _class(verdict: Verdict) -> str:
    return verdict.verdict.replace(" ", "-")


def _text(text: str) -> str:
    return escape(printable(text))
