"""Parquet both ways: what `extract`, `export` and jobs of other engines write, and `import` takes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from quotecli.cli.exits import Exit
from quotecli.versions import extraction_version

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

Run = Callable[..., CompletedProcess[str]]
TEXTS = [
    "“We have no choice,” Ana Whitfield said on Monday. The boats cost £3.5m in 2019, the board told reporters.",
    "A quiet morning.",
    "Tomas Lund denied that the bridge is unsafe. About 1,200 people use the boats each week.",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three articles as JSON Lines, one of them without a statement."""
    path = tmp_path / "corpus.jsonl"
    rows = [{"id": f"a{number}", "text": text, "published": "2024-05-03"} for number, text in enumerate(TEXTS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def data_set(run: Run, corpus: Path, tmp_path: Path) -> Path:
    """What `extract` writes of them."""
    answer = run("extract", corpus, "--format", "parquet", "-o", "out")
    assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, "", "")
    return tmp_path / "out"


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def write(path: Path, rows: list[dict[str, Any]], schema: Any = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema), path)


def by_an_engine(folder: Path, texts: list[str]) -> None:
    """Write texts with columns of their own, and statements, as a job of Spark does: in parts, in another order."""
    from quotecli import arrow

    articles = [{"uuid": f"u{number}", "headline": "Boats", "body": text} for number, text in enumerate(texts)]
    write(folder / "articles" / "year=2024" / "part-00000.parquet", articles[::-1])
    for number, article in enumerate(articles):
        found = [row for batch in arrow.extract([pa.RecordBatch.from_pylist([article])]) for row in batch.to_pylist()]
        write(folder / "statements" / f"part-{number:05}.snappy.parquet", found, arrow.STATEMENTS)
    (folder / "statements" / "_SUCCESS").touch()
    (folder / "statements" / ".part-00000.snappy.parquet.crc").write_bytes(b"crc\0")


def test_extract_writes_the_records_and_the_texts(run: Run, corpus: Path, data_set: Path) -> None:
    printed = [json.loads(line) for line in run("extract", corpus, "--format", "jsonl").stdout.splitlines()]
    found = rows(data_set / "statements.parquet")
    assert [row["article"]["id"] for row in found if row["id"] is None] == ["a1"]
    told = [row for row in found if row["id"]]
    assert {(row.pop("model"), row.pop("skipped")) for row in told} == {(extraction_version(), None)}
    for row, record in zip(told, printed, strict=True):
        row["content"] = [[span["start"], span["end"]] for span in row["content"]]
        for figure in record["figures"]:
            figure["value"] = figure["value"] if figure["value"] is None else str(figure["value"])
        assert row == record
    articles = rows(data_set / "articles.parquet")
    assert [(row["id"], row["text"], row["model"]) for row in articles] == [
        (f"a{number}", text, extraction_version()) for number, text in enumerate(TEXTS)
    ]


def test_what_extract_wrote_makes_the_library_that_add_makes(run: Run, corpus: Path, data_set: Path) -> None:
    answer = run("import", data_set, "--library", "new.db")
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "3 added, 0 replaced, 0 unchanged, 0 not read.\n")
    run("add", corpus, "--library", "added.db", "--quiet")
    assert run("export", "--library", "new.db").stdout == run("export", "--library", "added.db").stdout
    again = run("add", corpus, "--library", "new.db")
    assert again.stderr == "0 added, 0 replaced, 3 unchanged, 0 not read.\n"


def test_the_texts_are_articles_again_and_the_statements_are_none(run: Run, corpus: Path, data_set: Path) -> None:
    texts = data_set / "articles.parquet"
    printed = run("extract", texts, "--format", "jsonl").stdout
    assert printed.replace(str(texts), str(corpus)) == run("extract", corpus, "--format", "jsonl").stdout
    answer = run("extract", data_set / "statements.parquet")
    assert answer.returncode == Exit.INPUT
    assert "holds statements, not articles; 'quotecli import'" in answer.stderr


def test_a_data_set_of_an_engine_is_imported_and_searched(run: Run, tmp_path: Path) -> None:
    by_an_engine(tmp_path / "lake", TEXTS)
    answer = run("import", "lake", "--library", "lake.db")
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "3 added, 0 replaced, 0 unchanged, 0 not read.\n")
    (hit,) = json.loads(run("search", "no choice", "--json", "--library", "lake.db").stdout)
    assert (hit["speaker"]["name"], hit["article"]["title"]) == ("Ana Whitfield", "Boats")
    assert len(json.loads(run("articles", "--json", "--library", "lake.db").stdout)) == 3


