"""The program: its commands and what they have in common."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from quotecli.cli import (
    about,
    asking,
    checking,
    exchanging,
    extracting,
    keeping,
    reporting,
    serving,
    showing,
    speaking,
    upkeep,
)
from quotecli.cli.console import emit, note
from quotecli.cli.exits import Exit
from quotecli.cli.usage import Command


class _Answering(TyperGroup):
    """Typer lists groups behind commands; `speakers`, which is both, belongs to those that answer."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        first, *others = super().list_commands(ctx)
        return [first, "speakers", *(name for name in others if name != "speakers")]


app = typer.Typer(
    name="quotecli",
    cls=_Answering,
    invoke_without_command=True,
    rich_markup_mode=None,  # plain help: starts twice as fast, and reads well in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from quotecli import __version__

        emit([f"quotecli {__version__}\n"])
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


@app.callback()
def quotecli(context: typer.Context, version: Version = False) -> None:  # noqa: ARG001 - its callback prints
    """Who said what, and what was claimed, in your news articles: offline, with the exact place of every word.

    \b
    Start here:
      quotecli search "refugees"              in the sample articles
      quotecli quotes --from article.html     in your own
      quotecli add news/                      keep articles, then ask them
    """
    if context.invoked_subcommand is None:
        note(context.get_help())
        raise typer.Exit(Exit.USAGE)


app.command(cls=Command)(asking.search)
app.add_typer(speaking.speakers)
app.command("quotes", cls=Command)(asking.listing("quote", "what is in quotation marks, and who said it"))
app.command("claims", cls=Command)(asking.listing("claim", "what is reported without quotation marks, and who said it"))
app.command("facts", cls=Command)(
    asking.listing("fact", "facts that the articles assert themselves, the best to check first")
)
app.command(cls=Command)(showing.show)
app.command(cls=Command)(reporting.report)
app.command(cls=Command)(checking.verify)
app.command(cls=Command)(extracting.extract)
app.command(cls=Command)(keeping.add)
app.command(cls=Command)(keeping.articles)
app.command(cls=Command)(keeping.remove)
app.command(cls=Command)(exchanging.export)
app.command("import", cls=Command)(exchanging.take_in)
app.add_typer(upkeep.library)
app.command(cls=Command)(serving.mcp)
app.command(cls=Command)(about.schema)
app.command(cls=Command)(about.formats)
