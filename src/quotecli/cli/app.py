"""The program: its commands and what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup

from quotecli.cli.console import emit, note
from quotecli.cli.exits import Exit
from quotecli.cli.usage import Command
from quotecli.uncollected import uncollected

if TYPE_CHECKING:
    from typer._click import Command as Built


class Known(NamedTuple):
    """A command that nothing was loaded for so far: `module:name` in this room, and what it does."""

    place: str
    does: str


COMMANDS = {
    "search": Known("search:search", "Find statements by their words, the best first."),
    "speakers": Known("speakers:speakers", "List who speaks, the most quoted first, or show one of them."),
    "quotes": Known("lists:quotes", "List what is in quotation marks, and who said it."),
    "claims": Known("lists:claims", "List what is reported without quotation marks, and who said it."),
    "facts": Known("lists:facts", "List facts that the articles assert themselves, the best to check first."),
    "show": Known("show:show", "Show a statement in its paragraph, or a whole article."),
    "report": Known("report:report", "Make a page of HTML: who says what, marked in the articles themselves."),
    "verify": Known("verify:verify", "Check the quotations of a draft against its sources."),
    "extract": Known("extract:extract", "Read articles and print their statements; store nothing."),
    "add": Known("add:add", "Store articles and their statements in the library."),
    "articles": Known("add:articles", "List the articles of the library."),
    "remove": Known("add:remove", "Take articles out of the library."),
    "export": Known("export:export", "Write what the library holds for other programs."),
    "import": Known("export:take_in", "Store exported articles with their statements."),
    "mcp": Known("mcp:mcp", "Serve writing assistants over MCP."),
    "schema": Known("schema:schema", "Print the JSON Schema of what --json prints."),
    "formats": Known("schema:formats", "List the formats that quotecli reads."),
    "library": Known("library:library", "Look after the library's file."),
}
"""The commands, as the help lists them."""


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
    module, _, attribute = COMMANDS[name].place.partition(":")
    with uncollected():  # nothing of what comes with a module is garbage
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

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[CompletionItem]:  # type: ignore[override]
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name, help=COMMANDS[name].does) for name in COMMANDS if name.startswith(incomplete)]


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
