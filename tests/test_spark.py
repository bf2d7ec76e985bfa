"""The example job on a cluster of two workers: the answers of `extract`, whatever dies on the way.

It takes some minutes, so it runs where it is asked for: QUOTECLI_SPARK=300 (the number of texts), with `pip install
--group engines` and Java (apt-get install default-jre-headless).
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
JOB = ROOT / "docs" / "examples" / "spark" / "statements.py"
TEXTS = int(os.environ.get("QUOTECLI_SPARK") or 0)

pytestmark = [
    pytest.mark.skipif(not TEXTS, reason="takes minutes: QUOTECLI_SPARK=300 runs it"),
    pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="no Spark is installed (--group engines)"),
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java (apt-get install default-jre-headless)"),
]

FRENCH = "Le maire a dit que la commune ne voulait plus de ce pont, et que personne ne lui avait demandé. " * 4
BAD: list[dict[str, Any]] = [
    {"id": "none", "body": None},
    {"id": "blank", "body": " \n "},
    {"id": "french", "body": FRENCH},
    {"id": "killer", "body": "An unlucky text that nobody survives, the board said."},
]
ONCE = {"id": "once", "body": "“It went on,” Ana Whitfield said, though the worker had been killed."}
KILLS = """
import os, signal, pathlib
import quotecli.arrow as arrow, quotecli.pipeline as pipeline

def end(why):
    os.kill(os.getpid(), signal.SIGKILL)

read, row = pipeline._read, arrow.read_row
killed = pathlib.Path({flag!r})

def once(source, given):
    if given["id"] == "once" and not killed.exists():
        killed.touch()
        end("the engine's worker")
    return row(source, given)

pipeline._read = lambda a, d, **how: end("extraction") if "unlucky" in a.text else read(a, d, **how)
arrow.read_row = once
"""


def job(folder: Path) -> None:
    """Run the job as a user would."""
    python = {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(folder)}
    command: list[str | Path] = [Path(sys.executable).with_name("spark-submit"), "--master", "local-cluster[2,1,1024]"]
    settings = [f"spark.executorEnv.PYTHONPATH={folder}", "spark.ui.enabled=false", "spark.sql.shuffle.partitions=4"]
    options = [word for setting in settings for word in ("--conf", setting)]
    ran = subprocess.run(
        [*command, *options, JOB, folder / "articles", folder / "statements", "--articles-a-task", "40"],
        env=os.environ | python,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=(log := (folder / "spark.log").open("ab")),
        check=False,
    )
    log.close()
    assert ran.returncode == 0, (folder / "spark.log").read_text(encoding="utf-8", errors="replace")[-5000:]


def printed(folder: Path, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what `extract` prints of the rows, with figures' values as Arrow has them."""
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "quotecli",
        "extract",
        path,
        "--text-column",
        "body",
        "--format",
        "jsonl",
        "-q",
    ]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    records: list[dict[str, Any]] = list(map(json.loads, ran.stdout.splitlines()))
    for record in records:
        for figure in record["figures"]:
            figure["value"] = figure["value"] if figure["value"] is None else str(figure["value"])
    return records


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], Path]:
    """The articles given, and the folder in which the job ran twice: before the second half of them came, and after."""
    from pyarrow import Table
    from pyarrow.parquet import write_table

    folder = tmp_path_factory.mktemp("spark")
    (folder / "articles").mkdir()
    (folder / "sitecustomize.py").write_text(KILLS.format(flag=str(folder / "killed")))
    files = sorted((ROOT / "benchmarks" / "speakers").glob("*.txt"))[:TEXTS]
    rows = [{"id": path.stem, "body": path.read_text(encoding="utf-8")} for path in files]
    given = [row | {"path": str(folder / "corpus.jsonl")} for row in [*rows, ONCE]]
    half = len(given) // 2
    for name, part in (("a", [*given[:half], *BAD]), ("b", given[half:])):
        write_table(Table.from_pylist(part), folder / "articles" / f"{name}.parquet")
        job(folder)
    return given, folder


def found(folder: Path) -> list[dict[str, Any]]:
    from pyarrow.parquet import read_table

    rows: list[dict[str, Any]] = read_table(folder / "statements").to_pylist()
    return rows


def test_statements_are_those_of_extract_and_none_is_lost_or_twice(cluster: tuple[list[dict[str, Any]], Path]) -> None:
    given, folder = cluster
    assert (folder / "killed").exists()  # a worker, once
    told = [{**row, "content": [list(span.values()) for span in row["content"]]} for row in found(folder) if row["id"]]
    for row in told:
        del row["model"], row["skipped"]
    order = {row["id"]: place for place, row in enumerate(given)}
    told.sort(key=lambda row: (order[row["article"]["id"]], row["content"]))
    assert told == printed(folder, given)


def test_every_article_has_its_rows_and_a_bad_one_says_why(cluster: tuple[list[dict[str, Any]], Path]) -> None:
    given, folder = cluster
    rows = found(folder)
    assert {row["article"]["id"] for row in rows} == {row["id"] for row in [*given, *BAD]}
    skipped = Counter(row["article"]["id"] for row in rows if row["skipped"])
    assert skipped == {row["id"]: 1 for row in BAD}
    (killer,) = [row["skipped"] for row in rows if row["article"]["id"] == "killer"]
    assert "its process ended" in killer


def test_what_the_job_wrote_makes_a_library(cluster: tuple[list[dict[str, Any]], Path]) -> None:
    given, folder = cluster
    quotecli = [sys.executable, "-m", "quotecli"]
    command: list[str | Path] = [
        *quotecli,
        "import",
        folder / "articles",
        folder / "statements",
        "--library",
        folder / "spark.db",
    ]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert f"{len(given)} added, 0 replaced, 0 unchanged, {len(BAD)} not read." in ran.stderr
    search: list[str | Path] = [*quotecli, "search", "it went on", "--json", "--library", folder / "spark.db"]
    search += ["--speaker", "Ana Whitfield"]
    hits = json.loads(subprocess.run(search, capture_output=True, encoding="utf-8", check=True).stdout)
    assert hits[0]["article"]["id"] == "once"
