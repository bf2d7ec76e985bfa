"""Files as the programs of the world write them: the right words in the right order, and the metadata they give."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

import pytest
from shapes import SHAPES, Shape, Told

from quotecli.loading.formats import FORMATS
from quotecli.records import Article, Skipped


def told(article: Article) -> Told:
    """Return what was read in the form in which it is expected: lines that hold words, and metadata."""
    lines = tuple(" ".join(line.split()) for line in article.text.split("\n") if line.strip())
    return Told(lines, article.title, article.byline, article.outlet, article.published, article.url)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)
def test_words_order_and_metadata(load_bytes, shape: Shape):
    loaded = load_bytes(shape.file, shape.make())
    skipped = [item.reason for item in loaded if isinstance(item, Skipped)]
    assert [told(item) for item in loaded if isinstance(item, Article)] == list(shape.told), skipped
    assert len(skipped) == len(shape.skipped)
    for reason, words in zip(skipped, shape.skipped, strict=True):
        assert words in reason


def test_every_format_has_at_least_three():
    files = Counter(suffix for shape in SHAPES for suffix in PurePath(shape.file).suffixes)
    for known in FORMATS:
        total = sum(files[suffix] for suffix in known.suffixes)
        assert total >= (1 if known.name in ("bzip2", "xz", "saved page") else 3), known.name
