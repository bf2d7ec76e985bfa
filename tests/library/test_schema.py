from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from quotecli.errors import LibraryError, NotFoundError
from quotecli.library import Filters, Library, schema


@pytest.fixture
def filled(tmp_path: Path, build, said) -> Path:
    path = tmp_path / "filled.db"
    with Library(path) as library:
        for number in range(30):
            library.add(*build([said(f"Rain fell {number} times on the town", f"Ann Lee {number}"), "Fog."]))
    return path


def use(path: Path, build) -> None:
    """Use every part of the library."""
    with Library(path) as library:
        library.search("rain town")
        library.search("rian")
        for each in list(library.statements(Filters(speaker="lee"))):
            library.statement(each.id)
            library.article(each.article.id)
        library.speakers()
        library.articles()
        library.add(*build(["Snow fell."]))
        library.remove(library.articles()[0].id)


def refused(path: Path) -> str:
    with pytest.raises(LibraryError) as error:
        Library(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes and no library. " * 100)
    before = path.read_bytes()
    assert "not a quotecli library" in refused(path)
    assert path.read_bytes() == before


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = path.read_bytes()
    assert "another SQLite database" in refused(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "a folder" in refused(tmp_path)


def test_a_library_in_a_missing_folder_is_made(tmp_path: Path) -> None:
    with Library(tmp_path / "new" / "library.db") as library:
        assert library.articles() == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "cannot open the library" in refused(tmp_path / "file" / "library.db")


def test_a_library_of_a_newer_quotecli_is_refused(filled: Path) -> None:
    connection = sqlite3.connect(filled)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    assert "upgrade quotecli" in refused(filled)


def test_a_library_older_than_the_first_release_is_refused(filled: Path) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert "older than" in refused(filled)


def test_a_truncated_library_is_damaged(filled: Path, build) -> None:
    size = filled.stat().st_size
    os.truncate(filled, size // 2)
    with pytest.raises(LibraryError, match="damaged"):
        use(filled, build)


def test_a_library_without_one_of_its_tables_is_damaged(filled: Path, build) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("DROP TABLE name")
    connection.close()
    with pytest.raises(LibraryError, match="damaged"):
        use(filled, build)


@pytest.mark.parametrize("seed", range(25))
def test_damage_anywhere_is_either_harmless_or_said_in_one_line(filled: Path, seed: int, build) -> None:
    chance = random.Random(seed)
    damaged = bytearray(filled.read_bytes())
    for _ in range(200):
        damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
    filled.write_bytes(damaged)
    try:
        use(filled, build)
    except (LibraryError, NotFoundError) as error:
        assert "\n" not in str(error)


def test_while_another_writes_one_can_read_but_is_told_that_the_library_is_busy(
    filled: Path, build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    writer = sqlite3.connect(filled, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Library(filled) as library:
        assert library.search("rain")
        with pytest.raises(LibraryError, match="busy"):
            library.add(*build(["Snow fell."]))
        writer.execute("ROLLBACK")
        assert library.add(*build(["Snow fell."])) == "added"
    writer.close()


def test_an_interrupted_article_is_not_stored_at_all(filled: Path, build, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with Library(filled) as library:
        before = list(library.statements())
        with monkeypatch.context() as patch:
            patch.setattr("quotecli.library.writer.vocabulary.count", interrupted)
            with pytest.raises(KeyboardInterrupt):
                library.add(*build(["Snow fell."]))
        assert list(library.statements()) == before
        assert not any("snow" in hit.text for hit in library.search("snow"))
        assert library.add(*build(["Snow fell."])) == "added"


def test_a_full_disk_loses_only_what_was_not_reported_as_stored(filled: Path, build) -> None:
    with Library(filled) as library:
        before = list(library.statements())
        pages = library._connection.execute("PRAGMA page_count").fetchone()[0]
        library._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LibraryError, match="disk is full"):
            library.add(*build([f"Line {number} of many words {number * 7}" for number in range(2000)]))
        assert list(library.statements()) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_library_in_a_read_only_folder_can_be_read(filled: Path, build) -> None:
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    try:
        with Library(filled) as library:
            assert library.search("rain")
            with pytest.raises(LibraryError, match="read-only"):
                library.add(*build(["Snow fell."]))
    finally:
        filled.parent.chmod(0o755)
