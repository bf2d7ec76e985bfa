"""What the loading tests share: reading one file that the test wrote."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quotecli.loading import load
from quotecli.records import Article, Skipped

sys.path.insert(0, str(Path(__file__).parent))  # for the files that the tests share

Loaded = list[Article | Skipped]


@pytest.fixture
def load_bytes(tmp_path: Path) -> Callable[[str, bytes], Loaded]:
    """Return a function that writes a file of the given name and content and loads it."""

    def load_file(name: str, data: bytes) -> Loaded:
        path = tmp_path / name
        path.write_bytes(data)
        return list(load(path))

    return load_file


@pytest.fixture
def article_of(load_bytes: Callable[[str, bytes], Loaded]) -> Callable[[str, bytes | str], Article]:
    """Return a function that loads a file of one article and returns it."""

    def article(name: str, data: bytes | str) -> Article:
        loaded = load_bytes(name, data.encode() if isinstance(data, str) else data)
        assert len(loaded) == 1
        assert isinstance(loaded[0], Article), loaded[0]
        return loaded[0]

    return article


@pytest.fixture
def reason_of(load_bytes: Callable[[str, bytes], Loaded]) -> Callable[[str, bytes], str]:
    """Return a function that loads a file that must be skipped and returns the reason, one line."""

    def reason(name: str, data: bytes) -> str:
        loaded = load_bytes(name, data)
        assert len(loaded) == 1
        assert isinstance(loaded[0], Skipped), loaded[0]
        assert loaded[0].path.endswith(name)
        assert "\n" not in loaded[0].reason
        return loaded[0].reason

    return reason
