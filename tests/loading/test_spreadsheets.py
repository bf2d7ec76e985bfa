"""Excel's workbooks: an article a row, as they are made by programs, and as nobody should make them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from shapes.tables import workbook

from quotecli.loading import Limits, load
from quotecli.records import Article, Skipped

HEADER = ["Headline", "Body text", "Date", "Publication"]
SHEET = "xl/worksheets/sheet1.xml"


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with other bytes in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return file.getvalue()


ONE = workbook(News=[HEADER, ["A vote", "Ann said no.\nShe left.", datetime(2024, 3, 4, 9), "The Example"]])


def test_a_row_is_an_article_and_its_columns_are_guessed(article_of) -> None:
    article = article_of("a.xlsx", ONE)
    assert article.text == "Ann said no.\nShe left."
    assert (article.title, article.published, article.outlet) == ("A vote", "2024-03-04", "The Example")
    assert article.path.endswith("a.xlsx:2")


def test_it_is_known_by_its_content(article_of) -> None:
    assert article_of("a", ONE).title == "A vote"


def test_sheets_with_texts_are_read_and_the_others_are_not(load_bytes) -> None:
    rows = [HEADER, [], ["One", "Words."], ["Two", " "]]
    loaded = load_bytes(
        "a.xlsx", workbook(Notes=[["who", "when"], ["Jo", 3]], May=[[], *rows], June=[HEADER, ["3", "More."]])
    )
    assert [(type(item), item.path.rpartition("a.xlsx:")[2]) for item in loaded] == [
        (Article, "May:4"),
        (Skipped, "May:5"),
        (Article, "June:2"),
    ]


def test_a_workbook_without_texts_says_which_columns_it_has(load_bytes) -> None:
    (skipped,) = load_bytes("a.xlsx", workbook(Notes=[["who", "when"], ["Jo", 3]]))
    assert (skipped.reason, skipped.setting) == ("no column `text`; there is who, when", "text_column")


def test_a_formula_is_what_its_cell_shows(article_of) -> None:
    data = workbook(News=[["text", "title"], ["Words.", '=HYPERLINK("http://evil.example")']])
    assert article_of("a.xlsx", data).title is None  # no program has worked it out


BOMB = with_part(ONE, SHEET, b"<worksheet><sheetData>" + b"<row><c/></row>" * 400_000)
FAR_AWAY = with_part(
    ONE,
    SHEET,
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    b'<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>Words.</t></is></c></row></sheetData></worksheet>',
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 not a workbook", "damaged"),
        (ONE[: len(ONE) // 2], "damaged"),
        (with_part(ONE, SHEET, b"<worksheet><sheetData><row>"), "damaged"),
        (with_part(ONE, "xl/workbook.xml", b"<nothing/>"), "holds no article"),
        (BOMB, "unpacks to more than 1 MiB"),
        (FAR_AWAY, "took longer than 2 s"),
    ],
)
def test_what_is_damaged_or_too_large_costs_itself_alone(tmp_path, data: bytes, reason: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    (tmp_path / "b.txt").write_text("Words.")
    skipped, article = load(tmp_path, limits=Limits(document_bytes=2**20, seconds=2))
    assert isinstance(article, Article)
    assert reason in skipped.reason


def test_rows_beyond_the_limit_are_not_read(tmp_path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(News=[["text"], *([f"Words {number}."] for number in range(50))]))
    *articles, skipped = load(tmp_path, limits=Limits(articles=10))
    assert len(articles) == 10
    assert skipped.setting == "articles"
