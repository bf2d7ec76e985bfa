"""The README cannot rot: its commands run and print what it shows, and its lists are the program's own."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import msgspec
import pytest
from typer.core import TyperGroup
from typer.main import get_command

from quotecli.cli.app import app
from quotecli.cli.exits import Exit
from quotecli.output.rows import Row
from quotecli.records import Speaker

pty = pytest.importorskip("pty")

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
LIKENESS = 0.9
"""How much of a shown output must come out again: on another processor the model's numbers differ a little, so that
a doubtful statement may come or go."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def printed(command: str, home: Path) -> str:
    """Run a command of the README as a new user would, on a terminal of 80 columns without colours."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),  # the source under test, where it is not installed
    }
    with subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", command], stdout=theirs, stderr=subprocess.PIPE, cwd=home, env=environment
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        assert process.stderr
        complaints = process.stderr.read().decode()
    os.close(ours)
    assert process.returncode == 0, complaints
    assert "Traceback" not in complaints
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux: the other end is closed
        return b""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new user's home, with the sample articles in it."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    return tmp_path


def test_the_commands_print_what_is_shown(home: Path) -> None:
    new = TEXT
    for block in blocks("console"):
        commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
        outputs = [printed(command, home) for command in commands]
        again = "".join(f"$ {command}\n{output}" for command, output in zip(commands, outputs, strict=True))
        new = new.replace(block, again)
        if os.environ.get("QUOTECLI_GOLDEN") != "write":
            likeness = SequenceMatcher(None, block, again, autojunk=False).ratio()
            assert likeness >= LIKENESS, f"shown:\n{block}\nprinted:\n{again}"
    if new != TEXT and os.environ.get("QUOTECLI_GOLDEN") == "write":
        README.write_text(new, encoding="utf-8")


def test_the_python_example_runs(home: Path) -> None:
    [example] = blocks("python")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    ran = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, encoding="utf-8", cwd=home, env=environment, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Zabihullah Mujahid quote" in ran.stdout


def test_continuous_integration_runs_the_test_command_word_for_word() -> None:
    install, test, *_ = blocks("bash")
    assert test in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert test.endswith("&& tests/run\n")
    assert install.endswith('.venv/bin/quotecli search "refugees"\n')
    for script in (".ci/run", "tests/run"):
        assert os.access(ROOT / script, os.X_OK)


def described(group: TyperGroup, prefix: str = "") -> dict[str, str]:
    """Return what each command of a group, and of the groups in it, says that it does."""
    known = {}
    for name, command in group.commands.items():
        if type(command) is not TyperGroup:  # those only hold others
            known[prefix + name] = (command.help or "").splitlines()[0]
        if isinstance(command, TyperGroup):
            known |= described(command, f"{prefix}{name} ")
    return known


def test_the_table_of_commands_is_the_help() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    rows = re.findall(r"^\| `quotecli ([a-z ]+)[^`]*` \| (.*) \|$", TEXT, re.MULTILINE)
    assert {command.strip(): does for command, does in rows} == described(group)


def test_every_option_named_exists(capsys: pytest.CaptureFixture[str]) -> None:
    of_other_programs = set(re.findall(r"--[a-z-]+", "".join(blocks("bash"))))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) - of_other_programs
    helps = ""
    for command in ("search", "add", "verify", "export", "speakers merge", ""):
        app([*command.split(), "--help"], standalone_mode=False)
        helps += capsys.readouterr().out
    assert named
    assert {option for option in named if option not in helps} == set()


def test_every_field_of_a_statement_is_explained() -> None:
    named = set(re.findall(r"`([\w.]+)`", "".join(re.findall(r"^\| `[\w.`, ]+ \|", TEXT, re.MULTILINE))))
    fields = {field.encode_name for field in msgspec.structs.fields(Row)}
    assert fields | {f"speaker.{field.encode_name}" for field in msgspec.structs.fields(Speaker)} <= named


def test_every_exit_code_is_explained() -> None:
    section = TEXT.partition("## Exit codes")[2].partition("\n## ")[0]
    assert {int(code) for code in re.findall(r"\b\d+\b", section.replace("QUOTECLI_DEBUG=1", ""))} == set(Exit)
