"""The examples of docs/engines.md run, each where its engine is installed (pip install --group engines)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "engines.md"
SECTIONS = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
EXAMPLES = {
    section.partition("\n")[0]: code
    for section in SECTIONS
    for code in re.findall(r"^```python\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
}


def test_the_page_has_examples() -> None:
    assert set(EXAMPLES) == {"DuckDB", "Polars", "Dask", "Daft"}


@pytest.mark.parametrize("engine", EXAMPLES)
def test_an_example_runs_and_answers(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(engine.lower())
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    rows = {
        "id": ["1", "2"],
        "headline": ["A", "B"],
        "body": ["“We have no choice,” Ana Whitfield said.", "A quiet day."],
    }
    (tmp_path / "articles").mkdir()
    parquet.write_table(pyarrow.table(rows), tmp_path / "articles" / "a.parquet")
    (tmp_path / "example.py").write_text(EXAMPLES[engine], encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=180, check=False
    )
    assert ran.returncode == 0, ran.stderr
    written = [parquet.read_table(path).to_pylist() for path in tmp_path.glob("*.parquet")]
    names = [row["speaker"]["name"] for table in written for row in table if row["speaker"]]
    assert names == ["Ana Whitfield"] if written else "Ana Whitfield" in ran.stdout
