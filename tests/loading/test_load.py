"""What the user names: files, folders, patterns, standard input, and everything that can be wrong with them."""

from __future__ import annotations

import io
import os
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecli.errors import InputError
from quotecli.loading import Limits, discovery, load, samples
from quotecli.loading.formats import FORMATS
from quotecli.records import Article, Skipped


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news" / "deep").mkdir(parents=True)
    (tmp_path / "news" / "b.txt").write_text("B words.")
    (tmp_path / "news" / "a.md").write_text("A words.")
    (tmp_path / "news" / "deep" / "c.txt").write_text("C words.")
    (tmp_path / "news" / "deep" / "d.xyz").write_text("D words.")
    (tmp_path / "news" / ".hidden").write_text("Hidden words.")
    return tmp_path / "news"


def texts(loaded):
    return [item.text for item in loaded if isinstance(item, Article)]


def skipped(loaded):
    return [(item.path, item.reason) for item in loaded if isinstance(item, Skipped)]


def test_a_folder_is_read_with_all_below_in_order_of_names(folder):
    loaded = list(load([str(folder)]))
    assert texts(loaded) == ["A words.", "B words.", "C words."]
    assert loaded[0].path == f"{folder}/a.md"
    ((path, reason),) = skipped(loaded)
    assert path.endswith("d.xyz")
    assert "unknown format .xyz" in reason


def test_paths_are_reported_as_they_were_given(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert [item.path for item in load(["news/b.txt", "news/deep"])] == [
        "news/b.txt",
        "news/deep/c.txt",
        "news/deep/d.xyz",
    ]
    assert [item.path for item in load(["./news/*.txt"])] == ["./news/b.txt"]


def test_patterns(folder):
    assert texts(load(str(folder / "**" / "*.txt"))) == ["B words.", "C words."]
    ((path, reason),) = skipped(load(str(folder / "*.pdf")))
    assert (path, reason) == (str(folder / "*.pdf"), "matches no file")


def test_a_file_whose_name_looks_like_a_pattern(tmp_path):
    (tmp_path / "a[1].txt").write_text("Words.")
    assert texts(load(tmp_path / "a[1].txt")) == ["Words."]


def test_bad_inputs_are_one_line_each_and_the_others_are_still_read(folder, tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "nothing").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    names = ["missing.txt", "empty.txt", "nothing", "pipe.txt", "bad\0name"]
    loaded = list(load([*(f"{tmp_path}/{name}" for name in names), folder / "b.txt", "/dev/null"]))
    assert texts(loaded) == ["B words."]
    reasons = [reason for _, reason in skipped(loaded)]
    for reason, expected in zip(
        reasons, ["no such file", "empty", "no file to read", "a pipe", "null", "a pipe"], strict=True
    ):
        assert expected in reason
        assert "\n" not in reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "a.txt").chmod(0)
    assert skipped(load(tmp_path / "a.txt"))[0][1] == "permission denied"


def test_what_the_operating_system_says(monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(discovery.os, "open", refuse)
    with pytest.raises(InputError, match=r"^permission denied$"):
        discovery.Location("a.txt").open()


def test_links_in_a_loop_end(folder):
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "deep" / "self.txt").symlink_to(folder / "deep" / "self.txt")
    loaded = list(load(folder))
    assert texts(loaded) == ["A words.", "B words.", "C words."]
    assert any("self.txt" in path for path, _ in skipped(loaded))


def test_file_names_that_are_not_unicode_can_be_printed(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Words.")
    (article,) = load(tmp_path)
    assert article.path.encode().endswith("caf\ufffd.txt".encode())


def test_too_large_a_document_is_named_with_its_limit(folder):
    ((_, reason),) = skipped(load(folder / "b.txt", limits=Limits(document_bytes=4)))
    assert "larger than" in reason


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Plain words.\r\n", "Plain words.\n"),
        ("“Plain”".encode("cp1252"), "“Plain”"),
        (b"\n<!-- x --><!DOCTYPE html>\n<html><p>Page words.</p></html>", "Page words."),
        (b'<?xml version="1.0"?>\n<html><p>Page words.</p></html>', "Page words."),
        (b'{"text": "Line words.", "id": "x"}\n', "Line words."),
    ],
)
def test_standard_input_is_known_by_its_content(monkeypatch, content, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (article,) = load("-")
    assert (article.path, article.text) == ("-", text)


def test_a_file_without_a_suffix_is_known_by_its_content(article_of):
    assert article_of("README", "Plain words.").text == "Plain words."
    assert article_of("Mr. Smith and others", "<html><p>Page words.</p>").text == "Page words."


SUFFIXES = ["", *sorted(suffix for known in FORMATS for suffix in known.suffixes)]
PIECES = st.sampled_from(
    [
        b"<p>",
        b"<html>",
        b'{"text":"',
        b"}\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"---\n",
        b"word ",
        b"| a |\n",
        b"text,title\n",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(SUFFIXES), data=st.binary() | st.lists(PIECES | st.binary(max_size=8)).map(b"".join))
def test_arbitrary_bytes_never_raise(tmp_path, suffix, data):
    path = tmp_path / f"input{suffix}"
    path.write_bytes(data)
    loaded = list(load(path))
    assert loaded
    for item in loaded:
        assert isinstance(item, Article | Skipped)
        item.text.encode() if isinstance(item, Article) else item.reason.encode()


def test_the_samples_are_articles():
    loaded = list(load(samples()))
    assert skipped(loaded) == []
    assert len(loaded) == len({article.id for article in loaded}) >= 5
    assert any(article.path.endswith("pakistan-afghanistan-refugees.txt") for article in loaded)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_has_its_reader(known):
    assert callable(known.read)
