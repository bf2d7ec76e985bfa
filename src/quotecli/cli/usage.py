"""How a command's usage line names what it takes."""

from __future__ import annotations

import typer
from typer.core import TyperCommand


class Command(TyperCommand):
    """A command that shows the arguments it needs as other programs do: `PATH...`; typer writes `{PATH...}`."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the words of the usage line behind the command's name."""
        return [piece.removeprefix("{").removesuffix("}") for piece in super().collect_usage_pieces(ctx)]
