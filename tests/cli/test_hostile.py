"""What breaks other programs, through the real command: one clear line each, the right exit code, the others done."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import tarfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from quotecli.cli.exits import Exit

Run = Callable[..., CompletedProcess[str]]

STORY = (
    "The mayor, Ruth Okafor, said the bridge would open in June.\n“Every bolt was checked twice,” she told reporters.\n"
)
ACTING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\x00\x08"
CONTROLS = "\x1b\x07\x9b\u202e\u2066\x00\x08"
LIMIT = 400_000


def zipped(**members: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def tarred(name: str, data: bytes, **headers: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers) as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def archives_in_archives() -> bytes:
    data = zipped(a_txt=STORY)
    for _ in range(6):
        data = zipped(in_zip=data)
    return data


def shared_bytes() -> bytes:
    """A zip file whose directory names one member again and again."""
    data = zipped(a_txt=b"\n" * 300_000)
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, times = data[start:end], 900
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = times.to_bytes(2, "little")
    tail[12:16] = (len(entry) * times).to_bytes(4, "little")
    return data[:start] + entry * times + bytes(tail)


ENTITIES = '<!ENTITY a0 "boom">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
FEED = "<rss><channel><item><title>x</title><description>{}</description></item></channel></rss>"
DOCUMENT = "<document><body><p><t>{}</t></p></body></document>"

HOSTILE: dict[str, tuple[bytes, str]] = {
    "bomb.zip": (zipped(a_txt=b"0" * 5_000_000), "larger than 400000 bytes, the limit for one document (--max-bytes)"),
    "bomb.txt.gz": (gzip.compress(b"0" * 5_000_000), "larger than 400000 bytes"),
    "bomb.docx": (zipped(word__document_xml=" " * 5_000_000), "unpacks to more than 400000 bytes"),
    "entities.docx": (zipped(word__document_xml=f"<!DOCTYPE d [{ENTITIES}]>{DOCUMENT.format('&a11;')}"), ""),
    "entities.xml": (f"<!DOCTYPE d [{ENTITIES}]>{FEED.format('&a11;')}".encode(), ""),
    "outside.xml": (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{FEED.format("&x;")}'.encode(),
        "no text",
    ),
    "header.tar.gz": (tarred("a.txt", b"x", comment="x" * 5_000_000), "damaged"),
    "nested.zip": (archives_in_archives(), "more than 4 archives inside one another, the limit (--max-depth)"),
    "markup.html": (b"<b>" * 100_000, "holds more than 50000 bytes of markup"),
    "deep.json": (b"[" * 100_000, "invalid JSON"),
    "deep.xml": (b"<a>" * 10_000, ""),
    "line.jsonl": (b'{"text": "' + b"x" * 500_000 + b'"}', "larger than 400000 bytes"),
    "nul.txt": (b"Words.\0\0 More words.", "binary data"),
    "acting.json": (json.dumps({ACTING: 1}).encode(), "no column `text`"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(STORY)
    return folder


def lines_about(stderr: str, path: Path | str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith(f"quotecli: {path}")]


def test_files_that_break_other_programs(start: Run, folder: Path) -> None:
    ended = start("extract", folder, "--format", "jsonl", "--max-bytes", LIMIT, "--max-seconds", 30)
    assert ended.returncode == Exit.INPUT
    for name, (_, reason) in HOSTILE.items():
        (line,) = lines_about(ended.stderr, folder / name)
        assert reason in line
    assert ended.stderr.count("\n") == len(HOSTILE) + 1  # and the count at the end
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {record["article"]["path"] for record in found} == {str(folder / "good.txt")}
    assert not any(character in ended.stderr for character in CONTROLS)


def test_deep_nesting_and_shared_bytes(start: Run, tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_bytes(b"<div>" * 50_000 + STORY.encode())
    (tmp_path / "deep.md").write_bytes(b"> " * 20_000 + STORY.encode())
    (tmp_path / "brackets.md").write_bytes(b"[" * 500_000)
    (tmp_path / "shared.zip").write_bytes(shared_bytes())
    (tmp_path / "good.txt").write_text(STORY)
    ended = start(
        "extract",
        *sorted(tmp_path.iterdir()),
        "--max-seconds",
        3,
        "--max-bytes",
        1_000_000,
        "--kind",
        "quote",
        "--json",
    )
    assert ended.returncode == Exit.INPUT
    assert "took longer than 3 s, the limit for one document (--max-seconds)" in ended.stderr
    assert any("unpacks to more than 250 times its size" in line for line in lines_about(ended.stderr, tmp_path))
    assert str(tmp_path / "good.txt") in {record["article"]["path"] for record in json.loads(ended.stdout)}


def test_names_that_climb_out_of_an_archive_write_nothing(start: Run, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(**{"..__..__climbed_txt": STORY}))
    (tmp_path / "b.tar.gz").write_bytes(tarred("/../../climbed.txt", STORY.encode()))
    before = sorted(tmp_path.parent.rglob("climbed.txt"))
    ended = start("extract", "a.zip", "b.tar.gz", "--json")
    assert ended.returncode == Exit.DONE
    assert len({record["article"]["path"] for record in json.loads(ended.stdout)}) == 2
    assert sorted(tmp_path.parent.rglob("climbed.txt")) == before


def test_what_is_no_file(start: Run, tmp_path: Path) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "good.txt").write_text(STORY)
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    odd = folder / os.fsdecode(b"odd-\xff\x1b[31m\n.txt")
    odd.write_text(STORY.replace("June", "July"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.txt"))
        ended = start("extract", folder, "/proc/self/mem", "--format", "csv", "--max-seconds", 20)
    assert ended.returncode == Exit.INPUT
    for name in ("pipe.txt", "zero.txt", "socket.txt", "self.txt", "gone.txt"):
        assert len(lines_about(ended.stderr, folder / name)) == 1, name
    assert len(lines_about(ended.stderr, "/proc/self/mem")) == 1
    assert "\x1b" not in ended.stderr
    assert ended.stdout.count("would open in J") == 2


def test_characters_that_act_on_a_terminal(start: Run, tmp_path: Path) -> None:
    words = f"The bridge is\x1b[2J\u202e safe {'x' * 9}"
    (tmp_path / "acting.txt").write_text(f"“{words},” said Ruth Okafor, the mayor, on Monday.\n", encoding="utf-8")
    shown = start("quotes", "--from", "acting.txt")
    assert shown.returncode == Exit.DONE
    assert "bridge is␛" in shown.stdout
    assert not any(character in shown.stdout for character in "\x1b\u202e")
    (record,) = json.loads(start("quotes", "--from", "acting.txt", "--json").stdout)
    assert words in record["text"]


def test_what_one_article_may_cost(start: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(STORY * 100)
    (tmp_path / "short.txt").write_text(STORY)
    ended = start("extract", "long.txt", "short.txt", "--max-characters", 2_000, "--format", "csv")
    assert ended.returncode == Exit.INPUT
    (line,) = lines_about(ended.stderr, "long.txt")
    assert line.endswith("longer than 2,000 characters, the limit for one article (--max-characters)")
    assert "Every bolt" in ended.stdout
    ended = start(
        "add", "long.txt", "--max-extraction", 0, "--library", "a.db", "--errors", "errors.jsonl", "--verbose"
    )
    assert ended.returncode == Exit.INPUT
    assert lines_about(ended.stderr, "long.txt: extraction took longer than 0 s, the limit for one article")
    assert "--max-extraction" in json.loads((tmp_path / "errors.jsonl").read_text())["reason"]


def test_a_file_that_changes_while_it_is_read(start: Run, tmp_path: Path) -> None:
    growing = tmp_path / "growing.txt"
    growing.write_text(STORY)
    done = threading.Event()

    def grow() -> None:
        with growing.open("a") as file:
            while not done.wait(0.01):
                file.write("The bridge cost £12 million.\n")
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        ended = start("extract", growing, "--json")
    finally:
        done.set()
        writer.join()
    assert ended.returncode == Exit.DONE
    assert any("Every bolt" in record["text"] for record in json.loads(ended.stdout))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(start: Run, tmp_path: Path) -> None:
    for name in ("file.txt", "folder"):
        (tmp_path / name).touch() if name == "file.txt" else (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0)
    ended = start("extract", "file.txt", "folder")
    assert ended.returncode == Exit.INPUT
    assert ended.stderr.count("permission denied") == 2
