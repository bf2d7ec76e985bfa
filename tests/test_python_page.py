"""The examples of docs/python.md run, one after the other, as the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


def test_the_examples_run_one_after_the_other(tmp_path: Path) -> None:
    for needed in ("pandas", "pyarrow", "spacy"):
        pytest.importorskip(needed)
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    (tmp_path / "page.py").write_text("\n".join(f"{block}\nprint('----')" for block in BLOCKS), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "page.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.split("----\n")
    for part, expected in zip(shown, EXPECTED, strict=False):
        assert expected in part
    assert len(BLOCKS) == len(EXPECTED)


EXPECTED = [
    "quote Ana Whitfield “We have no choice,”",
    "mayor [[0, 20]]",
    "6 done",
    "Zabihullah Mujahid",
    "2\n",
    "Afghan refugees is unacceptable",
    "altered",
    "quote Ana Whitfield",
]
"""Words that each example prints."""
