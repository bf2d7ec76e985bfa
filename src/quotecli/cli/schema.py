"""The commands that tell about quotecli itself: schema, formats."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from quotecli.cli.console import emit
from quotecli.cli.exits import Exit
from quotecli.output.schemas import SchemaName, schema_text

Record = Annotated[SchemaName, typer.Argument(metavar="RECORD", help=f"One of {', '.join(get_args(SchemaName))}.")]


def schema(record: Record = "statements") -> Exit:
    """Print the JSON Schema of what --json prints.

    A line of --format jsonl is one item of the list that it describes.
    opensearch: the template of the index that 'quotecli export --format
    opensearch' fills; postgresql: the tables of '--format postgresql'.

    \b
    Examples:
      quotecli schema > statements.schema.json
      quotecli schema speakers
      quotecli schema postgresql | psql news
    """
    emit([schema_text(record)])
    return Exit.DONE


def formats() -> Exit:
    """List the formats that quotecli reads."""
    from quotecli.loading.formats import FORMATS

    emit(f"{known.name:<12}  {' '.join(known.suffixes)}\n" for known in FORMATS)
    return Exit.DONE