def test_what_does_not_belong_together_is_told_and_the_rest_is_stored(run: Run, tmp_path: Path) -> None:
    from quotecli import arrow

    by_an_engine(tmp_path / "lake", TEXTS)
    parts = tmp_path / "lake" / "statements"
    lost = [{"article": {"id": "u7", "path": "x/7"}, "model": "m", "skipped": "holds no text"}]
    write(parts / "part-00007.parquet", lost, arrow.STATEMENTS)
    changed = [{"uuid": "u0", "body": "Another text, the board said."}, {"uuid": "u8", "body": "An article more."}]
    write(tmp_path / "lake" / "articles" / "part-9.parquet", changed)
    (parts / "part-00001.snappy.parquet").unlink()
    (parts / "part-00008.parquet").write_bytes(b"PAR1 and no more")
    answer = run("import", "lake", "--library", "lake.db")
    assert answer.returncode == Exit.INPUT
    assert [line.removeprefix("quotecli: ") for line in answer.stderr.splitlines()] == [
        "x/7: holds no text",
        "lake/statements/part-00008.parquet: damaged, or not a Parquet file",
        "lake/articles/part-9.parquet: of 2 articles no statements were given (or of another text)",
        "lake/articles/year=2024/part-00000.parquet: of 1 articles no statements were given (or of another text)",
        "2 added, 0 replaced, 0 unchanged, 4 not read.",
    ]
    for file in (tmp_path / "lake" / "articles").rglob("*.parquet"):
        file.unlink()
    answer = run("import", "lake", "--library", "none.db")
    assert "of 2 articles there are statements, but no text in the tables given" in answer.stderr


def test_of_two_models_the_one_of_today_answers(run: Run, tmp_path: Path) -> None:
    from quotecli import arrow

    by_an_engine(tmp_path / "lake", TEXTS[:1])
    parts = tmp_path / "lake" / "statements"
    old = [row | {"model": "old"} for row in rows(parts / "part-00000.snappy.parquet")[:1]]
    write(parts / "part-00009.parquet", old, arrow.STATEMENTS)
    write(parts / "part-00010.parquet", rows(parts / "part-00000.snappy.parquet"), arrow.STATEMENTS)  # twice
    run("import", "lake", "--library", "lake.db")
    (entry,) = map(json.loads, run("export", "--library", "lake.db").stdout.splitlines())
    assert entry["model"] == extraction_version()
    assert len(entry["statements"]) == len(rows(parts / "part-00000.snappy.parquet")) > 1


def test_export_into_a_folder_and_back(run: Run, ask: Run, tmp_path: Path) -> None:
    answer = ask("export", "--format", "parquet", "-o", "out/")
    assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, "", "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["articles.parquet", "statements.parquet"]
    run("import", "out", "--library", "new.db", "--quiet")
    assert run("export", "--library", "new.db").stdout == ask("export").stdout
    ask("export", "--format", "parquet", "-o", "out", "--speaker", "lund")
    assert [row["id"] for row in rows(tmp_path / "out" / "articles.parquet")] == ["bridge-1"]


def test_rows_are_written_in_groups(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("quotecli.output.tabular._CHARACTERS", 1)
    run("extract", corpus, "--format", "parquet", "-o", "out")
    assert pq.ParquetFile(tmp_path / "out" / "articles.parquet").num_row_groups == len(TEXTS)


def test_both_files_are_whole_or_neither_is_there(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "out" / "statements.parquet").mkdir(parents=True)  # cannot be replaced
    answer = run("extract", corpus, "--format", "parquet", "-o", "out")
    assert (answer.returncode, answer.stderr.count("\n")) == (Exit.OUTPUT, 1)
    (tmp_path / "file").touch()
    assert run("extract", corpus, "--format", "parquet", "-o", "file/out").returncode == Exit.OUTPUT
    monkeypatch.setattr("quotecli.pipeline._read", None)
    answer = run("extract", corpus, "--format", "parquet", "-o", "new")
    assert answer.returncode not in (Exit.DONE, Exit.INPUT)
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "parquet"], "name a folder"),
        (["--format", "parquet", "-o", "out", "--kind", "quote"], "writes all statements"),
        (["--format", "parquet", "-o", "out", "--limit", "3"], "writes all statements"),
        (["-o", "out"], "is for --format parquet and xlsx"),
        (["--format", "xlsx", "--json"], "exclude each other"),
        (["--format", "xlsx", "-o", "corpus.jsonl"], "would overwrite what is to be read"),
    ],
)
def test_what_makes_no_data_set_is_told(run: Run, corpus: Path, options: list[str], said: str) -> None:
    answer = run("extract", corpus, *options)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (Exit.USAGE, "", 1)
    assert said in answer.stderr


def test_no_data_set_takes_the_place_of_what_it_is_made_of(run: Run, data_set: Path) -> None:
    answer = run("extract", data_set / "articles.parquet", "--format", "parquet", "-o", data_set)
    assert answer.returncode == Exit.USAGE
    assert "would overwrite what is to be read" in answer.stderr


def test_what_is_extracted_makes_a_workbook(run: Run, corpus: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answer = run("extract", corpus, "--format", "xlsx", "-o", "out.xlsx", "--kind", "quote")
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    header, *rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["statements"].iter_rows(values_only=True)
    table = run("extract", corpus, "--format", "csv", "--kind", "quote").stdout.splitlines()
    assert table[0].split(",") == list(header)
    assert [row[header.index("text")] for row in rows] == ["“We have no choice,”"]
