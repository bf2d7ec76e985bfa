"""Compressed files and archives, whole, damaged and hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from typing import Any

import pytest
import zstandard

from quotecli.loading import Limits, load
from quotecli.records import Article, Skipped

FILES = {
    "news/a.txt": b"A words.",
    "news/b.html": b"<p>B words.</p>",
    "c.jsonl": b'{"text": "C words."}\n{bad\n',
    ".hidden": b"Hidden words.",
    "__MACOSX/._a.txt": b"\0\0",
    "d.xyz": b"D words.",
}


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("empty")
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(files: dict[str, bytes], mode: Any = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("device.txt")
        device.type = tarfile.FIFOTYPE
        archive.addfile(device)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar", tarred(FILES)),
        ("a.tar.gz", tarred(FILES, "w:gz")),
        ("a.tgz", tarred(FILES, "w:gz")),
        ("a.tar.bz2", tarred(FILES, "w:bz2")),
        ("a.txz", tarred(FILES, "w:xz")),
        ("a.zip.gz", gzip.compress(zipped(FILES))),
    ],
)
def test_what_is_inside_is_read_like_a_folder(load_bytes, name, data):
    loaded = load_bytes(name, data)
    assert [item.text for item in loaded if isinstance(item, Article)] == ["A words.", "B words.", "C words."]
    skipped = [(item.path.partition(name)[2], item.reason) for item in loaded if isinstance(item, Skipped)]
    assert [path for path, _ in skipped] == ["/c.jsonl:2", "/d.xyz"]
    assert loaded[0].path.endswith(f"{name}/news/a.txt")


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_compressed_files(article_of, suffix, pack):
    article = article_of("a.html" + suffix, pack(b"<p>B words.</p>"))
    assert article.text == "B words."
    assert article.path.endswith("a.html" + suffix)


def test_a_zstd_file_may_have_many_frames(article_of):
    words = [f"Word {number}. " * 400 for number in range(40)]
    skippable = b"\x50\x2a\x4d\x18\x05\x00\x00\x00notes"
    frames = [zstandard.compress(each.encode()) for each in words]
    assert article_of("a.txt.zst", skippable.join(frames)).text == "".join(words)


def test_a_zstd_file_may_begin_with_the_dictionary_of_its_frames(article_of):
    dictionary = zstandard.ZstdCompressionDict(b"The harbour board voted to close the piers. " * 50)
    frames = zstandard.ZstdCompressor(dict_data=dictionary).compress(b"The harbour board voted.")
    data = dictionary.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data
    assert article_of("a.txt.zst", head + frames).text == "The harbour board voted."


def test_standard_input_may_be_compressed(article_of):
    assert article_of("noname", gzip.compress(b"<html><p>B words.</p>")).text == "B words."
    assert article_of("other", zipped({"a.txt": b"A words."})).text == "A words."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(FILES)[:-30]),
        ("a.zip", b"PK\x03\x04"),
        ("a.tar", b"no archive at all" * 60),
        ("a.txt.gz", gzip.compress(b"A words." * 999, mtime=0)[:-30]),
        ("a.txt.gz", b"no gzip"),
        ("a.txt.bz2", b"no bzip2"),
        ("a.txt.xz", b"no xz"),
        ("a.txt.zst", b"no zstd"),
        ("a.txt.zst", zstandard.compress(b"A words." * 999)[:-4]),
        ("a.txt.zst", zstandard.compress(b"A words.") + zstandard.compress(b"B words.")[:-1]),
        ("a.txt.zst", b"\x5d\x2a\x4d\x18\xff\xff\xff\xffno dictionary"),
    ],
)
def test_damaged_archives_say_so(reason_of, name, data):
    assert "damaged" in reason_of(name, data)


def test_a_damaged_member_costs_only_itself(load_bytes):
    data = bytearray(zipped({"a.txt": b"A words." * 50, "b.txt": b"B words."}))
    at = data.index(b"a.txt") + 8
    data[at : at + 6] = b"\xff" * 6
    loaded = load_bytes("a.zip", bytes(data))
    assert [type(item) for item in loaded] == [Skipped, Article]


def test_a_protected_member_says_so(load_bytes):
    data = bytearray(zipped({"a.txt": b"A words."}))
    data[data.index(b"a.txt") - 24] |= 1
    data[data.rindex(b"a.txt") - 38] |= 1
    (skipped,) = load_bytes("a.zip", bytes(data))
    assert skipped.reason == "protected by a password"


@pytest.mark.parametrize(
    "pack", [lambda data: zipped({"a.txt": data}), lambda data: tarred({"a.txt": data}), gzip.compress]
)
def test_bombs_are_stopped_at_the_limit(tmp_path, pack):
    path = tmp_path / ("a.txt.gz" if pack is gzip.compress else "a.zip" if pack(b"x")[:2] == b"PK" else "a.tar")
    path.write_bytes(pack(b"0" * 5_000_000))
    (skipped,) = load(path, limits=Limits(document_bytes=1_000_000))
    assert "larger than" in skipped.reason


def test_archives_in_archives_end_at_the_limit(load_bytes):
    data = zipped({"a.txt": b"A words."})
    for _ in range(3):
        data = zipped({"in.zip": data})
    assert [item.text for item in load_bytes("deep.zip", data)] == ["A words."]
    (skipped,) = load_bytes("deeper.zip", zipped({"in.zip": data}))
    assert "inside one another" in skipped.reason


def test_names_that_climb_out_are_only_names(load_bytes, tmp_path):
    (article,) = load_bytes("a.zip", zipped({"../../outside.txt": b"A words."}))
    assert article.text == "A words."
    assert not list(tmp_path.parent.glob("outside.txt"))
