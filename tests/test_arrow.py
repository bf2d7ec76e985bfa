"""Articles and statements as Arrow record batches: the answers of `extract`, whatever the batches and engines."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotecli
from quotecli import arrow
from quotecli.records import Article, ArticleRef, Figure, Statement
from quotecli.versions import extraction_version

TEXTS = [
    "“We have no choice,” Ana Whitfield said on Monday. The boats cost £3.5m in 2019, the board told reporters.",
    "A quiet morning.",
    "Tomas Lund denied that the bridge is unsafe. About 1,200 people use the boats each week.",
]
ROWS: list[dict[str, Any]] = [
    {"uuid": f"a{number}", "headline": f"No. {number}", "body": text, "date": "2024-05-03", "path": f"x/{number}"}
    for number, text in enumerate(TEXTS)
]


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows))


def rows_of(batches: Iterator[pa.RecordBatch]) -> list[dict[str, Any]]:
    return [row for each in batches for row in each.to_pylist()]


def expected() -> list[list[dict[str, Any]]]:
    articles = [
        Article(id=row["uuid"], title=row["headline"], text=row["body"], published=row["date"], path=row["path"])
        for row in ROWS
    ]
    return [[arrow.plain(statement) for statement in quotecli.extract(article)] for article in articles]


def test_a_row_for_each_statement_and_for_each_article_without_one() -> None:
    found = rows_of(arrow.extract([batch(*ROWS)]))
    told = expected()
    assert [row["article"]["id"] for row in found] == ["a0"] * len(told[0]) + ["a1"] + ["a2"] * len(told[2])
    assert {row["model"] for row in found} == {extraction_version()}
    own = [{name: row[name] for name in Statement.__struct_fields__} for row in found]
    assert [row for row in own if row["id"]] == [*told[0], *told[2]]
    assert [name for name, value in found[len(told[0])].items() if value is not None] == ["article", "model"]


def test_annotate_gives_a_row_for_each_row() -> None:
    found = arrow.annotate(batch(*ROWS)).to_pylist()
    assert [row["statements"] for row in found] == expected()
    assert found[1]["article"] == {
        "id": "a1", "path": "x/1", "url": None, "title": "No. 1", "outlet": None, "published": "2024-05-03",
    }  # fmt: skip


@pytest.mark.parametrize("size", [1, 2])
def test_how_the_rows_are_cut_into_batches_does_not_matter(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows_of(arrow.extract([batch(*ROWS)]))
    monkeypatch.setattr(arrow, "ROWS_AT_ONCE", 2)
    assert rows_of(arrow.extract(batch(*ROWS[i : i + size]) for i in range(0, len(ROWS), size))) == whole


def test_a_row_that_cannot_be_read_says_why_and_costs_itself() -> None:
    french = "Le maire a dit que la commune ne voulait plus de ce pont, et que personne ne lui avait demandé. " * 4
    bad: list[dict[str, Any]] = [
        {"id": "none", "text": None},
        {"id": "odd", "text": " \n "},
        {"id": "french", "text": french},
    ]
    good = {"id": "good", "text": TEXTS[0]}
    found = arrow.annotate(batch(*bad, good)).to_pylist()
    assert [row["article"]["id"] for row in found] == ["none", "odd", "french", "good"]
    assert [bool(row["skipped"]) for row in found] == [True, True, True, False]
    assert found[3]["statements"]
    (one,) = arrow.annotate(batch({"words": "x"})).to_pylist()
    assert "no column `text`" in one["skipped"]


def test_schemas_are_those_of_the_records() -> None:
    assert arrow.STATEMENTS.names == [*Statement.__struct_fields__, "model", "skipped"]
    assert arrow.ARTICLES.names == list(Article.__struct_fields__)
    assert [field.name for field in arrow.RESULT.field("article").type] == list(ArticleRef.__struct_fields__)
    figures = arrow.STATEMENTS.field("figures").type.value_type
    assert [field.name for field in figures] == list(Figure.__struct_fields__)
    assert figures.field("value").type == pa.string()
    assert arrow.STATEMENTS.field("confidence").type == pa.float64()


@settings(max_examples=30)
@given(st.text(), st.text(min_size=1), st.one_of(st.none(), st.integers(-9, 9), st.floats(0, 9), st.text()))
def test_whatever_a_statement_holds_arrow_takes_it(words: str, name: str, value: int | float | str | None) -> None:
    figure = Figure(text=words, value=value, unit=name, start=0, end=1)
    statement = Statement(
        id=name, kind="quote", text=words, content=(), figures=(figure,), confidence=0.5, article=ArticleRef(id=name)
    )
    table = pa.RecordBatch.from_pylist([arrow.plain(statement)], arrow.STATEMENTS)
    (row,) = table.to_pylist()
    assert row["figures"][0]["value"] == (None if value is None else arrow.plain(str(value)))
    assert row["text"] == words.encode("utf-8", "replace").decode()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_a_text_that_kills_its_process_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, quotecli.pipeline as p\n"
        "kept = p._read\n"
        "p._read = lambda a, d, **k: os.kill(os.getpid(), signal.SIGKILL) if 'unlucky' in a.text else kept(a, d, **k)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    arrow._team.cache_clear()
    unlucky = {"id": "x", "text": "An unlucky text, the board said."}
    found = arrow.annotate(batch(unlucky, {"id": "y", "text": TEXTS[0]}), isolate=True).to_pylist()
    arrow._team.cache_clear()
    assert "its process ended" in found[0]["skipped"]
    assert found[1]["statements"]


def test_nothing_is_loaded_before_the_first_row() -> None:
    program = (
        "import sys, pyarrow as pa, quotecli.arrow as arrow\n"
        "assert list(arrow.extract([])) == []\n"
        "assert arrow.annotate(pa.RecordBatch.from_pylist([], arrow.ARTICLES)).num_rows == 0\n"
        "print([name for name in ('onnxruntime', 'trafilatura', 'rapidfuzz') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def _in_child(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return arrow.annotate(batch(*rows)).to_pylist()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_the_functions_can_be_pickled_and_used_on_both_sides_of_a_fork() -> None:
    extract = pickle.loads(pickle.dumps(arrow.extract))
    before = rows_of(extract([batch(ROWS[0])]))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        (child,) = pool.apply_async(_in_child, (ROWS[:1],)).get(timeout=120)
    assert [row["id"] for row in child["statements"]] == [row["id"] for row in before]


def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    docs = Path(__file__).parents[1] / "docs" / "scale.md"
    (example,) = re.findall(r"```python\n(.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)
    exec(example, {})
    said, columns = capsys.readouterr().out.splitlines()
    assert said == "1 Ana Whitfield “We have no choice,”"
    assert columns == "['article', 'statements', 'model', 'skipped']"
