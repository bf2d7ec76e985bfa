"""The commands that tell about quotecli itself: schema, formats."""

from __future__ import annotations

import json
from typing import Annotated, get_args

import typer

from quotecli.cli.console import emit
from quotecli.cli.exits import Exit
from quotecli.output import json_schema
from quotecli.output.rows import RecordName

Record = Annotated[RecordName, typer.Argument(metavar="RECORD", help=f"One of {', '.join(get_args(RecordName))}.")]


def schema(record: Record = "statements") -> Exit:
    """Print the JSON Schema of what --json prints.

    A line of --format jsonl is one item of the list that it describes.

    \b
    Examples:
      quotecli schema > statements.schema.json
      quotecli schema speakers
    """
    emit([json.dumps(json_schema(record), indent=2, ensure_ascii=False), "\n"])
    return Exit.DONE


def formats() -> Exit:
    """List the formats that quotecli reads."""
    from quotecli.loading.formats import FORMATS

    emit(f"{known.name:<12}  {' '.join(known.suffixes)}\n" for known in FORMATS)
    return Exit.DONE
