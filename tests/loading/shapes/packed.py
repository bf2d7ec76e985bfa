"""Archives, compressed files and web archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from shapes.pages import newspaper
from shapes.story import BYLINE, DAY, LINES, OUTLET, SECOND_LINES, TITLE, URL, Shape, Told, zipped

_TEXT, _SECOND = "\n".join(LINES).encode(), "\n".join(SECOND_LINES).encode()
_PAGE = Told(LINES, TITLE, BYLINE, OUTLET, DAY, URL)


def finder_zip() -> bytes:
    return zipped(
        {
            "news/": b"",
            "news/a.txt": _TEXT,
            "__MACOSX/news/._a.txt": b"\0\5\x16\7",
            "news/.DS_Store": b"\0\0\0\1Bud1",
            "news/b.md": "\n\n".join(SECOND_LINES),
        }
    )


def takeout_zip() -> bytes:
    """Pages and their pictures; names in another script."""
    return zipped({"страница.html": newspaper(), "картинка.png": b"\x89PNG"})


def nested_zip() -> bytes:
    return zipped({"inner.zip": zipped({"a.txt": _TEXT}), "b.txt.gz": gzip.compress(_SECOND, mtime=0)})


def _tar(mode: str, kind: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode, format=kind) as archive:  # type: ignore[call-overload]
        for name, data in {"./news/a.txt": _TEXT, f"./news/{'long' * 40}.txt": _SECOND}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("./news/latest.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "a.txt"
        archive.addfile(link)
    return file.getvalue()


def _warc(*, compressed: bool, chunked: bool = False) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "wget/1.21"}))
    headers = [("Content-Type", "text/html; charset=utf-8")]
    body = newspaper()
    if chunked:
        headers += [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
        packed = gzip.compress(body, mtime=0)
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    for url, kind, data in [
        (URL, headers, body),
        ("https://harwick.example/a.css", [("Content-Type", "text/css")], b"p {}"),
    ]:
        reply = StatusAndHeaders("200 OK", kind, protocol="HTTP/1.1")
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "harwick.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=reply))
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
    return file.getvalue()


def _both() -> tuple[Told, Told]:
    return Told(), Told(SECOND_LINES)


SHAPES = (
    Shape("finder.zip", "macOS", finder_zip, _both()),
    Shape("takeout.zip", "an export", takeout_zip, (_PAGE,), ("unknown format .png",)),
    Shape("nested.zip", "a colleague", nested_zip, _both()),
    Shape("pax.tar", "tar", lambda: _tar("w"), _both()),
    Shape("gnu.tar.gz", "GNU tar", lambda: _tar("w:gz", tarfile.GNU_FORMAT), _both()),
    Shape("old.tar.bz2", "tar", lambda: _tar("w:bz2"), _both()),
    Shape("new.tar.xz", "tar", lambda: _tar("w:xz"), _both()),
    Shape("log.txt.gz", "gzip", lambda: gzip.compress(_TEXT, mtime=0)),
    Shape(
        "two.txt.gz",
        "gzip, two members",
        lambda: gzip.compress(_TEXT[:300], mtime=0) + gzip.compress(_TEXT[300:], mtime=0),
    ),
    Shape("page.html.gz", "a mirror", lambda: gzip.compress(newspaper(), mtime=0), (_PAGE,)),
    Shape("a.txt.bz2", "bzip2", lambda: bz2.compress(_TEXT)),
    Shape("two.txt.bz2", "pbzip2, two streams", lambda: bz2.compress(_TEXT[:300]) + bz2.compress(_TEXT[300:])),
    Shape("a.txt.xz", "xz", lambda: lzma.compress(_TEXT)),
    Shape("a.txt.zst", "zstd", lambda: zstandard.compress(_TEXT)),
    Shape("new.tar.zst", "tar and zstd", lambda: zstandard.compress(_tar("w")), _both()),
    Shape("two.txt.zst", "zstd, two frames", lambda: zstandard.compress(_TEXT[:300]) + zstandard.compress(_TEXT[300:])),
    Shape("two.txt.xz", "pixz, two streams", lambda: lzma.compress(_TEXT[:300]) + lzma.compress(_TEXT[300:])),
    Shape("wget.warc", "wget", lambda: _warc(compressed=False), (_PAGE,)),
    Shape("crawl.warc.gz", "a crawler", lambda: _warc(compressed=True), (_PAGE,)),
    Shape("browser.warc.gz", "a browser's recorder", lambda: _warc(compressed=True, chunked=True), (_PAGE,)),
)
