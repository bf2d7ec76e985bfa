"""One document costs only itself: its memory, its time also in C code, and the articles that it stands for."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

STORY = "“We have no choice,” Ana Whitfield, the chair, told reporters on Monday.\n"
ROOM = ("--max-memory", "0.4")

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")


def bomb(levels: int = 9, width: int = 10) -> bytes:
    """Return a PDF of 3 kB whose page draws a form that draws ten, each of which draws ten …: a milliard of lines."""
    resources = "/Resources<</XObject<</X {} 0 R>>/Font<</F 5 0 R>>>>"
    stream = "<<{}/Length {}>>stream\n{}\nendstream"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]{resources.format(6)}/Contents 4 0 R>>",
        stream.format("", 5, "/X Do"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for level in range(levels):
        drawn = ("/X Do " if level < levels - 1 else "BT /F 9 Tf (spam and eggs) Tj ET ") * width
        form = f"/Type/XObject/Subtype/Form/BBox[0 0 99 99]{resources.format(7 + level)}"
        objects.append(stream.format(form, len(drawn), drawn))
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj{each}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return made + f"{head}trailer<</Size {len(objects) + 1}/Root 1 0 R>>startxref\n{len(made)}\n%%EOF".encode()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of three good files around one whose reading never ends."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b.pdf").write_bytes(bomb())
    (folder / "c.html").write_text(f"<p>{STORY.replace('Ana', 'Eva')}</p>", encoding="utf-8")
    (folder / "d.txt").write_text(STORY.replace("Ana", "Ida"), encoding="utf-8")
    return folder


@only_linux
@pytest.mark.usefixtures("news")
def test_a_document_that_needs_too_much_memory_costs_one_line_and_itself(start: Run) -> None:
    added = start("add", "news", "--library", "news.db", *ROOM)
    assert added.returncode == Exit.INPUT
    line, counts = added.stderr.splitlines()
    assert line.startswith("quotecli: news/b.pdf: ")
    assert "more memory than 0.4 GiB" in line and "--max-memory" in line
    assert counts == "3 added, 0 replaced, 0 unchanged, 1 not read."


@only_linux
def test_the_same_in_an_archive_and_from_standard_input(start: Run, news: Path) -> None:
    packed = news.parent / "news.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(news.iterdir()):
            archive.write(path, path.name)
    found = start("extract", packed.name, "--format", "jsonl", *ROOM)
    assert (found.returncode, found.stdout.count("\n")) == (Exit.INPUT, 3)
    assert found.stderr.startswith("quotecli: news.zip/b.pdf: ")
    with (news / "b.pdf").open("rb") as given:
        piped = start("extract", "-", *ROOM, stdin=given)
    assert (piped.returncode, piped.stderr.count("quotecli: -: ")) == (Exit.INPUT, 1)


@only_linux
def test_extraction_that_needs_too_much_memory_costs_one_line_and_itself(start: Run, news: Path) -> None:
    (news / "b.pdf").unlink()
    (news / "b.txt").write_text("“No,” she said.\n" * 30_000, encoding="utf-8")
    added = start("add", "news", "--library", "news.db", "--max-memory", "0.2")
    assert added.returncode == Exit.INPUT
    line, counts = added.stderr.splitlines()
    assert line.startswith("quotecli: news/b.txt: ")
    assert "memory" in line and "--max-memory" in line
    assert counts == "3 added, 0 replaced, 0 unchanged, 1 not read."


def test_time_is_over_in_code_that_looks_at_no_clock(start: Run, news: Path) -> None:
    (news / "b.pdf").unlink()
    attributes = " ".join(f'a{number}="{number}"' for number in range(150_000))
    (news / "b.html").write_text(f"<html><body><p {attributes}>{STORY}</p></body></html>", encoding="utf-8")
    begun = time.monotonic()
    found = start("extract", "news", "--format", "jsonl", "--max-seconds", 8)
    assert time.monotonic() - begun < 100
    assert (found.returncode, found.stdout.count("\n")) == (Exit.INPUT, 3)
    assert "quotecli: news/b.html: took longer than 8 s, the limit for one document (--max-seconds)" in found.stderr


def rows_of_csv(number: int) -> bytes:
    return b"text\n" + b"x\n" * number


def rows_of_parquet(number: int) -> bytes:
    table = pytest.importorskip("pyarrow").table({"text": ["x"] * number})
    packed = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(table, packed, compression="zstd")
    return packed.getvalue()


@pytest.mark.parametrize(("name", "rows"), [("a.csv", rows_of_csv), ("a.parquet", rows_of_parquet)])
def test_a_file_stands_for_no_more_articles_than_its_size_allows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: Callable[[int], bytes]
) -> None:
    monkeypatch.setattr("quotecli.loading.source.FEWEST_ARTICLES", 500)
    (tmp_path / name).write_bytes(rows(5000))
    most = 500 + (tmp_path / name).stat().st_size // 100
    found = run("extract", name, "--errors", "errors.jsonl")
    assert found.returncode == Exit.INPUT
    (line,) = (tmp_path / "errors.jsonl").read_text().splitlines()
    assert json.loads(line)["reason"] == f"holds more than {most:,} articles, the limit for one file (--max-articles)"
    assert run("extract", name, "--max-articles", 5000).returncode == Exit.DONE
    few = run("extract", name, "--max-articles", 2)
    assert "holds more than 2 articles" in few.stderr


def test_extraction_has_a_limit_by_default(run: Run) -> None:
    assert "[default: 60]" in " ".join(run("extract", "--help").stdout.split())
