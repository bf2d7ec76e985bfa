"""quotecli mcp: a real server process, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quotecli.cli.exits import Exit
from quotecli.cli.mcp import call
from quotecli.cli.options import Where

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp")

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Talk = Callable[[Any], Awaitable[Any]]


@pytest.fixture
def talk(tmp_path: Path, environment: dict[str, str], library: Path) -> Callable[..., Any]:
    """Return what starts a server, lets a function talk to its client, and returns what that returns."""

    def started(conversation: Talk, *arguments: str) -> Any:
        command = ["-m", "quotecli", "mcp", *(arguments or ("--library", str(library)))]
        server = mcp.StdioServerParameters(command=sys.executable, args=command, env=environment, cwd=tmp_path)

        async def connected() -> Any:
            async with mcp.Client(server) as client:
                return await conversation(client)

        return anyio.run(connected)

    return started


def asking(*questions: tuple[str, dict[str, Any]]) -> Talk:
    async def conversation(client: Any) -> Sequence[Any]:
        return [await client.call_tool(name, arguments) for name, arguments in questions]

    return conversation


def test_the_tools_answer_as_the_commands_do(talk: Callable[..., Any], ask: Run, library: Path) -> None:
    before = library.read_bytes()

    async def conversation(client: Any) -> Any:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        questions = {
            "search": {"query": "boats", "limit": 3},
            "speakers": {},
            "verify": {"draft": "“Nobody has to take the boats,” Ana Whitfield said."},
            "show": {"id": "bridge-1"},
        }
        answers = {name: await client.call_tool(name, arguments) for name, arguments in questions.items()}
        return tools, answers

    tools, answers = talk(conversation)
    for name, answer in answers.items():
        assert not answer.is_error
        jsonschema.validate(answer.structured_content, tools[name].output_schema)
        assert json.loads(answer.content[0].text) == answer.structured_content
        assert tools[name].annotations.read_only_hint
    found = answers["search"].structured_content["statements"]
    assert found == json.loads(ask("search", "boats", "--limit", 3, "--json").stdout)
    assert answers["speakers"].structured_content["speakers"] == json.loads(ask("speakers", "--json").stdout)
    checked = answers["verify"].structured_content
    assert (checked["passed"], checked["verdicts"][0]["verdict"]) == (False, "wrong speaker")
    [article] = json.loads(ask("show", "bridge-1", "--json").stdout)
    assert answers["show"].structured_content == {"statement": None, "article": article}
    assert library.read_bytes() == before


def test_mistakes_are_answers_that_say_what_is_wrong(talk: Callable[..., Any]) -> None:
    answers = talk(
        asking(
            ("search", {}),
            ("search", {"query": "boats", "since": "soon"}),
            ("search", {"query": "boats", "sort": "date"}),
            ("show", {"id": "nothing"}),
            ("telepathy", {}),
            ("search", {"query": "boats"}),
        )
    )
    words = ["query", "since", "sort", "nothing", "telepathy"]
    for answer, word in zip(answers[:-1], words, strict=True):
        assert answer.is_error
        assert word in answer.content[0].text
        assert "\n" not in answer.content[0].text
    assert not answers[-1].is_error


def test_files_answer_and_what_changes_in_them(talk: Callable[..., Any], tmp_path: Path) -> None:
    draft = ("verify", {"draft": "“Every bolt was checked twice,” Ruth Okafor said."})
    file = tmp_path / "bridge.txt"
    file.write_text("“Every bolt was checked twice,” said Ruth Okafor, the mayor.", encoding="utf-8")

    async def conversation(client: Any) -> Any:
        before = await client.call_tool(*draft)
        file.write_text("“No bolt was checked twice,” said Ruth Okafor.", encoding="utf-8")
        return before, await client.call_tool(*draft)

    answers = [each.structured_content for each in talk(conversation, "--from", str(file))]
    assert [(each["passed"], each["verdicts"][0]["verdict"]) for each in answers] == [
        (True, "exact"),
        (False, "altered"),
    ]


def test_what_no_encoding_can_write_is_shown_as_a_question_mark(library: Path) -> None:
    answer = call(Where(library=[str(library)], quiet=True), "verify", {"draft": "“One \ud8ff of them,” he said."})
    assert answer.structured_content["verdicts"][0]["text"] == "“One ? of them,”"


def test_nothing_but_the_protocol_on_standard_output(start: Run, library: Path) -> None:
    answer = start("mcp", "--library", library, input="nonsense\n")
    assert answer.returncode == Exit.DONE
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in answer.stdout.splitlines())
    assert answer.stderr.startswith("Serving MCP")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--from", "-"), Exit.USAGE, "standard input"),
        (("--library", "none.db"), Exit.UNUSABLE, "no library"),
    ],
)
def test_what_cannot_be_served(run: Run, arguments: Sequence[str], code: Exit, words: str) -> None:
    answer = run("mcp", *arguments)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (code, "", 1)
    assert words in answer.stderr


def test_a_missing_sdk_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.stdio", None)
    answer = run("mcp")
    assert (answer.returncode, answer.stdout) == (Exit.USAGE, "")
    assert "pip install mcp" in answer.stderr
