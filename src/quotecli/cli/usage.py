"""How a command's usage line names what it takes, and how its help is arranged."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import typer
from typer.core import TyperCommand, TyperOption

_READERS = frozenset({"extract", "add"})
"""What seldom matters and comes with every command that reads is only listed in the help of these."""


class Arranged:
    """A command whose help has the options of reading apart, or says where they are listed."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options into the help."""
        from quotecli.cli.options import Inputs  # which is not needed where no help is

        params, names = cast(Any, self).params, {field.name for field in msgspec.structs.fields(Inputs)}
        rare = [each for each in params if isinstance(each, TyperOption) and each.name in names]
        for option in rare:
            option.hidden = True
        super().format_options(ctx, formatter)  # type: ignore[misc]
        for option in rare:
            option.hidden = False
        if ctx.info_name in _READERS:
            with formatter.section("Options of reading"):
                formatter.write_dl([record for option in rare if (record := option.get_help_record(ctx))])
        elif rare:
            formatter.write_paragraph()
            formatter.write_text("How --from is read (limits, languages, tables): the options of 'quotecli extract'.")


class Command(Arranged, TyperCommand):
    """A command that shows the arguments it needs as other programs do: `PATH...`; typer writes `{PATH...}`."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the words of the usage line behind the command's name."""
        return [piece.removeprefix("{").removesuffix("}") for piece in super().collect_usage_pieces(ctx)]
