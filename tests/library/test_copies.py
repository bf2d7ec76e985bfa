"""A backup put in the library's place, by hand and by `restore`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import Library, log

DYING = """
import os, sys
from quotecli.library import Library, batches
from quotecli.records import Article, text_id
batches.model_version = lambda: "1"
library = Library(sys.argv[1])
library.add(Article(id=text_id(sys.argv[2]), text=sys.argv[2]), [])
os._exit(0)
"""


def add_and_die(path: Path, text: str) -> None:
    """Store an article in a process that ends before what SQLite keeps in the log is in the file."""
    subprocess.run([sys.executable, "-c", DYING, path, text], check=True)
    assert log.path_of(path).stat().st_size


@pytest.fixture
def path(tmp_path: Path, build) -> Path:
    """A library that had a backup made (`copy.db`), and was then left with a log."""
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.add(*build(["Rain fell."]))
        library.backup(tmp_path / "copy.db")
    add_and_die(path, "Snow fell.")
    return path


def texts(path: Path) -> list[str]:
    with Library(path) as library:
        assert library.check() == []
        return [library.article(each.id).text for each in library.articles()]


def test_a_librarys_own_log_is_taken(path: Path) -> None:
    assert not log.is_foreign(path)
    assert texts(path) == ["Rain fell.", "Snow fell."]


def test_a_backup_beside_the_log_of_the_library_before_is_told_of(path: Path) -> None:
    shutil.copy(path.with_name("copy.db"), path)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="log beside the library"):
        Library(path)
    assert path.read_bytes() == before


def test_so_is_an_older_copy_made_with_other_tools(path: Path, tmp_path: Path) -> None:
    texts(path)  # closed, and so all in the file
    shutil.copy(path, tmp_path / "by-hand.db")
    for text in ("Hail fell.", "Fog came."):
        add_and_die(path, text)
        texts(path)
    add_and_die(path, "Nothing fell.")
    shutil.copy(tmp_path / "by-hand.db", path)
    assert log.is_foreign(path)


def test_restoring_puts_the_backup_there_and_keeps_what_was(path: Path) -> None:
    kept = Library.restore(path, path.with_name("copy.db"))
    assert kept
    assert texts(path) == ["Rain fell."]
    assert texts(kept) == ["Rain fell.", "Snow fell."]
    again = Library.restore(path, kept)
    assert again not in (kept, None)
    assert texts(path) == ["Rain fell.", "Snow fell."]
    assert not list(path.parent.glob(".*.part*"))


def test_restoring_mends_what_was_copied_there_by_hand(path: Path) -> None:
    shutil.copy(path.with_name("copy.db"), path)
    Library.restore(path, path.with_name("copy.db"))
    assert texts(path) == ["Rain fell."]


def test_restoring_where_nothing_is_or_a_ruin(path: Path, tmp_path: Path) -> None:
    assert Library.restore(tmp_path / "new" / "library.db", path.with_name("copy.db")) is None
    assert texts(tmp_path / "new" / "library.db") == ["Rain fell."]
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    Library.restore(path, path.with_name("copy.db"))
    assert texts(path) == ["Rain fell."]


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    copy = path.with_name("copy.db")
    with Library(copy) as library:
        library._connection.execute("UPDATE statement SET text = 'Hail fell.'")
    with pytest.raises(DamagedError, match="the backup is damaged"):
        Library.restore(path, copy)
    with pytest.raises(LibraryError, match="the library itself"):
        Library.restore(path, path)
    with pytest.raises(LibraryError, match="no such file"):
        Library.restore(path, path.with_name("none.db"))
    assert texts(path) == ["Rain fell.", "Snow fell."]


def test_a_library_that_is_being_written_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.library.schema.BUSY_SECONDS", 0.05)
    with Library(path) as library:
        library._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="busy"):
            Library.restore(path, path.with_name("copy.db"))
        library._connection.execute("ROLLBACK")
    assert texts(path) == ["Rain fell.", "Snow fell."]
