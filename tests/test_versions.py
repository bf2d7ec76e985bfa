"""Versions are digests of the files that answers depend on: of all of them, wherever they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quotecli import versions
from quotecli.versions import ANSWERING, PACKAGE, READING, digest_of

LOADED = """
import json, sys
import quotecli
{statement}
print(json.dumps([module.__file__ for name, module in sys.modules.items() if name.startswith("quotecli.")]))
"""
EXTRACTED = (
    """quotecli.extract(quotecli.Article(id="1", text="“Yes,” Ana Whitfield said.\\nThe bridge closed on 3 May."))"""
)
READ = """list(quotecli.load(sys.argv[1]))"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package as it would be installed, its model cut short."""
    left_out = shutil.ignore_patterns("__pycache__", "*.onnx", "*.npz")
    copied = shutil.copytree(PACKAGE, tmp_path / "quotecli", ignore=left_out)
    (copied / "model" / "model.onnx").write_bytes(b"a model")
    return copied


@pytest.mark.parametrize(("statement", "parts"), [(EXTRACTED, ANSWERING), (READ, READING)])
def test_all_that_is_loaded_for_an_answer_counts(statement: str, parts: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>“Yes,” she said. Nobody had asked her before, she said on Monday.</p>")
    program = [sys.executable, "-c", LOADED.format(statement=statement), str(tmp_path)]
    loaded = json.loads(subprocess.run(program, capture_output=True, text=True, check=True).stdout)
    names = {Path(file).relative_to(PACKAGE).parts[0] for file in loaded} - {"versions.py"}
    assert names
    assert names <= set(parts)


def _edited(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a rule": lambda copy: _edited(copy / "attribution" / "linking.py"),
    "a rule of figures": lambda copy: _edited(copy / "facts" / "figures.py"),
    "a list": lambda copy: _edited(copy / "attribution" / "manner" / "lexicon.txt"),
    "the model": lambda copy: (copy / "model" / "model.onnx").write_bytes(b"b model"),
    "the sentences": lambda copy: _edited(copy / "text" / "sentences.py"),
    "the order of the steps": lambda copy: _edited(copy / "pipeline.py"),
    "a new rule": lambda copy: (copy / "facts" / "weather.py").touch(),
    "a rule gone": lambda copy: (copy / "facts" / "money.py").unlink(),
    "a rule moved": lambda copy: (copy / "facts" / "money.py").rename(copy / "facts" / "coins.py"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_is_another_version(copy: Path, change: Callable[[Path], object]) -> None:
    before = digest_of(copy, ANSWERING)
    change(copy)
    assert digest_of(copy, ANSWERING) != before


def test_what_decides_nothing_changes_nothing(copy: Path) -> None:
    before = digest_of(copy, ANSWERING), digest_of(copy, READING)
    cached = copy / "facts" / "__pycache__"
    cached.mkdir()
    (cached / "money.cpython-311.pyc").touch()
    _edited(copy / "cli" / "console.py")
    (copy / "facts" / "money.py").touch()
    assert (digest_of(copy, ANSWERING), digest_of(copy, READING)) == before
    elsewhere = copy.rename(copy.parent / "elsewhere")
    assert (digest_of(elsewhere, ANSWERING), digest_of(elsewhere, READING)) == before


def test_a_rule_of_reading_is_another_version_of_reading(copy: Path) -> None:
    before = digest_of(copy, ANSWERING), digest_of(copy, READING)
    _edited(copy / "loading" / "pdf.py")
    assert digest_of(copy, ANSWERING) == before[0]
    assert digest_of(copy, READING) != before[1]


def test_the_versions_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known = versions.extraction_version(), versions.reading_version()
    assert known == (digest_of(PACKAGE, ANSWERING), digest_of(PACKAGE, READING))
    monkeypatch.setattr(versions, "digest_of", None)
    assert (versions.extraction_version(), versions.reading_version()) == known
