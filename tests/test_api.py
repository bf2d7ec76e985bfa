"""The public API: what the package offers, and that importing it stays cheap."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import quotecli

HEAVY = ("numpy", "onnxruntime", "trafilatura", "rich", "typer", "rapidfuzz", "msgspec", "sqlite3")


def test_every_public_name_is_there() -> None:
    for name in quotecli.__all__:
        assert getattr(quotecli, name) is not None
        assert name in dir(quotecli)
    assert set(quotecli._HOME) | {"__version__"} == set(quotecli.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="rumour"):
        _ = quotecli.rumour


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = f"import quotecli, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


READERS = ("pydantic", "quotecli.loading", "quotecli.text.sentences")


def test_help_and_search_import_no_reader_and_no_model() -> None:
    code = f"""
import sys
from quotecli.cli import main
sys.argv = ["quotecli", "search", "x", "--library", "none.db"]
main()
print([name for name in {HEAVY[:4] + READERS!r} if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("words", "completing"), [("--version", None), ("", "quotecli se")], ids=["version", "completion"]
)
def test_version_and_completion_import_no_command(words: str, completing: str | None) -> None:
    code = f"""
import sys
from quotecli.cli import main
sys.argv = ["quotecli", *{words.split()!r}]
try:
    main()
except SystemExit:
    pass
print([name for name in sys.modules if name.startswith(("quotecli.library", "quotecli.loading", "rapidfuzz"))])
"""
    shell = {"COMP_WORDS": completing, "COMP_CWORD": "1", "_QUOTECLI_COMPLETE": "complete_bash"} if completing else {}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **shell}
    )
    assert ran.stdout.splitlines()[1:] == ["[]"]


def test_versions_agree() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == quotecli.__version__
