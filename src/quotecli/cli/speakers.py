"""The commands about who speaks: speakers, speakers NAME, speakers merge and speakers split."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperGroup

from quotecli.cli.answers import outcome
from quotecli.cli.completion import speakers as names
from quotecli.cli.console import look, note, noted, present
from quotecli.cli.corpus import opened, opened_library
from quotecli.cli.exits import Exit
from quotecli.cli.groups import grouped
from quotecli.cli.options import How, KindName, LibraryFile, Limit, Quiet, Where, Which
from quotecli.cli.usage import Arranged
from quotecli.errors import UsageError
from quotecli.library import Library
from quotecli.output.listings import render_speakers
from quotecli.output.profiles import render_decisions, render_profiles

_LINES = 5
"""How many lines a speaker's page has, if nothing else is said."""

_UNDECIDED = "Nothing was decided so far."


class _CommandWithOthers(Arranged, TyperGroup):
    """A command of its own, unless its first argument is the name of one of those in it."""

    allow_extra_args = False
    allow_interspersed_args = True

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if not args or args[0] not in self.commands:
            return super().parse_args(ctx, args)
        ctx.args = args
        return args

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        if not ctx.args:
            return super().invoke(ctx)
        name, *args = ctx.args
        inner = self.commands[name].make_context(f"{ctx.info_name} {name}", args, parent=ctx.parent)
        with inner:
            return inner.command.invoke(inner)


speakers = typer.Typer(
    name="speakers", cls=_CommandWithOthers, invoke_without_command=True, subcommand_metavar="| COMMAND ..."
)

Name = Annotated[
    str | None, typer.Argument(metavar="NAME", autocompletion=names, help="The one to show; part of a name will do.")
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME...", autocompletion=names, help="Names as 'quotecli speakers' lists them."),
]
Person = Annotated[
    str | None, typer.Argument(metavar="NAME", autocompletion=names, help="The person, or the name to take off.")
]
Aliases = Annotated[
    list[str] | None, typer.Argument(metavar="[ALIAS]...", autocompletion=names, help="The names to take off.")
]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back.")]
List = Annotated[bool, typer.Option("--list", help="List what was decided so far.")]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What else is asked of a decision: to take it back, or to list what was decided."""

    undo: Undo = False
    list_: List = False
    library: LibraryFile = None
    how: How
    quiet: Quiet = False


@speakers.callback()
@grouped
def overview(
    name: Name = None, *, kind: KindName = None, which: Which, limit: Limit = None, where: Where, how: How
) -> Exit:
    """List who speaks, the most quoted first, or show one of them.

    With role, type, the numbers of quotes, claims and articles, and the other names
    and words used. One speaker's page has the roles over time, the lines quoted
    most, a timeline, and the names with the reasons why they are taken for one.

    \b
    Examples:
      quotecli speakers
      quotecli speakers --from news/ --since 2024 --json
      quotecli speakers "Zabihullah Mujahid"
    """
    with opened(where) as corpus:
        filters = which.filters(kind)
        if name is None:
            found = noted(islice(corpus.speakers(filters), limit), quiet=where.quiet)
            present(how.printed(render_speakers(found, how.chosen, look())))
        else:
            present(how.printed(render_profiles([corpus.profile(name, filters, limit or _LINES)], how.chosen, look())))
    return outcome(corpus)


@speakers.command()
@grouped
def merge(
    names: Names = None,
    *,
    asked: Asked,
) -> Exit:
    """Join speakers that are one, called as the first of them is.

    The library remembers it, whatever is added or removed.

    \b
    Examples:
      quotecli speakers merge "Jalil Abbas Jilani" "Abdul Jeelani"
      quotecli speakers merge --undo "Abdul Jeelani"
      quotecli speakers merge --list
    """
    with opened_library(Where(library=asked.library)) as corpus:
        if asked.list_:
            _list_decisions(corpus, asked.how, joined=True, quiet=asked.quiet)
        elif asked.undo:
            taken = corpus.take_back(_given(names, 1), joined=True)
            note(f"No longer joined: {'; '.join(taken)}.", quiet=asked.quiet)
        else:
            first, *others = _given(names, 2)
            before = corpus.decisions()
            name = corpus.join_speakers([first, *others])
            is_new = corpus.decisions() != before
            note(f"{'; '.join(others)}: {f'now {name}' if is_new else f'{name} already'}.", quiet=asked.quiet)
    return Exit.DONE


@speakers.command()
@grouped
def split(
    name: Person = None,
    aliases: Aliases = None,
    *,
    asked: Asked,
) -> Exit:
    """Take names off a speaker that are somebody else's.

    NAME itself, or the ALIASes of it that are named, join nobody by themselves from
    now on; the library remembers it.

    \b
    Examples:
      quotecli speakers split "Jilani"
      quotecli speakers split "Jalil Abbas Jilani" "J. A. Jilani" "Jilani"
      quotecli speakers split --undo "Jilani"
      quotecli speakers split --list
    """
    with opened_library(Where(library=asked.library)) as corpus:
        if asked.list_:
            _list_decisions(corpus, asked.how, joined=False, quiet=asked.quiet)
            return Exit.DONE
        given = _given([*([name] if name else []), *(aliases or [])], 1)
        if asked.undo:
            note(f"May join others again: {'; '.join(corpus.take_back(given, joined=False))}.", quiet=asked.quiet)
        else:
            note(f"On their own now: {'; '.join(corpus.part_speaker(given[0], given[1:]))}.", quiet=asked.quiet)
    return Exit.DONE


def _list_decisions(library: Library, how: How, *, joined: bool, quiet: bool) -> None:
    made = (each for each in library.decisions() if (each.person is not None) == joined)
    present(how.printed(render_decisions(noted(made, _UNDECIDED, quiet=quiet), how.chosen, look())))


def _given(names: list[str] | None, least: int) -> list[str]:
    if len(names or ()) < least:
        raise UsageError(f"name {'a speaker' if least == 1 else 'two speakers or more'}, or use --list")
    return names or []
