"""Bulk requests and the index template, held against the documented forms of OpenSearch 2 and 3."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecli.output.opensearch import INDEX, bulk, index_template
from quotecli.records import ArticleRef, Figure, Mention, Span, Speaker, Statement

# The parameters that the documentation gives the field types which are used here
# (https://docs.opensearch.org/latest/mappings/supported-field-types/index/).
_BOOLEAN = {"type": "boolean"}
_EVERY = {"fields": {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}}, "index": _BOOLEAN}
_NUMBER = _EVERY | {"doc_values": _BOOLEAN, "ignore_malformed": _BOOLEAN}
_TYPES: dict[str, dict[str, Any]] = {
    "text": _EVERY | {"analyzer": {"enum": ["standard", "english"]}},
    "keyword": _EVERY | {"ignore_above": {"type": "integer", "maximum": 32766 // 4}},
    "date": _NUMBER | {"format": {"enum": ["strict_date_optional_time"]}},
    "integer": _NUMBER,
    "float": _NUMBER,
    "double": _NUMBER,
    "nested": {"properties": {"$ref": "#/$defs/fields"}},
}
_TEMPLATE = {
    "type": "object",
    "required": ["index_patterns", "template"],
    "additionalProperties": False,
    "properties": {
        "index_patterns": {"type": "array", "items": {"type": "string"}},
        "priority": {"type": "integer", "minimum": 0},
        "_meta": {"type": "object"},
        "template": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "mappings": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "dynamic": {"enum": ["true", "false", "strict", "strict_allow_templates"]},
                        "properties": {"$ref": "#/$defs/fields"},
                    },
                }
            },
        },
    },
    "$defs": {
        "fields": {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}},
        "field": {
            "oneOf": [
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["type"],
                    "properties": {"type": {"const": name}, **parameters},
                }
                for name, parameters in _TYPES.items()
            ]
            + [
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["properties"],
                    "properties": {"properties": {"$ref": "#/$defs/fields"}},
                }
            ]
        },
    },
}

WORDS = st.text(st.characters(exclude_categories=()))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    words = draw(WORDS)
    value = draw(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), WORDS))
    name = draw(WORDS)
    return Statement(
        id=f"0123456789abcdef-{draw(st.integers(0, 9))}",
        kind="quote",
        form="mixed",
        text=words,
        content=(Span(3, 9), Span(12, 20)),
        cue=Mention(words, 1, 2),
        speaker=Speaker(name=name, role=words, mention=Mention(name, 5, 6)),
        figures=(Figure(text=words, value=value, unit="GBP", start=0, end=1),),
        confidence=draw(st.floats(0, 1)),
        article=ArticleRef(
            id=name, title=words, published=draw(st.sampled_from([None, "2023", "2023-10", "2023-10-05"]))
        ),
    )


def test_the_template_has_the_documented_form() -> None:
    jsonschema.validate(index_template(), _TEMPLATE)
    (pattern,) = index_template()["index_patterns"]
    assert pattern.rstrip("*") == INDEX == INDEX.lower()


def test_the_mapping_serves_the_questions_of_a_newsroom() -> None:
    fields = index_template()["template"]["mappings"]["properties"]
    assert fields["text"]["analyzer"] == "english"
    speaker = fields["speaker"]["properties"]["name"]
    assert (speaker["type"], speaker["fields"]["keyword"]["type"]) == ("text", "keyword")
    assert fields["figures"]["type"] == "nested"
    assert fields["figures"]["properties"]["value"]["fields"]["number"]["type"] == "double"
    assert fields["article"]["properties"]["published"]["type"] == "date"
    assert [fields[name]["type"] for name in ("kind", "form", "manner", "channel")] == ["keyword"] * 4


@settings(max_examples=60)
@given(st.lists(statements(), max_size=3))
def test_a_bulk_request_is_pairs_of_lines_that_fit_the_mapping(given: list[Statement]) -> None:
    request = "".join(bulk(given))
    body = request.encode("utf-8")  # no lone surrogate is left
    assert not body or body.endswith(b"\n")
    lines = [json.loads(line, parse_constant=pytest.fail) for line in body.split(b"\n")[:-1]]
    assert lines[::2] == [{"index": {"_index": INDEX, "_id": each.id}} for each in given]
    fields = index_template()["template"]["mappings"]["properties"]
    for document, statement in zip(lines[1::2], given, strict=True):
        assert set(document) == set(Statement.__struct_fields__)
        assert list(_misfits(document, fields)) == []
        assert document["content"] == [[3, 9], [12, 20]]
        assert document["confidence"] == statement.confidence


def _misfits(document: dict[str, Any], fields: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the paths of what the index would refuse, or would not know."""
    for name, value in document.items():
        if name not in fields:
            yield f"{path}{name}"
            continue
        field = fields[name]
        several = value if isinstance(value, list) else [value]
        for each in several:
            if "properties" in field and isinstance(each, dict):
                yield from _misfits(each, field["properties"], f"{path}{name}.")
            elif each is not None and not _FITS[field.get("type", "object")](each):
                yield f"{path}{name}: {each!r}"


def _is_date(value: object) -> bool:
    return isinstance(value, str) and bool(date.fromisoformat((value + "-01-01")[:10]))


def _is_integer(value: object) -> bool:
    return all(map(_is_integer, value)) if isinstance(value, list) else isinstance(value, int) and abs(value) < 2**31


_FITS = {
    "text": lambda value: isinstance(value, str),
    "keyword": lambda value: isinstance(value, str | int | float),
    "date": _is_date,
    "integer": _is_integer,
    "float": lambda value: isinstance(value, int | float) and math.isfinite(value),
    "nested": lambda _: False,
    "object": lambda _: False,
}


def test_a_document_is_the_record() -> None:
    statement = Statement(
        id="0123456789abcdef-7",
        kind="fact",
        text="“Yes”",
        content=(Span(7, 12),),
        confidence=1,
        article=ArticleRef(id="x"),
    )
    _, document = "".join(bulk([statement])).splitlines()
    assert msgspec.json.decode(document, type=Statement) == statement
