from __future__ import annotations

from pathlib import Path

import pytest

from quotecli.errors import LibraryError
from quotecli.library import Library


def test_a_sound_library_has_no_problems_and_is_counted(library: Library, build, said) -> None:
    library.add(*build([said("Rain fell", "Ann Lee"), "Fog."]))
    assert library.check() == []
    stats = library.stats()
    assert (stats.articles, stats.statements, stats.speakers, stats.words) == (1, 2, 1, 6)
    assert stats.size > 0


def test_rows_that_do_not_fit_together_are_reported(library: Library, build, said) -> None:
    library.add(*build([said("Rain fell", "Ann Lee"), "Fog."]))
    library._connection.execute("DELETE FROM voice")
    assert library.check() == ["1 statements without their speaker"]


def test_a_backup_is_the_same_library(library: Library, build, said, tmp_path: Path) -> None:
    library.add(*build([said("Rain fell", "Ann Lee")]))
    library.backup(tmp_path / "copy.db")
    with Library(tmp_path / "copy.db") as copy:
        assert list(copy.statements()) == list(library.statements())
        assert copy.search("rain") == library.search("rain")
    with pytest.raises(LibraryError, match="already"):
        library.backup(tmp_path / "copy.db")


def test_compacting_keeps_everything_and_gives_space_back(library: Library, build) -> None:
    for number in range(40):
        library.add(*build([f"Unusual{number}word{line} fell" for line in range(50)], path=str(number)))
    for article in library.articles()[1:]:
        library.remove(article.id)
    before, kept = library.stats(), list(library.statements())
    library.compact()
    assert library.stats().size < before.size / 2
    assert list(library.statements()) == kept
    assert len(library.search("fell", limit=100)) == 50
