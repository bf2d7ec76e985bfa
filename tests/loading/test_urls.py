"""Addresses: fetched from a server of the test's own; what goes wrong is said in one line."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quotecli.loading import Limits, load, urls
from quotecli.loading.discovery import is_url
from quotecli.records import Article, Skipped

PAGE = "<html><head><title>The vote</title></head><body><p>“Café £5”, said Ann.</p></body></html>"
ANSWERS = {
    "/page": (200, {"Content-Type": "text/html; charset=windows-1252"}, PAGE.encode("cp1252")),
    "/plain.txt": (200, {"Content-Type": "text/plain"}, b"Plain words."),
    "/lines": (200, {"Content-Type": "application/x-ndjson"}, b'{"text": "One."}\n{"text": "Two."}\n'),
    "/noname": (200, {}, b"%PDF-1.7 broken"),
    "/packed.txt.gz": (200, {"Content-Type": "application/octet-stream"}, gzip.compress(b"Packed words.")),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG\0\0\0"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/large": (200, {"Content-Type": "text/plain"}, b"words " * 10_000),
    "/gone": (410, {}, b""),
    "/moved": (302, {"Location": "/plain.txt"}, b""),
    "/caf%C3%A9/%E6%9D%B1%E4%BA%AC?q=%C3%BC": (200, {"Content-Type": "text/plain"}, b"Words from far away."),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-ftp": (302, {"Location": "ftp://example.org/a.txt"}, b""),
}


BROKEN_OFF = {
    "/short": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nOnly words.",
    "/short-part": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nOnly",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow-headers":
            for byte in b"HTTP/1.0 200 OK\r\nX-Slow: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.05)
            return
        if self.path in BROKEN_OFF:
            self.wfile.write(BROKEN_OFF[self.path])
            self.close_connection = True
            return
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"w")
                self.wfile.flush()
                time.sleep(0.05)
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def test_a_page_in_the_encoding_that_the_server_names(server):
    (article,) = load(f"{server}/page")
    assert article.text == "“Café £5”, said Ann."
    assert (article.title, article.path, article.url) == ("The vote", f"{server}/page", f"{server}/page")


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/plain.txt", ["Plain words."]),
        ("/moved", ["Plain words."]),
        ("/lines", ["One.", "Two."]),
        ("/packed.txt.gz", ["Packed words."]),
    ],
)
def test_formats_by_what_the_server_says_or_by_the_address(server, path, texts):
    loaded = list(load(server + path))
    assert [item.text for item in loaded] == texts
    assert loaded[0].path == server + path


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answers 410 Gone"),
        ("/empty", "empty"),
        ("/picture", "binary"),
        ("/noname", "not a readable PDF"),
        ("/to-file", "refused"),
        ("/to-ftp", "refused"),
        ("/loop", "the server answers 302"),
    ],
)
def test_what_cannot_be_read_says_why(server, path, reason):
    first, second = load([server + path, f"{server}/plain.txt"])
    assert isinstance(first, Skipped)
    assert first.path == server + path
    assert reason in first.reason
    assert isinstance(second, Article)


def test_size_and_time_are_limited(server):
    (large,) = load(f"{server}/large", limits=Limits(document_bytes=1000))
    assert "larger than" in large.reason
    started = time.monotonic()
    (slow,) = load(f"{server}/slow", limits=Limits(seconds=0.3))
    assert "took longer than 0.3 s" in slow.reason
    assert time.monotonic() - started < 1.5


def test_headers_that_come_slowly_are_within_the_time(server):
    started = time.monotonic()
    (slow,) = load(f"{server}/slow-headers", limits=Limits(seconds=0.3))
    assert "took longer than 0.3 s" in slow.reason
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("path", BROKEN_OFF)
def test_an_answer_that_breaks_off_is_not_read_as_if_it_were_whole(server, path):
    (skipped,) = load(server + path)
    assert isinstance(skipped, Skipped)
    assert "the server broke off" in skipped.reason


def test_addresses_in_any_script(server):
    (article,) = load(f"{server}/café/東京?q=ü")
    assert article.text == "Words from far away."
    assert urls._as_uri("https://ann@bücher.example:8080/ä b#ö") == (
        "https://ann@xn--bcher-kva.example:8080/%C3%A4%20b#%C3%B6"
    )
    assert urls._as_uri("http://a.example/x%20y") == "http://a.example/x%20y"
    (skipped,) = load("http://ü..example/x")
    assert isinstance(skipped, Skipped)


def test_no_server_no_host_no_answer(monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        (skipped,) = load(closed)
    assert skipped.reason == "cannot reach 127.0.0.1: connection refused"

    def no_such_host(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
    (skipped,) = load("https://news.example/a")
    assert skipped.reason == "cannot find news.example: no such host, or no connection to the internet"


@pytest.mark.parametrize("url", ["http://", "https://[", "http://a b/", "http:///x"])
def test_broken_addresses(url):
    assert [type(item) for item in load(url)] == [Skipped]


@pytest.mark.parametrize("path", ["file:///etc/passwd", "ftp://example.org/a.txt", "data:text/plain,x"])
def test_other_schemes_are_no_addresses(path):
    assert not is_url(path)
    assert [item.reason for item in load(path)] == ["no such file or folder"]
