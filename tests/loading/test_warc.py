"""WARC: an article a page, with the address it came from."""

from __future__ import annotations

import gzip
import io
import zlib

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


STORY = b"<html><body><p>The canal was drained on Monday. Kim Lott said the council was deaf.</p></body></html>"
WORDS = "The canal was drained on Monday. Kim Lott said the council was deaf."


def record(kind: str, body: bytes, media_type: str | None, *headers: tuple[str, str], **more: str) -> bytes:
    """A WARC file of one record: with an HTTP answer, or, for a resource or a conversion, without."""
    file = io.BytesIO()
    writer = warcwriter.WARCWriter(file, gzip=False)
    http = [("Content-Type", media_type)] if media_type else []
    answer = (
        StatusAndHeaders("200 OK", [*http, *headers], protocol="HTTP/1.1") if kind in ("response", "revisit") else None
    )
    made = writer.create_warc_record(
        "https://example.org/1",
        kind,
        payload=io.BytesIO(body),
        http_headers=answer,
        warc_content_type="" if answer else media_type or "",
        warc_headers_dict=more,
    )
    writer.write_record(made)
    return file.getvalue()


def packed(encoding: str) -> bytes:
    if encoding == "br":
        return pytest.importorskip("brotli").compress(STORY)
    if encoding == "zstd":
        return pytest.importorskip("zstandard").ZstdCompressor().compress(STORY)
    return gzip.compress(STORY) if encoding == "gzip" else zlib.compress(STORY)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "BR"])
def test_pages_are_unpacked_whatever_packed_them(article_of, encoding):
    data = record("response", packed(encoding.lower()), "text/html", ("Content-Encoding", encoding))
    assert article_of("a.warc", data).text == WORDS


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
def test_a_page_that_was_unpacked_when_it_was_stored_is_read(article_of, encoding):
    data = record("response", STORY, "text/html", ("Content-Encoding", encoding))
    assert article_of("a.warc", data).text == WORDS


def test_a_page_packed_twice_is_read(article_of):
    data = record("response", gzip.compress(packed("br")), "text/html", ("Content-Encoding", "br, gzip"))
    assert article_of("a.warc", data).text == WORDS


@pytest.mark.parametrize(("encoding", "end"), [("br", 20), ("zstd", 20), ("gzip", 20), ("br", -3), ("zstd", -3)])
def test_a_damaged_page_costs_itself(load_bytes, encoding, end):
    broken = record("response", packed(encoding)[:end], "text/html", ("Content-Encoding", encoding))
    first, second = load_bytes("a.warc", broken + record("response", STORY, "text/html"))
    assert isinstance(first, Skipped)
    assert second.text == WORDS


@pytest.mark.parametrize(
    ("kind", "body", "media_type", "text"),
    [
        ("conversion", WORDS.encode(), "text/plain", WORDS),
        ("resource", STORY, "text/html", WORDS),
        ("response", WORDS.encode(), "text/plain; charset=utf-8", WORDS),
        ("response", STORY, None, WORDS),
        ("response", b"\n<!-- saved -->\n" + STORY, "application/octet-stream", WORDS),
        ("response", b"\xef\xbb\xbf<!-- saved -->\n" + STORY, None, WORDS),
        ("response", STORY, "text/html, text/html; charset=utf-8", WORDS),
        (
            "response",
            f"<?xml version='1.0'?><rss><channel><item><title>a</title><description>{WORDS}</description></item>"
            "</channel></rss>".encode(),
            "text/xml",
            WORDS,
        ),
    ],
    ids=[
        *("a WET record", "a resource", "a text", "a page without a type", "a page of an unknown type"),
        *("a page behind a byte order mark", "a page whose type comes twice", "a feed"),
    ],
)
def test_whatever_holds_a_text_is_read(article_of, kind, body, media_type, text):
    assert article_of("a.warc", record(kind, body, media_type)).text == text


@pytest.mark.parametrize("media_type", ["application/pdf", "application/octet-stream", None])
def test_a_pdf_is_read(article_of, media_type):
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.drawString(72, 700, WORDS)
    page.save()
    assert article_of("a.warc", record("response", file.getvalue(), media_type)).text == WORDS


def test_pages_seen_before_are_told_of_where_they_are_missing(load_bytes):
    page = record("response", STORY, "text/html", **{"WARC-Payload-Digest": "sha1:A"})
    same = record("revisit", b"", "text/html", **{"WARC-Payload-Digest": "sha1:A"})
    assert [type(found) for found in load_bytes("a.warc", page + same)] == [Article]
    (missing,) = load_bytes("a.warc", same)
    assert missing.reason == "pages of revisit records, which are in another archive: 1"


def test_an_archive_without_texts_says_what_it_holds(reason_of):
    pictures = record("response", b"\x89PNG", "image/png") * 2 + record(
        "response", b"User-agent: *", "application/json"
    )
    assert reason_of("a.warc", pictures) == "holds no web page, document or text, 2 image/png, 1 application/json"
