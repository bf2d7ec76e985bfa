from __future__ import annotations

from pathlib import Path

import pytest

from quotecli.output.linking import address
from quotecli.output.looks import Look
from quotecli.output.statements import heading
from quotecli.records import ArticleRef

PAGE = "https://news.example/bridge"
LONG = "one two three four five six\nseven eight nine"
CASES = [
    (PAGE, "", PAGE),
    (PAGE, "“The bridge is safe,”", f"{PAGE}#:~:text=The%20bridge%20is%20safe%2C"),
    (f"{PAGE}#top", "not well-made & old", f"{PAGE}#top:~:text=not%20well%2Dmade%20%26%20old"),
    (PAGE, LONG, f"{PAGE}#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"),
    ("https://news.example/a\x1b]8;;\x07é", "", "https://news.example/a%1B]8;;%07%C3%A9"),
    ("javascript:alert(1)", "", None),
    (None, "words", None),
]


@pytest.mark.parametrize(("url", "words", "expected"), CASES)
def test_a_page_is_opened_at_the_words(url: str | None, words: str, expected: str | None) -> None:
    assert address(ArticleRef(id="1", url=url), words) == expected


def test_a_file_is_opened_if_it_is_there(tmp_path: Path) -> None:
    page, document = tmp_path / "a page.html", tmp_path / "a.docx"
    page.touch()
    document.touch()
    assert address(ArticleRef(id="1", path=str(page)), "two words") == f"{page.as_uri()}#:~:text=two%20words"
    assert address(ArticleRef(id="1", path=str(document)), "two words") == document.as_uri()
    assert address(ArticleRef(id="1", path=str(tmp_path / "gone.txt"))) is None
    assert address(ArticleRef(id="1", path="a\0b")) is None


def test_only_a_terminal_that_knows_links_gets_them() -> None:
    article = ArticleRef(id="1", url=PAGE, title="Safe")
    assert f";{PAGE}\x1b\\" in heading(article, Look(width=80, styled=True, linked=True))
    assert PAGE not in heading(article, Look(width=80, styled=True)) + heading(article, Look(width=80, linked=True))
