"""The JSON Schemas of what is printed, and what describes where `export` writes to."""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

from quotecli.library import Entry, Stats
from quotecli.output.opensearch import index_template
from quotecli.output.postgresql import schema_script
from quotecli.output.rows import ArticleView, Row, VerdictRow
from quotecli.records import ArticleSummary
from quotecli.results import PassageHit, Profile, SpeakerSummary

RecordName = Literal[
    "statements", "speakers", "speaker", "articles", "article", "verdicts", "passages", "entries", "stats"
]
SchemaName = Literal[RecordName, "opensearch", "postgresql"]
"""Of what a schema can be printed: records, and what `export` fills."""
_PRINTED: dict[RecordName, Any] = {
    "statements": list[Row],
    "speakers": list[SpeakerSummary],
    "speaker": list[Profile],
    "articles": list[ArticleSummary],
    "article": list[ArticleView],
    "verdicts": list[VerdictRow],
    "passages": list[PassageHit],
    "entries": list[Entry],
    "stats": list[Stats],
}


SCHEMA_VERSION = 1
"""Of the records as JSON; raised when a field is renamed or taken out, or means something else."""


def json_schema(record: RecordName) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `--format json` prints: a list of these records."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:quotecli:{record}:{SCHEMA_VERSION}",
        "title": f"quotecli {record}",
    }
    return head | msgspec.json.schema(_PRINTED[record])


def schema_text(name: SchemaName) -> str:
    """Return the schema of a record (see `json_schema`), the template of OpenSearch's index or PostgreSQL's tables."""
    if name == "postgresql":
        return schema_script()
    described = index_template() if name == "opensearch" else json_schema(name)
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
