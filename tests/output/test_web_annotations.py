"""Web annotations: what the data model of the W3C demands, and that the selectors find the words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.output.web_annotations import source_of, web_annotations
from quotecli.records import Article, Span, Statement

Say = Callable[..., Statement]

# The MUSTs of https://www.w3.org/TR/annotation-model/ for what is used of it.
IRI = {"type": "string", "pattern": r"^[^\s<>\"{}|\\^`]+$"}
ABSOLUTE = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
MOTIVATIONS = [
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying"),
    *("linking", "moderating", "questioning", "replying", "tagging"),
]
QUOTE = {
    "type": "object",
    "required": ["type", "exact"],
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
    },
}
POSITION = {
    "type": "object",
    "required": ["type", "start", "end"],
    "properties": {
        "type": {"const": "TextPositionSelector"},
        **{name: {"type": "integer", "minimum": 0} for name in ("start", "end")},
    },
}
TARGET = {
    "type": "object",
    "required": ["type", "source", "selector"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": IRI,
        "selector": {"type": "array", "minItems": 1, "items": {"oneOf": [QUOTE, POSITION]}},
    },
}
BODY = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "purpose": {"enum": MOTIVATIONS},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": ABSOLUTE,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {"oneOf": [TARGET, {"type": "array", "minItems": 2, "items": TARGET}]},
    },
    "not": {"required": ["bodyValue"]},
}
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": ABSOLUTE,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "last": ABSOLUTE,
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "id": ABSOLUTE,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"const": 0},
                "items": {"type": "array", "minItems": 1, "items": ANNOTATION},
            },
            "not": {"required": ["@context"]},
        },
    },
    "if": {"properties": {"total": {"minimum": 1}}},
    "then": {"required": ["first"]},
    "else": {"not": {"required": ["first"]}},
}

VALID = jsonschema.Draft202012Validator(COLLECTION)

# An emoji is one code point and two code units: who counts units finds other words behind it.
FERRIES = Article(
    id="ferries",
    url="https://news.example/ferries?day=3 May",
    text="🚢 “We have no choice,” Ana Whitfield told us. “The boats are old.”\nThe boats are old.\n",
)


def collected(*pairs: tuple[Statement, Article]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(web_annotations(pairs)))
    VALID.validate(found)
    return found


def targets(annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    target = annotation["target"]
    yield from target if isinstance(target, list) else [target]


def selected(text: str, selectors: list[dict[str, Any]]) -> tuple[str, str]:
    """Return what each of the two selectors finds in `text`."""
    quote, position = selectors
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.count(around) == 1
    start = text.index(around) + len(quote["prefix"])
    return text[start : start + len(quote["exact"])], text[position["start"] : position["end"]]


@pytest.fixture
def whitfield(say: Say) -> Statement:
    parts = ("“We have no choice,”", "“The boats are old.”")
    return say(FERRIES, "quote", *parts, name="Ana Whitfield", source="Ana Whitfield", cue="told")


def test_a_statement_is_an_annotation_that_finds_its_words(say: Say, whitfield: Statement) -> None:
    found = collected((whitfield, FERRIES), (say(FERRIES, "fact", "The boats are old.\n"), FERRIES))
    assert found["total"] == len(found["first"]["items"]) == 2
    quote, fact = found["first"]["items"]
    assert [selected(FERRIES.text, target["selector"]) for target in targets(quote)] == [
        ("“We have no choice,”",) * 2,
        ("“The boats are old.”",) * 2,
    ]
    assert {target["source"] for target in targets(quote)} == {"https://news.example/ferries?day=3%20May"}
    assert [(body["purpose"], body["value"]) for body in quote["body"]] == [
        ("classifying", "quote"),
        ("identifying", "Ana Whitfield"),
        ("tagging", "told"),
    ]
    assert [body["value"] for body in fact["body"]] == ["fact"]
    assert len({each["id"] for each in (quote, fact, found, found["first"])}) == 4


def test_the_same_statements_have_the_same_ids(whitfield: Statement) -> None:
    assert collected((whitfield, FERRIES)) == collected((whitfield, FERRIES))


def test_no_statement_is_an_empty_collection() -> None:
    assert collected()["total"] == 0


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ({"url": "https://news.example/a b"}, "https://news.example/a%20b"),
        ({"url": "https://news.example/caf\u00e9", "path": "a.html"}, "https://news.example/caf%C3%A9"),
        ({"path": "news/a b.html"}, "news/a%20b.html"),
        ({"path": "/news/a.html"}, "file:///news/a.html"),
        ({"path": "corpus.jsonl:17"}, "corpus.jsonl%3A17"),
        ({"path": "-"}, "ni:///sha-256;ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
        ({}, "ni:///sha-256;ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
    ],
)
def test_where_an_article_is(place: dict[str, str], source: str) -> None:
    assert source_of(Article(id="a", text="abc", **place)) == source


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=[]), max_size=20), st.none() | st.text(max_size=9), st.data())
def test_any_text_makes_valid_annotations(text: str, path: str | None, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    article = Article(id="a", text=text, path=path, url=data.draw(st.none() | st.text(min_size=1, max_size=9)))
    statement = Statement(
        id=f"{article.text_id}-{start}",
        kind="fact",
        text=text[start:end],
        content=(Span(start, end),),
        confidence=0.5,
        article=article.ref,
    )
    (annotation,) = collected((statement, article))["first"]["items"]
    quote, position = annotation["target"]["selector"]
    assert quote["exact"] == text[position["start"] : position["end"]] == statement.text
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])
