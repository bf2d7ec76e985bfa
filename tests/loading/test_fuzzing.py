"""Damaged copies of the real-shaped files, some hundreds; benchmarks/fuzzing.py tries hundreds of thousands."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from shapes import SHAPES, Shape

from quotecli.loading import Limits, load
from quotecli.records import Article, Skipped

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from mutations import mutated

COPIES = 4
SMALL = [shape for shape in SHAPES if shape.file not in ("pictures.html", "newspaper.pdf")]


@pytest.mark.parametrize("shape", SMALL, ids=lambda shape: shape.file)
def test_damaged_copies_are_articles_or_reasons(tmp_path: Path, shape: Shape) -> None:
    whole = shape.make()
    for copy in range(COPIES):
        path = tmp_path / shape.file
        path.write_bytes(mutated(whole, whole, Random(f"{shape.file} {copy}"))[:20_000])
        found = list(load(path, limits=Limits(document_bytes=2_000_000, seconds=20)))
        assert found
        for item in found:
            assert isinstance(item, Article | Skipped)
            assert isinstance(item, Article) or "\n" not in item.reason


# What the long runs found, and what it was.
FOUND = {
    "endless.srt": b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<a" * 30_000,  # a search for the end of each element
    "rolling.srt": b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x\n" * 30_000,  # each line compared with all before it
    "comments.md": b"<!--" * 30_000,  # a search for the end of each comment
    "clock.eml": b"Date: Mon, 99999999999999999999 Mar 2024 23:30:00 -0500\nSubject: x\n\nThe vote was close.\n",
    "header.eml": b"Subject: " + b"=?utf-8?q?a?= (" * 20_000 + b"\n\nThe vote was close.\n",
    "prefix.atom": b"<a:feed><a:entry><a:summary>The vote was close.</a:summary></a:entry></a:feed>",
    "digits.xml": b"<rss><channel><item><0a/><description>The vote was close.</description></item></channel></rss>",
    "many.csv": b"text\n" + b"The vote was close, s\xe9 \x98\n" * 3_000,  # the encoding of each line was guessed anew
}
READ = ("clock.eml", "header.eml", "prefix.atom", "digits.xml", "many.csv")


@pytest.mark.parametrize("name", FOUND)
def test_what_the_long_runs_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FOUND[name])
    found = list(load(tmp_path / name, limits=Limits(seconds=20)))
    assert not any("took longer" in item.reason for item in found if isinstance(item, Skipped))
    assert all(isinstance(item, Article) for item in found) or name not in READ, found


def test_a_web_archive_says_nothing_of_its_bytes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """warcio writes lines that it does not understand to stderr: they would act on the terminal."""
    whole = next(shape for shape in SHAPES if shape.file == "wget.warc").make()
    (tmp_path / "a.warc").write_bytes(whole.replace(b"</html>", b"</html>\x1b[2J more", 1))
    list(load(tmp_path / "a.warc"))
    assert capfd.readouterr().err == ""
