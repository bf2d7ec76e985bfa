"""http and https addresses: fetched once, within the limits of size and time, never to another scheme."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from quotecli.errors import InputError
from quotecli.loading.source import Limits, Reading, Source, buffered

_SCHEMES = ("http", "https")
_TIMEOUT = 20.0  # seconds without any answer
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"  # in an address: what means something there
_AGENT = "quotecli (reads one page for one person)"

# What a server calls a format, as the suffix that we know it by.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "text/vtt": ".vtt",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "message/rfc822": ".eml",
}


@contextmanager
def fetched(url: str, limits: Limits) -> Iterator[Source]:
    """Give the answer of a server as a Source; raise InputError when there is none that can be read."""
    try:
        response = _opener().open(Request(_as_uri(url), headers={"User-Agent": _AGENT}), timeout=_TIMEOUT)
    except (OSError, HTTPException, ValueError) as error:
        raise InputError(_reason(url, error)) from error
    with response:
        headers = response.headers
        media_type = headers.get_content_type() if "Content-Type" in headers else ""
        name = "page" + _SUFFIXES[media_type] if media_type in _SUFFIXES else urlsplit(response.url).path
        stream = buffered(Reading(_whole(response), partial(_broken_off, url)))
        charset = headers.get_content_charset()
        yield Source(url, stream, limits, name=name or "page", url=response.url, charset=charset)


def _as_uri(url: str) -> str:
    """Return an address with other letters than English ones as it goes over the wire (RFC 3987): the name of the host
    in its ASCII form, the rest percent-encoded."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    place = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port else ""
    user = quote(f"{place[0]}@", safe=_KEPT) if place[1] else ""
    rest = (quote(each, safe=_KEPT) for each in parts[2:])
    return urlunsplit((parts.scheme, f"{user}{host}{port}", *rest))


def _whole(response: Any) -> Callable[[int], bytes]:
    """Return what reads an answer, and raises InputError when it ends before all that was announced has come."""
    announced = response.headers.get("Content-Length", "")
    expected = int(announced) if announced.isdecimal() and not response.chunked else None
    come = 0

    def read(size: int) -> bytes:
        nonlocal come
        data: bytes = response.read1(size)
        come += len(data)
        if not data and size and expected is not None and come < expected:
            raise InputError(f"the server broke off: {come:,} of {expected:,} bytes came")
        return data

    return read


class _SameSchemes(HTTPRedirectHandler):
    """Follows redirects to http and https addresses only: not to ftp, and not to files of this computer."""

    def http_error_302(self, req: Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        scheme = urlsplit(headers.get("Location") or "").scheme
        if scheme and scheme.lower() not in _SCHEMES:
            raise InputError(f"the server sends to a {scheme}: address, which is refused")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> OpenerDirector:
    """Return an opener that knows http and https alone."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, _SameSchemes):
        opener.add_handler(handler())
    return opener


def _reason(url: str, error: Exception) -> str:
    """Return in a few words why there is no answer."""
    if isinstance(error, HTTPError):
        return f"the server answers {error.code} {error.reason}".strip()
    cause = error.reason if isinstance(error, URLError) else error
    host = _host(url)
    if isinstance(cause, socket.gaierror):
        return f"cannot find {host}: no such host, or no connection to the internet"
    if isinstance(cause, TimeoutError):
        return f"{host} did not answer within {_TIMEOUT:g} s"
    if isinstance(cause, ssl.SSLError):
        return f"no secure connection to {host}: {cause.reason or cause}"
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return f"cannot reach {host}: {' '.join(words.lower().split())}"


def _broken_off(url: str, error: Exception) -> str:
    """Return in a few words why an answer does not go on."""
    if isinstance(error, IncompleteRead):
        return "the server broke off: the end is missing"
    return str(error) if isinstance(error, InputError) else _reason(url, error)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
