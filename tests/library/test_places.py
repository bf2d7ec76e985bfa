"""Files that have not changed are not read again."""

from __future__ import annotations

import pytest

from quotecli.files import File, Filed, FileRead
from quotecli.library import Library
from quotecli.records import Article, text_id

FILE = File(name="news.zip", path="/home/ann/news.zip", size=17, modified=1_700_000_000_000_000_000)


def article_with(text: str, **metadata: object) -> Article:
    return Article(**{"id": text_id(text), "text": text, **metadata})  # type: ignore[arg-type]


ARTICLES = [
    article_with("Rain fell.", path="news.zip/rain.txt", title="Rain", outlet="Post"),
    article_with("Snow fell.", path="news.zip/odd-\udcff.txt", id="snow", url="https://a.example/snow"),
    article_with("Hail fell.", id="hail"),
]


def read(file: File = FILE, reading: str = "as ever") -> FileRead:
    return FileRead(file, reading, tuple(Filed(each.digest, each.ref) for each in ARTICLES))


@pytest.fixture
def filled(library: Library) -> Library:
    assert list(library.add_all([*((each, None) for each in ARTICLES), read()])) == ["added"] * 3
    return library


def test_a_file_is_known_with_its_articles(filled: Library) -> None:
    assert filled.known(FILE, "as ever") == read().articles


@pytest.mark.parametrize(
    "other",
    [{"size": 18}, {"modified": FILE.modified + 1}, {"path": "/home/bo/news.zip"}],
    ids=str,
)
def test_a_file_that_changed_is_not_known(filled: Library, other: dict[str, object]) -> None:
    values = {"name": FILE.name, "path": FILE.path, "size": FILE.size, "modified": FILE.modified}
    assert filled.known(File(**{**values, **other}), "as ever") is None  # type: ignore[arg-type]


def test_a_file_read_in_another_way_is_not_known(filled: Library) -> None:
    assert filled.known(FILE, "any language") is None


def test_a_file_is_not_known_when_one_of_its_articles_is_gone(filled: Library) -> None:
    filled.remove("snow")
    assert filled.known(FILE, "as ever") is None


def test_a_file_is_not_known_to_a_newer_model(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecli.library.batches.model_version", lambda: "2")
    assert filled.known(FILE, "as ever") is None


def test_paths_are_as_the_file_is_named_now(filled: Library) -> None:
    now = File("../ann/news.zip", FILE.path, FILE.size, FILE.modified)
    entries = filled.known(now, "as ever")
    assert [entry.ref.path for entry in entries or ()] == [
        "../ann/news.zip/rain.txt",
        "../ann/news.zip/odd-\udcff.txt",
        None,
    ]


def test_a_file_that_changed_and_is_read_again_replaces_what_was_known(filled: Library) -> None:
    changed = File(FILE.name, FILE.path, 18, FILE.modified)
    assert list(filled.add_all([read(changed)])) == []
    assert filled.known(changed, "as ever") == read().articles
    assert filled.known(FILE, "as ever") is None
