"""quotecli as a component of spaCy: its statements, and spans of the Doc that hold their words."""

from __future__ import annotations

import pytest

import quotecli

spacy = pytest.importorskip("spacy")

TEXT = (
    "“We have no choice,” Ana Whitfield, the mayor, said.\n\n"
    "The bridge closed in 2019. She said the town would not pay for re-opening."
)


@pytest.fixture(scope="module")
def nlp():
    """An empty pipeline with the component, found by its entry point."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("quotecli")
    return pipeline


def test_a_doc_has_the_statements_of_its_text(nlp) -> None:
    assert nlp(TEXT)._.statements == quotecli.extract(TEXT) != []


def test_spans_hold_the_words_of_their_statements(nlp) -> None:
    doc = nlp(TEXT)
    spans = doc.spans["quotecli"]
    assert {span.label_ for span in spans} == {"quote", "claim", "fact"}
    for span in spans:
        said = span._.statement
        assert span.label_ == said.kind
        assert said.text in span.text
        assert all(span.start_char <= part.start and part.end <= span.end_char for part in said.content)


def test_a_content_that_ends_inside_a_token_takes_in_the_token(nlp) -> None:
    doc = nlp.make_doc(TEXT)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[:6])  # the marks, and the comma inside them
    marked = nlp.get_pipe("quotecli")(doc)
    assert next(iter(marked.spans["quotecli"])).start == 0


def test_a_doc_keeps_them_as_bytes_and_in_other_processes(nlp) -> None:
    doc = nlp(TEXT)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.statements == doc._.statements
    assert [each.text for each in again.spans["quotecli"]] == [each.text for each in doc.spans["quotecli"]]
    assert [each._.statements for each in nlp.pipe([TEXT, ""], n_process=2)] == [doc._.statements, []]


def test_a_doc_that_was_not_looked_at_has_none(nlp) -> None:
    assert nlp.make_doc(TEXT)._.statements == []
