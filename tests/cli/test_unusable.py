"""Libraries that cannot be used: every command says so in one line, with the exit code, and changes nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli import Library
from quotecli.cli.exits import Exit
from quotecli.library.schema import SCHEMA_VERSION

Run = Callable[..., CompletedProcess[str]]

READING = [
    ("search", "boats"),
    ("speakers",),
    ("quotes",),
    ("show", "ferries-1"),
    ("articles",),
    ("export",),
    ("library", "stats"),
    ("library", "check"),
]
WRITING = [("remove", "ferries-1"), ("library", "compact"), ("import", "one.jsonl"), ("library", "merge", "good.db")]
COMMANDS = [*READING, *WRITING, ("library", "backup", "copy.db")]


@pytest.fixture
def own(tmp_path: Path, library: Path, run: Run) -> Path:
    """A copy of the library of two articles in a folder of its own, and beside it what the commands take in."""
    (tmp_path / "own").mkdir()
    for name in ("own/news.db", "good.db"):
        shutil.copy(library, tmp_path / name)
    (tmp_path / "one.jsonl").write_text(run("export", "--library", library).stdout, encoding="utf-8")
    return tmp_path / "own" / "news.db"


def foreign(path: Path) -> None:
    path.write_text("These are notes and no library. " * 100)


def other_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def cut(share: float) -> Callable[[Path], None]:
    """Return what leaves only this share of a file."""
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


UNUSABLE = {
    "foreign": (foreign, "not a quotecli library"),
    "other database": (other_database, "another SQLite database"),
    "newer": (newer, "upgrade quotecli"),
    "a folder": (folder, "a folder"),
    "a pipe": (pipe, "no regular file"),
    "cut to a few bytes": (cut(0.0005), "damaged"),
}


def complaint(answer: CompletedProcess[str]) -> str:
    """Check that a command said in one line that the library cannot be used; return the line."""
    assert (answer.returncode, answer.stdout) == (Exit.UNUSABLE, ""), answer
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith("quotecli: ")
    return answer.stderr


@pytest.mark.parametrize("how", UNUSABLE)
def test_what_is_no_library(run: Run, own: Path, how: str) -> None:
    if how == "a pipe" and sys.platform == "win32":
        pytest.skip("there are no such pipes")
    make, words = UNUSABLE[how]
    make(own)
    before = own.read_bytes() if own.is_file() else None
    for command in COMMANDS:
        assert words in complaint(run(*command, "--library", own))
        assert (own.read_bytes() if own.is_file() else None) == before
        assert [path.name for path in own.parent.iterdir()] == ["news.db"]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.95])
def test_a_truncated_library(run: Run, own: Path, share: float) -> None:
    cut(share)(own)
    remains = own.read_bytes()
    for command in COMMANDS:
        own.write_bytes(remains)
        answer = run(*command, "--library", own)
        assert answer.returncode in (Exit.DONE, Exit.UNUSABLE, Exit.NOT_FOUND), answer
        assert "defect" not in answer.stderr
        assert answer.returncode == Exit.DONE or answer.stderr.count("\n") == 1
    own.write_bytes(remains)
    check = run("library", "check", "--library", own)
    assert (check.returncode, check.stderr.count("\n")) == (Exit.UNUSABLE, 1)


@contextlib.contextmanager
def locked(path: Path, how: str) -> Iterator[None]:
    """Hold the library as another program: against writers, or against all."""
    connection = sqlite3.connect(path, isolation_level=None)
    if how == "EXCLUSIVE":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE article SET title = title")
    try:
        yield
    finally:
        connection.close()


def test_while_another_writes_writers_are_told(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.library.schema.BUSY_SECONDS", 0.05)
    with locked(own, "IMMEDIATE"):
        for command in WRITING:
            assert "busy" in complaint(run(*command, "--library", own))
        for command in READING:
            assert run(*command, "--library", own).returncode == Exit.DONE
    for command in WRITING:
        assert run(*command, "--library", own).returncode == Exit.DONE


def test_while_another_holds_all_of_it_everybody_is_told(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.library.schema.BUSY_SECONDS", 0.05)
    with locked(own, "EXCLUSIVE"):
        for command in COMMANDS:
            assert "busy" in complaint(run(*command, "--library", own))


def without_privileges() -> None:
    """Take from this process, also as root, the power to write where permissions forbid it."""
    import ctypes

    drop_from_bounding_set, may_write_anywhere = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(drop_from_bounding_set, may_write_anywhere, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions and privileges are those of Linux")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o755)])
def test_a_library_that_may_only_be_read(start: Run, ask: Run, own: Path, file_mode: int, folder_mode: int) -> None:
    def restricted(*command: object) -> CompletedProcess[str]:
        return start(*command, "--library", own, preexec_fn=without_privileges)

    own.chmod(file_mode)
    own.parent.chmod(folder_mode)
    try:
        answer = restricted("export")
        assert (answer.returncode, answer.stdout, answer.stderr) == (Exit.DONE, ask("export").stdout, "")
        assert "read-only" in complaint(restricted("remove", "ferries-1"))
    finally:
        own.parent.chmod(0o755)
    with Library(own) as library:
        assert library.check() == []
        assert len(library.articles()) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="permissions and privileges are those of Linux")
def test_a_folder_in_which_no_library_can_be_made(start: Run, own: Path, tmp_path: Path) -> None:
    del own
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    answer = start("import", "one.jsonl", "--library", "closed/new.db", preexec_fn=without_privileges)
    assert "cannot open the library" in complaint(answer)
    assert list(closed.iterdir()) == []


def test_a_process_that_dies_in_the_middle_of_writing_leaves_the_library_as_it_was(run: Run, own: Path) -> None:
    before = run("export", "--library", own).stdout
    dying = "import os, sys; from quotecli.library import Library\n"
    dying += "with Library(sys.argv[1]) as library, library._writing() as writer: writer.delete(1); os._exit(9)"
    died = subprocess.run([sys.executable, "-c", dying, str(own)], check=False)
    assert died.returncode == 9
    assert run("export", "--library", own).stdout == before
    assert run("library", "check", "--library", own).returncode == Exit.DONE
