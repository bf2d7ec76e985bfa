"""The pages of docs/ cannot rot: they build as a site, and what they name exists."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from quotecli.cli.app import app

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
SOURCE = ROOT / "src" / "quotecli"
SHARED = frozenset(
    "records results errors files workers deadline versions word_lists numbers uncollected __version__".split()
)
"""What every room may use."""


def commands() -> list[tuple[str, str]]:
    """Return each command that a page shows between backticks or in a block, with the page's name."""
    found = []
    for page in DOCS:
        text = page.read_text(encoding="utf-8")
        shown = re.findall(r"`(quotecli [a-z][^`]*)`", text) + re.findall(r"^\$ (quotecli .*)$", text, re.MULTILINE)
        found += [(page.stem, command) for command in dict.fromkeys(shown)]
    return found


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    config = ROOT / "docs" / "site" / "mkdocs.yml"
    ran = subprocess.run([*mkdocs, "-f", config, "-d", tmp_path / "site"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert {path.stem for path in DOCS} - {"index"} <= {path.name for path in (tmp_path / "site").iterdir()}


def test_pages_show_commands() -> None:
    assert len(commands()) > 20


@pytest.mark.parametrize(("page", "command"), commands())
def test_every_command_that_a_page_shows_exists(page: str, command: str) -> None:
    group = get_command(app)
    words = shlex.split(re.split(r" [|>] ", command)[0])[1:]
    while words and isinstance(group, typer.core.TyperGroup) and words[0] in group.commands:
        group = group.commands[words.pop(0)]
    plain = not isinstance(group, typer.core.TyperGroup) or group.invoke_without_command
    assert plain, f"docs/{page}.md: {command}"
    options = {option for parameter in group.params for option in parameter.opts}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, f"docs/{page}.md: {command}"


def imports_of(room: str) -> set[str]:
    """Return the other rooms that the modules of a room import."""
    folder = SOURCE / room
    found = set()
    for path in folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "quotecli":
                parts = (node.module or "").split(".")
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found - SHARED - {room}


def test_rooms_import_what_the_page_on_architecture_says() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z`, ]+`) \|.*\|([^|]*)\|$", text, re.MULTILINE)
    stated = {room: set(re.findall(r"`(\w+)`", may)) for names, may in rows for room in re.findall(r"`(\w+)`", names)}
    rooms = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()} | {"arrow", "pipeline", "spacy"}
    refused = stated.pop("cli")  # the page names what it may not import
    assert not imports_of("cli") & refused
    assert {room: imports_of(room) for room in rooms - {"cli"}} == {room: stated[room] for room in rooms - {"cli"}}
