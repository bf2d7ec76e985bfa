"""What was reported as stored is there: whatever is killed, full, or reads and writes at once.

The ordinary run tries a little of each; `QUOTECLI_SAFETY=long` as much as docs/library.md has figures of (minutes).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecli.library import Library

LONG = os.environ.get("QUOTECLI_SAFETY") == "long"
KILLS = 50 if LONG else 2
READERS = 8 if LONG else 2
SECONDS = 60 if LONG else 1
ARTICLES = 2000 if LONG else 600
SHARES = [share / 20 for share in range(2, 20)] if LONG else [0.5]  # of the room that a library needs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of Unix")

MAKING = """
import sys, time
from quotecli.library import Library, batches
from quotecli.records import Article, Span, Speaker, Statement, content_text, text_id
batches.model_version = lambda: "1"

def made(number, version, lines=5):
    "An article of which each statement says which version of which article it is from."
    text = "\\n".join(f"Rain {number} fell {version} times, line {line}." for line in range(lines))
    article = Article(id=f"rain-{number}", text=text, path=f"{number}.txt")
    statements, start = [], 0
    for line in text.split("\\n"):
        content = (Span(start, start + len(line)),)
        statements.append(Statement(id=f"{article.text_id}-{start}", kind="claim", text=line, content=content,
                                    confidence=1.0, speaker=Speaker(name=f"Ann Lee {number}", type="person"),
                                    article=article.ref))
        start += len(line) + 1
    return article, statements
"""

KILLED = """
batches.STORED_AT_ONCE = 20  # many small transactions: more moments to be killed in
with Library(sys.argv[1]) as library:
    first = len(library.articles())
    for number, _ in enumerate(library.add_all(made(number, 0) for number in range(first, 10**6)), start=first):
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
"""

WRITER = """
with Library(sys.argv[1]) as library:
    end, version = time.monotonic() + float(sys.argv[2]), 0
    while time.monotonic() < end:
        version += 1
        for _ in library.add_all(made(number, version) for number in range(20)):
            pass
        library.remove(f"rain-{version % 20}")
    print(version)
"""

READER = """
with Library(sys.argv[1]) as library:
    end, rounds = time.monotonic() + float(sys.argv[2]), 0
    while time.monotonic() < end:
        for entry in library.entries():
            assert [each.text for each in entry.statements] == entry.text.split("\\n"), entry
        for hit in library.search("rian fell", limit=50):
            assert hit.text in [f"Rain {hit.article.id[5:]} fell {hit.text.split()[3]} times, line {line}."
                                for line in range(5)], hit
        assert 19 <= len(library.articles()) <= 20
        assert all(speaker.claims == 5 for speaker in library.speakers())
        rounds += 1
    print(rounds)
"""


def started(script: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MAKING + script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    chance = random.Random(7)
    stored = 0
    for kill in range(KILLS):
        path = tmp_path / f"library-{kill // 10}.db"
        writer = started(KILLED, path)
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        writer.send_signal(signal.SIGKILL)
        rest, complaints = writer.communicate()
        assert complaints == ""
        reported = [int(number) for number in re.findall(r"^(\d+)\n", first + rest, re.MULTILINE)]
        with Library(path) as library:
            assert library.check() == []
            articles = library.articles()
            assert [each.id for each in articles] == [f"rain-{number}" for number in range(len(articles))]
            assert len(articles) > max(reported)
            assert {each.statements for each in articles} == {5}
            assert library.search(f"Rain {max(reported)}")[0].article.id == f"rain-{max(reported)}"
            stored += max(reported) + 1 - int(first)
    print(f"{KILLS} kills, {stored} articles reported, all of them stored")


def test_readers_beside_a_writer_see_whole_articles(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    started(WRITER, path, 0.1).communicate()
    running = [started(WRITER, path, SECONDS), *(started(READER, path, SECONDS) for _ in range(READERS))]
    outputs = [process.communicate() for process in running]
    assert [complaints for _, complaints in outputs] == [""] * len(running)
    written, *read = [int(output) for output, _ in outputs]
    assert written > 0
    assert min(read) > 0
    with Library(path) as library:
        assert library.check() == []
    print(f"{READERS} readers, {SECONDS} s: {written} rounds written, {sum(read)} rounds read")


def quotecli(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quotecli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, build: Callable[..., Any], said: Callable[..., Any]) -> Path:
    """Articles as 'quotecli export' writes them."""
    folder = tmp_path_factory.mktemp("exported")
    with Library(folder / "all.db") as library:
        articles = (
            build(
                [said(f"Unusual{number}word{line} fell", f"Ann Lee {number}") for line in range(3)], id=f"no-{number}"
            )
            for number in range(ARTICLES)
        )
        for _ in library.add_all(articles):
            pass
    (folder / "all.jsonl").write_text(quotecli("export", "--library", folder / "all.db").stdout)
    return folder / "all.jsonl"


def needed(exported: Path, share: float) -> int:
    """Return this share of the size of a library of all that is exported, in whole kilobytes."""
    return int(exported.with_name("all.db").stat().st_size * share) // 1024 * 1024


def limited(size: int) -> Callable[[], None]:
    """Return what keeps a process from making a file larger than this."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Mount a small file system of its own at `folder`; skip the test where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def is_part_of(path: Path, exported: Path) -> int:
    """Check that a library is whole and holds the first of the exported articles, and only those; return how many."""
    expected = [json.loads(line)["id"] for line in exported.read_text().splitlines()]
    with Library(path) as library:
        assert library.check() == []
        held = [each.id for each in library.articles()]
    assert held == expected[: len(held)]
    return len(held)


@pytest.mark.parametrize("share", SHARES)
def test_a_file_that_may_not_grow_keeps_what_is_in_it(tmp_path: Path, exported: Path, share: float) -> None:
    path = tmp_path / "library.db"
    full = quotecli("import", exported, "--library", path, preexec_fn=limited(needed(exported, share)))
    assert (full.returncode, full.stdout, full.stderr.count("\n")) == (4, "", 1)
    assert "disk" in full.stderr
    held = is_part_of(path, exported)
    assert held < ARTICLES
    assert quotecli("import", exported, "--library", path, "--quiet").returncode == 0
    assert is_part_of(path, exported) == ARTICLES


@pytest.mark.parametrize("share", SHARES)
def test_a_full_disk_keeps_what_is_on_it(tmp_path: Path, exported: Path, share: float) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, needed(exported, share)):
        full = quotecli("import", exported, "--library", disk / "library.db")
        assert (full.returncode, full.stdout, full.stderr.count("\n")) == (4, "", 1)
        assert "disk" in full.stderr
        for file in disk.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        is_part_of(disk / "library.db", exported)
        backup = quotecli("library", "backup", disk / "copy.db", "--library", tmp_path / "library.db")
        assert backup.returncode in (0, 4)
        assert "Traceback" not in backup.stderr
    held = is_part_of(tmp_path / "library.db", exported)
    assert quotecli("import", exported, "--library", tmp_path / "library.db", "--quiet").returncode == 0
    assert is_part_of(tmp_path / "library.db", exported) == ARTICLES
    print(f"{share:.0%} of the room: {held} of {ARTICLES} articles stored")
