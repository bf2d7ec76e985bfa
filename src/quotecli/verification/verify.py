"""`verify`: is every quotation of a draft real, exact, and the right person's?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from quotecli.records import Article, Draft, Skipped, Span, Statement
from quotecli.results import Verdict
from quotecli.text import Document, Quotation, parse
from quotecli.verification.judging import Judge
from quotecli.verification.quotation import read_quotation, without_marks
from quotecli.verification.references import References, places
from quotecli.verification.same_speaker import speaker_at
from quotecli.verification.sources import Corpus, Source, Sources, StatementsOf

MOST_CANDIDATES = 6
"""How many articles are read for one quotation, the likeliest of all."""


def extracted(article: Article) -> Sequence[Statement]:
    """Return an article's statements by the pipeline (imported here: it is heavy, and not every check needs it)."""
    from quotecli.pipeline import extract

    return extract(article)


def verify(
    draft: Article | str,
    sources: Sources | Iterable[Article | Skipped],
    *,
    statements_of: StatementsOf = extracted,
) -> list[Verdict]:
    """Return a verdict on each quotation of `draft`, in its order; quotations without a word are passed over.

    sources: articles, as `load` gives them, or a collection that can look words up (`Sources`). A source with the very
        text of the draft is passed over: nothing vouches for itself. Those that the draft links to at a quotation (a
        `Draft` has its links; addresses that are written out count as well) are asked first.
    statements_of: gives an article's statements, of which the speakers are compared; asked for the draft, and for the
        sources in which a quotation is found. By default they are extracted, which may raise ModelError.
    """
    article = draft if isinstance(draft, Article) else Article(id="draft", text=draft)
    corpus = sources if isinstance(sources, Sources) else Corpus(_articles(sources), statements_of)
    document, statements = parse(article.text), statements_of(article)

    def others(found: Iterable[Source]) -> list[Source]:
        return [source for source in found if source.text != article.text]

    def lookup(quotation: str) -> list[Source]:
        return others(corpus.candidates(quotation, MOST_CANDIDATES + 1))[:MOST_CANDIDATES]

    references = References(article, document)

    def linked(targets: list[str]) -> list[Source]:
        return others(source for target in targets for source in corpus.at(places(target, article)))

    verdicts = []
    for quotation in sorted({*document.quotations, *_block_quotes(article, document)}):
        start, end = without_marks(article.text, quotation)
        quoted = read_quotation(article.text, start, end)
        if len(quoted.words):
            speaker = speaker_at(statements, [Span(start, end)])
            own, near = map(linked, references.of(quotation))
            verdicts.append(Judge(article.text, quotation, quoted, speaker, lookup).verdict(own, near))
    return verdicts


def _block_quotes(article: Article, document: Document) -> Iterator[Quotation]:
    """Yield the paragraphs set as block quotes that have no marks; one that begins with a dash is a credit."""
    for at in article.block_quotes if isinstance(article, Draft) else ():
        before = bisect_left(document.paragraphs, at, key=lambda each: each.start) - 1
        paragraph = document.paragraphs[max(0, before)]
        if not paragraph.start < at <= paragraph.end or document.quotations_touching(paragraph.start, paragraph.end):
            continue
        if not article.text.startswith(("—", "–", "-"), paragraph.start):
            yield Quotation(paragraph.start, paragraph.end)


def _articles(found: Iterable[Article | Skipped]) -> Iterator[Article]:
    return (each for each in found if isinstance(each, Article))
