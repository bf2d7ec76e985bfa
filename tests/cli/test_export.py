"""export and import."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import jsonschema
import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def lines(ask: Run) -> list[str]:
    """What is exported of the library of two articles."""
    answer = ask("export")
    assert (answer.returncode, answer.stderr) == (Exit.DONE, "")
    return answer.stdout.splitlines()


def test_exported_lines_follow_the_printed_schema(run: Run, lines: list[str]) -> None:
    schema = json.loads(run("schema", "entries").stdout)
    entries = [json.loads(line) for line in lines]
    jsonschema.validate(entries, schema)
    assert [(entry["id"], len(entry["statements"])) for entry in entries] == [("ferries-1", 3), ("bridge-1", 2)]
    assert "Ana Whitfield" in entries[0]["text"]


def test_what_was_exported_makes_the_same_library(run: Run, ask: Run, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    answer = run("import", "out.jsonl", "--library", "new.db")
    assert (answer.returncode, answer.stdout) == (Exit.DONE, "")
    assert answer.stderr == "2 added, 0 replaced, 0 unchanged, 0 not read.\n"
    assert run("export", "--library", "new.db").stdout.splitlines() == lines
    for question in (("search", "boats"), ("speakers",), ("articles",)):
        assert run(*question, "--json", "--library", "new.db").stdout == ask(*question, "--json").stdout
    again = run("import", "out.jsonl", "--library", "new.db")
    assert again.stderr == "0 added, 0 replaced, 2 unchanged, 0 not read.\n"


def test_through_a_pipe(start: Run, lines: list[str]) -> None:
    answer = start("import", "-", "--library", "new.db", "--quiet", input="\n".join(lines))
    assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, "", "")
    assert start("export", "--library", "new.db").stdout.splitlines() == lines


def test_a_bad_line_costs_only_itself(run: Run, lines: list[str], tmp_path: Path) -> None:
    changed = lines[0].replace("1,200", "1,300", 1)
    (tmp_path / "in.jsonl").write_text("\n".join([changed, "{", "", lines[1], '{"id": "1", "text": "Rain."}']))
    answer = run("import", "in.jsonl", "none.jsonl", "--library", "new.db")
    assert answer.returncode == Exit.INPUT
    first, second, third, fourth, counts = answer.stderr.splitlines()
    assert first.startswith("quotecli: in.jsonl:1: statement '")
    assert "not those of the text" in first or "id is not" in first
    assert second.startswith("quotecli: in.jsonl:2: not an article with its statements")
    assert third.startswith("quotecli: in.jsonl:5: not an article with its statements")
    assert "none.jsonl: no such file" in fourth
    assert counts == "1 added, 0 replaced, 0 unchanged, 4 not read."
    recorded_only = run("import", "in.jsonl", "none.jsonl", "--library", "new.db", "--errors", "errors.jsonl")
    assert recorded_only.stderr == "0 added, 0 replaced, 1 unchanged, 4 not read.\n"
    recorded = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text().splitlines()]
    assert [each["path"] for each in recorded] == ["in.jsonl:1", "in.jsonl:2", "in.jsonl:5", "none.jsonl"]


def test_another_kind_of_file_is_told_of_once(run: Run, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Rain fell.\n" * 500, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(lines[0], encoding="utf-8")
    answer = run("import", "story.txt", "in.jsonl", "--library", "new.db")
    assert answer.returncode == Exit.INPUT
    complaint, counts = answer.stderr.splitlines()
    assert complaint.startswith("quotecli: story.txt: not what 'quotecli export' writes")
    assert counts == "1 added, 0 replaced, 0 unchanged, 1 not read."


def test_filters_choose(ask: Run) -> None:
    (line,) = ask("export", "--speaker", "lund").stdout.splitlines()
    assert json.loads(line)["id"] == "bridge-1"
    rows = list(csv.DictReader(ask("export", "--format", "csv", "--kind", "fact").stdout.splitlines()))
    assert [row["article"] for row in rows] == ["ferries-1"]
    collection = json.loads(ask("export", "--format", "annotations", "--since", "2024").stdout)
    assert collection["total"] == len(collection["first"]["items"]) == 3


def test_csv_is_what_the_lists_print(ask: Run) -> None:
    exported = ask("export", "--format", "csv", "--kind", "quote").stdout
    assert exported == ask("quotes", "--format", "csv").stdout


def test_for_opensearch(run: Run, ask: Run) -> None:
    template = json.loads(run("schema", "opensearch").stdout)
    lines = ask("export", "--format", "opensearch", "--kind", "quote").stdout.splitlines()
    actions, documents = [[json.loads(line) for line in lines[first::2]] for first in (0, 1)]
    assert documents == json.loads(ask("quotes", "--no-group", "--json").stdout)
    assert [action["index"]["_id"] for action in actions] == [document["id"] for document in documents]
    assert set(documents[0]) == set(template["template"]["mappings"]["properties"])


def test_for_postgresql(run: Run, ask: Run) -> None:
    tables = run("schema", "postgresql").stdout
    script = ask("export", "--format", "postgresql", "--speaker", "lund").stdout
    for table, columns in re.findall(r"^COPY incoming_(\w+) \((.*)\) FROM", script, re.MULTILINE):
        (defined,) = re.findall(
            rf"CREATE TABLE IF NOT EXISTS quotecli.{table} \((.*?)^\);", tables, re.DOTALL | re.MULTILINE
        )
        assert all(re.search(rf"^    {column} ", defined, re.MULTILINE) for column in columns.split(", "))
    assert "Tomas Lund" in script
    assert "Ana Whitfield" not in script


def test_from_files_instead_of_a_library(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("Officials said on Friday that the rain would stop.\n")
    (tmp_path / "bad.txt").touch()
    answer = run("export", "--from", "rain.txt", "--from", "bad.txt", "--any-language")
    assert answer.returncode == Exit.INPUT
    (line,) = answer.stdout.splitlines()
    entry = json.loads(line)
    assert entry["path"] == "rain.txt"
    assert all(statement["article"]["path"] == "rain.txt" for statement in entry["statements"])


def test_a_file_is_written_whole_or_not_at_all(ask: Run, lines: list[str], tmp_path: Path) -> None:
    assert ask("export", "-o", "out.jsonl").stdout == ""
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines() == lines
    ask("export", "--format", "csv", "-o", "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").startswith("id,kind,")
    assert [path.name for path in tmp_path.glob("out*")] == ["out.jsonl"]
    refused = ask("export", "-o", "no/such/folder/out.jsonl")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (Exit.OUTPUT, "", 1)
    assert "cannot write no/such/folder/out.jsonl" in refused.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line(ask: Run) -> None:
    answer = ask("export", "-o", "/dev/full")
    assert (answer.returncode, answer.stderr.count("\n")) == (Exit.OUTPUT, 1)
    assert "cannot write /dev/full" in answer.stderr
    assert ask("export", "-o", "/dev/null").returncode == Exit.DONE


def test_parquet(ask: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    answer = ask("export", "--format", "parquet", "-o", "out.parquet")
    assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, "", "")
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert {row["person"] for row in rows} == {"Ana Whitfield", "Tomas Lund", "harbour board", None}
    listed = [
        record for command in ("quotes", "claims", "facts") for record in json.loads(ask(command, "--json").stdout)
    ]
    expected = {record["id"]: record for record in listed}
    assert {row["id"] for row in rows} == set(expected)
    for row in rows:
        row["content"] = [[span["start"], span["end"]] for span in row["content"]]
        record = expected[row["id"]]
        for figure in record["figures"]:
            figure["value"] = str(figure["value"])
        assert row == record


def test_parquet_in_batches(ask: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("quotecli.output.tabular._BATCH", 2)
    ask("export", "--format", "parquet", "-o", "out.parquet")
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3
    assert parquet.read_table(tmp_path / "out.parquet").num_rows == 5


def test_a_missing_extra_says_how_to_get_it(ask: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = ask("export", "--format", "parquet", "-o", "out.parquet")
    assert (answer.returncode, answer.stderr.count("\n")) == (Exit.USAGE, 1)
    assert "pip install pyarrow" in answer.stderr
    assert list(tmp_path.glob("out*")) == []


def test_a_dash_is_standard_output(ask: Run, lines: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("export", "-o", "-").stdout.splitlines() == lines
    assert not (tmp_path / "-").exists()


def test_a_workbook_has_the_rows_of_the_csv(ask: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert ask("export", "--format", "xlsx", "-o", "out.xlsx").returncode == Exit.DONE
    header, *rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["statements"].iter_rows(values_only=True)
    table = list(csv.DictReader(ask("export", "--format", "csv").stdout.splitlines()))
    assert [row["text"] for row in table] == [row[header.index("text")] for row in rows]
    assert list(header) == list(table[0])
