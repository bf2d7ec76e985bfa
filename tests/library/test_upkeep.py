from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotecli.errors import LibraryError
from quotecli.library import Library

ENDLESS_WRITER = """
import sys
from quotecli.library import Library, store
from quotecli.records import Article, Span, Statement, text_digest
store.model_version = lambda: "1"
with Library(sys.argv[1]) as library:
    for number in range(len(library.articles()), 100_000):
        article = Article(id=text_digest(f"Rain {number} fell."), text=f"Rain {number} fell.", path=f"{number}.txt")
        statement = Statement(id=f"{article.digest}-0", kind="fact", text=article.text, confidence=1.0,
                              content=(Span(0, len(article.text)),), article=article.ref)
        library.add(article, [statement])
        print(number, flush=True)
"""


def test_a_sound_library_has_no_problems_and_is_counted(library: Library, build, said) -> None:
    library.add(*build([said("Rain fell", "Ann Lee"), "Fog."]))
    assert library.check() == []
    stats = library.stats()
    assert (stats.articles, stats.statements, stats.speakers, stats.words) == (1, 2, 1, 5)
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
    for number in range(20):
        library.add(*build([f"Unusual{number}word{line} fell" for line in range(50)], path=str(number)))
    for article in library.articles()[1:]:
        library.remove(article.id)
    before, kept = library.stats(), list(library.statements())
    library.compact()
    assert library.stats().size < before.size / 2
    assert list(library.statements()) == kept
    assert len(library.search("fell", limit=100)) == 50


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    chance = random.Random(7)
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", ENDLESS_WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        writer.send_signal(signal.SIGKILL)
        reported = [int(line) for line in writer.stdout if line.endswith("\n")]
        writer.wait()
        with Library(path) as library:
            texts = [each.text for each in library.statements()]
            assert library.check() == []
            assert texts == [f"Rain {number} fell." for number in range(len(texts))]
            assert len(texts) > max(reported, default=0)
            assert library.search(f"Rain {len(texts) - 1}")[0].text == texts[-1]
