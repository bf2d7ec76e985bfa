"""The command that serves writing assistants: mcp, the Model Context Protocol over standard input and output."""

from __future__ import annotations

import inspect
import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

import msgspec

from quotecli.cli.console import note
from quotecli.cli.corpus import opened
from quotecli.cli.exits import Exit
from quotecli.cli.failures import ISSUES
from quotecli.cli.groups import grouped
from quotecli.cli.options import Where
from quotecli.cli.stopping import SHELL
from quotecli.errors import QuotecliError, UsageError
from quotecli.output.plain_formats import to_json

if TYPE_CHECKING:
    from mcp.server import Server
    from mcp.types import CallToolResult, Tool

_INSTRUCTIONS = """Who said what in the user's news articles. Look statements up with search before you quote anybody,
and check every draft with verify before you show it."""


@grouped
def mcp(where: Where) -> Exit:
    """Serve writing assistants over MCP.

    The Model Context Protocol on standard input and output, with the tools
    search, speakers, verify and show. Nothing is stored or changed.

    \b
    Examples:
      quotecli mcp
      quotecli mcp --from interviews/
    """
    try:
        import anyio
        from mcp.server.stdio import stdio_server
    except ImportError as error:
        raise UsageError("needs another library: pip install mcp") from error
    if "-" in (where.sources or ()):
        raise UsageError("standard input is the assistant's; it cannot be a source")
    if sys.stdin is None:
        raise UsageError("standard input is closed; it is where the assistant asks")

    async def serve(server: Server[Any]) -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    with opened(where):  # what cannot be used is told at once, and what --from names is read
        note("Serving MCP on standard input and output.", quiet=where.quiet)
    _end_at_once()
    anyio.run(serve, server_on(msgspec.structs.replace(where, quiet=True)))
    return Exit.DONE


def _end_at_once() -> None:
    """Let signals end the process: nothing is being stored, and the thread that waits for a question would go on."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: os._exit(SHELL + number))


def server_on(where: Where) -> Server[Any]:
    """Return a server whose tools answer from these articles, opened anew for each question: they may change."""
    from mcp.server import Server
    from mcp.types import ListToolsResult

    from quotecli import __version__

    async def list_tools(*_: object) -> ListToolsResult:
        return ListToolsResult(tools=_listed())

    async def call_tool(_: object, asked: Any) -> CallToolResult:
        return call(where, asked.name, asked.arguments or {})

    return Server(
        "quotecli",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _listed() -> list[Tool]:
    from mcp.types import Tool, ToolAnnotations

    from quotecli.cli.tools import TOOLS, schema

    return [
        Tool(
            name=name,
            description=inspect.getdoc(asked),
            input_schema=schema(asked),
            output_schema=schema(answered),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        for name, (asked, answered) in TOOLS.items()
    ]


def call(where: Where, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """Return a tool's answer; whatever goes wrong is an error that the assistant can read."""
    from mcp.types import CallToolResult, TextContent

    from quotecli.cli.tools import TOOLS

    try:
        if name not in TOOLS:
            raise UsageError(f"no tool is called {name!r}; there are: {', '.join(TOOLS)}")
        question = msgspec.convert(arguments, TOOLS[name][0])
        with opened(where) as corpus:
            answer = _speakable(question.answer(corpus))
    except (QuotecliError, msgspec.ValidationError) as error:
        return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
    except Exception as error:
        words = f"a defect in quotecli ({type(error).__name__}: {error}); {ISSUES}"
        note(words)
        return CallToolResult(content=[TextContent(type="text", text=words)], is_error=True)
    return CallToolResult(content=[TextContent(type="text", text=json.dumps(answer))], structured_content=answer)


def _speakable(record: msgspec.Struct) -> Any:
    """Return a record as the JSON output has it, with "?" for lone surrogates: the protocol cannot write them."""
    plain = json.dumps(json.loads(to_json(record)), ensure_ascii=False)
    return json.loads(plain.encode("utf-8", "replace"))
