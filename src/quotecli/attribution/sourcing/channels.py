"""By which way words reached the article: told the outlet, in a statement, in court, in a post …

Only the article's own words around a content decide: the sentences that hold the cue and the source, without what is
said in them. Where they say nothing, the channel is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quotecli.attribution.attribution import Attribution
from quotecli.attribution.sourcing.patterns import pattern, sections
from quotecli.records import Article, Channel, Span
from quotecli.text import Document

_DATELINE = 400
"""An agency names itself so near to the beginning: "PARIS (Reuters)"."""
_TOLD_SOMEONE = re.compile(r"\btold (?:the |The )?(?P<who>[A-Z][\w.-]*[A-Za-z](?: [A-Z]\w+)*)")
_KINDS: tuple[tuple[Channel, str], ...] = (
    ("court", "court"),
    ("post", "posts"),
    ("statement", "statement"),
    ("data", "data"),
    ("report", "report"),
)
"""The sections that are asked, in this order: a lawsuit's statement is the court's."""


def channel(article: Article, document: Document, attribution: Attribution) -> Channel | None:
    """Return by which way the words came, as far as the article says; None where it does not."""
    around = " ".join(_around(document, attribution))
    lower = around.lower()  # the patterns are several times as fast where letter case needs no second look
    if pattern("to us", exact=True).search(lower):
        return "outlet"
    if article.outlet and (to := _TOLD_SOMEONE.search(around)) and _squashed(to["who"]) in _squashed(article.outlet):
        return "outlet"
    told = _told().search(around)
    if told:
        return "outlet" if _is_own(told["outlet"], article, document.text) else "other outlet"
    places = ((kind, name, around if name == "posts" else lower) for kind, name in _KINDS)
    return next((kind for kind, name, words in places if pattern(name, exact=True).search(words)), None)


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{sections()['to outlets']}) (?:the |The )?(?P<outlet>{sections()['outlets']})\b")


def _around(document: Document, attribution: Attribution) -> Iterator[str]:
    """Yield what the article itself says in the sentences that hold the cue and the source."""
    said = {document.sentence_at(span.start) for span in (attribution.cue, attribution.source) if span}
    for sentence in sorted(said):
        at = sentence.start
        for content in (*attribution.content, Span(sentence.end, sentence.end)):
            if at < content.start <= sentence.end:
                yield document.text[at : content.start]
            at = max(at, content.end)


def _is_own(name: str, article: Article, text: str) -> bool:
    """Whether an outlet's name is that of the article's own: by its metadata, or a dateline."""
    own = _squashed(" ".join(filter(None, (article.outlet, article.url, article.path, article.byline))))
    return _squashed(name) in own or f"({name})" in text[:_DATELINE]


def _squashed(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
