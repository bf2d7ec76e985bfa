"""Only the command line knows options: what is below tells what may be set, and here it gets its option."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import quotecli
from quotecli.cli.hints import HINTS, hinted
from quotecli.errors import InputError, Setting

SOURCE = Path(quotecli.__file__).parent
_OPTION = re.compile(r"(?<![\w<&-])--[a-z][a-z-]+")
_STYLES = {"--hue", "--tint"}  # of CSS


def messages() -> Iterator[tuple[str, str]]:
    """Yield each string of the modules below the command line that is no docstring, with its file."""
    for path in SOURCE.rglob("*.py"):
        if "cli" in path.relative_to(SOURCE).parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield path.name, node.value


def test_no_message_below_the_command_line_names_an_option() -> None:
    named = {(file, option) for file, words in messages() for option in _OPTION.findall(words)}
    assert {(file, option) for file, option in named if option not in _STYLES} == set()


def test_every_setting_has_its_option() -> None:
    assert set(HINTS) == set(get_args(Setting))


@pytest.mark.parametrize(
    ("reason", "setting", "told"),
    [
        ("larger than 1 MiB, the limit", "document_bytes", "larger than 1 MiB, the limit (--max-bytes)"),
        (
            "not English (looks French)",
            "any_language",
            "not English (looks French; --any-language reads it all the same)",
        ),
        ("damaged (see below)", None, "damaged (see below)"),
    ],
)
def test_a_reason_has_the_option_in_its_last_brackets(reason: str, setting: Setting | None, told: str) -> None:
    assert hinted(reason, setting) == told


def test_an_error_keeps_its_setting_on_the_way_out_of_another_process() -> None:
    error = pickle.loads(pickle.dumps(InputError("too long", setting="characters")))
    assert (str(error), error.setting) == ("too long", "characters")
