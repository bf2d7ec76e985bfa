"""A component for spaCy's pipelines: `nlp.add_pipe("quotecli")` marks who said what in each Doc.

    doc = nlp("“We have no choice,” Ana Whitfield said.")
    for statement in doc._.statements: ...
    for span in doc.spans["quotecli"]:
        print(span.label_, span._.statement.speaker, span.text)

It needs nothing of the pipeline before it: `spacy.blank("en")` will do. Needs spaCy 3.
"""

from __future__ import annotations

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotecli.pipeline import extract
from quotecli.records import Statement

NAME = "quotecli"
"""What the component, the group of spans and the entry of `Doc.user_data` are called."""

_decoder = msgspec.json.Decoder(list[Statement])


@Language.component(NAME, assigns=["doc._.statements", "doc.spans"], retokenizes=False)
def mark(doc: Doc) -> Doc:
    """Give `doc` its statements: the records as `doc._.statements`, offsets into `doc.text`, and in
    `doc.spans["quotecli"]` a Span for each stretch of their contents.

    A Span has the statement's kind as its label, its number among the statements as its `id`, and the statement itself
    as `span._.statement`. Where a content ends inside a token, the Span takes in the whole token.
    """
    statements = extract(doc.text)
    doc.user_data[NAME] = msgspec.json.encode(statements).decode()  # words, so that `doc.to_bytes` takes it
    doc.spans[NAME] = [
        doc.char_span(part.start, part.end, label=each.kind, span_id=number, alignment_mode="expand")
        for number, each in enumerate(statements)
        for part in each.content
    ]
    return doc


def statements_of(doc: Doc) -> list[Statement]:
    """Return the statements that `mark` found in `doc`; none where it did not look."""
    return _decoder.decode(doc.user_data.get(NAME, "[]"))


def statement_of(span: Span) -> Statement:
    """Return the statement that a Span of `doc.spans["quotecli"]` is of."""
    number: int = span.id
    return statements_of(span.doc)[number]


Doc.set_extension("statements", getter=statements_of, force=True)
Span.set_extension("statement", getter=statement_of, force=True)
