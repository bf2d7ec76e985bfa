"""Statements as annotations by the Web Annotation Data Model of the W3C, in JSON-LD.

One annotation collection; each statement is an annotation of its article. Each part of its content is a target: the
selectors of a target must all mean the same words. It is found by its place (`TextPositionSelector`, in Unicode code
points of the text as quotecli reads it) and by its words with those around them (`TextQuoteSelector`). Source: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from quotecli.output.annotations import file_uri
from quotecli.output.plain_formats import to_json
from quotecli.records import Article, Span, Statement

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""How many characters before and after a part tell it from others with the same words."""

_IN_URLS = ":/?#[]@!$&'()*+,;=%~"


def web_annotations(statements: Iterable[tuple[Statement, Article]]) -> Iterator[str]:
    """Yield one collection with an annotation for each statement, in the order given; each comes with its article."""
    ids, total = hashlib.sha256(), 0
    yield f'{{"@context":{to_json(_CONTEXT)},"type":"AnnotationCollection","label":"Statements found by quotecli"'
    for statement, article in statements:
        yield "," if total else ',"first":{"type":"AnnotationPage","startIndex":0,"items":['
        yield f"\n{to_json(_annotation(statement, article))}"
        ids.update(statement.id.encode("utf-8", "surrogatepass"))
        total += 1
    page = to_json(_urn(f"page {ids.hexdigest()}"))
    if total:
        yield f'\n],"id":{page}}},"last":{page}'
    yield f',"total":{total},"id":{to_json(_urn(f"collection {ids.hexdigest()}"))}}}\n'


def _annotation(statement: Statement, article: Article) -> dict[str, Any]:
    targets = [_target(span, article) for span in statement.content]
    return {
        "id": _urn(statement.id),
        "type": "Annotation",
        "motivation": "identifying" if statement.speaker else "classifying",
        "body": list(_bodies(statement)),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(statement: Statement) -> Iterator[dict[str, Any]]:
    """Yield what is said of a statement: its kind, its speaker and the words that attribute it."""
    yield {"type": "TextualBody", "purpose": "classifying", "value": statement.kind}
    if statement.speaker:
        yield {"type": "TextualBody", "purpose": "identifying", "value": statement.speaker.name}
    if statement.cue:
        yield {"type": "TextualBody", "purpose": "tagging", "value": statement.cue.text}


def _target(span: Span, article: Article) -> dict[str, Any]:
    text = article.text
    return {
        "type": "SpecificResource",
        "source": source_of(article),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def source_of(article: Article) -> str:
    """Return the IRI of an article: its URL, else that of its file, else one made from its text (RFC 6920)."""
    if article.url:
        return quote(article.url, safe=_IN_URLS, errors="replace")
    if article.path and article.path != "-":
        return file_uri(article.path)
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest()
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _urn(name: str) -> str:
    """Return an IRI that is always the same for the same name."""
    digest = hashlib.sha256(f"quotecli {name}".encode("utf-8", "surrogatepass"))
    return uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest()).urn
