"""A paragraph that is set as a block quote is a quotation without marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecli.loading import load
from quotecli.records import Article
from quotecli.verification import verify

SOURCE = Article(
    id="post", text="“The boats are old,” the chair said. “We must have new ones soon.”\nThe lake is cold.\n"
)


def checked(path: Path, text: str) -> list[tuple[str, str]]:
    path.write_text(text, encoding="utf-8")
    (draft,) = load(str(path), links=True)
    assert isinstance(draft, Article)
    (article,) = load(str(path))
    assert isinstance(article, Article)
    assert article.text == draft.text
    found = verify(draft, [SOURCE], statements_of=lambda _: ())
    assert all(draft.text[each.start : each.end] == each.text for each in found)
    return [(each.text, each.verdict) for each in found]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "draft.md",
            "The chair:\n\n> The boats\n> are old.\n>\n> We must have no new ones soon.\n>\n> — The chair\n\nMore.\n",
        ),
        (
            "draft.html",
            "<p>The chair:</p><blockquote class=q><p>The boats are old.</p><p>We must have no new ones soon.</p>"
            "<p>— The chair</p></blockquote><p>More.</p>",
        ),
    ],
)
def test_each_paragraph_is_checked_and_a_credit_is_not(tmp_path: Path, name: str, text: str) -> None:
    expected = [("The boats are old.", "normalised"), ("We must have no new ones soon.", "altered")]
    assert checked(tmp_path / name, text) == expected


def test_a_block_quote_without_paragraphs(tmp_path: Path) -> None:
    text = "<p>The chair:</p><blockquote>The boats are old</blockquote><p>More.</p>"
    assert checked(tmp_path / "draft.html", text) == [("The boats are old", "exact")]


def test_marks_in_a_block_quote_decide(tmp_path: Path) -> None:
    text = "> “The boats are old,” the chair said.\n\n> [!NOTE]\n> Nobody has read this.\n"
    assert checked(tmp_path / "draft.md", text) == [("“The boats are old,”", "exact")]
