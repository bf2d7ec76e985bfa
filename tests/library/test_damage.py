"""What is not as it was stored is found by `check`, and never an answer; a library of somebody else's does no harm."""

from __future__ import annotations

import sqlite3
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from quotecli.errors import DamagedError, LibraryError
from quotecli.library import Library
from quotecli.library.packing import checksum, compressed, decompressed
from quotecli.library.statement_rows import SELECTED

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from bit_flips import outcomes

FLIPS = 40


@pytest.fixture
def filled(library: Library, build, said) -> Library:
    library.add(*build([said("“Rain fell on the town,”", "Ann Lee"), said("“Fog came over it,”", "Bo Ek"), "Snow."]))
    library.add(*build([said("“Nothing happened at all,”", "Cy Day")], path="other.txt", title="Other"))
    library.add(build([said("“Nothing happened at all,”", "Cy Day")])[0])
    library.join_speakers(["Ann Lee", "Bo Ek"])
    list(library.understand())
    assert library.check() == []
    return library


def test_one_wrong_bit_is_harmless_or_reported(tmp_path: Path) -> None:
    found = {bit: what for bit, what in outcomes(tmp_path, FLIPS) if what not in ("harmless", "reported")}
    assert found == {}


READ = {
    "altered words": "UPDATE statement SET text = replace(text, 'Rain', 'Snow')",
    "swapped speakers": "UPDATE statement SET voice = 3 - voice WHERE voice < 3",
    "a renamed speaker": "UPDATE voice SET name = 'Cy Day' WHERE name = 'Ann Lee'",
    "another kind": "UPDATE statement SET kind = 'claim' WHERE kind = 'quote'",
    "another detail": "UPDATE statement SET detail = x'90'",
    "a number for words": "UPDATE statement SET text = 7",
    "a deep detail": f"UPDATE statement SET detail = CAST('{'[' * 100_000}' AS BLOB)",
    "an enormous number": "UPDATE statement SET detail = CAST('[[[1e999, 2]], 0.5]' AS BLOB)",
    "swapped statements": "UPDATE statement SET id = CASE id % 4 WHEN 0 THEN id + 3 ELSE id END",
    "another title": "UPDATE article SET title = 'Another'",
    "another date": "UPDATE article SET published = '2024-01-01'",
}
FOUND = {
    "an emptied index of words": "INSERT INTO search (search) VALUES ('delete-all')",
    "an emptied index of texts": "INSERT INTO passage (passage) VALUES ('delete-all')",
    "one statement that is not indexed": (
        "INSERT INTO search (search, rowid, text, speaker, outlet)"
        " VALUES ('delete', 1 << 20, 'rain fell on the town', 'ann lee', '')"
    ),
    "words that are counted wrongly": "UPDATE word SET count = count + 1 WHERE text = 'rain'",
    "a word that nobody said": "INSERT INTO word VALUES ('hail', 3)",
    "names without their words": "DELETE FROM name_word WHERE word = 'lee'",
    "sketches that are gone": "DELETE FROM sketch",
    "another text": "UPDATE article SET text = (SELECT text FROM article WHERE id = 2) WHERE id = 1",
    "a decision that nobody took": "UPDATE decision SET person = 'Cy Day'",
    "other meanings": "UPDATE meaning SET codes = zeroblob(length(codes))",
    "a statement too few": "DELETE FROM statement WHERE id = 1 << 20",
}


@pytest.mark.parametrize("how", READ)
def test_a_damaged_row_is_no_answer(filled: Library, how: str) -> None:
    filled._connection.execute(READ[how])
    with pytest.raises(DamagedError) as refused:
        list(filled.statements())
    assert "\n" not in str(refused.value)
    assert filled.check()


@pytest.mark.parametrize("how", FOUND)
def test_what_is_not_as_it_was_is_found(filled: Library, how: str) -> None:
    filled._connection.execute(FOUND[how])
    assert filled.check()


def test_a_small_text_does_not_stand_for_an_enormous_one(filled: Library) -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    filled._connection.execute("UPDATE article SET text = ?", (bomb,))
    with pytest.raises(DamagedError):
        filled.article(filled.articles()[0].id)
    assert filled.check()


def test_a_text_that_repeats_itself_is_stored_all_the_same() -> None:
    text = "rain " * 1_000_000
    assert len(compressed(text)) * 100 > len(text)
    assert decompressed(compressed(text)) == text


def test_checksums_that_fit_do_not_make_nonsense_an_answer(filled: Library) -> None:
    """Whoever makes a library can make its checksums, too."""
    connection = filled._connection
    deep = b"[" * 100_000
    ((*values,),) = connection.execute(
        f"SELECT {SELECTED} FROM statement s LEFT JOIN voice v ON v.id = s.voice WHERE s.id = 1 << 20"
    )
    ((digest,),) = connection.execute("SELECT digest FROM article WHERE id = 1")
    values[5] = deep
    total = checksum(digest, 0, *values)
    connection.execute("UPDATE statement SET detail = ?, checksum = ? WHERE id = 1 << 20", (deep, total))
    with pytest.raises(DamagedError):
        list(filled.statements())


STRANGE: dict[str, str] = {
    "a trigger": "CREATE TRIGGER spy AFTER INSERT ON article BEGIN DELETE FROM statement; END",
    "a view": "CREATE VIEW more AS SELECT * FROM article",
    "another table": "CREATE TABLE notes (text)",
    "another index": "CREATE INDEX more ON statement (kind)",
}


@pytest.mark.parametrize("how", STRANGE)
def test_a_library_with_something_of_somebody_elses_is_not_used(filled: Library, how: str) -> None:
    filled._connection.execute(STRANGE[how])
    with pytest.raises(LibraryError, match="in no library"):
        Library(filled.path)


def test_a_view_in_the_place_of_a_table_is_not_used(filled: Library) -> None:
    connection = filled._connection
    connection.execute("DROP TABLE decision")
    connection.execute("CREATE VIEW decision AS SELECT 1 AS name, 2 AS shown, 3 AS person, 4 AS checksum")
    with pytest.raises(LibraryError, match="decision"):
        Library(filled.path)


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(84)])
def test_a_few_bytes_are_no_library(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "small.db"
    path.write_bytes(content)
    with pytest.raises(LibraryError):
        Library(path)
    assert path.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="an open file is not moved there")
@pytest.mark.parametrize("gone", [Path.unlink, lambda path: path.rename(f"{path}.moved")])
def test_a_library_that_is_moved_while_it_is_open_is_noticed(
    filled: Library, build, gone: Callable[[Path], object]
) -> None:
    gone(Path(filled.path))
    with pytest.raises(LibraryError, match="moved, deleted or replaced"):
        filled.add(*build(["Hail fell."]))


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of Unix")
def test_a_library_is_for_its_user_alone(tmp_path: Path, build) -> None:
    path = tmp_path / "new" / "folder" / "library.db"
    with Library(path) as library:
        library.add(*build(["Hail fell."]))
        files = [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
        assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 3
        library.backup(tmp_path / "copy.db")
    assert [folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)] == [0o700] * 2
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with Library(path) as library:
        library.add(*build(["Snow fell."]))
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_hostile_older_library_is_not_brought_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE article (id, digest, text)")
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON article BEGIN DELETE FROM article; END")
    connection.execute(f"PRAGMA application_id = {0x51754C69}")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(LibraryError, match="in no library"):
        Library(path)
