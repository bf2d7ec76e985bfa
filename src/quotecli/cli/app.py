"""The program: its commands and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from quotecli.cli.console import emit, note
from quotecli.cli.exits import Exit
from quotecli.cli.usage import Command

if TYPE_CHECKING:
    from typer._click import Command as Built

COMMANDS = {
    "search": "search:search",
    "speakers": "speakers:speakers",
    "quotes": "search:quotes",
    "claims": "search:claims",
    "facts": "search:facts",
    "show": "show:show",
    "report": "report:report",
    "verify": "verify:verify",
    "extract": "extract:extract",
    "add": "add:add",
    "articles": "add:articles",
    "remove": "add:remove",
    "export": "export:export",
    "import": "export:take_in",
    "mcp": "mcp:mcp",
    "schema": "schema:schema",
    "formats": "schema:formats",
    "library": "library:library",
}
"""Each command, as the help lists them, with its module in this room and its name there."""


class _Imported(Mapping[str, "Built"]):
    """The commands by name, each imported when it is asked for: a search need not load what reads PDF files."""

    def __getitem__(self, name: str) -> Built:
        return _built(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@cache
def _built(name: str) -> Built:
    """Return a command as Typer runs it; a KeyError where there is none of that name."""
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(import_module(f"quotecli.cli.{module}"), attribute)
    if not isinstance(found, typer.Typer):
        command, found = found, typer.Typer()
        found.command(name, cls=Command)(command)
    found.rich_markup_mode, found._add_completion = None, False  # as the whole program has them
    return typer.main.get_command(found)


class _Commands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Imported()  # type: ignore[assignment]

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # noqa: ARG002
        return list(self.commands)


app = typer.Typer(
    name="quotecli",
    cls=_Commands,
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
