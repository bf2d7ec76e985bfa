"""WARC: an article a page, with the address it came from."""

from __future__ import annotations

import io

import pytest

from quotecli.records import Article, Skipped

warcwriter = pytest.importorskip("warcio.warcwriter")
StatusAndHeaders = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders

PAGE = b"<html><head><title>The vote</title></head><body><p>A words.</p></body></html>"


def archive(*responses: tuple[str, str, str, bytes], compressed: bool = False) -> bytes:
    """A WARC file of responses: address, status line, content type, body."""
    file = io.BytesIO()
    writer = warcwriter.WARCWriter(file, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, media_type, body in responses:
        headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        request = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return file.getvalue()


RESPONSES = (
    ("https://example.org/1", "200 OK", "text/html; charset=utf-8", PAGE),
    ("https://example.org/2", "404 Not Found", "text/html", PAGE),
    ("https://example.org/3", "200 OK", "image/png", b"\x89PNG"),
    ("https://example.org/4", "200 OK", "text/html", b"<html><body></body></html>"),
    ("https://example.org/5", "200 OK", "text/html", "<p>“Café £5”</p>".encode("cp1252")),
)


@pytest.mark.parametrize(("name", "compressed"), [("a.warc", False), ("a.warc.gz", True), ("noname", False)])
def test_pages_are_articles_with_their_address(load_bytes, name, compressed):
    first, empty, last = load_bytes(name, archive(*RESPONSES, compressed=compressed))
    assert (first.text, first.url) == ("A words.", "https://example.org/1")
    assert isinstance(empty, Skipped)
    assert empty.path.endswith(f"{name}:2")
    assert (last.text, last.url) == ("“Café £5”", "https://example.org/5")


@pytest.mark.parametrize("data", [archive(), b"WARC/1.0\r\nbroken", b"\0\1\2"])
def test_without_pages_it_is_skipped(reason_of, data):
    assert reason_of("a.warc", data)


def test_what_came_before_a_break_is_kept(load_bytes):
    whole = archive(*RESPONSES)
    loaded = load_bytes("a.warc", whole[: whole.index(b"https://example.org/4") + 5])
    assert isinstance(loaded[0], Article)
